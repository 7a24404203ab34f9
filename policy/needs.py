"""Which facts the rules need, by country and category, and which rules refuse a message without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import model as m
from .beforehand import ALWAYS_KNOWN, Known, all_answers
from .reach import known_there, reaches
from .rule_logic import acts, asked, can_refuse
from .satisfiability import search
from .vocabulary import FACTS
from .walk import walk

_PLACEHOLDER = re.compile(r"\{(brand|sender|stop)\}")
_FACT_OF = {"brand": "brand.name", "stop": "brand.stop", "sender": "sender.id"}
_NEVER_UNKNOWN = ALWAYS_KNOWN | {"subject"}


@dataclass(frozen=True, slots=True)
class Need:
    """A message field that rules ask for, the rules that ask, and those of them that refuse who does not state it."""

    country: str
    category: str
    field: str
    asked_by: tuple[str, ...]
    refused_by: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The need as plain data."""
        return {
            "country": self.country,
            "category": self.category,
            "field": self.field,
            "asked_by": list(self.asked_by),
            "refused_by": list(self.refused_by),
        }


def needs(rule_set: m.RuleSet) -> Iterator[Need]:
    """The fields asked for, for each country a policy names and for all others together, by category."""
    facts_of = {rule.id: sorted(_facts(rule)) for rule in rule_set.rules}
    answers = all_answers(rule_set.tables)
    for country, category, rules in reaches(rule_set):
        known = known_there(country, category, answers)
        fields: dict[str, dict[str, bool]] = {}
        for rule in rules:
            for fact in facts_of[rule.id]:
                refusing = fields.setdefault(FACTS[fact].missing_name, {})
                refusing[rule.id] = refusing.get(rule.id, False) or _refuses_without(rule, fact, known)
        for field, refusing in sorted(fields.items()):
            refused_by = tuple(rule for rule, refuses in refusing.items() if refuses)
            yield Need(country, category, field, tuple(refusing), refused_by)


def _facts(rule: m.Rule) -> set[str]:
    """The facts a sender may leave out, by vocabulary name."""
    conditions = list(asked(rule))
    found = {node.name for node in walk(conditions) if isinstance(node, m.FactTerm)} | _facts_of_action(rule.action)
    return {fact for fact in found - _NEVER_UNKNOWN if not FACTS[fact].computed}


def _facts_of_action(action: m.Action) -> set[str]:
    if isinstance(action, m.Limit):
        return {"history"}
    adds = action.otherwise if isinstance(action, m.Require) else action
    texts = [text for _, text in adds.texts] if isinstance(adds, m.AddText) else []
    return {_FACT_OF[name] for text in texts for name in _PLACEHOLDER.findall(text)}


def _refuses_without(rule: m.Rule, fact: str, known: Known) -> bool:
    """Whether the rule may refuse a message for want of the fact: a guideline warns, a limit stays shut."""
    if rule.basis == "guideline":
        return False
    if fact in _facts_of_action(rule.action):
        return True
    if not can_refuse(rule):
        return False
    return _acts(rule, known.but(fact, ()))


def _acts(rule: m.Rule, known: Known) -> bool:
    return not search(asked(rule), acts, known).none
