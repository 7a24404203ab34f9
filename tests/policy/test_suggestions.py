"""What an error says to write, written: the error is gone, and the rule says what was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sendlaw.policy.language_features import diagnostics, quick_fixes
from sendlaw.policy.linter import apply_edits
from sendlaw.policy.source import Source

from .editing import together

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "errors"
HEAD = """policy FR "France" {
  recipients FR
  languages fr
  holidays FR
  source act "Act" "https://example.org/act" checked 2026-01-01
  table fees (country) -> (price) { FR | 3 }
"""
CONDITIONS = [
    # values
    ("encoding is ucs-2", "encoding is ucs2"),
    ("encoding is UCS-2", "encoding is ucs2"),
    ('encoding is "ucs-2"', "encoding is ucs2"),
    ("encoding is gsm-7", "encoding is gsm7"),
    ("encoding is GSM-7", "encoding is gsm7"),
    ("encoding is gsm_7", "encoding is gsm7"),
    ("encoding is utf-8", "encoding is utf8"),
    ("consent is opted-in", "consent is opted_in"),
    ("consent is Opted-In", "consent is opted_in"),
    ('consent is "Opted in"', "consent is opted_in"),
    ("consent is OPTED_IN", "consent is opted_in"),
    ("sender.type is Short-Code", "sender.type is short_code"),
    ('category is "promotional"', "category is promotional"),
    ('recipient.country is "FR"', "recipient.country is FR"),
    ('subject is "gambling"', "subject is gambling"),
    ('subjects has "gambling"', "subjects has gambling"),
    ("sender.id is ACME", 'sender.id is "ACME"'),
    ("sender.shared is true", "sender.shared is yes"),
    ('sender.shared is "No"', "sender.shared is no"),
    ("body starts with STOP", 'body starts with "STOP"'),
    ("body.links has bit", 'body.links has "bit"'),
    ("registrations has 10dlc", 'registrations has "10dlc"'),
    ('consent covers "night"', "consent covers night"),
    ("promotional is category", "category is promotional"),
    ("none is not consent", "consent is not none"),
    ("consent is unknown", "consent is not known"),
    ("consent is not unknown", "consent is known"),
    ("recipient.country is none", "recipient.country is not known"),
    # sizes
    ("links > 2", "count of body.links > 2"),
    ("links is 2", "count of body.links is 2"),
    ("links", "count of body.links > 0"),
    ("shorteners", "count of body.shorteners > 0"),
    ("phone_numbers >= 1", "count of body.phone_numbers >= 1"),
    ("text > 160", "length of body > 160"),
    ("message > 160", "length of body > 160"),
    ("body.links > 2", "count of body.links > 2"),
    ("body.links is 2", "count of body.links is 2"),
    ("body > 160", "length of body > 160"),
    ("count of links > 2", "count of body.links > 2"),
    ("count of body > 2", "length of body > 2"),
    ("length of body.links > 2", "count of body.links > 2"),
    ("length > 160", "length of body > 160"),
    ("count > 2", "count of body.links > 2"),
    ("length body > 160", "length of body > 160"),
    ("length(body) > 160", "length of body > 160"),
    ("len(body) > 160", "length of body > 160"),
    ("count(links) > 2", "count of body.links > 2"),
    ("body.length > 160", "length of body > 160"),
    ("body.links.count > 2", "count of body.links > 2"),
    ("number of links > 2", "count of body.links > 2"),
    ("number of characters > 160", "length of body > 160"),
    ("number of segments > 2", "segments > 2"),
    ("length of body > 160 characters", "length of body > 160"),
    # numbers
    ("consent.age <= 1,5 years", "consent.age <= 18 months"),
    ("consent.age <= 1.5 years", "consent.age <= 18 months"),
    ("consent.age <= 1.5 months", "consent.age <= 45 days"),
    ("consent.age <= 1.5 weeks", "consent.age <= 252 hours"),
    ("consent.age <= 2.5 days", "consent.age <= 60 hours"),
    ("consent.age <= 0.5 hours", "consent.age <= 30 minutes"),
    ("consent.age <= 0.5 seconds", "consent.age <= 1 second"),
    ("segments <= 1.5", "segments <= 1"),
    ("segments > 1,5", "segments > 1"),
    ("segments >= 1.5", "segments >= 2"),
    ("segments < 1.5", "segments < 2"),
    ("length of body > 1,000", "length of body > 1000"),
    ("length of body > 1.000", "length of body > 1000"),
    ("length of body > 1 000", "length of body > 1000"),
    ("length of body > 1'000'000", "length of body > 1000000"),
    ("segments > two", "segments > 2"),
    ('segments > "2"', "segments > 2"),
    ('segments is "2"', "segments is 2"),
    ("segments <= 3 days", "segments <= 3"),
    ("consent.age <= two years", "consent.age <= 2 years"),
    ('consent.age <= "2 years"', "consent.age <= 2 years"),
    ("consent > 2 years", "consent.age > 2 years"),
    ("consent.age > 2 yeras", "consent.age > 2 years"),
    # signs and words for more and less
    ("segments => 2", "segments >= 2"),
    ("segments =< 2", "segments <= 2"),
    ("segments > = 2", "segments >= 2"),
    ("segments < = 2", "segments <= 2"),
    ("segments ≥ 2", "segments >= 2"),
    ("segments ≤ 2", "segments <= 2"),
    ("segments ≠ 2", "segments is not 2"),
    ("segments >> 2", "segments > 2"),
    ("segments = 2", "segments is 2"),
    ("segments == 2", "segments is 2"),
    ("segments === 2", "segments is 2"),
    ("segments != 2", "segments is not 2"),
    ("segments <> 2", "segments is not 2"),
    ("segments is > 2", "segments > 2"),
    ("segments is >= 2", "segments >= 2"),
    ("segments is greater than 2", "segments > 2"),
    ("segments more than 2", "segments > 2"),
    ("segments is over 2", "segments > 2"),
    ("segments exceeds 2", "segments > 2"),
    ("segments is less than 2", "segments < 2"),
    ("segments under 2", "segments < 2"),
    ("segments is at most 2", "segments <= 2"),
    ("segments at least 2", "segments >= 2"),
    ("segments is not more than 2", "segments <= 2"),
    ("segments no less than 2", "segments >= 2"),
    ("segments is less than or equal to 2", "segments <= 2"),
    ("segments is more than two", "segments > 2"),
    ("segments equals 2", "segments is 2"),
    ("consent.age is older than 2 years", "consent.age > 2 years"),
    ("consent.age younger than 2 years", "consent.age < 2 years"),
    ("segments between 2 and 3", "(segments >= 2 and segments <= 3)"),
    ("sender.shared and segments is between 2 and 3", "sender.shared and (segments >= 2 and segments <= 3)"),
    ("length of body between 2 and 3", "(length of body >= 2 and length of body <= 3)"),
    ("consent.age between 1 year and 2 years", "(consent.age >= 1 year and consent.age <= 2 years)"),
    ("length of body > 160 and < 200", "length of body > 160 and length of body < 200"),
    ("category is not promotional and is not political", "category is not promotional and category is not political"),
    ("2 < segments", "segments > 2"),
    ("2 >= length of body", "length of body <= 2"),
    ("fees(recipient.country).price => 2", "fees(recipient.country).price >= 2"),
    # what is no more and no less
    ("recipient.country > FR", "recipient.country is FR"),
    ("recipient.country >= FR, DE", "recipient.country is one of (FR, DE)"),
    ('sender.id > "A"', 'sender.id is "A"'),
    ("category > promotional", "category is promotional"),
    ("sender.shared >= yes", "sender.shared is yes"),
    ("recipient.subdivisions is US-FL", "recipient.subdivisions has US-FL"),
    ('body.links is not "x.fr"', 'not (body.links has "x.fr")'),
    ("consent.covers is night", "consent.covers has night"),
    # several values
    ("recipient.country in FR, DE", "recipient.country is one of (FR, DE)"),
    ("recipient.country in (FR, DE)", "recipient.country is one of (FR, DE)"),
    ("recipient.country in [FR, DE]", "recipient.country is one of (FR, DE)"),
    ("recipient.country in (FR)", "recipient.country is FR"),
    ("recipient.country is in (FR, DE)", "recipient.country is one of (FR, DE)"),
    ("recipient.country not in (FR, DE)", "recipient.country is not one of (FR, DE)"),
    ("recipient.country is FR or DE", "recipient.country is one of (FR, DE)"),
    ("recipient.country is FR, DE or ES", "recipient.country is one of (FR, DE, ES)"),
    ("recipient.country is not FR, DE", "recipient.country is not one of (FR, DE)"),
    ("recipient.country is either FR or DE", "recipient.country is one of (FR, DE)"),
    ("recipient.country is any of (FR, DE)", "recipient.country is one of (FR, DE)"),
    ("recipient.country is one of FR, DE", "recipient.country is one of (FR, DE)"),
    ("recipient.country is one of [FR, DE]", "recipient.country is one of (FR, DE)"),
    ('sender.id is "A" or "B"', 'sender.id is "A" or sender.id is "B"'),
    ("segments is 2 or 3", "segments is 2 or segments is 3"),
    ("segments is not 2 and 3", "segments is not 2 and segments is not 3"),
    ("subject is gambling or loans", "subject is gambling or subject is loans"),
    ("category is promotional, political", "category is one of (promotional, political)"),
    (
        "category is promotional, political and sender.shared",
        "category is one of (promotional, political) and sender.shared",
    ),
    ("category is promotional or political", "category is promotional or category is political"),
    # not, and, or
    ("not sender.shared", "not (sender.shared)"),
    ("not category is promotional and sender.shared", "not (category is promotional) and sender.shared"),
    ("not category is one of (promotional, political)", "not (category is one of (promotional, political))"),
    ("not segments > 2", "not (segments > 2)"),
    ('not body mentions "x"', 'not (body mentions "x")'),
    ("sender.shared && register", "sender.shared and register"),
    ("sender.shared || register", "sender.shared or register"),
    ("category promotional", "category is promotional"),
    ("the category is promotional", "category is promotional"),
    ("consent exists", "consent is known"),
    ("registers.FR.listed is no", "register is no"),
    ("register.FR.checked <= 30 days", "register.age <= 30 days"),
]
RULES = [
    ("only 8am-8pm", "only 08:00-20:00"),
    ("only 9:30am to 8 pm", "only 09:30-20:00"),
    ("only from 8 to 20", "only 08:00-20:00"),
    ("only Mon-Fri 08:00-20:00", "only mon-fri 08:00-20:00"),
    ("only weekdays 08:00-20:00", "only mon-fri 08:00-20:00"),
    ("only mon, tue 08:00-20:00", "only mon tue 08:00-20:00"),
    ("only 22:00-06:00", "only 00:00-06:00, 22:00-24:00"),
    ("only 08:00-20:00 in Paris", "only 08:00-20:00 in Europe/Paris"),
    ("deny since 24.11.2026", "deny since 2026-11-24"),
    ("deny since 1st March 2026", "deny since 2026-03-01"),
    ("deny;", "deny"),
    ("deny // why", "deny # why"),
    ('deny basis "house"', "deny basis house"),
    ("deny basis HOUSE", "deny basis house"),
    ("deny basis law source act", "deny basis law cite act"),
    ("if sender.shared deny", "when sender.shared deny"),
    ("when sender.shared then deny", "when sender.shared deny"),
    ("limit 2 per week per recipient", "limit 2 per 1 week per recipient"),
    ("limit two per 7 days per recipient", "limit 2 per 7 days per recipient"),
    ("limit 1,000 per 7 days per recipient", "limit 1000 per 7 days per recipient"),
    ("limit 2 per 1.5 days per recipient", "limit 2 per 36 hours per recipient"),
    ("limit 2 per 3 months per recipient", "limit 2 per 90 days per recipient"),
    ("limit 2 per calendar 1 week per recipient", "limit 2 per calendar week per recipient"),
    ("limit 2 per 7 days per recipient per brand", "limit 2 per 7 days per recipient , brand"),
    ("limit 2 per 7 days per recipient, brand category", "limit 2 per 7 days per recipient, brand , category"),
    ("limit 2 per 7 days per brand", "limit 2 per 7 days per recipient, brand"),
    ('append fr "STOP"', 'append fr: "STOP"'),
    ('append french: "STOP"', 'append fr: "STOP"'),
    ('append FR: "STOP"', 'append fr: "STOP"'),
]
ENTRIES = [
    ('rule Hours "H" { deny basis house }', 'rule hours "H" { deny basis house }'),
    ('rule way-out "H" { deny basis house }', 'rule way_out "H" { deny basis house }'),
    ('rule way out "H" { deny basis house }', 'rule way_out "H" { deny basis house }'),
    ('rule "Way out" { deny basis house }', 'rule way_out "Way out" { deny basis house }'),
    ('} policy DE "D" { recipients DE languages French', '} policy DE "D" { recipients DE languages fr'),
    ('} policy DE "D" { recipients DE languages FR', '} policy DE "D" { recipients DE languages fr'),
    ('words w { "x" }', 'words w { fr: "x" }'),
    ("table t (country) -> (ok) { FR, yes }", "table t (country) -> (ok) { FR| yes }"),
    ('test "T" { to +33639980001 expect deny }', 'test "T" { to "+33639980001" expect deny }'),
    ('test "T" { to "+33 6 39 98 00 01" expect deny }', 'test "T" { to "+33639980001" expect deny }'),
    ('test "T" { to "0033639980001" expect deny }', 'test "T" { to "+33639980001" expect deny }'),
    ('test "T" { from ACME expect deny }', 'test "T" { from "ACME" expect deny }'),
    ('test "T" { consent "opted in" expect deny }', 'test "T" { consent opted_in expect deny }'),
    ('test "T" { consent.double true expect deny }', 'test "T" { consent.double yes expect deny }'),
    ('test "T" { brand.country "FR" expect deny }', 'test "T" { brand.country FR expect deny }'),
    (
        'test "T" { recipient.timezone Europe/Paris expect deny }',
        'test "T" { recipient.timezone "Europe/Paris" expect deny }',
    ),
    (
        'test "T" { recipient.timezone "Paris" expect deny }',
        'test "T" { recipient.timezone "Europe/Paris" expect deny }',
    ),
    ('test "T" { recipient.age_at_least "18" expect deny }', 'test "T" { recipient.age_at_least 18 expect deny }'),
    ('test "T" { registrations 10dlc expect deny }', 'test "T" { registrations "10dlc" expect deny }'),
    ('test "T" { expect denied }', 'test "T" { expect deny }'),
    ('test "T" { expect: deny }', 'test "T" { expect deny }'),
    ('test "T" { expect encoding GSM-7 }', 'test "T" { expect encoding gsm7 }'),
    ('test "T" { expect encoding "ucs-2" }', 'test "T" { expect encoding ucs2 }'),
    ('test "T" { expect segments = 2 }', 'test "T" { expect segments 2 }'),
    ('test "T" { expect segments two }', 'test "T" { expect segments 2 }'),
    ('test "T" { expect opt_out fr }', 'test "T" { expect opt_out in fr }'),
    ('test "T" { expect defer 2026-11-25 08:00 }', 'test "T" { expect defer until 2026-11-25 08:00 }'),
    ('test "T" { cases (body) { "a" | opt_out fr } }', 'test "T" { cases (body) { "a" | opt_out in fr } }'),
    ('test "T" { cases (body) { "a" | encoding ucs-2 } }', 'test "T" { cases (body) { "a" | encoding ucs2 } }'),
    ('test "T" { cases (body) { "a", deny } }', 'test "T" { cases (body) { "a"| deny } }'),
    ('test "T" { cases (body) { | "a" | deny } }', 'test "T" { cases (body) {  "a" | deny } }'),
]


def in_rule(clauses: str) -> str:
    return f'rule a "A" {{ {clauses}\n{"" if "basis" in clauses else "basis house "}}}'


TABLE = [
    *(
        (f'rule a "A" {{ when {one} deny basis house }}', f'rule a "A" {{ when {two} deny basis house }}')
        for one, two in CONDITIONS
    ),
    *(
        (f'rule a "A" {{ {one}\nbasis house }}', f'rule a "A" {{ {two}\nbasis house }}')
        for one, two in RULES
        if "basis" not in one
    ),
    *((f'rule a "A" {{ {one} }}', f'rule a "A" {{ {two} }}') for one, two in RULES if "basis" in one),
    *ENTRIES,
]


def followed(text: str) -> str:
    """A text with what its first error says to write, written, as often as errors say so."""
    for _ in range(6):
        fixes = quick_fixes(together(a=text), "a", 0, len(text))
        if not fixes:
            break
        first = min(fixes, key=lambda fix: fix.finding.span.start)
        text = apply_edits(Source("a", text), [type(first.finding)("", "", first.finding.span, edits=first.edits)])
    return text


@pytest.mark.parametrize(("wrong", "right"), TABLE)
def test_what_is_proposed_compiles_and_says_what_was_meant(wrong: str, right: str) -> None:
    text = f"{HEAD}{wrong}\n}}\n"
    assert [one.code for one in diagnostics(together(a=text), "a") if one.severity == "error"] != []
    mended = followed(text)
    blanks = re.compile(r"[ \t]+")
    assert blanks.sub(" ", mended) == blanks.sub(" ", f"{HEAD}{right}\n}}\n")
    assert [one.message for one in diagnostics(together(a=mended), "a") if one.severity == "error"] == []


_EXACT = re.compile(r"\bwrite `[^`…]+`(?: in its place| before it)?$|\bleave `[^`]+` out$|^did you mean ")
_NOT_ALONE = frozenset(
    (
        ("E104", "a word of the language as a name: every place that names it changes too"),
        ("E405", "hours that end at midnight, which may also be meant for the next day"),
        ("E501", "a rule that replaces itself: the clause goes"),
        ("E507", "a group that holds itself: the comma before goes too"),
    )
)
"""The codes whose help is exact, and that no single edit mends; why."""


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.policy")), ids=lambda path: path.stem)
def test_whatever_an_error_says_to_write_an_editor_writes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    analysis = together(wrong=text)
    mended = {(fix.finding.code, fix.finding.span.start) for fix in quick_fixes(analysis, "wrong", 0, len(text))}
    left = [
        (one.code, one.help)
        for one in diagnostics(analysis, "wrong")
        if one.severity == "error" and _EXACT.search(one.help) and (one.code, one.span.start) not in mended
    ]
    assert [help_text for code, help_text in left if code not in {known for known, _ in _NOT_ALONE}] == []
