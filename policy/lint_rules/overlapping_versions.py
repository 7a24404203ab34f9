"""Two dated versions of one rule that are in force on the same day.

Both then apply, the stricter wins, and the newer law seems not to have come. The older version ends, with `before`, on
the day since which the newer one holds.

Before:

    rule hours_2024 "Until ten"       { only 08:00-22:00 }
    rule hours      "Until half past nine" { only 08:00-21:30  since 2026-03-01 }

After:

    rule hours_2024 "Until ten"       { only 08:00-22:00  before 2026-03-01 }
    rule hours      "Until half past nine" { only 08:00-21:30  since 2026-03-01 }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding, Related
from ..lint_context import LintContext, share_dates, silences, warning
from ..rule_versions import successive

CODE, SLUG = "L140", "overlapping-versions"


def find(context: LintContext) -> Iterator[Finding]:
    """Versions in force while the next one is, that ask the same and do not give way to each other."""
    for older, newer in successive(context):
        if share_dates(older, newer) and older.when == newer.when and not silences(older, newer):
            message = f"`{newer.id}` and `{older.id}` are in force at the same time"
            related = (Related(context.name_of(older), "the older version"),)
            day = f"before {newer.since}" if newer.since else "before …"
            yield warning(CODE, context.name_of(newer), message, f"end the older one with `{day}`", related)
