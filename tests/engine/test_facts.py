"""What is found out about a message before any rule is asked: senders, registrations, consent, subjects, texts."""

from __future__ import annotations

from typing import Any

import pytest

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
