"""A rule without a source.

Every rule but the sender's own (`basis house`) says where it comes from, so that a reader can check it and a verdict
can cite it.

Before:

    rule no_gambling "No gambling" {
      when  subject is gambling
      deny
      basis law
    }

After:

    rule no_gambling "No gambling" {
      when  subject is gambling
      deny
      basis law  cite gambling_act
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L101", "uncited-rule"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules that are not a house's own and cite nothing."""
    for rule in context.rule_set.rules:
        if rule.basis != "house" and not rule.sources:
            message = f"`{rule.id}` stands on `{rule.basis}` and cites no source"
            yield warning(CODE, context.name_of(rule), message, "add `cite` with a source of this policy")
