"""A words list that no rule asks for.

A list is used where a rule says `body mentions` it, or where its name stands as a subject. Otherwise its words change
no verdict.

Before:

    words lottery { en: "lottery", "jackpot" }

After:

    words lottery { en: "lottery", "jackpot" }

    rule lottery "No lotteries" {
      when  subject is lottery
      deny
      basis house
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, conditions, warning
from ..walk import walk

CODE, SLUG = "L111", "unused-words"
_SUBJECTS = frozenset({"subject", "subjects"})


def find(context: LintContext) -> Iterator[Finding]:
    """Words lists that nothing names."""
    rule_set = context.rule_set
    used = {key for table in rule_set.tables.values() for row in table.rows for key in row.keys}
    asked = [condition for rule in rule_set.rules for condition in conditions(rule)]
    for node in walk([*asked, *(promise.condition for promise in rule_set.promises)]):
        used |= _names(node)
    for words in rule_set.words:
        if words.name not in used:
            message = f"no rule asks for the words list `{words.name}`"
            yield warning(CODE, words.span, message, f"write `subject is {words.name}`, or leave the list out")


def _names(node: object) -> set[m.Constant | None]:
    match node:
        case m.Mentions():
            return {node.words}
        case m.OneOf(term=m.FactTerm(name=name)) if name in _SUBJECTS:
            return set(node.values)
        case m.Has(term=m.FactTerm(name=name)) if name in _SUBJECTS:
            return {node.value}
    return set()
