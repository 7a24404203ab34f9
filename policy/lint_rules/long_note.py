"""A note that nobody reads to its end.

`sendlaw explain` shows it beside the rule. What a reader needs in order to apply the rule fits into a few lines; the
rest stands in the source.

Before:

    rule consent "Consent first" {
      when    category is promotional
      require consent is opted_in
      basis   house
      note    "The act was passed in 1987. It was amended in 1993, when the association of operators asked for a \
clear rule, and in 1998. Before 1993 nobody was sure whether a text counted as a letter, a call or a fax, and \
the courts of two districts decided differently; the one in the capital held that it was a letter, the other \
that it was a call. The minister then set up a working group, which met eleven times and wrote a report of \
ninety pages. The amendment of 1998 follows the report in its first part and departs from it in its second. It \
says in section 4 that a text counts as a call. Since then a text counts too, as does a fax, which is why \
marketing by text needs consent."
    }

After:

    rule consent "Consent first" {
      when    category is promotional
      require consent is opted_in
      basis   house
      note    "Since the amendment of 1998 a text counts as a call."
    }
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
