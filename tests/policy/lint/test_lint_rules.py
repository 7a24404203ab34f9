"""Every lint rule on files with and without what it looks for."""

from __future__ import annotations

import pytest
from sendlaw.policy.lint_rules import LINT_RULES

from .linting import HEAD, findings, found, rule, whole
from .more_cases import RULES

WHEN = "when category is promotional "
DAY, WEEK = "limit 1 per 24 hours per recipient", "limit 5 per 24 hours per recipient"
MESSAGE = 'to "+33639980001" from "A" category promotional body "x" at 2026-11-24 10:00'

# code, entries of a policy, the texts under the findings
CASES = [
    ("L101", rule("a", "deny", "law"), ["a"]),
    ("L101", rule("a", "deny") + rule("b", "deny", "house"), []),
    ("L102", 'rule a "A" { deny }', ["a"]),
    ("L102", rule("a", "deny", "house"), []),
    ("L105", rule("a", "only 08:00-12:00") + rule("b", "only 12:00-20:00"), ["b"]),
    ("L105", rule("a", "only mon-fri 08:00-20:00") + rule("b", WHEN + "only sat-sun 08:00-20:00"), []),
    ("L105", rule("a", "only mon-fri 08:00-20:00 except holidays") + rule("b", "only sat 08:00-20:00"), ["b"]),
    ("L105", rule("a", "only 08:00-12:00") + rule("b", "only 11:59-20:00"), []),
    ("L105", rule("a", "only 08:00-12:00") + rule("b", 'only 12:00-20:00 else warn "late"'), []),
    ("L105", rule("a", "only 08:00-12:00") + rule("b", "only 12:00-20:00 in Europe/Paris"), []),
    ("L105", rule("a", "only 08:00-12:00") + rule("b", "only 12:00-20:00 replaces a"), []),
    ("L105", rule("a", "only 08:00-12:00 before 2026-01-01") + rule("b", "only 12:00-20:00 since 2026-01-01"), []),
    ("L105", rule("a", WHEN + "only 08:00-12:00") + rule("b", "when sender.shared only 12:00-20:00"), []),
    ("L105", rule("a", "only mon holidays 08:00-12:00") + rule("b", "only tue holidays 08:00-12:00"), []),
    ("L105", rule("a", "only mon holidays 08:00-09:00") + rule("b", "only tue holidays 10:00-12:00"), ["b"]),
    ("L106", rule("a", DAY) + rule("b", WEEK), ["b"]),
    ("L106", rule("a", DAY) + rule("b", DAY + ", brand"), ["b"]),
    ("L106", rule("a", DAY + ", brand") + rule("b", WEEK), []),
    ("L106", rule("a", DAY) + rule("b", "limit 3 per 7 days per recipient"), []),
    ("L106", rule("a", "limit 1 per 7 days per recipient") + rule("b", "limit 3 per 24 hours per recipient"), ["b"]),
    ("L106", rule("a", WHEN + DAY) + rule("b", WEEK), []),
    ("L106", rule("a", DAY) + rule("b", WHEN + WEEK), ["b"]),
    ("L106", rule("a", DAY + " before 2026-01-01") + rule("b", WEEK), []),
    ("L106", rule("a", DAY) + rule("b", WEEK + " replaces a"), []),
    ("L106", rule("a", DAY) + rule("b", "limit 2 per calendar day per recipient"), ["b"]),
    ("L106", rule("a", DAY) + rule("b", "limit 1 per calendar day per recipient"), []),
    ("L106", rule("a", DAY) + rule("b", DAY), []),
    *(
        ("L106", rule("a", f"limit {stricter} per recipient") + rule("b", f"limit {wider} per recipient"), hits)
        for stricter, wider, hits in (
            ("1 per 7 days", "3 per calendar day", ["b"]),
            ("3 per 27 hours", "3 per calendar day", ["b"]),
            ("3 per 25 hours", "3 per calendar day", []),
            ("1 per calendar month", "1 per calendar day", ["b"]),
            ("1 per calendar week", "6 per calendar month", ["b"]),
            ("1 per calendar week", "5 per calendar month", []),
            ("2 per calendar day", "14 per calendar week", ["b"]),
            ("2 per calendar day", "13 per calendar week", []),
            ("1 per calendar month", "2 per calendar week", ["b"]),
            ("1 per calendar week", "2 per 6 days", ["b"]),
            ("1 per calendar week", "2 per 7 days", []),
            ("1 per calendar week", "3 per 7 days", ["b"]),
            ("1 per calendar day", "2 per 1 hour", ["b"]),
            ("1 per 7 days", "2 per 14 days", ["b"]),
            ("1 per 7 days", "1 per 14 days", ["a"]),
            ("1 per 7 days", "2 per 15 days", []),
        )
    ),
    (
        "L106",
        rule("a", WHEN + "limit 1 per calendar week per recipient")
        + rule("b", WHEN + "limit 9 per calendar month per recipient"),
        [],
    ),
    (
        "L106",
        rule("a", WHEN + "limit 1 per calendar week per recipient")
        + rule("b", WHEN + "limit 9 per calendar month per recipient, category"),
        ["b"],
    ),
    (
        "L106",
        rule("a", "limit 1 per calendar week per recipient, brand")
        + rule("b", "limit 9 per calendar month per recipient, brand"),
        [],
    ),
    (
        "L106",
        rule("a", "limit 1 per calendar week per recipient since 2026-11-20")
        + rule("b", "limit 9 per calendar month per recipient since 2026-11-20"),
        [],
    ),
    ("L106", rule("a", DAY, "guideline cite act") + rule("b", WEEK), []),
    ("L106", rule("a", DAY, "guideline cite act") + rule("b", WEEK, "guideline cite act"), ["b"]),
    ("L107", 'replies { opt_out fr: "STOP", "OK" opt_in fr: "ok" }', ['"ok"']),
    ("L107", 'replies { opt_out fr: "STOP" help en: "ＳＴＯＰ" }', ['"ＳＴＯＰ"']),
    ("L107", 'replies { opt_out fr: "STOP" opt_out en: "stop" opt_in fr: "START" }', []),
    ("L108", rule("a", "deny before 2026-01-01"), ["a"]),
    ("L108", rule("a", "deny before 2026-11-22"), ["a"]),
    ("L108", rule("a", "deny before 2026-11-23"), []),
    ("L108", rule("a", WHEN + "deny before 2026-01-01") + rule("b", "deny since 2026-01-01"), []),
    ("L108", rule("a", "deny before 2026-01-01") + rule("b", "only 08:00-09:00 since 2026-01-01"), ["a"]),
    ("L109", rule("a", WHEN + "deny") + rule("b", WHEN + "deny", "house"), ["b"]),
    ("L109", rule("a", WHEN + "deny") + rule("b", "deny"), []),
    ("L109", rule("a", "deny before 2026-01-01") + rule("b", "deny since 2026-01-01"), []),
    ("L110", rule("a", "deny"), ["guide"]),
    ("L110", rule("a", "deny", "law cite guide, act"), []),
    ("L111", 'words w { fr: "x" }', ['words w { fr: "x" }']),
    ("L111", 'words w { fr: "x" }' + rule("a", "when subject is w deny"), []),
    ("L111", 'words w { fr: "x" }' + rule("a", "unless subject is one of (w, gambling) deny"), []),
    ("L111", 'words w { fr: "x" }' + rule("a", "require not (body mentions w)"), []),
    ("L111", 'words w { fr: "x" }' + rule("a", "when subjects has w deny"), []),
    ("L111", 'words w { fr: "x" }' + rule("a", 'when body mentions "w" deny'), ['words w { fr: "x" }']),
    ("L111", 'words w { fr: "x" } table t (subject) -> (v) { w | yes }', []),
    ("L112", f'test "t" {{ {MESSAGE} }}', ['"t"']),
    ("L112", f'test "t" {{ {MESSAGE} expect allow }}', []),
    ("L112", f'test "t" {{ {MESSAGE} cases (channel) {{ sms | allow }} }}', []),
    ("L112", f'test "t" {{ {MESSAGE} cases (channel) {{ }} }}', ['"t"']),
    ("L113", 'source b "B" "https://example.com" checked 2025-11-20', ["2025-11-20"]),
    ("L113", 'source b "B" "https://example.com" checked 2025-11-21', []),
    ("L114", rule("a", "deny"), ["a"]),
    ("L114", rule("a", "deny") + rule("b", "deny"), []),
    ("L114", rule("a", "deny") + f'test "t" {{ {MESSAGE} expect deny by a }}', []),
    ("L114", rule("a", "deny") + f'test "t" {{ {MESSAGE} cases (channel) {{ sms | deny by FR.a }} }}', []),
    ("L115", 'words w { fr: "x", "y", "X" }', ['"X"']),
    ("L115", 'words w { fr: "x" en: "x" }', []),
    ("L115", 'words w { fr: "x" fr: "x" }', ['"x"']),
    ("L115", 'replies { opt_out fr: "STOP", "stop" }', ['"stop"']),
    ("L115", 'replies { opt_out fr: "STOP" opt_in fr: "stop" }', []),
    ("L116", 'rule a "Same" { deny } rule b "same" { deny }', ['"same"']),
    ("L116", 'rule a "Same" { deny } rule b "Same" { deny since 2026-01-01 }', []),
    ("L116", f'rule a "Same" {{ deny }} test "Same" {{ {MESSAGE} }}', []),
    ("L116", f'test "t" {{ {MESSAGE} }} test "t" {{ {MESSAGE} }}', ['"t"']),
    ("L117", "table t (country) -> (v, w) { FR | yes | no }" + rule("a", "when t(recipient.country).v deny"), ["w"]),
    ("L117", "table t (country) -> (v) { FR | yes } never allow when t(recipient.country).v is no", []),
    ("L118", rule("a", "only 00:00-24:00"), ["a"]),
    ("L118", rule("a", "only 12:00-24:00, mon-sun 00:00-12:00"), ["a"]),
    ("L118", rule("a", "only 00:00-12:00, 12:01-24:00"), []),
    ("L118", rule("a", "only 00:00-24:00 except holidays"), []),
    ("L118", rule("a", "only sat-thu 00:00-24:00"), []),
    ("L118", rule("b", "only 08:00-09:00") + rule("a", "only 00:00-24:00 replaces b"), []),
    ("L119", rule("a", "deny", "law cite act, guide, act"), ["act"]),
    ("L119", rule("a", "deny", "law cite act, guide"), []),
    ("L120", "group NEAR = DE, BE", ["NEAR"]),
    ("L120", "group NEAR = DE, BE " + rule("a", "when sender.country is NEAR deny"), []),
    *RULES,
]


