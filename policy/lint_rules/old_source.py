"""A source that nobody has looked at for a year.

Laws and operators' rules change. Read the source again, correct the rules that cite it, then set the date.

Before:

    source act "Spam Act" "https://example.com/act"  checked 2023-02-01

After:

    source act "Spam Act" "https://example.com/act"  checked 2026-11-20
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L113", "old-source"
MOST_DAYS = 366
"""Days after which a source is to be read again."""


def find(context: LintContext) -> Iterator[Finding]:
    """Sources whose date lies more than MOST_DAYS before today."""
    for _, source in context.entries(t.Citation):
        age = (context.today - source.checked.value).days
        if age > MOST_DAYS:
            message = f"`{source.name.text}` was last checked {age} days ago"
            yield warning(CODE, source.checked.span, message, "read it again and set the date")
