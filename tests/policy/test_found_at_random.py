"""What `make fuzz` found, each as small as it could be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sendlaw.policy import cases, scope
from sendlaw.policy.checker import check
from sendlaw.policy.cursor import cursor_at
from sendlaw.policy.diagnostics import Finding
from sendlaw.policy.lint_rules import covered_phrase
from sendlaw.policy.linter import LintConfig, lint
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source


@pytest.mark.parametrize(
    "text",
    [
        'policy FR "F" {\n recipients DE’\n rule a "A" { deny }\n}\n} pace 1 per 1 day per sender\n',
        'policy FR "F" { recipients FR languages fr }\n "id": "m1",\n policy DE "D" { rule a "A" {',
        '{ policy FR "F" { note "x" }\n "id": 1, policy DE "D" { rule a { deny } }',
    ],
)
def test_nothing_is_said_twice_of_one_place(text: str) -> None:
    findings = check([parse(Source("a", text))]).findings
    said = Counter((finding.code, finding.span) for finding in findings)
    assert max(said.values()) == 1


@pytest.mark.parametrize(
    ("text", "block", "head"),
    [
        ('policy FR "F" { rule a "A" { ', "rule", ("rule", "a", '"A"')),
        ('policy FR "F" { rule a "A" { } words w { ', "words", ("words", "w")),
        ('policy FR "F" { rule a "A" { } { ', "?", ()),
        ('policy FR "F" { rule a "A" { words w { fr: "x" rule b "B" { ', "rule", ("rule", "b", '"B"')),
        ('policy FR "F" { rule a "A" { policy DE "D" { ', "policy", ("policy", "DE", '"D"')),
        ("} } { x ", "?", ()),
    ],
)
def test_the_block_of_a_cursor(text: str, block: str, head: tuple[str, ...]) -> None:
    cursor = cursor_at(text, len(text))
    assert (cursor.block, cursor.head) == (block, head)


def test_a_rule_that_replaces_itself_and_has_a_broken_namesake() -> None:
    text = """policy FR "F" { recipients FR languages fr
rule a "A" { when nothing_such is known deny basis house }
rule a "B" { deny replaces a basis house } }"""
    findings = check([parse(Source("a", text))]).findings
    assert [finding.code for finding in findings] == ["E201", "E215"]


@pytest.mark.parametrize("rule", ["require consent.age <= 2 days years", 'when campaign is "x1" years deny'])
def test_a_unit_is_not_proposed_in_its_own_place(rule: str) -> None:
    findings = check([parse(Source("a", f'policy FR "F" {{ recipients FR languages fr rule a "A" {{ {rule} }} }}'))])
    assert findings.findings[0].span.text == "years"
    assert "`years`" not in findings.findings[0].help


# ---- what took the square of the length: counted, not timed


class Counted:
    """A function that counts how often it is called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.calls = function, 0

    def __call__(self, *given: Any) -> Any:
        self.calls += 1
        return self.function(*given)


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Counted:
    found = Counted(getattr(module, name))
    monkeypatch.setattr(module, name, found)
    return found


def linted(body: str) -> tuple[Finding, ...]:
    parsed = parse(Source("a", f'policy FR "F" {{ recipients FR languages fr {body} }}'))
    rule_set = check([parsed]).rule_set
    assert rule_set is not None
    return lint(rule_set, [parsed.file], LintConfig(date(2026, 11, 22)))


def test_phrases_are_not_all_compared_with_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch, covered_phrase, "covers_phrase")
    phrases = ", ".join(f'"offer number{number} today"' for number in range(500))
    findings = linted(f'words w {{ fr: {phrases}, "number7* now", "number7*", "offer number8" }}')
    found = [finding.message for finding in findings if finding.code == "L129"]
    assert len(found) == 13  # number7, number70 to 79, `number7* now`, and number8
    assert calls.calls < 2_000


def test_unknown_names_are_compared_with_known_ones_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch, scope, "did_you_mean")
    cited = ", ".join(f"source_{number}" for number in range(1_000))
    text = f'policy FR "F" {{ recipients FR languages fr rule a "A" {{ deny basis law cite {cited} }} }}'
    findings = check([parse(Source("a", text))]).findings
    assert [finding.code for finding in findings] == ["E204"] * 1_000
    assert calls.calls == 200


def test_long_conditions_are_tried_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch, cases, "atom_holds")
    asked = " or ".join(f'campaign is "c{number}"' for number in range(2_000))
    linted(f'rule a "A" {{ when {asked} deny basis house }}')
    assert calls.calls < 3 * cases.MOST_STEPS


@pytest.mark.parametrize("name", ["a" + "-1" * 5_000, "A" * 5_000, '"' + "a b " * 5_000 + '"', "é" * 5_000])
def test_a_name_without_end_is_not_repeated_in_what_to_do(name: str) -> None:
    findings = check([parse(Source("a", f'policy FR "F" {{ recipients FR languages fr rule {name} "A" {{ deny }} }}'))])
    assert findings.findings
    assert max(len(finding.help) for finding in findings.findings) < 400


def test_braces_without_end_are_one_mistake() -> None:
    added = "{" * 5_000 + "{x}{y}{x}"
    text = f'policy FR "F" {{ recipients FR languages fr rule a "A" {{ append "{added}" basis house }} }}'
    findings = check([parse(Source("a", text))]).findings
    assert [finding.span.text for finding in findings] == ["{", "{x}", "{y}"]
