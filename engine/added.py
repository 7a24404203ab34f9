"""Texts that rules add to a body: which, in which order, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..policy.vocabulary import BASES
from .firing import Firing
from .verdict import Obligation


class Additions(NamedTuple):
    """The text as it is to be sent, and the obligations that made it so, in the order in which they read."""

    text: str
    obligations: tuple[Obligation, ...]


def add_up(body: str, firings: Iterable[Firing]) -> Additions:
    """Carry out what rules add: firmest outermost, then by rule; equal texts once, in the name of the firmest."""
    firm = sorted(firings, key=lambda firing: (BASES.index(firing.rule.basis), firing.rule.id, firing.place))
    before = _distinct(firm, "prepend")
    after = _distinct(firm, "append")[::-1]
    text = "".join([*(o.text for o in before), body, *(o.text for o in after)])
    return Additions(text, (*before, *after))


def _distinct(firings: list[Firing], kind: str) -> list[Obligation]:
    found: dict[str, Obligation] = {}
    for firing in firings:
        if firing.effect == kind and firing.text is not None:
            found.setdefault(firing.text, _obligation(firing))
    return list(found.values())


def _obligation(firing: Firing) -> Obligation:
    return Obligation("prepend" if firing.effect == "prepend" else "append", firing.text or "", firing.rule.id)
