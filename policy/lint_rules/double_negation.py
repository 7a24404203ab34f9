"""A negation of a negation.

Read aloud, it takes two turns to see what is meant; said without either negation, none.

Before:

    when not (sender.type is not short_code)

After:

    when sender.type is short_code
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, ungrouped, warning

CODE, SLUG = "L149", "double-negation"


def find(context: LintContext) -> Iterator[Finding]:
    """`not` of a `not`, of `is not` or of `is not known`."""
    for node in context.nodes(t.Not):
        if _is_negative(ungrouped(node.operand)):
            yield warning(CODE, node.span, "two negations are none", "say it without either")


def _is_negative(condition: t.Condition) -> bool:
    return isinstance(condition, t.Not) or (isinstance(condition, t.Is | t.Known) and condition.negated)
