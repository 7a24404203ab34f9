"""A source whose address is not encrypted.

What a reader is shown under `http://` can be changed on the way. Nearly every site answers under `https://`.

Before:

    source act "Spam Act" "http://example.com/act"  checked 2026-11-20

After:

    source act "Spam Act" "https://example.com/act"  checked 2026-11-20
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L144", "insecure-source"


def find(context: LintContext) -> Iterator[Finding]:
    """Sources whose address starts with `http://`."""
    for _, source in context.entries(t.Citation):
        if source.url.value.startswith("http://"):
            message = f"the address of `{source.name.text}` is not encrypted"
            yield warning(CODE, source.name.span, message, "try it with `https://`")
