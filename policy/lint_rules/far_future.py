"""A date so far ahead that it is most likely a slip.

A rule `since 2206` never judges a message, and one with `before 2096` says nothing about its end.

Before:

    rule hours "Until half past nine" {
      only  08:00-21:30
      since 2206-03-01
      basis house
    }

After:

    rule hours "Until half past nine" {
      only  08:00-21:30
      since 2026-03-01
      basis house
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L142", "far-future"

MOST_YEARS = 10


def find(context: LintContext) -> Iterator[Finding]:
    """Dates of rules more than MOST_YEARS after today."""
    for _, rule in context.entries(t.Rule):
        for clause in rule.clauses:
            if isinstance(clause, t.Since | t.Before) and clause.day.value.year - context.today.year > MOST_YEARS:
                message = f"{clause.day.value} is more than {MOST_YEARS} years ahead"
                yield warning(CODE, clause.day.span, message, "correct the year, or leave the date out")
