"""Two rules of one policy that say the same.

Same condition, same action, same dates: the second adds a second reason to every verdict and nothing else.

Before:

    rule gambling   "No gambling" { when subject is gambling  deny }
    rule no_betting "No betting"  { when subject is gambling  deny }

After:

    rule gambling "No gambling or betting" { when subject is gambling  deny }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, meaning_of, warning

CODE, SLUG = "L109", "duplicate-rule"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules with the meaning of an earlier rule of their policy."""
    seen: dict[object, m.Rule] = {}
    for rule in sorted(context.rule_set.rules, key=lambda rule: (rule.policy, rule.span.start)):
        first = seen.setdefault(meaning_of(rule), rule)
        if first is not rule:
            related = (Related(context.name_of(first), "the same rule"),)
            message = f"`{rule.id}` says the same as `{first.id}`"
            yield warning(CODE, context.name_of(rule), message, "leave one out, or cite both sources in one", related)
