"""Two rules that require what cannot hold at once.

Where both apply, every message is refused, and no sender can mend it. Their conditions were meant to differ, or one was
meant to replace the other.

Before:

    rule code "Short codes only" { when category is promotional  require sender.type is short_code }
    rule name "Names only"       { when category is promotional  require sender.type is alphanumeric }

After:

    rule sender "Short codes or names" {
      when    category is promotional
      require sender.type is one of (short_code, alphanumeric)
    }
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .. import model as m
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, share_dates, share_places, silences, warning
from ..rule_logic import WIDTH, Outcomes, asked, can_refuse, surely_speaks
from ..satisfiability import asks_about, search
from ..witness import witness

CODE, SLUG = "L124", "contradicting-requirements"


def find(context: LintContext) -> Iterator[Finding]:
    """Pairs of requirements that apply to one message and exclude each other."""
    rules = [rule for rule in context.rule_set.rules if isinstance(rule.action, m.Require) and can_refuse(rule)]
    asked_for = {rule.id: asks_about(asked(rule)[2]) for rule in rules}
    for one, other in combinations(rules, 2):
        if not asked_for[one.id] & asked_for[other.id] or not _may_meet(one, other):
            continue
        both, known = (*asked(one), *asked(other)), context.known(one, other)
        together = search(both, _both_speak, known)
        if together.found is not None and search(both, _both_satisfied, known).none:
            related = (Related(context.name_of(one), "the other rule"),)
            message = f"`{other.id}` and `{one.id}` require what cannot hold at once"
            hint = "let one replace the other, or part their conditions"
            yield warning(CODE, context.name_of(other), message, hint, related, witness=witness(together))


def _may_meet(one: m.Rule, other: m.Rule) -> bool:
    return share_places(one.places, other.places) and share_dates(one, other) and not silences(one, other)


def _both_speak(both: Outcomes) -> bool:
    return surely_speaks(both[:WIDTH]) and surely_speaks(both[WIDTH:])


def _both_satisfied(both: Outcomes) -> bool:
    return _both_speak(both) and both[WIDTH - 1] is True and both[-1] is True
