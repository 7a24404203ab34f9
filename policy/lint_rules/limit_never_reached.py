"""A limit that another, stricter limit keeps from ever being reached.

Where the same messages are counted, the smaller number over the longer time decides alone, and the other says nothing.
Three a calendar day say nothing beside one in seven days. A limit without `when` holds whatever is sent, so all that it
lets through can be counted: ten a calendar month say nothing beside one a calendar week, of which six at most touch a
month.

Before:

    rule weekly    "Five a week"            { limit 5 per 7 days   per recipient, brand  basis house }
    rule fortnight "One in two weeks"       { limit 1 per 14 days  per recipient, brand  basis house }

After:

    rule fortnight "One in two weeks" { limit 1 per 14 days  per recipient, brand  basis house }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding, Related
from ..limit_arithmetic import full_whenever, most_sends
from ..lint_context import LintContext, covers_dates, meaning_of, warning
from ..walk import walk

CODE, SLUG = "L106", "limit-never-reached"


def find(context: LintContext) -> Iterator[Finding]:
    """Limits that another rule of the same policy always reaches first."""
    replaced = {wider for rule in context.rule_set.rules for wider in rule.replaces}
    limits = [(rule, rule.action) for rule in context.rule_set.rules if isinstance(rule.action, m.Limit)]
    for rule, limit in limits:
        for other, stricter in limits:
            if other.id not in replaced and _same_question(other, rule) and _decides(other, stricter, rule, limit):
                related = (Related(context.name_of(other), "the stricter limit"),)
                message = f"`{rule.id}` is never reached: `{other.id}` is stricter"
                yield warning(CODE, context.name_of(rule), message, "leave the wider limit out", related)
                break


def _same_question(other: m.Rule, rule: m.Rule) -> bool:
    """Whether the other limit applies, and shuts, wherever this one does."""
    same = other.policy == rule.policy and other.id != rule.id and covers_dates(other, rule)
    # A guideline lets pass what it cannot count.
    shuts = other.basis != "guideline" or rule.basis == "guideline"
    return same and shuts and other.when in (None, rule.when) and other.unless in (None, rule.unless)


def _decides(other: m.Rule, stricter: m.Limit, rule: m.Rule, limit: m.Limit) -> bool:
    if not set(stricter.keys) <= set(limit.keys) or (stricter == limit and other.id > rule.id):
        return False
    if meaning_of(other) == meaning_of(rule):
        return False  # L109 tells of these
    if full_whenever(stricter, limit):
        return True
    return _holds_for_all(other, stricter, limit) and most_sends(stricter, limit) <= limit.count


def _holds_for_all(other: m.Rule, stricter: m.Limit, limit: m.Limit) -> bool:
    """Whether all sends that a limit counts were ones that the other one spoke to.

    A limit counts sends of any kind but for its keys, whatever its rule asks for; keys that a send may lack match all.
    """
    asked = {fact.name for fact in walk([other.when, other.unless]) if isinstance(fact, m.FactTerm)}
    spoken_to = (asked <= {"category"} and "category" in limit.keys) or (other.when is None and other.unless is None)
    return spoken_to and other.since is None and set(stricter.keys) <= _ALWAYS_KNOWN


_ALWAYS_KNOWN = frozenset({"category", "sender"})
"""Keys that every message and every earlier send has."""
