"""Two rules, or two tests, of one policy with the same title.

A verdict shows a rule's title, and a failing test is known by its own. Versions of one rule with different dates may
share theirs.

Before:

    rule hours   "Marketing waits" { when category is promotional  only 08:00-20:00  basis house }
    rule sundays "Marketing waits" { when category is promotional  only mon-sat 00:00-24:00  basis house }

After:

    rule hours   "Marketing waits for morning" { when category is promotional  only 08:00-20:00  basis house }
    rule sundays "Marketing waits for Monday"  { when category is promotional  only mon-sat 00:00-24:00  basis house }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, normalised, warning

CODE, SLUG = "L116", "duplicate-title"


def find(context: LintContext) -> Iterator[Finding]:
    """Titles that repeat an earlier one of their policy."""
    for policy in context.policies:
        seen: dict[tuple[type, str], t.Text] = {}
        for entry in policy.entries:
            if not isinstance(entry, t.Rule | t.Test) or _is_version(entry):
                continue
            first = seen.setdefault((type(entry), normalised(entry.title.value)), entry.title)
            if first is not entry.title:
                related = (Related(first.span, "first here"),)
                message = f"a second {type(entry).__name__.lower()} has this title"
                yield warning(CODE, entry.title.span, message, "say what sets them apart", related)


def _is_version(entry: t.Rule | t.Test) -> bool:
    return isinstance(entry, t.Rule) and any(isinstance(clause, t.Since | t.Before) for clause in entry.clauses)
