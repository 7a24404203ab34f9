"""A question to a table that no row answers.

What a table does not say is unknown, and an unknown refuses. Write the row, or a row of `*` that says `undocumented`,
so that the gap is seen to be meant.

Before:

    table quiet (category) -> (night) {
      promotional | no
    }

    rule night "Quiet at night" { when quiet(category).night is no  only 08:00-20:00  basis house }

After:

    table quiet (category) -> (night) {
      promotional | no
      *           | undocumented
    }

    rule night "Quiet at night" { when quiet(category).night is no  only 08:00-20:00  basis house }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..beforehand import OTHER, finder
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, warning
from ..table_use import cells_named, questions

CODE, SLUG = "L125", "table-gap"


def find(context: LintContext) -> Iterator[Finding]:
    """For each table, the first question of a rule that finds no row."""
    seen: set[str] = set()
    for places, lookup in context.lookups:
        table = context.rule_set.tables[lookup.table]
        row_of = finder(table)
        gap = next((keys for keys in questions(table, lookup, places) if row_of(keys) is None), None)
        if gap is not None and table.name not in seen:
            seen.add(table.name)
            message = f"no row of `{table.name}` covers {', '.join(cells_named(gap))}"
            related = (Related(table.span, "the table"),)
            asked = (term.span.text for term in lookup.arguments)
            shown = {name: "another" if key == OTHER else key for name, key in zip(asked, gap, strict=True)}
            yield warning(CODE, lookup.span, message, "write the row, or a row of `*`", related, witness=shown)
