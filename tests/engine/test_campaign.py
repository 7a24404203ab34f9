"""Recipients of a campaign judged together and one by one: the same outcome and the same verdict, or the same error."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw import MessageError, Policy
from sendlaw.policy.source import Source

from ..policy.generate import policy_text
from .campaigns import compare
from .random_messages import NUMBERS

HERE = Path(__file__).parent
MESSAGE: dict[str, Any] = {
    "sender": "ACME",
    "category": "promotional",
    "body": "Soldes !",
    "at": "2026-11-24T12:00:00+01:00",
    "brand": {"name": "ACME", "stop": "36179"},
    "history": [],
}


EVERY = (HERE / "every_construct.policy").read_text(encoding="utf-8")
NO_NUMBERS = "\n".join(line for line in EVERY.splitlines() if "mentions recipient.number" not in line)
"""The same without the one rule that asks for the number, because of which no two recipients would be alike."""


@pytest.fixture(scope="module", params=["bundled", "every construct", "no numbers", "both"])
def policy(request: pytest.FixtureRequest) -> Policy:
    texts = {"bundled": [], "every construct": [EVERY]}.get(request.param, [NO_NUMBERS])
    sources = [Source("every_construct.policy", text) for text in texts]
    return Policy.from_sources(sources, bundled=request.param in ("bundled", "both"))


def test_seeded_campaigns_are_judged_as_their_messages_are(policy: Policy) -> None:
    seen: Counter[str] = Counter()
    for seed in range(16):
        compare(policy, seed, 90, seen)
    assert min(seen["allow"], seen["defer"], seen["deny"], seen["malformed"]) > 10, seen


@given(seed=st.integers(0, 2**48))
@settings(max_examples=12, deadline=None)
def test_drawn_campaigns_are_judged_as_their_messages_are(policy: Policy, seed: int) -> None:
    compare(policy, seed, 40, Counter())


def drawn_policy(seed: int) -> Policy:
    text = policy_text(random.Random(seed), policies=3, rules=6)
    return Policy.from_sources([Source("drawn.policy", text)], bundled=False)


def test_campaigns_under_drawn_rules_are_judged_as_their_messages_are() -> None:
    seen: Counter[str] = Counter()
    for seed in range(40):
        compare(drawn_policy(seed), seed, 40, seen)
    assert min(seen["allow"], seen["defer"], seen["deny"], seen["malformed"]) > 10, seen


@pytest.mark.soak
def test_many_campaigns_are_judged_as_their_messages_are(policy: Policy) -> None:
    start = random.SystemRandom().randrange(2**40)
    for seed in range(start, start + 3_500):
        compare(policy, seed, 100, Counter(), verdicts=7)


@pytest.mark.soak
def test_many_campaigns_under_drawn_rules_are_judged_as_their_messages_are() -> None:
    start = random.SystemRandom().randrange(2**40)
    for seed in range(start, start + 5_000):
        compare(drawn_policy(seed), seed, 40, Counter())


def one_rule(rule: str) -> Policy:
    text = f"""policy FR "One rule" {{
      recipients FR
      languages  fr, en
      source made "Made up" "https://example.org" checked 2026-11-22
      rule single "One rule" {{ {rule} basis law cite made }}
    }}"""
    return Policy.from_sources([Source("one.policy", text)], bundled=False)


def at(text: str) -> dict[str, Any]:
    return {"consent": {"status": "opted_in", "at": text}}


SENT = {"at": "2026-11-24T10:00:00+01:00", "category": "promotional", "sender": "ACME"}
FR = "+33612345678"
ASKED: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("require consent is opted_in", {"consent": "opted_in"}, {"consent": "none"}),
    ("require consent is known", {"consent": "none"}, {"consent": None}),
    ("require consent.method is written", {"consent": {"method": "written"}}, {"consent": {"method": "online"}}),
    ("require consent.age <= 2 years", at("2024-11-25T00:00:00Z"), at("2024-11-20T00:00:00Z")),
    ("require consent.double", {"consent": {"double": True}}, {"consent": {"double": False}}),
    ("require consent covers night", {"consent": {"covers": ["night"]}}, {"consent": {"covers": ["calls"]}}),
    ("require register is no", {"registers": {"FR": {"listed": False}}}, {"registers": {"FR": {"listed": True}}}),
    (
        "require register.age <= 30 days",
        {"registers": {"FR": {"checked": "2026-11-20"}}},
        {"registers": {"FR": {"checked": "2026-10-20"}}},
    ),
    ("require recipient.language is fr", {"recipient": {"language": "fr-CA"}}, {"recipient": {"language": "en"}}),
    ("require recipient.age_at_least >= 18", {"recipient": {"age_at_least": 18}}, {"recipient": {"age_at_least": 17}}),
    (
        'require recipient.timezones has "Europe/Paris"',
        {"recipient": {"timezone": "Europe/Paris"}},
        {"recipient": {"timezone": "Europe/Berlin"}},
    ),
    (
        "require recipient.subdivisions has FR-01",
        {"recipient": {"subdivision": "FR-01"}},
        {"recipient": {"subdivision": "FR-02"}},
    ),
    ("require recipient.line is mobile", {}, {"to": "+33123456789"}),
    ('require body mentions "Soldes" and not (recipient.number ends with "9")', {}, {"to": "+33612345679"}),
    ("require history is known", {}, {"history": None}),
    ("limit 1 per 7 days per recipient", {}, {"history": [SENT]}),
    ("only 08:00-20:00", {}, {"at": "2026-11-24T22:00:00+01:00"}),
    ('require consent is opted_in else append en: " STOP", fr: " ARRET"', {"consent": "opted_in"}, {"consent": "none"}),
)


@pytest.mark.parametrize(("rule", "well", "ill"), ASKED, ids=[rule for rule, _, _ in ASKED])
def test_recipients_who_differ_in_what_a_rule_asks_are_told_apart(
    rule: str, well: dict[str, Any], ill: dict[str, Any]
) -> None:
    policy = one_rule(rule)
    campaign = policy.campaign(MESSAGE)
    found = [campaign.judge_row({"to": FR, **row}).verdict for row in (well, ill, well)]
    alone = [policy.evaluate(campaign.message_to({"to": FR, **row})) for row in (well, ill, well)]
    assert found == alone and found[0] != found[1] and found[0] == found[2]


INDIFFERENT: tuple[dict[str, Any], ...] = (
    {"to": "+33698765432"},
    {"consent": {"status": "opted_in", "method": "spoken", "at": "2020-01-01T00:00:00Z", "double": True}},
    {"consent": {"status": "opted_in", "covers": ["night"]}},
    {"recipient": {"language": "en", "age_at_least": 40}},
    {"registers": {"FR": {"listed": True, "checked": "2026-01-01"}}},
    {"history": None},
    {"history": [SENT, SENT]},
)


@pytest.mark.parametrize("row", INDIFFERENT, ids=[next(iter(row)) for row in INDIFFERENT])
def test_what_no_rule_asks_makes_no_difference(row: dict[str, Any]) -> None:
    campaign = one_rule("require consent is opted_in").campaign(MESSAGE | {"consent": {"status": "opted_in"}})
    plain = campaign.judge_row({"to": FR})
    assert campaign.judge_row({"to": FR, **row}) is plain


def test_a_rule_that_a_campaign_settles_asks_nothing() -> None:
    policy = one_rule("when category is political require consent.age <= 2 years")
    assert "consent.at" in policy.campaign(MESSAGE | {"category": "political"}).residue("FR").asks
    assert "consent.at" not in policy.campaign(MESSAGE).residue("FR").asks


def test_a_text_that_depends_on_the_recipient_settles_nothing_about_the_text() -> None:
    rule = """when recipient.language is fr append " STOP" basis law cite made }
      rule long "Short" { require length of body <= 8"""
    campaign = one_rule(rule).campaign(MESSAGE)
    decisions = [
        campaign.judge_row({"to": FR, "recipient": {"language": code}}).decision for code in ("en", "fr", "en")
    ]
    assert decisions == ["allow", "deny", "allow"]


def test_many_are_judged_in_order_as_pairs_and_as_rows() -> None:
    campaign = one_rule("require consent is opted_in").campaign(MESSAGE)
    recipients: list[Any] = [(FR, "opted_in"), {"to": FR, "consent": "none"}, (FR, None), ("+33123456789", "opted_in")]
    found = list(campaign.judge_many(recipients * 2))
    assert [outcome.decision for outcome in found] == ["allow", "deny", "deny", "allow"] * 2
    assert found[0].allowed and found[0].rule is None and found[1].rule == "FR.single"


def test_a_malformed_recipient_ends_the_row_of_outcomes() -> None:
    found = one_rule("deny").campaign(MESSAGE).judge_many([(FR, "none"), ("+33", "none"), (FR, "none")])
    assert next(found).decision == "deny"
    with pytest.raises(MessageError, match="too short"):
        next(found)


def test_a_campaign_states_what_recipients_do_not() -> None:
    campaign = one_rule("require consent is opted_in").campaign(MESSAGE | {"consent": {"status": "opted_in"}})
    assert campaign.judge(FR).allowed
    assert not campaign.judge(FR, None).allowed
    assert not campaign.judge(FR, {"method": "written"}).allowed


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({**MESSAGE, "category": "advertising"}, "category"),
        ({**MESSAGE, "to": "33612345678"}, "to"),
        ({**MESSAGE, "sender": "+33"}, "sender"),
        ({**MESSAGE, "sender": "+33612345678", "sender_type": "toll_free"}, "sender_type"),
        ({key: value for key, value in MESSAGE.items() if key != "body"}, "body"),
    ],
)
def test_a_malformed_campaign_is_refused_before_any_recipient_is_judged(message: dict[str, Any], field: str) -> None:
    with pytest.raises(MessageError) as caught:
        one_rule("deny").campaign(message)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({"too": FR}, "too", "did you mean `to`?"),
        ({"to": FR, "body": "Sale"}, "body", "is no field of a recipient"),
        ({}, "to", "is required"),
        ({"to": FR, "consent": "yes"}, "consent.status", "is not one of"),
    ],
)
def test_a_malformed_row_names_the_field_and_the_reason(row: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(MessageError) as caught:
        one_rule("deny").campaign(MESSAGE).judge_row(row)
    assert caught.value.field == field and reason in caught.value.reason


def test_an_outcome_cannot_be_changed() -> None:
    outcome = one_rule("deny").campaign(MESSAGE).judge(FR, "none")
    with pytest.raises(AttributeError):
        outcome.decision = "allow"  # type: ignore[misc]


def test_numbers_of_no_country_are_refused_as_by_themselves() -> None:
    policy = one_rule("deny")
    outcome = policy.campaign(MESSAGE).judge("+80012345678", "opted_in")
    assert outcome.rule == "sendlaw.number"
    assert outcome.verdict == policy.evaluate({**MESSAGE, "to": "+80012345678", "consent": {"status": "opted_in"}})


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.campaign._MOST_OUTCOMES", 20)
    monkeypatch.setattr("sendlaw.engine.campaign._MOST_SHARED", 20)
    campaign = one_rule("require consent.age <= 2 years").campaign(MESSAGE)
    for day in range(1, 29):
        row = {"to": f"+336{day:02}345678", **at(f"2026-10-{day:02}T00:00:00Z")}
        assert campaign.judge_row(row).allowed
        assert campaign.judge(row["to"], "none").decision == "deny"
    for number in sorted(set(NUMBERS)):
        assert campaign.judge(number, "none") == campaign.judge_alone({"to": number, "consent": "none"})
    assert len(campaign._outcomes) <= 20
    assert 1 < max(len(shared) for shared in campaign._shared.values()) <= 20


def test_threads_may_share_a_campaign() -> None:
    policy = Policy.from_sources([Source("every_construct.policy", NO_NUMBERS)], bundled=False)
    campaign = policy.campaign(MESSAGE)
    rng = random.Random(5)
    recipients = [
        (f"{head}{rng.randrange(10**4):04}", rng.choice(("opted_in", "none")))
        for head in ("+3361234", "+1202555", "+4915123", "+4474001") * 100
    ]
    expected = list(policy.campaign(MESSAGE).judge_many(recipients))
    with ThreadPoolExecutor(8) as threads:
        shared = list(threads.map(lambda _: list(campaign.judge_many(recipients)), range(16)))
    assert all(found == expected for found in shared)
