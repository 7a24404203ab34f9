"""Completion: what is offered at which place, in whole files and in broken ones."""

from __future__ import annotations

import pytest
from sendlaw.policy.language_features import completions

from .editing import FRANCE, WORLD, marked, together


def offered(text: str) -> list[str]:
    """The labels offered at the mark, beside the world's rules."""
    plain, offset = marked(text)
    return [one.label for one in completions(together(world=WORLD, open=plain), "open", offset)]


def in_rule(text: str) -> list[str]:
    return offered(
        'policy FR "F" {\n  languages fr, en\n  source cpce "C" "u" checked 2026-11-01\n  rule r "R" {\n' + text
    )


def in_test(text: str) -> list[str]:
    return offered('policy FR "F" {\n  languages fr\n  rule own "R" { deny }\n  test "T" {\n' + text)


@pytest.mark.parametrize(
    "text, first, absent",
    [
        ("‸", ["when", "unless", "deny", "require"], ["rule", "is"]),
        ("deny ‸", ["when", "basis", "cite"], ["and"]),
        ("when ‸", ["recipient.number", "category", "senders", "length of", "not"], ["when", "promotional"]),
        ("when cat‸", ["category"], []),
        ("unless body mentions perfume and ‸", ["consent"], ["and"]),
        ("require consent is opted_in or ‸", ["consent"], ["basis"]),
        ("when not (‸", ["category"], []),
        ("when (category is promotional or ‸", ["category"], []),
        ("when category ‸", ["is", "is not", "is one of", "is known"], ["starts with", "has"]),
        ("when category is ‸", ["promotional", "one of", "not", "known"], ["opted_in"]),
        ("when category is not ‸", ["promotional", "one of"], ["not"]),
        ("when category is one of (‸", ["promotional"], ["opted_in"]),
        ("when category is one of (promotional, ‸", ["transactional"], []),
        ("when category is one of (promotional ‸", [], ["transactional"]),
        ("when category is one of (promotional) ‸", ["and", "or", "deny", "basis"], ["promotional"]),
        ("when category is promotional ‸", ["and", "or", "deny"], ["else", "promotional"]),
        ("require category is promotional ‸", ["and", "else", "basis"], ["promotional"]),
        ("require category is promotional else ‸", ["append", "prepend", "warn", "deny"], ["basis"]),
        ("when consent ‸", ["is", "covers"], ["mentions"]),
        ("when consent covers ‸", ["night"], []),
        ("when body ‸", ["mentions", "starts with", "matches"], ["has", "<="]),
        ("when body mentions ‸", ["perfume"], ["gambling"]),
        ("when body starts ‸", ["with"], []),
        ("when subject is ‸", ["perfume", "gambling"], []),
        ("when sender.country is ‸", ["EU", "FR", "none"], ["promotional"]),
        ("when recipient.language is ‸", ["en", "fr", "de"], []),
        ("when sender.shared ‸", ["and", "or", "is"], ["<="]),
        ("when sender.shared is ‸", ["yes", "no"], ["undocumented"]),
        ("when consent.age ‸", ["<=", ">", "is known"], ["is", "has"]),
        ("when consent.age <= 2 ‸", ["days", "years"], []),
        ("when segments <= ‸", [], ["days"]),
        ("when registrations has ‸", ['"10dlc"', '"sender_id:FR"'], []),
        ("when recipient.subdivisions has ‸", ["EU"], []),
        ("when length ‸", ["of"], []),
        ("when length of ‸", ["body", "sender.id"], ["body.links", "category"]),
        ("when count of ‸", ["body.links"], ["body"]),
        ("when length of body ‸", ["<=", ">"], ["has"]),
        ("when senders(‸", ["recipient.country"], []),
        ("when senders(recipient.country, ‸", ["sender.type"], []),
        ("when senders(recipient.country, sender.type).‸", ["support"], ["and"]),
        ("when senders(recipient.country, sender.type).sup‸", ["support"], ["and"]),
        ("when senders(recipient.country, sender.type).support is ‸", ["undocumented", "yes"], ["FR"]),
        ("when senders(recipient.country, sender.type).support is yes ‸", ["and", "deny"], ["yes"]),
        ("basis ‸", ["law", "regulator", "carrier", "provider", "house", "guideline"], ["when"]),
        ("basis law ‸", ["when", "cite"], ["regulator"]),
        ("basis law cite ‸", ["cpce"], ["trade", "when"]),
        ("cite cpce, ‸", ["cpce"], ["when"]),
        ("replaces ‸", ["world.hours"], ["r", "when"]),
        ("only ‸", ["mon", "mon-fri", "holidays"], ["when"]),
        ("only 08:00-20:00 ‸", ["except holidays", "in", "else", "basis"], ["mon"]),
        ("only 08:00-20:00 in ‸", ["Europe/Paris"], ["when"]),
        ("only 08:00-20:00 else ‸", ["warn"], ["append"]),
        ("limit 2 ‸", ["per"], ["segments"]),
        ("limit 2 per ‸", ["calendar"], ["recipient"]),
        ("limit 2 per 7 ‸", ["days", "months"], []),
        ("limit 2 per calendar ‸", ["day", "week", "month"], ["days"]),
        ("limit 2 per 7 days per ‸", ["recipient", "brand", "subject"], []),
        ("limit 2 per 7 days per recipient ‸", ["basis"], ["brand"]),
        ("limit 2 per 7 days per recipient, ‸", ["brand"], ["basis"]),
        ("pace 1 ‸", ["per", "segments"], []),
        ("pace 1 segments per 1 ‸", ["seconds"], ["months"]),
        ("pace 1 per second per ‸", ["sender", "brand"], ["recipient"]),
        ("append ‸", ["fr", "en"], ["when"]),
        ('append "STOP {‸', ["brand", "sender", "stop"], []),
        ('append "STOP ‸', [], ["brand", "when"]),
        ('note "‸', [], ["when"]),
        ("since ‸", [], ["when"]),
        ("deny # when ‸", [], ["when", "category"]),
    ],
)
def test_inside_a_rule(text: str, first: list[str], absent: list[str]) -> None:
    labels = in_rule(text)
    assert [label for label in first if label not in labels] == []
    assert [label for label in absent if label in labels] == []
    if not first:
        assert labels == []


