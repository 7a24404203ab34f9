"""Days on which no version of a rule is in force, between two that are.

Most often the end of one and the start of the next were to be the same day.

Before:

    rule hours_2024 "Until ten"            { only 08:00-22:00  before 2026-02-01 }
    rule hours      "Until half past nine" { only 08:00-21:30  since  2026-03-01 }

After:

    rule hours_2024 "Until ten"            { only 08:00-22:00  before 2026-03-01 }
    rule hours      "Until half past nine" { only 08:00-21:30  since  2026-03-01 }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding, Related
from ..lint_context import LintContext, warning
from ..rule_versions import successive

CODE, SLUG = "L141", "gap-between-versions"


def find(context: LintContext) -> Iterator[Finding]:
    """Versions that end before the next one begins."""
    for older, newer in successive(context):
        if older.before and newer.since and older.before < newer.since and older.when == newer.when:
            message = f"from {older.before} until {newer.since} neither `{older.id}` nor `{newer.id}` is in force"
            related = (Related(context.name_of(older), "the older version"),)
            hint = "let one begin on the day the other ends"
            yield warning(CODE, context.name_of(newer), message, hint, related, witness={"at": str(older.before)})
