"""A source cited twice by one rule.

`sendlaw lint --fix` takes the second one out.

Before:

    basis law  cite act, guide, act

After:

    basis law  cite act, guide
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, cut_from_list, warning

CODE, SLUG = "L119", "repeated-citation"


def find(context: LintContext) -> Iterator[Finding]:
    """Names that stand twice behind one `cite`."""
    for cite in context.nodes(t.Cite):
        seen: dict[str, t.Name] = {}
        for number, name in enumerate(cite.sources):
            first = seen.setdefault(name.text, name)
            if first is not name:
                related, edits = (Related(first.span, "first here"),), cut_from_list(cite.sources, number)
                yield warning(CODE, name.span, f"`{name.text}` is cited twice", "leave one out", related, edits)
