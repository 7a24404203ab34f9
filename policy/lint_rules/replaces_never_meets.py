"""A rule that replaces another which never applies beside it.

`replaces` silences the wider rule where this rule's `when` holds. Where their conditions exclude each other, or their
dates never meet, it silences nothing.

Before:

    rule codes "Short codes have five digits" {
      when     sender.type is short_code
      require  length of sender.id is 5
      replaces world.sender_name            # which speaks of names alone
      basis    law  cite act
    }

After:

    rule codes "Short codes have five digits" {
      when     sender.type is short_code
      require  length of sender.id is 5
      replaces world.short_code_length
      basis    law  cite act
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..beforehand import Known
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, share_dates, warning
from ..replacements import replacements
from ..rule_logic import WIDTH, asked, speaks
from ..satisfiability import search

CODE, SLUG = "L136", "replaces-never-meets"


def find(context: LintContext) -> Iterator[Finding]:
    """Replaced rules that never apply to the same message on the same day."""
    for rule, path, wider in replacements(context):
        if not share_dates(rule, wider) or _exclude(rule, wider, context.known(rule, wider)):
            message = f"`{rule.id}` and `{wider.id}` never apply to the same message"
            related = (Related(context.name_of(wider), "the rule it replaces"),)
            yield warning(CODE, path.span, message, "name the rule that is meant, or leave `replaces` out", related)


def _exclude(rule: m.Rule, wider: m.Rule, known: Known) -> bool:
    both = (*asked(rule), *asked(wider))
    return search(both, lambda two: two[0] is True and speaks(two[WIDTH:]), known).none
