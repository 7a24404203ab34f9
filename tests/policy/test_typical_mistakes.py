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
        ('rule a "A" { when category is promotional, political deny }', "write `is one of (promotional, political)`"),
        ('rule a "A" { when not consent is opted_in deny }', "write `not (consent is opted_in)`"),
        ('rule a "A" { when category is promotional AND consent is none deny }', "did you mean `and`?"),
        ('rule a "A" { when body contains "casino" deny }', "did you mean `mentions`?"),
        ('rule a "A" { only 8am-8pm }', "write `08:00-20:00`"),
        ('rule a "A" { deny since 01/03/2026 }', "write the year first, then month and day: `2026-03-01`"),
        ('rule a "A" { limit 2 per week per recipient }', "write `1 week`, or `calendar week`"),
        ('rule a "A" { only 9:30am to 8 pm }', "write `09:30-20:00`"),
        ('rule a "A" { only 12am-12pm }', "write `00:00-12:00`"),
        ('rule a "A" { only Mon-Fri 08:00-20:00 }', "write `mon-fri`"),
        ('rule a "A" { only saturday 08:00-20:00 }', "write `sat`"),
        ('rule a "A" { only weekdays 08:00-20:00 }', "write `mon-fri`"),
        ('rule a "A" { only mon, tue 08:00-20:00 }', "write days side by side"),
        ('rule a "A" { only 08:00-20:00 in Paris }', "write `Europe/Paris`"),
        ('rule a "A" { deny since 24.11.2026 }', "write `2026-11-24`"),
        ('rule a "A" { deny since 11/24/2026 }', "write `2026-11-24`"),
        ('rule a "A" { deny since 2026-3-1 }', "write `2026-03-01`"),
        ('rule a "A" { deny since 1st March 2026 }', "write `2026-03-01`"),
        ('rule a "A" { deny since March 1, 2026 }', "write `2026-03-01`"),
        ('rule a "A" { deny since 31.02.2026 }', "write the year first"),
        ('rule a "A" { limit two per 7 days per recipient }', "write numbers in digits: `2`"),
        ('rule a "A" { require consent.age <= two years }', "write numbers in digits: `2 years`"),
        ('rule a "A" { require consent.age <= 2 yeras }', "did you mean `years`?"),
        ('rule a "A" { when length of body > 160 characters deny }', "leave `characters` out"),
        ('rule a "A" { when the category is promotional deny }', "leave `the` out"),
        ('rule a "A" { when category is promotional then deny }', "leave `then` out"),
        ('rule a "A" { when consent exists deny }', "write `is known`"),
        ('rule a "A" { when body.length > 160 deny }', "write `length of body`"),
        ('rule way-out "A" { deny }', "write `way_out`"),
        ('rule way out "A" { deny }', "`way_out`"),
        ('rule "Way out" { deny }', 'write a name before the title: `rule way_out "Way out"`'),
        ("rule a { deny }", 'write a title in double quotes before it: `rule a "…" {`'),
        ('rule a "A" { deny; }', "take it away"),
        ('rule a "A" { deny } // why', "write `#` in its place: so a comment begins"),
        ('rule a "A" { deny basis "law" }', "write the name without quotes: `law`"),
        ('rule a "A" { deny basis law source act }', "write `cite`"),
        ('rule a "A" { limit 2 per 7 days per recipient, brand category }', "write a comma before it"),
        ('rule a "A" { append STOP }', "write texts in double quotes"),
        ('rule a "A" { append fr "STOP" }', "write a colon behind the language: `fr:`"),
        ('words w { french: "x" }', "write `fr:`"),
        ('words w { "x" }', 'write the language before it: `fr: "x"`'),
        ('test "T" { expect denied by a }', "write `deny`"),
        ('test "T" { to +33639980001 expect deny }', 'write phone numbers in double quotes: `"+33639980001"`'),
        ('rule a "A" { when consnt is none deny }', "did you mean `consent`?"),
        ('rule a "A" { deny basis hous }', "did you mean `house`?"),
    ],
)
def test_a_typical_mistake_is_met_with_its_cure_and_the_next_rule_is_still_read(rule: str, told: str) -> None:
    text = f'policy FR "France" {{\n recipients FR\n languages fr\n {rule}\n\n rule last "L" {{ denny }}\n}}\n'
    findings = check([parse(Source("a.policy", text))]).findings
    assert told in findings[0].help
    assert any("denny" in finding.message for finding in findings)
