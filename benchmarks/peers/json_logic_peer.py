"""JSON Logic (json-logic-qubit): one expression for each rule, asked one after the other."""

from __future__ import annotations

from typing import Any

from json_logic import jsonLogic

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, Rule, Test


def judge() -> Judge:
    """Asks the rules of the country."""
    written = {country: [(rule.name, _logic(rule)) for rule in rules] for country, rules in COUNTRIES.items()}

    def ask(facts: Facts) -> list[str]:
        return [name for name, logic in written[facts["country"]] if jsonLogic(logic, facts)]

    return ask


def _logic(rule: Rule) -> dict[str, Any]:
    parts = [_test(test) for test in rule.always]
    if rule.either:
        parts.append({"or": [_test(test) for test in rule.either]})
    return {"and": parts}


def _test(test: Test) -> dict[str, Any]:
    return {test.operator: [{"var": test.fact}, test.value]}
