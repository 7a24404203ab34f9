"""A rule that ended, and that no later version follows.

An old version beside its successor is wanted: it judges old messages as they were judged. A rule that ended without one
leaves a gap, and most often its date was to be moved.

Before:

    rule hours "Hours" {
      only   08:00-20:00
      before 2024-01-01
    }

After:

    rule hours_2023 "Hours" { only 08:00-20:00  before 2024-01-01 }
    rule hours      "Hours" { only 08:00-21:00  since  2024-01-01 }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L108", "expired-rule"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules whose `before` has passed, without a rule of the same kind that starts on that day."""
    rules = context.rule_set.rules
    successors = {(rule.policy, type(rule.action), rule.since) for rule in rules}
    for rule in rules:
        follows = (rule.policy, type(rule.action), rule.before) in successors
        if rule.before is not None and rule.before <= context.today and not follows:
            message = f"`{rule.id}` ended on {rule.before}, and nothing follows it"
            hint = f"write the rule that holds `since {rule.before}`, or leave this one out"
            yield warning(CODE, context.name_of(rule), message, hint)
