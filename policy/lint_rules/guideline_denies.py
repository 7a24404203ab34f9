"""A guideline that refuses messages.

A guideline is advice: where it turns on something unknown, it warns. A rule that refuses stands on something firmer, or
it is advice and says `warn`.

Before:

    rule emoji "No pictures" { when count of body.unencodable > 0  deny  basis guideline  cite guide }

After:

    rule emoji "No pictures" {
      when  count of body.unencodable > 0
      warn  "Pictures cost a segment."
      basis guideline  cite guide
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L147", "guideline-denies"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules with `basis guideline` that deny, or require without `else`."""
    for rule in context.rule_set.rules:
        bare = isinstance(rule.action, m.Require) and rule.action.otherwise is None
        if rule.basis == "guideline" and (bare or isinstance(rule.action, m.Deny)):
            message = f"`{rule.id}` is a guideline and refuses messages"
            hint = "name what makes it binding with `basis`, or say `warn`"
            yield warning(CODE, context.name_of(rule), message, hint)
