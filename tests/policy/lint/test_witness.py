"""Findings that a message shows carry its facts, in text, JSON and SARIF."""

from __future__ import annotations

import json

import pytest
from sendlaw.policy.render import finding_json, render_text
from sendlaw.policy.sarif import render_sarif

from .linting import findings, rule, whole

MARKETING = "when category is promotional "


@pytest.mark.parametrize(
    ("code", "entries", "witness"),
    [
        ("L121", rule("a", MARKETING + "deny") + rule("b", MARKETING + "warn"), {"category": "promotional"}),
        (
            "L124",
            rule("a", MARKETING + "require sender.shared") + rule("b", "require not (sender.shared)"),
            {"category": "promotional", "sender.shared": True},
        ),
        (
            "L121",
            "table t (category) -> (n) { promotional | 1  * | 2 }"
            + rule("a", "when t(category).n > 1 and sender.shared deny")
            + rule("b", "when t(category).n > 1 and sender.shared warn"),
            {"t(category).n": 2, "sender.shared": True, "category": "transactional"},
        ),
        (
            "L121",
            rule("a", "when count of body.links > 2 deny") + rule("b", "when count of body.links > 5 deny"),
            {"count of body.links": 6},
        ),
        (
            "L121",
            rule("a", "when consent.age > 10 days deny")
            + rule("b", "when sender.shared and consent.age > 10 days and consent.age > 1 month deny"),
            {"sender.shared": True},
        ),
        ("L138", rule("a", MARKETING + "require register is no"), {"category": "promotional", "register": None}),
    ],
)
def test_the_facts_of_a_message(code: str, entries: str, witness: dict[str, object]) -> None:
    (finding,) = [one for one in findings(whole(entries.replace("warn", 'warn "x"'))) if one.code == code]
    assert finding_json(finding)["witness"] == witness
    assert f"= shown by: {json.dumps(witness)}" in render_text([finding])
    (result,) = json.loads(render_sarif([finding], "1"))["runs"][0]["results"]
    assert result["properties"] == {"witness": witness}


def test_other_findings_carry_none() -> None:
    (finding,) = [one for one in findings(whole(rule("a", "deny"))) if one.code == "L114"]
    assert "witness" not in finding_json(finding)
    assert "shown by" not in render_text([finding])
