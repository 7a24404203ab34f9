"""A title longer than a line.

A verdict shows the titles of its reasons, one a line. What explains stands in a `note`.

Before:

    rule who "Marketing needs consent in writing, or a customer who has bought something like it and has not refused" {
      when    category is promotional
      require consent is one of (opted_in, existing_customer)
      basis   house
    }

After:

    rule who "Marketing needs consent, or an existing customer" {
      when    category is promotional
      require consent is one of (opted_in, existing_customer)
      basis   house
      note    "Consent is given in writing. A customer is who has bought something similar and has not refused."
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L146", "long-title"

MOST_CHARACTERS = 100


def find(context: LintContext) -> Iterator[Finding]:
    """Titles of rules with more than MOST_CHARACTERS characters."""
    for _, rule in context.entries(t.Rule):
        length = len(rule.title.value)
        if length > MOST_CHARACTERS:
            message = f"this title has {length} characters; a line holds {MOST_CHARACTERS}"
            yield warning(CODE, rule.title.span, message, "say the rest in a `note`")