@pytest.mark.parametrize(
    "text, first, absent",
    [
        ("‸", ["expect", "cases", "to", "from", "category"], ["when"]),
        ("category ‸", ["promotional"], ["expect"]),
        ("category promotional ‸", ["expect", "body"], ["transactional"]),
        ("consent.status ‸", ["unknown", "opted_in"], []),
        ("subjects perfume, ‸", ["perfume", "gambling"], ["expect"]),
        ("brand.country ‸", ["FR"], ["expect"]),
        ("recipient.language ‸", ["fr"], []),
        ("sender_shared ‸", ["yes", "no"], []),
        ("history ‸", ["unknown"], []),
        ("registers.FR.listed ‸", ["yes", "no"], []),
        ('to "+33639980001" ‸', ["from", "expect"], []),
        ("expect ‸", ["allow", "deny", "defer", "opt_out", "nothing"], ["to"]),
        ("expect defer ‸", ["until", "by", "body"], []),
        ("expect deny ‸", ["by", "body"], ["until"]),
        ("expect deny by ‸", ["own", "world.hours"], ["body"]),
        ("expect deny by own, ‸", ["own", "world.hours"], ["body"]),
        ("expect deny by own ‸", ["body", "expect"], ["world.hours"]),
        ("expect missing ‸", ["consent", "holidays", "recipient.subdivision"], ["to by"]),
        ("expect encoding ‸", ["gsm7", "ucs2"], []),
        ("expect opt_out in ‸", ["fr"], ["body"]),
        ("cases (‸", ["to", "consent"], ["expect"]),
        ("cases (category, consent) {\n ‸", ["promotional"], ["opted_in"]),
        ("cases (category, consent) {\n promotional | ‸", ["opted_in"], ["promotional"]),
        ("cases (category, consent) {\n promotional | opted_in | ‸", ["allow", "deny"], ["opted_in"]),
        ("cases (category, consent) {\n promotional | opted_in | deny by ‸", ["own"], ["opted_in"]),
        ('cases (body) {\n "a" | ‸', ["segments", "missing", "opt_out", "nothing"], ["expect"]),
        ('cases (body) {\n "a" | missing ‸', ["consent", "holidays", "recipient.subdivision"], ["by"]),
        ('cases (body) {\n "a" | encoding ‸', ["gsm7", "ucs2"], ["by"]),
        ('cases (reply) {\n "a" | opt_out ‸', ["in"], ["by", "body"]),
        ('cases (reply) {\n "a" | opt_out in ‸', ["fr"], ["body"]),
    ],
)
def test_inside_a_test(text: str, first: list[str], absent: list[str]) -> None:
    labels = in_test(text)
    assert [label for label in first if label not in labels] == []
    assert [label for label in absent if label in labels] == []


