"""A table that no rule looks up.

Its rows are kept up by hand and change no verdict: the rule that was to ask it is missing, or asks another table.

Before:

    table senders (country) -> (support) {
      FR | yes
    }

After:

    table senders (country) -> (support) {
      FR | yes
    }

    rule supported "Supported senders" {
      when  senders(recipient.country).support is no
      deny
      basis house
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L152", "unused-table"


def find(context: LintContext) -> Iterator[Finding]:
    """Tables without a question."""
    asked = {lookup.table for _, lookup in context.lookups}
    for _, table in context.entries(t.Table):
        if table.name.text not in asked:
            message = f"no rule looks anything up in `{table.name.text}`"
            yield warning(CODE, table.name.span, message, "look it up, or leave the table out")
