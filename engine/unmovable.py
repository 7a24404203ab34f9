"""Why nothing that a sender can change or state moves a rule: all that it asks is settled elsewhere."""

from __future__ import annotations

from ..policy import model as m
from ..policy.walk import walk
from .facts import Facts
from .interpreter import conditions
from .verdict import Verdict

_OF_NUMBER = ("recipient.number", "recipient.country", "recipient.line")
"""What the recipient's number tells, and no field of a message states."""


def why_unmoved(rule: m.Rule, facts: Facts, verdict: Verdict) -> str:
    """The reason in words; empty where a sender might change something that was not tried."""
    asked = {node.name for asked in conditions(rule) for node in walk(asked) if isinstance(node, m.FactTerm)}
    if not asked and isinstance(rule.action, m.Deny):
        return "it asks nothing: it refuses whatever is sent"
    told = [_settled(name, rule, facts, verdict) for name in sorted(asked)]
    if not told or not all(told):
        return ""
    numbered = bool(asked & {*_OF_NUMBER, "register"})
    return "; ".join(dict.fromkeys(told)) + ("; only a message to another number may pass" if numbered else "")


def _settled(name: str, rule: m.Rule, facts: Facts, verdict: Verdict) -> str:
    """What settles a fact, whatever the sender does; empty where nothing does."""
    if name in _OF_NUMBER:
        missing = {fact for reason in verdict.reasons if reason.rule == rule.id for fact in reason.missing}
        if name in missing:
            return f"the numbering plan does not tell `{name}` of this number, and no field of a message states it"
        return f"`{name}` follows from the number in `to`"
    if name == "category":
        return "what the message is for is no matter of choice (`category`)"
    places = (*rule.places.countries, *rule.places.subdivisions)
    if name == "register" and any(facts.register(place) for place in places):
        return "the do-not-contact register lists the number (`register`)"
    return ""
