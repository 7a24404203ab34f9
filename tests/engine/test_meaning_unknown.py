"""What is not known: conditions in three values, and what each action makes of them, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from .meaning import ANYWHERE_US, MIAMI, MUNICH, NEW_YORK, NOON, PARIS, judged, policy, told, written

OPTED_IN = {"status": "opted_in"}
LATER = "2026-11-26T12:00:00+01:00"


@pytest.mark.parametrize(
    ("rule", "fields", "expected"),
    [
        # An unknown `when` holds, whatever stands behind it.
        ("when consent is none deny LAW", {}, "deny; P.a deny ?consent"),
        ("when consent is none deny LAW", {"consent": {"status": "none"}}, "deny; P.a deny"),
        ("when consent is none deny LAW", {"consent": OPTED_IN}, "allow"),
        ("when not (consent is opted_in) deny LAW", {}, "deny; P.a deny ?consent"),
        ('when consent is none append " x" LAW', {}, "allow; P.a append ?consent"),
        ('when consent is none warn "w" LAW', {}, "allow; P.a warn ?consent"),
        ("when consent is none pace 1 per 1 second per sender LAW", {}, "allow; P.a pace ?consent"),
        ("when consent is none only 13:00-14:00 LAW", {}, "defer 2026-11-24T13:00:00+01:00; P.a defer ?consent"),
        # An unknown `unless` does not excuse.
        ("unless consent covers night deny LAW", {}, "deny; P.a deny ?consent.covers"),
        ("unless consent covers night deny LAW", {"consent": {"covers": ["night"]}}, "allow"),
        ("unless consent covers night deny LAW", {"consent": {"covers": []}}, "deny; P.a deny"),
        # An unknown `require` fails.
        ("require consent is opted_in LAW", {}, "deny; P.a deny ?consent"),
        ('require consent is opted_in else append " x" LAW', {}, "allow; P.a append ?consent"),
        ('require consent is opted_in else warn "w" LAW', {}, "allow; P.a warn ?consent"),
        ("require brand.country is recipient.country LAW", {}, "deny; P.a deny ?brand.country"),
        ("require recipient.country is brand.country LAW", {}, "deny; P.a deny ?brand.country"),
        ("when recipient.country is brand.country deny LAW", {}, "deny; P.a deny ?brand.country"),
        ("when recipient.country is brand.country deny LAW", {"brand": {"country": "BE"}}, "allow"),
        ("require not (brand.country is recipient.country) LAW", {}, "deny; P.a deny ?brand.country"),
        ("require not (brand.country is recipient.country) LAW", {"brand": {"country": "FR"}}, "deny; P.a deny"),
        ("require not (brand.country is recipient.country) LAW", {"brand": {"country": "BE"}}, "allow"),
        # Kleene: false settles `and`, true settles `or`, whatever is unknown beside them.
        ("when consent is none and category is political deny LAW", {}, "allow"),
        ("require consent is opted_in or category is promotional LAW", {}, "allow"),
        ("require consent is opted_in and brand.stop is known LAW", {}, "deny; P.a deny"),
        (
            "require consent is opted_in and recipient.language is fr LAW",
            {},
            "deny; P.a deny ?consent ?recipient.language",
        ),
        ("when not (consent is none and register is yes) deny LAW", {"consent": OPTED_IN}, "deny; P.a deny"),
        # `X is known` is always true or false.
        ("when consent is known and consent is opted_out deny LAW", {}, "allow"),
        ("when consent is known deny LAW", {"consent": {"status": "unknown"}}, "allow"),
        ("when consent is known deny LAW", {"consent": {"status": None}}, "allow"),
        ("when consent is known deny LAW", {"consent": {"status": "none"}}, "deny; P.a deny"),
        ("when history is not known deny LAW", {"history": None}, "deny; P.a deny"),
        ("when history is not known deny LAW", {"history": []}, "allow"),
        # A guideline that turns on an unknown warns; on a known fact it acts like any other.
        ("when consent is none deny GUIDE", {}, "allow; P.a warn ?consent"),
        ("when consent is none deny GUIDE", {"consent": {"status": "none"}}, "deny; P.a deny"),
        ("unless consent covers night deny GUIDE", {}, "allow; P.a warn ?consent.covers"),
        ("require consent is opted_in GUIDE", {}, "allow; P.a warn ?consent"),
        ('require consent is opted_in else append " x" GUIDE', {}, "allow; P.a warn ?consent"),
        ("when consent is none only 13:00-14:00 GUIDE", {}, "allow; P.a warn ?consent"),
        ("limit 1 per 1 day per recipient GUIDE", {"history": None}, "allow; P.a warn ?history"),
        ('append " {brand}" GUIDE', {}, "allow; P.a warn ?brand.name"),
        # Nothing firmer passes for want of a fact: neither a house rule nor a provider's.
        ("require consent is opted_in basis house", {}, "deny; P.a deny ?consent"),
        ("require consent is opted_in basis provider cite s", {}, "deny; P.a deny ?consent"),
        ("limit 1 per 1 day per recipient LAW", {"history": None}, "deny; P.a deny ?history"),
        # What a text needs and nobody told refuses.
        ('append " {brand} {stop}" LAW', {}, "deny; P.a deny ?brand.name ?brand.stop"),
        ('append " {sender}" LAW', {}, "allow; P.a append"),
        # The sender's own lists, when omitted, are empty.
        ('when registrations has "sender_id:FR" deny LAW', {}, "allow"),
        ("when count of subjects > 0 deny LAW", {}, "allow"),
        # How old they are at least.
        ("require recipient.age_at_least >= 18 LAW", {}, "deny; P.a deny ?recipient.age_at_least"),
        ("require recipient.age_at_least >= 18 LAW", {"recipient": {"age_at_least": 18}}, "allow"),
        ("when recipient.age_at_least < 18 deny LAW", {"recipient": {"age_at_least": 17}}, "deny; P.a deny"),
        ("when recipient.age_at_least < 18 deny LAW", {"recipient": {"age_at_least": 18}}, "allow"),
        # A language is also that of its regions, and of nothing else that begins alike.
        ("when recipient.language is fr deny LAW", {"recipient": {"language": "fr-CA"}}, "deny; P.a deny"),
        ("when recipient.language is one of (fr, en) deny LAW", {"recipient": {"language": "en-GB"}}, "deny; P.a deny"),
        ("when recipient.language is one of (fr, en) deny LAW", {"recipient": {"language": "fy"}}, "allow"),
        ("when recipient.language is fr deny LAW", {"recipient": {"language": "fry"}}, "allow"),
        # An entry of a list is asked for whole.
        ('when registrations has "sender_id:FR" deny LAW', {"registrations": ["x.sender_id:FR"]}, "allow"),
        # What cannot apply is known.
        ("when sender.line is none deny LAW", {}, "deny; P.a deny"),
        ("when sender.country is none deny LAW", {}, "deny; P.a deny"),
        ("when sender.country is FR deny LAW", {"sender_country": "FR"}, "deny; P.a deny"),
        ("when sender.country is none deny LAW", {"sender": "36123"}, "deny; P.a deny ?sender_country"),
        ("when sender.line is none deny LAW", {"sender": "36123"}, "deny; P.a deny"),
        ("when sender.line is mobile deny LAW", {"sender": "+447400123456"}, "deny; P.a deny"),
        ("when sender.country is GB deny LAW", {"sender": "+447400123456"}, "deny; P.a deny"),
        # An age needs its day; a consent of tomorrow has no age yet.
        ("require consent.age <= 2 years LAW", {"consent": OPTED_IN}, "deny; P.a deny ?consent.at"),
        ("require consent.age <= 2 years LAW", {"consent": {"at": LATER}}, "deny; P.a deny ?consent.at"),
        ("require consent.age is known LAW", {"consent": {"at": LATER}}, "deny; P.a deny"),
        ("require consent.age is known LAW", {"consent": {"at": NOON}}, "allow"),
        ("when consent.age is known deny LAW", {"consent": {"at": NOON}}, "deny; P.a deny"),
        ("when consent.age > 2 years deny LAW", {"consent": OPTED_IN}, "deny; P.a deny ?consent.at"),
        ("unless consent.age <= 2 years deny LAW", {"consent": OPTED_IN}, "deny; P.a deny ?consent.at"),
        # Nothing is hidden by a look-up: an unknown key leaves the cell unknown.
        ("when t(sender.country).v is yes deny LAW", {"sender": "36123"}, "deny; P.a deny ?sender_country"),
        ("when t(sender.country).v is yes deny LAW", {"sender_country": "FR"}, "deny; P.a deny"),
        ("when t(sender.country).v is yes deny LAW", {"sender_country": "BE"}, "allow"),
        ("when t(sender.country).v is undocumented deny LAW", {"sender_country": "BE"}, "deny; P.a deny"),
        ("when t(sender.country).v is yes deny LAW", {"sender_country": "GB"}, "deny; P.a deny ?t"),
    ],
)
def test_what_is_not_known(rule: str, fields: dict[str, Any], expected: str) -> None:
    table = "table t (country) -> (v) { FR | yes\n BE | undocumented\n }\n" if "t(" in rule else ""
    rules = policy(written(f'{table}rule a "A" {{ {rule} }}'))
    assert told(judged(rules, fields)) == expected


def asked_on(day: str) -> dict[str, Any]:
    return {"FR": {"listed": False, "checked": day}}


REGISTERED = {"US-FL": {"listed": False, "checked": "2026-11-01"}, "US": {"listed": True}}
MADRID, ZONE = "+34612345678", "deny; P.a deny ?recipient.timezone"
CANARY = {"recipient": {"timezone": "Atlantic/Canary"}}


@pytest.mark.parametrize(
    ("recipients", "rule", "fields", "expected"),
    [
        # A state's policy speaks where the recipient may be in it; of several one reason, which says what was missing.
        ("US-FL", "deny LAW", {"to": MIAMI}, "deny; P.a deny"),
        ("US-FL", "deny LAW", {"to": NEW_YORK}, "allow"),
        ("US-FL", "deny LAW", {"to": NEW_YORK, "recipient": {"subdivision": "US-FL"}}, "deny; P.a deny"),
        ("US-FL, US-TX", "deny LAW", {"to": ANYWHERE_US}, "deny; P.a deny ?recipient.subdivision"),
        ("US-FL", "deny LAW", {"to": ANYWHERE_US, "recipient": {"subdivision": "US-TX"}}, "allow"),
        ("US-FL, US", "deny LAW", {"to": ANYWHERE_US}, "deny; P.a deny"),
        ("DE-BY", "deny LAW", {"to": MUNICH}, "deny; P.a deny ?recipient.subdivision"),
        ("US", "when recipient.subdivisions is known deny LAW", {"to": MIAMI}, "deny; P.a deny"),
        ("US", "when recipient.subdivisions is known deny LAW", {"to": ANYWHERE_US}, "allow"),
        ("US", "require recipient.subdivisions is known LAW", {"to": ANYWHERE_US}, "deny; P.a deny"),
        ("US", "when recipient.timezones is known deny LAW", {"to": MIAMI}, "deny; P.a deny"),
        # A state of another country is none the recipient may be in, unless it is stated.
        ("anywhere", "when recipient.subdivisions has US-FL deny LAW", {}, "allow"),
        ("anywhere", "when not (recipient.subdivisions has US-FL) deny LAW", {}, "deny; P.a deny"),
        (
            "anywhere",
            "when recipient.subdivisions has US-FL deny LAW",
            {"to": ANYWHERE_US},
            "deny; P.a deny ?recipient.subdivision",
        ),
        (
            "anywhere",
            "when recipient.subdivisions has US-FL deny LAW",
            # A French number is in no American state, whatever is stated.
            {"recipient": {"subdivision": "US-FL"}},
            "allow",
        ),
        # `register` is that of the policy's own place.
        ("US-FL", "require register is no LAW", {"to": MIAMI, "registers": REGISTERED}, "allow"),
        ("US", "require register is no LAW", {"to": MIAMI, "registers": REGISTERED}, "deny; P.a deny"),
        ("US-TX", "require register is no LAW", {"to": MIAMI, "registers": REGISTERED}, "allow"),
        ("FR", "require register is no LAW", {"registers": REGISTERED}, "deny; P.a deny ?registers"),
        # Its age is known from the day it was asked on.
        ("FR", "require register.age is known LAW", {"registers": asked_on("2026-11-01")}, "allow"),
        ("FR", "require register.age is known LAW", {"registers": asked_on("2026-11-24")}, "allow"),
        ("FR", "require register.age is known LAW", {"registers": asked_on("2026-11-25")}, "deny; P.a deny"),
        ("FR", "when register.age is known deny LAW", {"registers": asked_on("2026-11-24")}, "deny; P.a deny"),
        ("FR", "require register.age <= 23 days LAW", {"registers": asked_on("2026-11-01")}, "deny; P.a deny"),
        ("FR", "require register.age <= 24 days LAW", {"registers": asked_on("2026-11-01")}, "allow"),
        # `{country}` in a registration is the recipient's.
        ("anywhere", 'require registrations has "entity:{country}" LAW', {"registrations": ["entity:FR"]}, "allow"),
        (
            "anywhere",
            'require registrations has "entity:{country}" LAW',
            {"registrations": ["entity:GB"]},
            "deny; P.a deny",
        ),
        # The line of the recipient, and of a number the plan does not know.
        ("FR", "when recipient.line is mobile deny LAW", {"to": "+33612345678"}, "deny; P.a deny"),
        ("FR", "when recipient.line is mobile deny LAW", {}, "deny; P.a deny ?recipient.line"),
        ("FR", "when recipient.line is fixed deny LAW", {"to": "+33123456789"}, "deny; P.a deny"),
        # Old names of zones are resolved, in the message and in the rule.
        (
            "IN",
            'when recipient.timezones has "Asia/Calcutta" deny LAW',
            {"to": "+918123456789", "recipient": {"timezone": "Asia/Calcutta"}},
            "deny; P.a deny",
        ),
        ("IN", 'when recipient.timezones has "Asia/Kolkata" deny LAW', {"to": "+918123456789"}, "deny; P.a deny"),
        # One of several clocks may be theirs or not; any other is not.
        ("ES", 'require recipient.timezones has "Atlantic/Canary" LAW', {"to": MADRID}, ZONE),
        ("ES", 'unless recipient.timezones has "Atlantic/Canary" deny LAW', {"to": MADRID}, ZONE),
        ("ES", 'when recipient.timezones has "Atlantic/Canary" deny LAW', {"to": MADRID}, ZONE),
        ("ES", 'when not (recipient.timezones has "Atlantic/Canary") deny LAW', {"to": MADRID}, ZONE),
        ("ES", 'when recipient.timezones has "Europe/Paris" deny LAW', {"to": MADRID}, "allow"),
        ("ES", 'require not (recipient.timezones has "Europe/Paris") LAW', {"to": MADRID}, "allow"),
        ("ES", 'require recipient.timezones has "Atlantic/Canary" LAW', {"to": MADRID} | CANARY, "allow"),
        ("ES", 'when recipient.timezones has "Europe/Madrid" deny LAW', {"to": MADRID} | CANARY, "allow"),
        # The prefix's subdivisions and the stated one together.
        (
            "US",
            "when recipient.subdivisions has US-NY and recipient.subdivisions has US-FL deny LAW",
            # They may be in either: that they are in one is not known.
            {"to": NEW_YORK, "recipient": {"subdivision": "US-FL"}},
            "deny; P.a deny ?recipient.subdivision",
        ),
        ("US", "require recipient.subdivisions has US-FL LAW", {"to": MIAMI}, "allow"),
        # That they are in neither of them is.
        (
            "US",
            "when recipient.subdivisions has US-TX deny LAW",
            {"to": NEW_YORK, "recipient": {"subdivision": "US-FL"}},
            "allow",
        ),
    ],
)
def test_where_the_recipient_may_be(recipients: str, rule: str, fields: dict[str, Any], expected: str) -> None:
    rules = policy(written(f'rule a "A" {{ {rule} }}', recipients))
    assert told(judged(rules, fields)) == expected


def test_a_number_of_no_country_is_refused_and_an_impossible_one_is_an_error() -> None:
    verdict = judged(policy(written('rule a "A" { warn "w" LAW }', "anywhere")), {"to": "+80012345678"})
    assert told(verdict) == "deny; sendlaw.number deny"
    assert (verdict.country, verdict.timezones, verdict.text) == (None, (), "Soldes")


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (PARIS, ("Europe/Paris",)),
        ("+79123456789", None),
        ("+38344123456", ("Europe/Belgrade",)),
        ("+918123456789", ("Asia/Kolkata",)),
    ],
)
def test_zones_are_those_of_the_number_within_its_country(to: str, expected: tuple[str, ...] | None) -> None:
    zones = judged(policy(written('rule a "A" { warn "w" LAW }', "anywhere")), {"to": to}).timezones
    assert zones == tuple(sorted(zones))
    assert zones == expected if expected else "Europe/Bucharest" not in zones and "Asia/Yekaterinburg" in zones
