"""A note that nobody reads to its end.

`sendlaw explain` shows it beside the rule. What a reader needs in order to apply the rule fits into a few lines; the
rest stands in the source.

Before:

    note "The act was passed in 1987, amended in 1993 and 1998, and …"   # and so on, for a page

After:

    note "Since the amendment of 1998 a fax counts too."
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L147", "long-note"

MOST_CHARACTERS = 600


def find(context: LintContext) -> Iterator[Finding]:
    """Notes of more than MOST_CHARACTERS characters."""
    for node in context.nodes(t.Note):
        if len(node.text.value) > MOST_CHARACTERS:
            message = f"this note has {len(node.text.value)} characters, more than {MOST_CHARACTERS}"
            yield warning(CODE, node.text.span, message, "say what a reader needs in order to apply the rule")
