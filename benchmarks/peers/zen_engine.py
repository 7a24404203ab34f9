"""zen-engine: one decision table for each country, whose hit policy collects every row that matches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import zen

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, Rule, Test, literal


def judge() -> Judge:
    """Asks the decision table of the country; a rule with alternatives has a row for each."""
    engine = zen.ZenEngine()
    decisions = {country: engine.create_decision(json.dumps(_graph(country))) for country in COUNTRIES}

    def ask(facts: Facts) -> set[str]:
        return {row["rule"] for row in decisions[facts["country"]].evaluate(facts)["result"]}

    return ask


def _graph(country: str) -> dict[str, Any]:
    tests = [test for rule in COUNTRIES[country] for test in (*rule.always, *rule.either)]
    columns = sorted({test.fact for test in tests})
    rows = [row for rule in COUNTRIES[country] for row in _rows(rule, columns)]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": fact, "name": fact, "field": fact} for fact in columns],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": [{"_id": str(number), **row} for number, row in enumerate(rows)],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return {"nodes": nodes, "edges": edges}


def _rows(rule: Rule, columns: list[str]) -> Iterator[dict[str, str]]:
    alternatives: list[tuple[Test, ...]] = [(test,) for test in rule.either] or [()]
    for alternative in alternatives:
        cells: dict[str, list[str]] = {fact: [] for fact in columns}
        for test in (*rule.always, *alternative):
            cells[test.fact].append(_cell(test))
        yield {fact: " and ".join(parts) for fact, parts in cells.items()} | {"rule": literal(rule.name)}


def _cell(test: Test) -> str:
    return literal(test.value) if test.operator == "==" else f"$ {test.operator} {literal(test.value)}"
