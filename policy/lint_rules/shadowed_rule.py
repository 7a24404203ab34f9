"""A rule that a stricter rule of its policy always forestalls.

Wherever this rule acts, the other refuses the message whatever this one says. The stricter rule was meant for fewer
messages, or this one is a leftover.

Before:

    rule no_marketing "No marketing" { when category is promotional  deny }
    rule hours "Marketing by day" { when category is promotional and sender.shared  only 08:00-20:00 }

After:

    rule no_marketing "No marketing from shared codes" { when category is promotional and sender.shared  deny }
    rule hours "Marketing by day" { when category is promotional and not (sender.shared)  only 08:00-20:00 }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..beforehand import Known
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, covers_dates, meaning_of, silences, warning
from ..rule_logic import WIDTH, acts, asked, can_refuse, facts_asked
from ..satisfiability import search
from ..witness import witness

CODE, SLUG = "L121", "shadowed-rule"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules for which no message is left that a stricter rule of their policy does not refuse."""
    replaced = {wider for rule in context.rule_set.rules for wider in rule.replaces}
    refusing = [rule for rule in context.rule_set.rules if can_refuse(rule) and rule.id not in replaced]
    for rule in context.rule_set.rules:
        known = context.known(rule)
        stricter = next((other for other in refusing if _forestalls(other, rule, known)), None)
        if stricter is not None:
            shown = witness(search(asked(rule), acts, known))
            related = (Related(context.name_of(stricter), "the stricter rule"),)
            message = f"`{rule.id}` never decides: `{stricter.id}` refuses wherever it acts"
            hint = "narrow the stricter rule, or leave this one out"
            yield warning(CODE, context.name_of(rule), message, hint, related, witness=shown)


def _forestalls(stricter: m.Rule, rule: m.Rule, known: Known) -> bool:
    same = stricter.policy == rule.policy and stricter.id != rule.id and covers_dates(stricter, rule)
    if not same or meaning_of(stricter) == meaning_of(rule) or silences(stricter, rule):
        return False
    if not facts_asked(stricter) <= facts_asked(rule):
        return False
    if not _forestalls_all(stricter, rule, known) or search(asked(rule), acts, known).found is None:
        return False
    # Of two that refuse the same messages, only the later one is reported.
    return not can_refuse(rule) or stricter.id < rule.id or not _forestalls_all(rule, stricter, known)


def _forestalls_all(stricter: m.Rule, rule: m.Rule, known: Known) -> bool:
    both = (*asked(rule), *asked(stricter))
    return search(both, lambda one: acts(one[:WIDTH]) and not acts(one[WIDTH:]), known).none
