"""A condition that stands twice where once would do.

In `when` and again in `unless`, or twice between the same `and` or `or`: who reads it looks for a difference that is
not there.

Before:

    when   category is promotional
    unless category is promotional and consent is opted_in

After:

    when   category is promotional
    unless consent is opted_in
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import model as m
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, conditions, warning
from ..walk import walk

CODE, SLUG = "L148", "repeated-condition"


def find(context: LintContext) -> Iterator[Finding]:
    """Parts of conditions that repeat an earlier part of the same junction, or of the rule's `when`."""
    for rule in context.rule_set.rules:
        for node in walk(list(conditions(rule))):
            if isinstance(node, m.And | m.Or):
                yield from _repeated(node.parts, ())
        outer = _parts(rule.when) if rule.when else ()
        if isinstance(rule.unless, m.And):
            yield from _repeated((), outer, rule.unless.parts)


def _parts(condition: m.Condition) -> Sequence[m.Condition]:
    return condition.parts if isinstance(condition, m.And) else (condition,)


def _repeated(
    parts: Sequence[m.Condition], before: Sequence[m.Condition], after: Sequence[m.Condition] = ()
) -> Iterator[Finding]:
    seen = {part: part for part in before}
    for part in (*parts, *after):
        first = seen.setdefault(part, part)
        if first is not part:
            related = (Related(first.span, "first here"),)
            yield warning(CODE, part.span, "this condition stands here twice", "leave one out", related)
