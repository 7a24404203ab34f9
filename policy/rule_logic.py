"""When a rule speaks and when it refuses, as questions that `satisfiability.search` can answer of several rules."""

from __future__ import annotations

from collections.abc import Sequence

from . import model as m
from .beforehand import Known
from .satisfiability import asks_about, search
from .week import always_open

Outcomes = Sequence[bool | None]
"""What the `when`, the `unless` and the requirement of a rule come to; None is unknown."""

WIDTH = 3
"""Conditions of a rule in `asked`: `when`, `unless`, and what it requires."""


def asked(rule: m.Rule) -> tuple[m.Condition, m.Condition, m.Condition]:
    """The conditions of a rule; what is not written stands as a condition that is always true or never."""
    always, never = m.And(rule.span, ()), m.Or(rule.span, ())
    required = rule.action.condition if isinstance(rule.action, m.Require) else never
    return rule.when or always, rule.unless or never, required


def speaks(outcomes: Outcomes) -> bool:
    """Whether the rule applies: an unknown `when` holds, an unknown `unless` does not excuse."""
    return outcomes[0] is not False and outcomes[1] is not True


def surely_speaks(outcomes: Outcomes) -> bool:
    """Whether the rule applies and nothing it asks before is unknown."""
    return outcomes[0] is True and outcomes[1] is False


def acts(outcomes: Outcomes) -> bool:
    """Whether the rule applies and what it requires is not certain; rules that require nothing act where they apply."""
    return speaks(outcomes) and outcomes[2] is not True


def can_refuse(rule: m.Rule) -> bool:
    """Whether the rule denies where it acts: a `deny`, or a `require` without `else`, firmer than a guideline."""
    denies = isinstance(rule.action, m.Deny) or (isinstance(rule.action, m.Require) and rule.action.otherwise is None)
    return denies and rule.basis != "guideline"


def facts_asked(rule: m.Rule) -> frozenset[object]:
    """What the outcomes of a rule hang on."""
    return frozenset().union(*(asks_about(condition) for condition in asked(rule)))


def never_acts(rule: m.Rule, known: Known) -> bool:
    """Whether it is certain that the rule does nothing, whatever the message."""
    opened = isinstance(rule.action, m.Only) and always_open(rule.action.window)
    return opened or search(asked(rule), acts, known).none


def acts_always(rule: m.Rule, known: Known) -> bool:
    """Whether it is certain that the rule acts on every message; windows and limits never do."""
    waits = isinstance(rule.action, m.Only | m.Limit)
    return not waits and search(asked(rule), lambda outcomes: not acts(outcomes), known).none
