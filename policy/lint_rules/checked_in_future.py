"""A source that was checked on a day that has not come.

Its age counts from that day, so that nobody is told in time to read it again.

Before:

    source act "Spam Act" "https://example.com/act"  checked 2062-11-20

After:

    source act "Spam Act" "https://example.com/act"  checked 2026-11-20
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L143", "checked-in-future"


def find(context: LintContext) -> Iterator[Finding]:
    """Sources whose date lies after today."""
    for _, source in context.entries(t.Citation):
        if source.checked.value > context.today:
            message = f"`{source.name.text}` cannot have been checked on {source.checked.value}"
            yield warning(CODE, source.checked.span, message, "write the day on which it was read")
