"""What is found out about a message before any rule is asked: senders, registrations, consent, subjects, texts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sendlaw.policy.vocabulary import FACTS

from .meaning import NOON, judged, policy, told, written

FRENCH, AMERICAN, INDIAN, BRITISH = "+33639980001", "+12125550123", "+918123456789", "+447400123456"
PUERTO_RICO, GUAM, SAMOA, SAIPAN = "+17872345678", "+16713001234", "+16847331234", "+16702345678"
LONG, TOLL_FREE = "+12025550199", "+18445550123"


@pytest.mark.parametrize(
    ("to", "sender", "registrations", "registered"),
    [
        # A name by its registration in the recipient's country; in India by its header.
        (FRENCH, "ACME", ["sender_id:FR"], True),
        (FRENCH, "ACME", ["sender_id:GB"], False),
        (FRENCH, "ACME", [], False),
        (FRENCH, "ACME", ["entity:FR", "short_code:FR", "toll_free:verified", "10dlc"], False),
        (FRENCH, "ACME", ["dlt:header"], False),
        (INDIAN, "ACME", ["dlt:header"], True),
        (INDIAN, "ACME", ["sender_id:IN"], True),
        # A short code by its own.
        (FRENCH, "36123", ["short_code:FR"], True),
        (FRENCH, "36123", ["short_code:GB"], False),
        (FRENCH, "36123", ["sender_id:FR"], False),
        # A number by its registration, in the US and its territories by 10DLC too.
        (FRENCH, "+33700000000", ["sender_id:FR"], True),
        (FRENCH, LONG, ["10dlc"], False),
        (AMERICAN, LONG, ["10dlc"], True),
        (PUERTO_RICO, LONG, ["10dlc"], True),
        (GUAM, LONG, ["10dlc"], True),
        (SAMOA, LONG, ["10dlc"], True),
        (SAIPAN, LONG, ["10dlc"], True),
        ("+13406421234", LONG, ["10dlc"], True),
        ("+15062345678", LONG, ["10dlc"], False),
        (AMERICAN, LONG, ["toll_free:verified"], False),
        # A toll-free number when it is verified.
        (AMERICAN, TOLL_FREE, ["toll_free:verified"], True),
        (AMERICAN, TOLL_FREE, ["10dlc"], False),
    ],
)
def test_which_registrations_cover_a_sender(to: str, sender: str, registrations: list[str], registered: bool) -> None:
    fields = {"to": to, "sender": sender, "registrations": registrations}
    for rule, allowed in (("require sender.registered", registered), ("when sender.registered deny", not registered)):
        rules = policy(written(f'rule a "A" {{ {rule} LAW }}', "anywhere", holidays=""))
        assert judged(rules, fields).allowed is allowed


@pytest.mark.parametrize(
    ("fields", "country", "line"),
    [
        ({"sender": BRITISH}, "GB", "mobile"),
        ({"sender": TOLL_FREE}, "US", "toll_free"),
        # What a number is decides over what is stated.
        ({"sender": BRITISH, "sender_country": "FR"}, "GB", "mobile"),
        # A name has no line and, unless stated, no country; a short code's country is stated or not known.
        ({"sender": "ACME"}, "none", "none"),
        ({"sender": "ACME", "sender_country": "BE"}, "BE", "none"),
        ({"sender": "36123", "sender_country": "BE"}, "BE", "none"),
    ],
)
def test_country_and_line_of_a_sender(fields: dict[str, Any], country: str, line: str) -> None:
    rules = policy(
        written(f'rule a "A" {{ require sender.country is {country} and sender.line is {line} LAW }}', "anywhere")
    )
    assert judged(rules, fields).allowed
    known = policy(written(f'rule a "A" {{ when sender.country is {country} and sender.line is {line} deny LAW }}'))
    assert told(judged(known, fields)) == "deny; P.a deny"


@pytest.mark.parametrize(
    ("fields", "subjects"),
    [
        ({}, []),
        ({"subjects": ["loans", "gifts"]}, ["gifts", "loans"]),
        ({"category": "political"}, ["political"]),
        ({"category": "political", "subjects": ["political"]}, ["political"]),
        ({"body": "Un casino"}, ["gambling"]),
        ({"body": "Un casino", "subjects": ["gambling", "crypto"]}, ["crypto", "gambling"]),
    ],
)
def test_subjects_are_declared_found_and_political_by_category(fields: dict[str, Any], subjects: list[str]) -> None:
    rules = policy(written('words gambling { fr: "casino" }\nrule a "A" { when count of subjects >= 0 deny LAW }'))
    (reason,) = judged(rules, fields).reasons
    assert reason.detail == f"count of subjects is {len(subjects)}"
    for subject in subjects:
        one = policy(written(f'words gambling {{ fr: "casino" }}\nrule a "A" {{ when subject is {subject} deny LAW }}'))
        assert judged(one, fields).reasons[0].detail == f"{subject}: subject is {subject}"


def test_what_is_said_of_the_text_is_said_of_the_text_of_that_instant() -> None:
    """Another text is added now than later: what depends on it is judged by each."""
    rules = policy(
        written(
            'rule a "A" { only 08:00-09:00 LAW }'
            'rule b "B" { append " a" LAW before 2026-11-25 }'
            f'rule c "C" {{ append "{"x" * 160}" LAW since 2026-11-25 }}'
            'rule d "D" { when segments >= 2 warn "long" LAW }'
            'rule e "E" { when segments < 2 warn "short" LAW }'
        )
    )
    verdict = judged(rules, {"at": NOON})
    assert told(verdict) == "defer 2026-11-25T08:00:00+01:00; P.a defer; P.b append; P.e warn"
    assert (verdict.segments, verdict.warnings) == (2, ("long",))


CONSENT = {"status": "opted_in", "at": "2026-11-24T11:00:00+01:00", "method": "written", "double": True}
REGISTER = {"FR": {"listed": True, "checked": "2026-11-20"}}
OLD_REGISTER = {"FR": {"listed": True, "checked": "2026-11-01"}}
EVERY_FACT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ('recipient.number starts with "+33"', {}, {"to": INDIAN}),
    ("recipient.country is FR", {}, {"to": INDIAN}),
    ("recipient.subdivisions has US-NY", {"to": AMERICAN}, {"to": "+13055550123"}),
    ("recipient.line is mobile", {"to": "+33612345678"}, {"to": "+33123456789"}),
    ('recipient.timezones has "Europe/Paris"', {}, {"to": INDIAN}),
    ("recipient.language is fr", {"recipient": {"language": "fr"}}, {"recipient": {"language": "en"}}),
    ("recipient.age_at_least >= 18", {"recipient": {"age_at_least": 18}}, {"recipient": {"age_at_least": 17}}),
    ('sender.id starts with "AC"', {}, {"sender": "BCME"}),
    ("sender.type is alphanumeric", {}, {"sender": "36123"}),
    ("sender.country is GB", {"sender": BRITISH}, {"sender": TOLL_FREE}),
    ("sender.line is mobile", {"sender": BRITISH}, {"sender": TOLL_FREE}),
    ("sender.shared", {"sender_shared": True}, {}),
    ("sender.registered", {"registrations": ["sender_id:FR"]}, {}),
    ('brand.name starts with "A"', {"brand": {"name": "ACME"}}, {"brand": {"name": "BCME"}}),
    ("brand.country is FR", {"brand": {"country": "FR"}}, {"brand": {"country": "BE"}}),
    ('brand.stop starts with "36"', {"brand": {"stop": "36179"}}, {"brand": {"stop": "8000"}}),
    ('body ends with "es"', {}, {"body": "Solde"}),
    ('body.links has "example.com"', {"body": "https://example.com"}, {}),
    ('body.shorteners has "bit.ly"', {"body": "https://bit.ly/a"}, {"body": "https://example.com"}),
    ('body.phone_numbers has "+33612345678"', {"body": "+33 6 12 34 56 78"}, {}),
    ('body.unencodable has "ж"', {"body": "ж"}, {}),
    ("channel is rcs", {"channel": "rcs"}, {}),
    ("category is political", {"category": "political"}, {}),
    ("subject is gifts", {"subjects": ["gifts"]}, {"subjects": ["loans"]}),
    ("count of subjects > 1", {"subjects": ["gifts", "loans"]}, {"subjects": ["gifts"]}),
    ('campaign starts with "c"', {"campaign": "c1"}, {"campaign": "d1"}),
    ("answers is help", {"answers": "help"}, {}),
    ('registrations has "entity:FR"', {"registrations": ["entity:FR"]}, {"registrations": ["entity:GB"]}),
    ("encoding is ucs2", {"body": "ж"}, {}),
    ("segments > 1", {"body": "a" * 161}, {"body": "a" * 160}),
    ("consent is opted_in", {"consent": CONSENT}, {"consent": CONSENT | {"status": "none"}}),
    ("consent.method is written", {"consent": CONSENT}, {"consent": CONSENT | {"method": "online"}}),
    ("consent.age < 1 day", {"consent": CONSENT}, {"consent": CONSENT | {"at": "2026-11-23T11:00:00+01:00"}}),
    ("consent.double", {"consent": CONSENT}, {"consent": CONSENT | {"double": False}}),
    ("consent covers night", {"consent": CONSENT | {"covers": ["night"]}}, {"consent": CONSENT | {"covers": []}}),
    ("register is yes", {"registers": REGISTER}, {"registers": {"FR": {"listed": False}}}),
    (
        "register.age < 5 days",
        {"registers": REGISTER},
        {"registers": OLD_REGISTER},
    ),
    ("history is known", {}, {"history": None}),
]


@pytest.mark.parametrize(("asked", "yes", "no"), EVERY_FACT)
def test_every_fact_is_read_alike_whether_it_holds_or_not(asked: str, yes: dict[str, Any], no: dict[str, Any]) -> None:
    """Asked in both ways, so that a rule left out by mistake is seen in one of them."""
    for rule, allowed in ((f"require {asked}", yes), (f"when {asked} deny", no)):
        refused = no if allowed is yes else yes
        rules = policy(written(f'rule a "A" {{ {rule} LAW }}', "anywhere" if "register" not in asked else "FR"))
        assert judged(rules, allowed).allowed, rule
        assert not judged(rules, refused).allowed, rule


def test_no_fact_is_left_out_above() -> None:
    covered = {
        fact for fact in FACTS for asked, _, _ in EVERY_FACT if re.search(rf"\b{re.escape(fact)}\b(?!\.)", asked)
    }
    assert covered | {"consent.covers", "consent.status", "register.listed"} == set(FACTS)
