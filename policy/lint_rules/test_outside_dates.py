"""A test that names a rule on a day on which it is not in force.

The rule says nothing on that day, so the test cannot pass, or passes for another reason.

Before:

    rule hours "Until half past nine" { only 08:00-21:30  since 2026-03-01  basis house }

    test "Late" {
      to "+33639980001"  from "ACME"  category transactional
      at 2025-11-24 22:00
      body "Votre colis est là"
      expect defer until 2025-11-25 08:00 by hours
    }

After:

    rule hours "Until half past nine" { only 08:00-21:30  since 2026-03-01  basis house }

    test "Late" {
      to "+33639980001"  from "ACME"  category transactional
      at 2026-11-24 22:00
      body "Votre colis est là"
      expect defer until 2026-11-25 08:00 by hours
    }
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .. import model as m
from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, warning

CODE, SLUG = "L154", "test-outside-dates"

_DAY = timedelta(days=1)
"""A date can be another one in the recipient's zone."""


def find(context: LintContext) -> Iterator[Finding]:
    """Cases whose `at` lies a day or more outside the dates of a rule they name."""
    for _, case in context.cases:
        at = _day(case)
        named = dict.fromkeys(rule for rules in case.rules for rule in rules)
        outside = [rule for rule in map(context.rules.__getitem__, named) if at and not _in_force(rule, at)]
        for rule in outside[:1]:
            message = f"`{rule.id}` is not in force on {at}"
            related = (Related(context.name_of(rule), "the rule"),)
            yield warning(CODE, case.span, message, "test it on a day on which it is", related)


def _day(case: m.Case) -> date | None:
    values = (value for one in case.settings if one.field_name.text == "at" for value in one.values)
    return next((value.day for value in values if isinstance(value, t.Moment)), None)


def _in_force(rule: m.Rule, at: date) -> bool:
    return (rule.since or date.min) <= at + _DAY and at - _DAY < (rule.before or date.max)
