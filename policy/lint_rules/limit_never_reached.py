"""A limit that another, stricter limit keeps from ever being reached.

Where the same messages are counted, the smaller number over the longer time decides alone, and the other says nothing.

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
from ..lint_context import LintContext, covers_dates, meaning_of, warning

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
    """Whether the other limit applies wherever this one does."""
    same = other.policy == rule.policy and other.id != rule.id and covers_dates(other, rule)
    return same and other.when in (None, rule.when) and other.unless in (None, rule.unless)


def _decides(other: m.Rule, stricter: m.Limit, rule: m.Rule, limit: m.Limit) -> bool:
    if not set(stricter.keys) <= set(limit.keys) or stricter.count > limit.count:
        return False
    if limit.calendar or stricter.calendar:
        longer = limit.calendar == stricter.calendar
    else:
        longer = (stricter.seconds or 0) >= (limit.seconds or 0)
    # Of two that say the same, L109 tells.
    return longer and meaning_of(other) != meaning_of(rule) and (stricter != limit or other.id < rule.id)
