"""The words of a reason: what decided, with its values, in the order and the wording people read."""

from __future__ import annotations

from typing import Any

import pytest

from .meaning import ANYWHERE_US, MIAMI, NOON, judged, policy, written

CASINO = 'words games { en: "casino" fr: "jeu de hasard" }\n'


def detail(rule: str, fields: dict[str, Any], recipients: str = "FR") -> str:
    """The words of the one reason that a rule gives."""
    head = CASINO if "`" in rule or "games" in rule else ""
    (reason,) = judged(policy(written(f'{head}rule a "A" {{ {rule} }}', recipients)), fields).reasons
    return reason.detail


def sent(*moments: str) -> list[dict[str, Any]]:
    return [{"at": moment, "category": "promotional", "sender": "ACME"} for moment in moments]


@pytest.mark.parametrize(
    ("rule", "fields", "told"),
    [
        # What everyone sees in the message is told only where nothing else decided.
        ("deny LAW", {}, "always"),
        ('warn "w" LAW', {}, "always"),
        ("when category is promotional deny LAW", {}, "category is promotional"),
        ("when category is promotional and channel is sms deny LAW", {}, "channel is sms"),
        ('when category is promotional and channel is sms warn "w" LAW', {}, "channel is sms"),
        ('when channel is sms append " x" LAW', {}, "channel is sms"),
        # Of an `and` that fails the parts that fail, of an `or` that holds those that hold; each once.
        (
            "require channel is rcs and sender.type is short_code and category is promotional LAW",
            {},
            "channel is sms; sender.type is alphanumeric; required: "
            "channel is rcs and sender.type is short_code and category is promotional",
        ),
        ("when channel is sms or channel is rcs deny LAW", {}, "channel is sms"),
        ("when channel is sms or sender.type is short_code deny LAW", {}, "channel is sms"),
        ("when not (channel is rcs) deny LAW", {}, "channel is sms"),
        ("when consent is none and channel is sms deny LAW", {}, "consent is not known"),
        ("when consent is none or channel is sms deny LAW", {}, "channel is sms"),
        # Values: yes and no, lists, numbers, long texts, nothing.
        ("when sender.shared deny LAW", {"sender_shared": True}, "sender.shared is yes"),
        ("when not (sender.shared) deny LAW", {}, "sender.shared is no"),
        ("when length of body > 5 deny LAW", {}, "length of body is 6"),
        ("when count of subjects > 1 deny LAW", {"subjects": ["loans", "gifts"]}, "count of subjects is 2"),
        ("when consent covers night deny LAW", {"consent": {"covers": ["night", "gifts"]}},
         "consent.covers is night, gifts"),
        ('require registrations has "entity:FR" LAW', {},
         'registrations is empty; required: registrations has "entity:FR"'),
        (
            'require registrations has "entity:FR" LAW',
            {"registrations": [f"entity:{code}" for code in ("GB", "DE", "BE", "IT", "ES", "PT", "AT")]},
            "registrations is entity:GB, entity:DE, entity:BE, entity:IT, entity:ES and 2 more; "
            'required: registrations has "entity:FR"',
        ),
        (
            'require registrations has "entity:FR" LAW',
            {"registrations": [f"entity:{code}" for code in ("GB", "DE", "BE", "IT", "ES")]},
            "registrations is entity:GB, entity:DE, entity:BE, entity:IT, entity:ES; "
            'required: registrations has "entity:FR"',
        ),
        ('when body starts with "a" deny LAW', {"body": "a" * 60}, f"body is {'a' * 60}"),
        ('when body starts with "a" deny LAW', {"body": "a" * 61}, f"body is {'a' * 57}…"),
        # Two facts that are compared.
        (
            "require brand.country is recipient.country LAW",
            {"brand": {"country": "BE"}},
            "brand.country is BE; recipient.country is FR; required: brand.country is recipient.country",
        ),
        (
            "require brand.country is recipient.country LAW",
            {},
            "brand.country is not known; recipient.country is FR; required: brand.country is recipient.country",
        ),
        # A table, with what it was asked.
        ("when t(recipient.country, alphanumeric).v is a deny LAW", {}, "t(recipient.country, alphanumeric).v is a"),
        # An age in days, beside what was asked.
        (
            "when consent.age > 1 day deny LAW",
            {"consent": {"at": "2026-11-22T11:00:00+01:00"}},
            "consent.age is 2 days; asked: > 1 day",
        ),
        (
            "when consent.age > 0 days deny LAW",
            {"consent": {"at": "2026-11-21T12:00:01+01:00"}},
            "consent.age is 2 days; asked: > 0 days",
        ),
        (
            "when register.age < 30 days deny LAW",
            {"registers": {"FR": {"listed": False, "checked": "2026-11-20"}}},
            "register.age is 4 days; asked: < 30 days",
        ),
        ("when consent.age > 2 years deny LAW", {}, "consent.age is not known"),
        # Words as they were found, and the list they stand in.
        ('when body mentions "STOP" deny LAW', {"body": "Repondez stop"}, "“stop” in the text"),
        ('require body mentions "STOP" LAW', {}, 'no STOP in the text; required: body mentions "STOP"'),
        ("when body mentions games deny LAW", {"body": "Un Casino"}, "“Casino” in the text (games, en)"),
        ("when body mentions games deny LAW", {"body": "Jeu de hasard"}, "“Jeu de hasard” in the text (games, fr)"),
        ("require body mentions games LAW", {}, "no word of `games` in the text; required: body mentions games"),
        ("when body mentions brand.name deny LAW", {"brand": {"name": "Soldes"}}, "“Soldes” in the text"),
        (
            "require body mentions brand.name LAW",
            {"brand": {"name": "ACME"}},
            "“ACME” not in the text; required: body mentions brand.name",
        ),
        ("require body mentions brand.name LAW", {}, "brand.name is not known; required: body mentions brand.name"),
        # Characters that force UCS-2, with what is plain for them.
        ("when encoding is ucs2 deny LAW", {"body": "ж"}, "encoding is UCS-2, for “ж”"),
        ("when encoding is ucs2 deny LAW", {"body": "it’s"}, "encoding is UCS-2, for “’” (plain: “'”)"),
        ("when encoding is ucs2 deny LAW", {"body": "a\u200bb"}, "encoding is UCS-2, for U+200B (needless)"),
        ("when encoding is gsm7 deny LAW", {}, "encoding is GSM-7"),
        ("when segments > 1 deny LAW", {"body": "ж" * 71}, "segments is 2 in UCS-2, for “ж”"),
        ("when segments > 1 deny LAW", {"body": "a" * 161}, "segments is 2"),
        # Several subjects, each with its own words.
        (
            "when subject is not gifts deny LAW",
            {"subjects": ["loans", "crypto"]},
            "crypto: subject is crypto; loans: subject is loans",
        ),
        # What a text needs.
        ('when channel is sms append " {brand} {stop}" LAW', {},
         "channel is sms; the text to append needs brand.name, brand.stop"),
        ('prepend "{brand}: " LAW', {}, "always; the text to prepend needs brand.name"),
        # Paces.
        ("pace 1 per 1 second per sender LAW", {}, "1 message per second per sender"),
        ("pace 2 segments per 1 minute per sender LAW", {}, "2 segments per 1 minute per sender"),
        ("pace 1 segments per 2 hours per sender LAW", {}, "1 segment per 2 hours per sender"),
    ],
)  # fmt: skip
def test_what_decided(rule: str, fields: dict[str, Any], told: str) -> None:
    table = "table t (country, kind) -> (v) { FR | alphanumeric | a\n * | * | b }\n" if "t(" in rule else ""
    (reason,) = judged(
        policy(written(f'{table}{CASINO if "games" in rule else ""}rule a "A" {{ {rule} }}')), fields
    ).reasons
    assert reason.detail == told


