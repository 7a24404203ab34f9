"""A source that no rule cites.

It is a leftover, or a rule forgot to cite it.

Before:

    source act   "Spam Act"       "https://example.com/act"    checked 2026-11-20
    source guide "Sender's guide" "https://example.com/guide"  checked 2026-11-20

    rule consent "Consent first" {
      require consent is opted_in
      basis   law  cite act
    }

After:

    source act "Spam Act" "https://example.com/act"  checked 2026-11-20

    rule consent "Consent first" {
      require consent is opted_in
      basis   law  cite act
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L110", "unused-source"


def find(context: LintContext) -> Iterator[Finding]:
    """Sources that no rule of their policy names."""
    for policy in context.policies:
        clauses = [clause for entry in policy.entries if isinstance(entry, t.Rule) for clause in entry.clauses]
        cited = {name.text for clause in clauses if isinstance(clause, t.Cite) for name in clause.sources}
        for entry in policy.entries:
            if isinstance(entry, t.Citation) and entry.name.text not in cited:
                message = f"no rule cites the source `{entry.name.text}`"
                yield warning(CODE, entry.name.span, message, "cite it, or leave it out")
