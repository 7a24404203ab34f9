"""A `not (…)` round a comparison that has its own way to say it.

The shorter way reads as it is spoken: `is not`, `is not one of`, `is not known`, or the opposite comparison.

Before:

    when not (sender.type is short_code) and not (segments > 3)

After:

    when sender.type is not short_code and segments <= 3
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, ungrouped, warning

CODE, SLUG = "L150", "negated-comparison"

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def find(context: LintContext) -> Iterator[Finding]:
    """`not` of a plain `is`, `is one of`, `is known` or a comparison of numbers, where no other `not` denies it."""
    denied = {id(ungrouped(node.operand)) for node in context.nodes(t.Not)}
    for node in context.nodes(t.Not):
        said = _better(ungrouped(node.operand))
        if said and id(node) not in denied:
            yield warning(CODE, node.span, f"this is better said with `{said}`", f"write `{said}`, without `not (…)`")


def _better(condition: t.Condition) -> str:
    match condition:
        case t.Is(negated=False, one_of=one_of):
            return "is not one of" if one_of else "is not"
        case t.Known(negated=False):
            return "is not known"
        case t.Compare(operator=operator):
            return _OPPOSITE.get(operator, "")
    return ""
