"""A group of places that nothing names.

It is kept up by hand and changes no verdict. A group counts where a policy protects it, or where a condition asks for
it.

Before:

    group NORDIC = DK, FI, IS, NO, SE

After:

    group NORDIC = DK, FI, IS, NO, SE

    policy nordic "The North" {
      recipients NORDIC
      languages  da, fi, is, no, sv
    }
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L120", "unused-group"


def find(context: LintContext) -> Iterator[Finding]:
    """Groups whose name stands nowhere but in their own declaration."""
    names = Counter(name.text for name in context.nodes(t.Name))
    for group in context.nodes(t.PlaceGroup):
        if names[group.name.text] == 1:
            message = f"nothing names the group `{group.name.text}`"
            yield warning(CODE, group.name.span, message, "name it in `recipients` or a condition, or leave it out")
