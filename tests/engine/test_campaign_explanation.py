"""What a campaign is said to settle, against what its recipients' verdicts say."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from sendlaw import MessageError, Policy
from sendlaw.engine.campaign import Campaign
from sendlaw.engine.campaign_explanation import asked_by, named_countries
from sendlaw.engine.partial import Left
from sendlaw.policy.source import Source

from .campaigns import draw_campaign, draw_rows
from .test_campaign import EVERY, FR, MESSAGE, one_rule

Row = dict[str, Any]


def compare(policy: Policy, seed: int, rows: int, seen: Counter[str]) -> None:
    """That rules said to be silent speak in no verdict of a drawn campaign, and those said to speak in every one."""
    rng = random.Random(seed)
    message, donors = draw_campaign(rng)
    campaign = policy.campaign(message)
    for row in draw_rows(rng, donors, rows):
        try:
            whole = campaign.message_to(row)
            verdict = policy.evaluate(whole)
        except MessageError:
            continue
        if verdict.country is None:
            continue
        spoke = {(reason.rule, reason.place) for reason in verdict.reasons}
        for dated in (True, False) if whole.at == campaign.message.at else (False,):
            for left in campaign.residue(verdict.country, dated=dated).rules:
                seen[left.standing] += 1
                told = (seed, dated, left, row, message)
                assert left.standing != "silent" or (left.rule.id, left.place) not in spoke, told
                assert left.standing != "speaks" or (left.rule.id, left.place) in spoke, told


@pytest.fixture(scope="module", params=["bundled", "every construct"])
def policy(request: pytest.FixtureRequest) -> Policy:
    own = [] if request.param == "bundled" else [Source("every_construct.policy", EVERY)]
    return Policy.from_sources(own, bundled=request.param == "bundled")


def test_what_is_said_to_be_settled_is(policy: Policy) -> None:
    seen: Counter[str] = Counter()
    for seed in range(100, 130):
        compare(policy, seed, 25, seen)
    assert min(seen.values()) > 50 and len(seen) == 3, seen


@pytest.mark.soak
def test_what_is_said_to_be_settled_is_in_many_campaigns(policy: Policy) -> None:
    start = random.SystemRandom().randrange(2**40)
    for seed in range(start, start + 2_000):
        compare(policy, seed, 60, Counter())


def only(campaign: Campaign) -> Left:
    [left] = campaign.residue("FR").rules
    return left


@pytest.mark.parametrize(
    ("rule", "standing", "why", "asks"),
    [
        ("deny", "speaks", "always", ()),
        ("when category is political deny", "silent", "its `when` does not hold: category is promotional", ()),
        ('when sender.id is "ACME" deny', "speaks", "sender.id is ACME", ()),
        ('unless body mentions "Soldes" deny', "silent", "its `unless` excuses the message: “Soldes” in the text", ()),
        ("require brand.stop is known", "silent", "what it requires holds: brand.stop is 36179", ()),
        ("require brand.country is FR", "speaks", "brand.country is not known", ()),
        ("require consent is opted_in", "open", "", ("consent.status",)),
        ("require register.age <= 30 days", "open", "", ("registers.FR",)),
        ("when category is political and consent is none deny", "silent", "category is promotional", ()),
        ("when category is promotional and consent is none deny", "open", "", ("consent.status",)),
        ("when recipient.line is fixed or category is promotional deny", "speaks", "", ("recipient.line",)),
        ("only 08:00-20:00", "open", "", ("at", "recipient.timezone")),
        ("only 08:00-20:00 in Europe/Paris", "open", "", ("at",)),
        ("limit 2 per 1 day per recipient", "open", "", ("at", "history")),
        ("limit 2 per calendar day per recipient", "open", "", ("at", "history", "recipient.timezone")),
        ('append " STOP"', "speaks", "always", ()),
        ('append " !"', "silent", "the text it adds is there already", ()),
        ('append fr: " STOP", de: " STOPP"', "open", "", ("recipient.language",)),
        ("when subject is loans deny", "silent", "it asks about subjects, and the message has none", ()),
    ],
)
def test_what_is_left_of_a_rule(rule: str, standing: str, why: str, asks: tuple[str, ...]) -> None:
    left = only(one_rule(rule).campaign(MESSAGE))
    assert (left.standing, left.asks) == (standing, asks)
    assert why in left.why


@pytest.mark.parametrize(
    ("dates", "standing"),
    [
        ("since 2026-11-20", "speaks"),
        ("since 2026-11-24", "open"),
        ("since 2027-12-28", "open"),
        ("since 2028-01-02", "silent"),
        ("before 2026-11-23", "silent"),
        ("before 2026-11-25", "open"),
        ("before 2028-01-05", "speaks"),
        ("since 2026-01-01 before 2026-02-01", "silent"),
    ],
)
def test_a_rule_is_settled_by_its_dates_only_where_no_deferral_reaches_them(dates: str, standing: str) -> None:
    campaign = one_rule(f"deny {dates}").campaign(MESSAGE)
    assert only(campaign).standing == standing
    [undated] = campaign.residue("FR", dated=False).rules
    assert undated.standing == "open" and undated.asks == ("at",)


REPLACED = """policy world "World" {{
  recipients anywhere
  languages en
  source made "Made up" "https://example.org" checked 2026-11-22
  rule wide "Wide" {{ deny basis guideline cite made }}
}}
policy FR "France" {{
  recipients FR
  languages fr
  source made "Made up" "https://example.org" checked 2026-11-22
  rule narrow "Narrow" {{ {when} deny replaces world.wide basis law cite made {dates} }}
}}"""


@pytest.mark.parametrize(
    ("when", "dates", "standing", "asks"),
    [
        ("when category is promotional", "", "silent", ()),
        ("when category is political", "", "speaks", ()),
        ("when consent is none", "", "open", ("consent.status",)),
        ("when category is promotional unless consent is none", "", "silent", ()),
        ("when category is promotional", "since 2026-11-25", "open", ("at",)),
        ("when category is promotional", "before 2026-01-01", "speaks", ()),
    ],
)
def test_a_rule_that_another_replaces(when: str, dates: str, standing: str, asks: tuple[str, ...]) -> None:
    text = REPLACED.format(when=when, dates=dates)
    campaign = Policy.from_sources([Source("two.policy", text)], bundled=False).campaign(MESSAGE)
    [wide] = [left for left in campaign.residue("FR").rules if left.rule.id == "world.wide"]
    assert (wide.standing, wide.asks) == (standing, asks)


def test_the_countries_that_policies_name_are_explained() -> None:
    policy = Policy.from_sources([Source("every_construct.policy", EVERY)], bundled=False)
    assert named_countries(policy.rule_set) == ("DE", "FR", "GB", "US")
    explanation = policy.campaign(MESSAGE).explain()
    assert [residue.country for residue in explanation.countries] == ["DE", "FR", "GB", "US"]
    assert [residue.country for residue in policy.campaign(MESSAGE).explain("KR").countries] == ["KR"]


def test_an_explanation_as_data_and_in_words() -> None:
    campaign = one_rule("require consent is opted_in").campaign(MESSAGE)
    explanation = campaign.explain("FR")
    data = explanation.model_dump()
    assert data["campaign"] == {"sender": "ACME", "category": "promotional", "at": "2026-11-24T12:00:00+01:00"}
    assert data["countries"][0]["decides"] == {"consent.status": ["FR.single"]}
    assert data["countries"][0]["rules"][0]["standing"] == "open"
    assert asked_by(explanation.countries[0]) == {"consent.status": ("FR.single",)}
    assert list(explanation.lines()) == [
        "promotional from ACME, 2026-11-24T12:00:00+01:00",
        "",
        "FR: of 1 rules 0 are silent for every recipient, 0 speak for every recipient, 1 depend on the recipient",
        "  decides consent.status (the consent): FR.single",
        "  open    FR.single  One rule: asks consent.status",
    ]


def test_where_nothing_decides_all_recipients_share_an_outcome() -> None:
    campaign = one_rule("require brand.country is FR").campaign(MESSAGE)
    assert campaign.residue("FR").asks == frozenset()
    assert campaign.judge_row({"to": FR, "history": None}) is campaign.judge_row({"to": FR, "consent": "none"})
