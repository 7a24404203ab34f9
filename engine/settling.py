"""Conditions of which only a part is known: what they come to whatever the rest is, and what of the rest decides.

For a campaign the text, the sender and the country are known; the recipient is not. A condition is then settled (true,
false, or unknown, in Kleene's logic), or open: one recipient may make it true and another false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from ..policy import model as m
from ..policy.walk import walk
from .kleene import Look, Truth, holds


class Open(Enum):
    """The one value that is not settled."""

    OPEN = "open"


OPEN: Final = Open.OPEN
Settled = Truth | Open
"""What a condition comes to: True, False, None for unknown; OPEN where the recipient decides."""

RECIPIENT_FACTS = frozenset(
    [
        "recipient.number",
        "recipient.subdivisions",
        "recipient.line",
        "recipient.timezones",
        "recipient.language",
        "recipient.age_at_least",
        "consent",
        "consent.method",
        "consent.age",
        "consent.double",
        "consent.covers",
        "register",
        "register.age",
        "history",
    ]
)
"""The facts of the vocabulary that differ from one recipient of a campaign in a country to the next."""

TEXT_FACTS = frozenset(
    [
        "body",
        "body.links",
        "body.shorteners",
        "body.phone_numbers",
        "body.unencodable",
        "encoding",
        "segments",
    ]
)
"""The facts that the text to be sent decides."""


@dataclass(frozen=True, slots=True)
class Partly:
    """What a condition is asked of. `text_open`: whether what rules add to the text depends on the recipient."""

    look: Look
    text_open: bool

    def about(self, subject: str | None) -> Partly:
        """The same, about another subject."""
        return Partly(self.look.about(subject), self.text_open)


def settle(condition: m.Condition, given: Partly) -> Settled:
    """What a condition comes to for every recipient of the country."""
    match condition:
        case m.And():
            return _all(settle(part, given) for part in condition.parts)
        case m.Or():
            return _not(_all(_not(settle(part, given)) for part in condition.parts))
        case m.Not():
            return _not(settle(condition.part, given))
        case m.Has(term=m.FactTerm(name="recipient.subdivisions"), value=state):
            return OPEN if state.startswith(f"{given.look.facts.country}-") else False
        case _:
            return OPEN if any(_open_facts(condition, given)) else holds(condition, given.look)


def deciding(condition: m.Condition, given: Partly, *, told: bool) -> frozenset[str]:
    """The recipient's facts on which it still hangs what the condition comes to; with `told`, also those that the
    words of a reason may tell though the condition is settled. By their names in the vocabulary.
    """
    if not told and settle(condition, given) is not OPEN:
        return frozenset()
    match condition:
        case m.And() | m.Or():
            return frozenset().union(*(deciding(part, given, told=told) for part in condition.parts))
        case m.Not():
            return deciding(condition.part, given, told=told)
        case _:
            return frozenset(_facts(condition)) & RECIPIENT_FACTS


def _open_facts(atom: m.Condition, given: Partly) -> Iterator[str]:
    hidden = RECIPIENT_FACTS | TEXT_FACTS if given.text_open else RECIPIENT_FACTS
    return (name for name in _facts(atom) if name in hidden)


def _facts(atom: m.Condition) -> Iterator[str]:
    return (node.name for node in walk(atom) if isinstance(node, m.FactTerm))


def _all(parts: Iterable[Settled]) -> Settled:
    """Kleene's `and` with what is open: false if any part is, else open, else unknown."""
    found = list(parts)
    if any(part is False for part in found):
        return False
    if OPEN in found:
        return OPEN
    return None if None in found else True


def _not(part: Settled) -> Settled:
    return part if part is OPEN or part is None else not part