@pytest.mark.parametrize(("code", "entries", "expected"), CASES)
def test_what_is_found(code: str, entries: str, expected: list[str]) -> None:
    assert found(code, entries) == expected


@pytest.mark.parametrize("lint_rule", LINT_RULES, ids=lambda lint_rule: lint_rule.SLUG)
def test_every_rule_has_cases_with_and_without_a_finding(lint_rule: object) -> None:
    code = getattr(lint_rule, "CODE", "")
    outcomes = {bool(expected) for known, _, expected in CASES if known == code}
    assert outcomes == {True, False} or code in ("L103", "L104")


def test_codes_and_slugs_are_unique_and_in_order() -> None:
    codes = [lint_rule.CODE for lint_rule in LINT_RULES]
    assert codes == sorted(set(codes))
    assert len({lint_rule.SLUG for lint_rule in LINT_RULES}) == len(LINT_RULES)


def test_a_rule_in_order_gives_no_finding() -> None:
    text = rule("a", WHEN + "deny", "law cite act, guide") + f'test "t" {{ {MESSAGE} expect deny by a }}'
    text += f'test "u" {{ {MESSAGE.replace("promotional", "political")} expect allow }}'
    text += 'replies { opt_out fr: "STOP" }'
    assert findings(f"{HEAD}{text}}}") == ()


def test_every_finding_says_what_to_do() -> None:
    for _, entries, _ in CASES:
        for finding in findings(whole(entries)):
            assert finding.help
            assert finding.severity == "warning"
