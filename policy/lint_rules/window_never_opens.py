"""Two windows of one policy that are never open together.

Every `only` that applies must be open, so two windows without a common minute defer a message until it is refused. One
of them was meant to replace the other, or their conditions were meant to differ.

Before:

    rule mornings "Mornings" { only 08:00-12:00 }
    rule evenings "Evenings" { only 18:00-20:00 }

After:

    rule hours "Mornings and evenings" { only 08:00-12:00, 18:00-20:00 }
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations
from operator import or_
from typing import TypeGuard

from .. import model as m
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, warning
from ..week import open_minutes

CODE, SLUG = "L105", "window-never-opens"


def find(context: LintContext) -> Iterator[Finding]:
    """Pairs of windows that apply together and share no minute."""
    windows = [(rule, rule.action.window) for rule in context.rule_set.rules if _defers(rule.action)]
    for (one, first), (other, second) in combinations(windows, 2):
        if _apply_together(one, other) and first.zone == second.zone and _disjoint(first, second):
            related = (Related(context.name_of(one), "the other window"),)
            message = f"`{other.id}` and `{one.id}` are never open together"
            yield warning(CODE, context.name_of(other), message, "write one rule with both spans", related)


def _defers(action: m.Action) -> TypeGuard[m.Only]:
    return isinstance(action, m.Only) and action.warning is None


def _apply_together(one: m.Rule, other: m.Rule) -> bool:
    if one.policy != other.policy or {one.id, other.id} & {*one.replaces, *other.replaces}:
        return False
    if one.unless != other.unless or not (one.when == other.when or None in (one.when, other.when)):
        return False
    return not _ends_before(one, other) and not _ends_before(other, one)


def _ends_before(one: m.Rule, other: m.Rule) -> bool:
    return one.before is not None and other.since is not None and one.before <= other.since


def _disjoint(one: m.Window, other: m.Window) -> bool:
    return not (open_minutes(one) & open_minutes(other)) and not (_on_holidays(one) & _on_holidays(other))


def _on_holidays(window: m.Window) -> int:
    """Minutes of the day that may be open on a holiday, as bits of one number."""
    if window.except_holidays:
        return 0
    named = [span for span in window.hours if span.holiday] or window.hours
    return reduce(or_, (((1 << (span.end - span.start)) - 1) << span.start for span in named), 0)
