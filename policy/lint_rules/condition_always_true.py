"""A condition that is never false.

It can be left out, or says less than its author thought: an `or` where `and` was meant, a list of all values a fact can
have, the country of a policy that protects that country alone, a number that every row of a table exceeds.

Before:

    when category is not promotional or category is not political

After:

    when category is not one of (promotional, political)
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L104", "condition-always-true"


def find(context: LintContext) -> Iterator[Finding]:
    """Conditions, or parts of them, that nothing can make false."""
    for rule in context.rule_set.rules:
        for part, value in context.constant_parts[rule.id]:
            if value:
                yield warning(CODE, part.span, "this is never false", "leave it out, or say what was meant")
