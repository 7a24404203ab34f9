"""`is one of` with one value.

A list suggests a choice. `sendlaw lint --fix` writes `is`. A group of places is several values, and no finding.

Before:

    when category is one of (promotional)

After:

    when category is promotional
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Edit, Finding
from ..lint_context import LintContext, warning
from ..source import Span

CODE, SLUG = "L151", "single-choice"


def find(context: LintContext) -> Iterator[Finding]:
    """Lists of one value that is no group of places."""
    for node in context.nodes(t.Is):
        if node.one_of and len(node.values) == 1:
            value = node.values[0].span
            if value.text not in context.rule_set.groups:
                yield warning(CODE, node.span, "this list has one value", "write `is` and the value", (), _edit(node))


def _edit(node: t.Is) -> tuple[Edit, ...]:
    written = Span(node.span.source, node.term.span.end, node.span.end)
    said = f" is{' not' if node.negated else ''} {node.values[0].span.text}"
    return () if "#" in written.text else (Edit(written, said),)
