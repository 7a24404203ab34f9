"""A rule that does not say how firm it stands.

Without `basis` a rule counts as the sender's own (`house`), the only kind that needs no source. Written out, nobody has
to know that.

Before:

    rule no_gambling "No gambling" {
      when subject is gambling
      deny
    }

After:

    rule no_gambling "No gambling" {
      when  subject is gambling
      deny
      basis house
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..vocabulary import BASES

CODE, SLUG = "L102", "basis-missing"
_HELP = f"add `basis`: {', '.join(BASES[:-1])} or {BASES[-1]}"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules without a `basis` clause."""
    for policy, rule in context.entries(t.Rule):
        if not any(isinstance(clause, t.Basis) for clause in rule.clauses):
            message = f"`{policy.name.text}.{rule.name.text}` does not say how firm it stands"
            yield warning(CODE, rule.name.span, message, _HELP)
