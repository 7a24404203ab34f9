"""A column of a table that no rule looks up.

Its cells are kept up by hand and change no verdict. A table that is never looked up is one finding of its own.

Before:

    table senders (country) -> (support, replies) {
      FR | yes | no
    }

    rule supported "Supported" { when senders(recipient.country).support is no  deny  basis house }

After:

    table senders (country) -> (support) {
      FR | yes
    }

    rule supported "Supported" { when senders(recipient.country).support is no  deny  basis house }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..walk import walk

CODE, SLUG = "L117", "unused-column"


def find(context: LintContext) -> Iterator[Finding]:
    """Columns of values that stand in no condition."""
    asked = walk([*context.rule_set.rules, *context.rule_set.promises])
    used = {(node.table, node.column) for node in asked if isinstance(node, m.LookupTerm)}
    for _, table in context.entries(t.Table):
        for column in table.columns if any(name == table.name.text for name, _ in used) else ():
            if (table.name.text, column.text) not in used:
                message = f"no rule looks up `{column.text}` in `{table.name.text}`"
                yield warning(CODE, column.span, message, "look it up, or leave the column out")
