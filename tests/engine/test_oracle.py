"""The engine against a third meaning that shares none of its code for rules: decision, time, reasons with what was
missing, obligations, text and warnings."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sendlaw import Policy
from sendlaw.engine.message import parse_message

from .agreement import drawn_policy, written_policy
from .meaning import message, policy, written
from .oracle import Answer, Oracle, answer_of
from .random_messages import random_message

MESSAGES_PER_FILE = 10


def compare(policy: Policy, oracle: Oracle, rng: random.Random, about: str) -> str:
    """Judge one drawn message in both ways; the decision."""
    drawn = random_message(rng)
    message = parse_message(drawn)
    expected = oracle.judge(message)
    if expected is None:
        return "no country"
    found = answer_of(policy.evaluate(message))
    wrong = [f"{name}: engine {ours}, oracle {theirs}" for name, ours, theirs in _pairs(found, expected)]
    assert not wrong, (about, drawn, wrong)
    return found.decision


def _pairs(found: Answer, expected: Answer) -> list[tuple[str, object, object]]:
    both = zip(Answer._fields, found, expected, strict=True)
    return [(name, ours, theirs) for name, ours, theirs in both if ours != theirs]


def over_drawn_files(key: str, files: int) -> Counter[str]:
    """The decisions met over so many drawn rule files."""
    met: Counter[str] = Counter()
    for number in range(files):
        rng = random.Random(f"{key}/{number}")
        policy, text = drawn_policy(rng)
        oracle = Oracle(policy)
        met.update(compare(policy, oracle, rng, text) for _ in range(MESSAGES_PER_FILE))
    return met


def over_written_files(name: str, key: str, messages: int) -> Counter[str]:
    """The decisions met over rule files written by hand."""
    policy, rng = written_policy(name), random.Random(key)
    oracle = Oracle(policy)
    return Counter(compare(policy, oracle, rng, name) for _ in range(messages))


@pytest.mark.parametrize("part", range(4))
def test_drawn_rule_files_mean_what_the_language_says(part: int) -> None:
    met = over_drawn_files(f"oracle/{part}", 12)
    assert set(met) >= {"allow", "defer", "deny"}


@pytest.mark.parametrize("name", ["bundled", "every construct"])
def test_written_rule_files_mean_what_the_language_says(name: str) -> None:
    met = over_written_files(name, f"oracle/{name}", 60)
    assert set(met) >= {"allow", "defer", "deny"}


@pytest.mark.soak
def test_many_messages_are_judged_as_the_language_says() -> None:
    key = f"{random.SystemRandom().randrange(2**40)}"
    met = over_drawn_files(key, 2000)
    for name in ("bundled", "every construct", "both"):
        met += over_written_files(name, key, 3000)
    print(dict(met))
    assert met["defer"] > 1000


DATES = ("", "since 2026-03-01", "before 2026-03-01", "since 2026-03-01 before 2026-03-02")


@pytest.mark.parametrize("own", DATES)
@pytest.mark.parametrize("other", DATES)
def test_at_midnight_in_several_zones_a_rule_is_silenced_alike(own: str, other: str) -> None:
    """The wider rule, and two that replace it, one for each of two categories."""
    rules = policy(
        written(f'rule a "A" {{ deny GUIDE {own} }}', "anywhere", "W", ""),
        written(
            f'rule a "A" {{ require sender.type is alphanumeric replaces W.a LAW {other} }}'
            'rule b "B" { when category is political require sender.type is alphanumeric replaces W.a LAW '
            "since 2026-03-01 }",
            "ES, RU, US",
            "P",
            "",
        ),
    )
    oracle, midnight = Oracle(rules), datetime(2026, 3, 1, tzinfo=UTC)
    for number in ("+34612345678", "+79123456789", "+18005550123", "+33639980001"):
        for half_hours in range(-30, 80, 3):
            for category in ("promotional", "political"):
                at = midnight + timedelta(minutes=30 * half_hours + 15)
                asked = parse_message(message(to=number, category=category, at=at.isoformat()))
                found = rules.evaluate(asked)
                assert found == rules.interpret(asked)
                assert answer_of(found) == oracle.judge(asked), (own, other, asked)