@pytest.mark.parametrize(
    ("rule", "fields", "told"),
    [
        ("only 13:00-14:00 LAW", {}, "12:00 in Europe/Paris; open 13:00–14:00; next opening Tuesday 13:00"),
        ("only mon 08:00-09:00, wed-fri 08:00-09:00 LAW", {},
         "12:00 in Europe/Paris; open mon 08:00–09:00, wed–fri 08:00–09:00; next opening Wednesday 08:00"),
        ("only sat-mon 08:00-09:00 LAW", {},
         "12:00 in Europe/Paris; open sat–mon 08:00–09:00; next opening Saturday 08:00"),
        # More than six days off: with the date.
        ("only mon 08:00-09:00 LAW", {},
         "12:00 in Europe/Paris; open mon 08:00–09:00; next opening Monday 08:00"),
        ("only tue 08:00-09:00 LAW", {},
         "12:00 in Europe/Paris; open tue 08:00–09:00; next opening Tuesday 2026-12-01 08:00"),
        # In its own clock, and without any more openings.
        ("only 09:00-10:00 in Asia/Tokyo LAW", {},
         "20:00 in Asia/Tokyo; open 09:00–10:00 in Asia/Tokyo; next opening Wednesday 09:00"),
        ("only 09:00-10:00, 14:00-15:00 except holidays LAW", {"at": "2026-12-25T09:30:00+01:00"},
         "09:30 in Europe/Paris, Christmas Day; open 09:00–10:00, 14:00–15:00, not on holidays; "
         "next opening Sunday 09:00"),
        ('only 08:00-09:00 else warn "w" LAW', {}, "12:00 in Europe/Paris; open 08:00–09:00"),
        # Limits.
        ("limit 1 per 7 days per recipient LAW", {"history": sent("2026-11-20T10:00:00+01:00")},
         "1 sent, at most 1 in 7 days per recipient; free again Friday 10:00"),
        ("limit 1 per 14 days per recipient, sender LAW", {"history": sent("2026-11-20T10:00:00+01:00")},
         "1 sent, at most 1 in 2 weeks per recipient, sender; free again Friday 2026-12-04 10:00"),
        ("limit 2 per 24 hours per recipient LAW",
         {"history": sent("2026-11-24T10:00:00+01:00", "2026-11-24T11:00:00+01:00", "2026-11-24T11:30:00+01:00")},
         "3 sent, at most 2 in 1 day per recipient; free again Wednesday 11:00"),
        ("limit 1 per 90 minutes per recipient LAW", {"history": sent("2026-11-24T11:00:00+01:00")},
         "1 sent, at most 1 in 90 minutes per recipient; free again Tuesday 12:30"),
        ("limit 1 per calendar month per recipient LAW", {"history": sent("2026-11-24T11:00:00+01:00")},
         "1 sent, at most 1 in a calendar month per recipient; free again Tuesday 2026-12-01 00:00"),
        ("limit 3 per calendar day per recipient LAW", {"history": None},
         "the history is not known; at most 3 in a calendar day per recipient"),
    ],
)  # fmt: skip
def test_when_it_may_go(rule: str, fields: dict[str, Any], told: str) -> None:
    assert detail(rule, fields) == told


def test_of_many_clocks_the_first_three_are_shown() -> None:
    told = detail("only 03:00-03:01 LAW", {"to": ANYWHERE_US, "at": NOON}, "US")
    assert told.startswith("01:00 in America/Adak, 02:00 in America/Anchorage, 04:00 in America/Boise and ")
    assert "more zones; open 03:00–03:01; never opens" in told


def test_a_reason_names_its_place_title_basis_and_source() -> None:
    rules = policy(written('rule a "The A" { deny LAW } rule b "The B" { warn "w" basis house }', "US-FL, US"))
    first, second = judged(rules, {"to": MIAMI}).reasons
    assert (first.rule, first.place, first.title, first.basis) == ("P.a", "US", "The A", "law")
    assert [(source.title, source.url) for source in first.sources] == [("S", "https://example.com")]
    assert (second.rule, second.effect, second.basis, second.sources) == ("P.b", "warn", "house", ())
