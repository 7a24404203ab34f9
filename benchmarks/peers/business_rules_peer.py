"""business-rules: variables and actions as classes, the rules of the country as its JSON."""

from __future__ import annotations

from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable, string_rule_variable

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, Rule, Test

_NUMBERS = {"<": "less_than", ">": "greater_than", "<=": "less_than_or_equal_to", ">=": "greater_than_or_equal_to"}
_KINDS = {str: string_rule_variable, int: numeric_rule_variable, bool: boolean_rule_variable}


class _Actions(BaseActions):  # type: ignore[misc]
    def __init__(self) -> None:
        self.spoken: list[str] = []

    @rule_action(params={"rule": FIELD_TEXT})  # type: ignore[untyped-decorator]
    def speak(self, rule: str) -> None:
        self.spoken.append(rule)


def judge() -> Judge:
    """Runs the rules of the country over the facts."""
    variables = _variables()
    written = {country: [_rule(rule) for rule in rules] for country, rules in COUNTRIES.items()}

    def ask(facts: Facts) -> list[str]:
        actions = _Actions()
        run_all(written[facts["country"]], variables(facts), actions)
        return actions.spoken

    return ask


def _variables() -> Any:
    tests = [test for rules in COUNTRIES.values() for rule in rules for test in (*rule.always, *rule.either)]
    readers = {test.fact: _KINDS[type(test.value)]()(_reader(test.fact)) for test in tests}

    def remember(self: Any, facts: Facts) -> None:
        self.facts = facts

    return type("Variables", (BaseVariables,), {"__init__": remember, **readers})


def _reader(fact: str) -> Any:
    def read(self: Any) -> Any:
        return self.facts[fact]

    read.__name__ = fact
    return read


def _rule(rule: Rule) -> dict[str, Any]:
    conditions = [_condition(test) for test in rule.always]
    if rule.either:
        conditions.append({"any": [_condition(test) for test in rule.either]})
    return {"conditions": {"all": conditions}, "actions": [{"name": "speak", "params": {"rule": rule.name}}]}


def _condition(test: Test) -> dict[str, Any]:
    if isinstance(test.value, bool):
        return {"name": test.fact, "operator": "is_true" if test.value else "is_false", "value": ""}
    if test.operator in _NUMBERS:
        return {"name": test.fact, "operator": _NUMBERS[test.operator], "value": test.value}
    if test.operator == "!=":
        # There is no `!=` for texts: a pattern that the one word alone does not match says the same.
        return {"name": test.fact, "operator": "matches_regex", "value": f"^(?!{test.value}$)"}
    return {"name": test.fact, "operator": "equal_to", "value": test.value}
