"""What rules do is recalled by the facts they ask: never for a message that differs in one, never without bound."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from sendlaw.engine import assemble, facts
from sendlaw.engine.policy import Policy
from sendlaw.engine.recall import Recall, asked_by
from sendlaw.policy.source import Source

from .meaning import NEW_YORK, PARIS, judged, message, policy, told, written

ASKED = [
    # What it depends on has few values.
    ("require consent is opted_in LAW", True),
    ("when consent.method is written deny LAW", True),
    ("when recipient.line is fixed unless answers is opt_out deny LAW", True),
    ('require sender.id matches "[A-Z]*" else warn "Write it in capitals." LAW', True),
    ("require length of sender.id <= 11 LAW", True),
    ('when registrations has "10dlc" warn "Registered." LAW', True),
    ("when sender.registered is no deny LAW", True),
    ("when subject is gambling deny LAW", True),
    ("when channel is rcs deny LAW", True),
    ("when answers is help deny LAW", True),
    ("when sender.shared is yes deny LAW", True),
    ("when sender.line is fixed deny LAW", True),
    ("when sender.country is DE deny LAW", True),
    ("when recipient.subdivisions has FR-IDF deny LAW", True),
    ('when recipient.timezones has "Europe/Paris" deny LAW', True),
    ("when recipient.age_at_least >= 18 deny LAW", True),
    ("when consent.double is yes deny LAW", True),
    ("pace 1 segments per 1 second per sender LAW", True),
    ("when category is promotional deny LAW", True),
    # A text, a clock, a history, a name, the recipient's own number or age of consent have many.
    ('require body mentions "STOP" LAW', False),
    ("when body mentions brand.name deny LAW", False),
    ("when segments > 3 deny LAW", False),
    ("when count of body.links > 0 deny LAW", False),
    ("when consent.age > 13 months deny LAW", False),
    ("when consent.age is known deny LAW", False),
    ("when register is yes deny LAW", False),
    ('when recipient.number starts with "+33" deny LAW', False),
    ('when brand.name is "ACME" deny LAW', False),
    ('when campaign is "x" deny LAW', False),
    ("when recipient.language is fr deny LAW", False),
    ("when subjects has gambling deny LAW", False),
    ("only 08:00-21:00 LAW", False),
    ("limit 2 per 7 days per recipient LAW", False),
    ('append " STOP" LAW', False),
    ('require consent is opted_in else append " STOP" LAW', False),
]


@pytest.mark.parametrize(("rule", "recalled"), ASKED)
def test_what_depends_on_facts_of_few_values_alone_is_recalled(rule: str, recalled: bool) -> None:
    (found,) = policy(written(f'rule a "A" {{ {rule} }}')).rule_set.rules
    assert (asked_by(found) is not None) is recalled


EVERY = written(
    """
    rule consent "Consent" { require consent is opted_in LAW }
    rule method "Method" { when consent.method is known require consent.method is one of (written, online) LAW }
    rule line "Line" { when recipient.line is fixed deny LAW }
    rule name "Name" { require length of sender.id <= 5 and sender.id matches "[A-Z]*" LAW }
    rule header "Header" { when sender.registered is no warn "Not registered." LAW }
    rule age "Age" { require recipient.age_at_least >= 18 else warn "May be a child." GUIDE }
    rule double "Double" { require consent.double is yes else warn "Once." LAW }
    rule shared "Shared" { when sender.shared is yes deny LAW }
    rule abroad "Abroad" { require sender.country is FR LAW }
    rule answer "Answer" { when answers is opt_out warn "An answer." LAW }
    rule gambling "Gambling" { when subject is gambling and consent is not opted_in deny LAW }
    rule zone "Zone" { when recipient.timezones has "Europe/Paris" warn "In Paris." LAW }
    rule channel "Channel" { when channel is rcs warn "RCS." LAW }
    rule paid "Paid" { when registrations has "entity:FR" warn "An entity." LAW }
    """
)
FIELDS: dict[str, list[Any]] = {
    "consent": [{"status": "opted_in"}, {"status": "none"}, {}, {"method": "written"}, {"double": True}],
    "to": [PARIS, "+33142685300"],
    "sender": ["ACME", "ACME SHOES", "acme", "A" * 40],
    "sender_shared": [False, True],
    "sender_country": ["FR", "DE"],
    "registrations": [[], ["sender_id:FR"], ["entity:FR"]],
    "recipient": [{}, {"age_at_least": 21}, {"age_at_least": 1}, {"timezone": "Indian/Reunion"}],
    "answers": ["opt_out"],
    "channel": ["sms", "rcs"],
    "subjects": [[], ["gambling"], ["gambling", "loans"], ["loans"]],
}


def variants() -> list[dict[str, Any]]:
    """Messages of which any two differ in one field or two."""
    return [{name: value} for name, values in FIELDS.items() for value in values]


def test_no_message_is_answered_with_what_is_recalled_of_another() -> None:
    """Each is judged behind every other by one policy, and by one that has judged nothing before."""
    one = Policy.from_sources([Source("a.policy", EVERY)], bundled=False)
    fresh = [Policy.from_sources([Source("a.policy", EVERY)], bundled=False) for _ in variants()]
    alone = [rules.evaluate(message(**fields)) for rules, fields in zip(fresh, variants(), strict=True)]
    assert len({verdict.model_dump_json() for verdict in alone}) > 15
    for (first, verdict), (second, other) in permutations(zip(variants(), alone, strict=True), 2):
        assert one.evaluate(message(**first)) == verdict, (first, second)
        assert one.evaluate(message(**second)) == other, (first, second)


def test_what_was_first_asked_for_without_its_words_has_them_for_a_reader() -> None:
    """At the end of a deferral nobody reads why a rule speaks; whoever is judged there then does."""
    rules = written(
        """
        rule hours "Hours" { only 08:00-21:00 LAW }
        rule new "New" { since 2026-11-25 when consent is none warn "Soon forbidden." LAW }
        """
    )
    one = Policy.from_sources([Source("a.policy", rules)], bundled=False)
    given = {"consent": {"status": "none"}}
    late = one.evaluate(message(at="2026-11-24T22:00:00+01:00", **given))
    assert told(late) == "defer 2026-11-25T08:00:00+01:00; P.hours defer"
    assert late.warnings == ("Soon forbidden.",)
    verdict = judged(one, {"at": "2026-11-25T12:00:00+01:00", **given})
    assert [(reason.rule, reason.detail) for reason in verdict.reasons] == [("P.new", "consent is none")]


def test_what_is_recalled_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.recall._MOST_KEPT", 10)
    rules = Policy.from_sources([Source("a.policy", EVERY)], bundled=False)
    recall = rules._evaluator._recall
    for number in range(40):
        judged(rules, {"sender": f"A{number}"})
        assert 0 < len(recall._kept) <= 10


def test_long_names_and_many_subjects_are_not_kept() -> None:
    rules = Policy.from_sources([Source("a.policy", EVERY)], bundled=False)
    recall: Recall = rules._evaluator._recall
    judged(rules, {"sender": "A" * 33})
    assert not recall._kept
    judged(rules, {"sender": "A" * 32})
    assert recall._kept
    long = written('rule a "A" { when subject is not gambling deny LAW }')
    named = Policy.from_sources([Source("a.policy", long)], bundled=False)
    for subjects in (["x" * 33], ["loans", "alcohol"]):
        judged(named, {"subjects": subjects})
        assert not named._evaluator._recall._kept
    judged(named, {"subjects": ["loans"]})
    assert named._evaluator._recall._kept


@pytest.mark.parametrize("names", [["x" * 65], [f"n{number}" for number in range(17)]])
def test_long_and_many_registrations_are_not_kept(names: list[str]) -> None:
    rule = written(
        'rule a "A" { when registrations has "10dlc" deny LAW } rule b "B" { require sender.registered is yes LAW }'
    )
    rules = Policy.from_sources([Source("a.policy", rule)], bundled=False)
    caches = (facts._remembered_covers, assemble._remembered_warnings)
    before = [cache.cache_info().currsize for cache in caches]
    found = judged(rules, {"registrations": [*names, "10dlc"]})
    assert told(found) == "deny; P.a deny; P.b deny"
    assert [key[0].rule.id for key in rules._evaluator._recall._kept] == ["P.b"]  # which asks for yes or no alone
    assert [cache.cache_info().currsize for cache in caches] == before
    judged(rules, {"registrations": ["10dlc", "sender_id:FR"]})
    assert {key[0].rule.id for key in rules._evaluator._recall._kept} == {"P.a", "P.b"}


def test_a_place_recalls_nothing_of_another() -> None:
    rules = policy(
        written('rule a "A" { when consent is none deny LAW }', "US", "US"),
        written('rule b "B" { when consent is none deny LAW }', "US-NY", "NY"),
    )
    found = judged(rules, {"to": NEW_YORK, "consent": {"status": "none"}})
    assert [(reason.rule, reason.place) for reason in found.reasons] == [("NY.b", "US-NY"), ("US.a", "US")]
