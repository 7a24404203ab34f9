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

_COUNTED = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def find(context: LintContext) -> Iterator[Finding]:
    """`not` of a `not`, of `is not` or of `is not known`: one finding for each pile of negations."""
    inner = {id(node) for outer in context.nodes(t.Not) for node in negations(outer)[1:]}
    for node in context.nodes(t.Not):
        count = len(negations(node)) + _is_negative(asked(node))
        if count > 1 and id(node) not in inner:
            told = "are none" if count % 2 == 0 else "are one"
            hint = "say it without either" if count == 2 else f"say it with {'none' if count % 2 == 0 else 'one'}"
            yield warning(CODE, node.span, f"{_COUNTED.get(count, 'many')} negations {told}", hint)


def negations(node: t.Condition) -> list[t.Not]:
    """The `not` that stand one in the other from here on."""
    found = []
    while isinstance(node := ungrouped(node), t.Not):
        found.append(node)
        node = node.operand
    return found


def asked(node: t.Condition) -> t.Condition:
    """What all the negations round it deny."""
    pile = negations(node)
    return ungrouped(pile[-1].operand) if pile else ungrouped(node)


def _is_negative(condition: t.Condition) -> bool:
    return isinstance(condition, t.Is | t.Known) and condition.negated
