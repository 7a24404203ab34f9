"""What `make fuzz` found, each as small as it could be made."""

from __future__ import annotations

from collections import Counter

import pytest
from sendlaw.policy.checker import check
from sendlaw.policy.cursor import cursor_at
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
