"""What people write who know the law and not the language, and what they are told to write instead."""

from __future__ import annotations

import pytest
from sendlaw.policy.checker import check
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ('rule Hours "H" { deny }', "write names in small letters: `hours`"),
        ('rule a "A" { if category is promotional deny }', "write `when`"),
        ('rule a "A" { when category is “promotional” deny }', "write texts in straight double quotes"),
        ("rule a 'A' { deny }", "write texts in straight double quotes"),
        ('rule a "A { deny }', 'write a closing `"` on the same line'),
        ('rule a "A" { when category = promotional deny }', "write `is` to compare with a value"),
        ('rule a "A" { when consent != opted_in deny }', "write `is not` to compare with a value"),
        ('rule a "A" { when category is promotional, political deny }', "write `is one of (…, …)`"),
        ('rule a "A" { when not consent is opted_in deny }', "write `not (…)`"),
        ('rule a "A" { when category is promotional AND consent is none deny }', "did you mean `and`?"),
        ('rule a "A" { when body contains "casino" deny }', "did you mean `mentions`?"),
        ('rule a "A" { only 8am-8pm }', "hours such as `08:00-21:30`"),
        ('rule a "A" { deny since 01/03/2026 }', "a date such as `2026-03-01`"),
        ('rule a "A" { limit 2 per week per recipient }', "`calendar` or a number"),
        ('rule a "A" { when consnt is none deny }', "did you mean `consent`?"),
        ('rule a "A" { deny basis hous }', "did you mean `house`?"),
    ],
)
def test_a_typical_mistake_is_met_with_its_cure_and_the_next_rule_is_still_read(rule: str, told: str) -> None:
    text = f'policy FR "France" {{\n recipients FR\n languages fr\n {rule}\n\n rule last "L" {{ denny }}\n}}\n'
    findings = check([parse(Source("a.policy", text))]).findings
    assert told in findings[0].help
    assert any("denny" in finding.message for finding in findings)
