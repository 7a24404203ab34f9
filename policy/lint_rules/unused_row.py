"""A row of a table that no question finds.

Its key is a country the rules that ask are not about, or more specific rows answer all that it could.

Before:

    policy nordic "The North" {
      recipients DK, SE
      table quiet (country) -> (night) {
        DK | no
        SE | no
        FR | no
      }
      rule night "Quiet at night" { when quiet(recipient.country).night is no  only 08:00-20:00  basis house }
    }

After:

    policy nordic "The North" {
      recipients DK, SE
      table quiet (country) -> (night) {
        DK | no
        SE | no
      }
      rule night "Quiet at night" { when quiet(recipient.country).night is no  only 08:00-20:00  basis house }
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..beforehand import finder
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..table_use import questions

CODE, SLUG = "L126", "unused-row"


def find(context: LintContext) -> Iterator[Finding]:
    """Rows that answer none of the questions the rules can ask, in tables that are asked."""
    found: dict[str, set[tuple[m.Constant | None, ...]]] = {}
    left_open: set[str] = set()
    for places, lookup in context.lookups:
        table = context.rule_set.tables[lookup.table]
        asked, row_of = questions(table, lookup, places), finder(table)
        if not asked:
            left_open.add(table.name)
        found.setdefault(table.name, set()).update(row.keys for keys in asked if (row := row_of(keys)) is not None)
    for name in sorted(found.keys() - left_open):
        for row in context.rule_set.tables[name].rows:
            if row.keys not in found[name]:
                yield warning(
                    CODE, row.span, f"no rule finds this row of `{name}`", "correct its keys, or leave it out"
                )