@pytest.mark.parametrize(
    "text, first, absent",
    [
        ("‸", ["policy", "group"], ["rule"]),
        ("group X = ‸", ["FR", "EU"], ["policy"]),
        ("group X = FR, ‸", ["DE"], ["policy"]),
        ('policy FR "F" {\n ‸', ["recipients", "rule", "test", "words"], ["when", "policy"]),
        ('policy FR "F" {\n recipients ‸', ["anywhere", "EU", "FR"], ["rule"]),
        ('policy FR "F" {\n recipients FR, ‸', ["DE"], ["rule"]),
        ('policy FR "F" {\n recipients FR ‸', ["languages", "rule"], ["DE"]),
        ('policy FR "F" {\n languages ‸', ["en", "fr", "zh"], ["rule"]),
        ('policy FR "F" {\n holidays ‸', ["FR"], ["rule"]),
        ('policy FR "F" {\n holidays FR ‸', ["also", "rule"], ["DE"]),
        ('policy FR "F" {\n source a "A" "u" ‸', ["checked"], ["rule"]),
        ('policy FR "F" {\n source a "A" "u" checked 2026-01-01 ‸', ["rule"], ["checked"]),
        ('policy FR "F" {\n rule ‸', [], ["rule", "when"]),
        ('policy FR "F" {\n never ‸', ["allow"], ["rule"]),
        ('policy FR "F" {\n never allow ‸', ["when"], ["rule"]),
        ('policy FR "F" {\n never allow when ‸', ["category"], ["rule"]),
        ('policy FR "F" {\n never allow when category is ‸', ["promotional"], ["rule"]),
        ('policy FR "F" {\n never allow when category is promotional ‸', ["and", "rule"], ["category"]),
        ('policy FR "F" {\n languages fr, en words w {\n ‸', ["fr:", "en:"], ["rule"]),
        ('policy FR "F" {\n languages fr replies {\n ‸', ["opt_out", "help"], ["rule"]),
        ('policy FR "F" {\n languages fr replies {\n opt_out ‸', ["fr:"], ["help"]),
        ('policy FR "F" {\n languages fr replies {\n opt_out fr: "STOP" ‸', ["say", "help"], ["fr:"]),
        ('policy FR "F" {\n replies {\n opt_out fr: "STOP" say "{‸', ["brand"], []),
    ],
)
def test_around_rules(text: str, first: list[str], absent: list[str]) -> None:
    labels = offered(text)
    assert [label for label in first if label not in labels] == []
    assert [label for label in absent if label in labels] == []


def test_a_table_offers_what_its_column_holds() -> None:
    text = WORLD.replace("    *  | *            |", "    DE | ‸\n    *  | *            |")
    plain, offset = marked(text)
    labels = [one.label for one in completions(together(world=plain), "world", offset)]
    assert labels == ["*", "alphanumeric"]


def test_a_rule_that_lacks_its_brace_does_not_swallow_the_next() -> None:
    assert "cpce" in in_rule('when category is promotional\n rule second "S" {\n basis law cite ‸')
    assert "to" in in_rule('when category is\n test "T" {\n ‸')


def test_nothing_is_offered_twice_and_each_says_what_it_is() -> None:
    plain, offset = marked(FRANCE.replace("  rule hours", "  ‸rule hours"))
    found = completions(together(world=WORLD, open=plain), "open", offset)
    assert len({one.label for one in found}) == len(found) > 5
    assert all(one.detail for one in found)
