"""Two sources of one policy with the same address.

A verdict that cites both shows one source twice, and only one of the dates is kept up.

Before:

    source act  "Spam Act"     "https://example.com/act"   checked 2026-11-20
    source act2 "The Spam Act" "https://example.com/act/"  checked 2025-02-01

After:

    source act "Spam Act" "https://example.com/act"  checked 2026-11-20
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, warning

CODE, SLUG = "L145", "duplicate-source"


def find(context: LintContext) -> Iterator[Finding]:
    """Sources with the address of an earlier one of their policy."""
    seen: dict[tuple[str, str], t.Citation] = {}
    for policy, source in context.entries(t.Citation):
        address = source.url.value.rstrip("/").partition("://")[2]
        first = seen.setdefault((policy.name.text, address), source)
        if first is not source and first.name.text != source.name.text:
            related = (Related(first.url.span, "first here"),)
            message = f"`{source.name.text}` has the address of `{first.name.text}`"
            yield warning(CODE, source.url.span, message, "keep one of the two", related)
