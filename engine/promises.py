"""Whether a verdict breaks a promise (`never allow when …`) of the rule set it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from ..policy import model as m
from .explanation import facts_of
from .facts import Facts, TextFacts
from .kleene import Look, holds
from .message import Message
from .policy import Policy
from .verdict import Verdict
from .zones import seconds


def broken_promises(policy: Policy, message: Message, verdict: Verdict) -> Iterator[m.Promise]:
    """The promises whose condition is known to hold of a message that may be sent, at the time at which it may."""
    if not policy.rule_set.promises or verdict.decision == "deny":
        return
    facts = facts_of(policy, message)
    if facts is None:
        return
    t = facts.at if verdict.until is None else seconds(verdict.until)
    text = TextFacts(verdict.text, policy.index, facts.country)
    for promise in policy.rule_set.promises:
        looks = (Look(facts, text, t, place, None, policy.rule_set.tables) for place in _places(policy, promise, facts))
        if any(_holds(promise.condition, look) for look in looks):
            yield promise


def _holds(condition: m.Condition, look: Look) -> bool:
    """Whether it holds of the message, or of one of its subjects."""
    return any(holds(condition, look.about(subject)) is True for subject in (None, *look.facts.subjects))


def _places(policy: Policy, promise: m.Promise, facts: Facts) -> tuple[str, ...]:
    places = next(found.places for found in policy.rule_set.policies if found.name == promise.policy)
    if places.anywhere or facts.country in places.countries:
        return (facts.country,)
    # As for rules: where no subdivision is known, the recipient may be in any of the country.
    possible = facts.subdivisions or sorted(p for p in places.subdivisions if p.startswith(f"{facts.country}-"))
    return tuple(place for place in possible if place in places.subdivisions)
