"""Texts that rules add to a body: which, in which order, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ..policy.vocabulary import BASES
from .firing import Firing
from .verdict import Obligation


class Additions(NamedTuple):
    """The text as it is to be sent, and the obligations that made it so, in the order in which they read."""

    text: str
    obligations: tuple[Obligation, ...]


def add_up(body: str, firings: Sequence[Firing]) -> Additions:
    """Carry out what rules add: firmest outermost, then by rule; equal texts once, in the name of the firmest."""
    if len(firings) == 1 and firings[0].text is not None:
        return _added(body, firings[0], firings[0].text)
    firm = sorted(firings, key=_firmness)
    before, after = _distinct(firm, "prepend"), _distinct(firm, "append")
    text = body
    for added in reversed(before):
        text = added.text + text
    for added in reversed(after):
        text += added.text
    return Additions(text, (*before, *reversed(after)))


def _added(body: str, firing: Firing, text: str) -> Additions:
    """What comes out where one rule alone adds."""
    if firing.effect == "prepend":
        return Additions(text + body, (Obligation("prepend", text, firing.rule.id),))
    if firing.effect == "append":
        return Additions(body + text, (Obligation("append", text, firing.rule.id),))
    return Additions(body, ())


def _firmness(firing: Firing) -> tuple[int, str, str]:
    return BASES.index(firing.rule.basis), firing.rule.id, firing.place


def _distinct(firings: Sequence[Firing], kind: Literal["append", "prepend"]) -> list[Obligation]:
    found: dict[str, Obligation] = {}
    for firing in firings:
        if firing.effect == kind and firing.text is not None and firing.text not in found:
            found[firing.text] = Obligation(kind, firing.text, firing.rule.id)
    return list(found.values())
