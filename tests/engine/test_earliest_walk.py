"""`until` is the earliest: every minute before it is walked, and refused; a message that no window lets through is
refused in every minute of 400 days. The walk asks the oracle, at one instant at a time; the engine is asked between."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import pytest
from sendlaw import Policy, Verdict
from sendlaw.engine.message import Message, parse_message

from .agreement import drawn_policy, written_policy
from .naive_clock import DAY, MINUTE
from .oracle import Case, Oracle
from .oracle_actions import HORIZON
from .random_messages import random_message

ENGINE_EVERY = 173
"""The engine itself is asked at one instant in so many."""
WINDOWS = {"Only", "Limit"}


def at(message: Message, t: int) -> Message:
    """The same message at another instant."""
    return message.model_copy(update={"at": datetime.fromtimestamp(t, UTC)})


def walk(policy: Policy, case: Case, message: Message, end: int) -> int:
    """Refused at every whole minute from the message's instant until before `end`; how many there were."""
    start = case.facts.at
    minutes = range(start - start % MINUTE + MINUTE, end, MINUTE)
    blocking = ""
    for number, t in enumerate(minutes):
        found = case.blocking(t, blocking)
        assert found is not None, (message.to, t)
        blocking = found
        if number % ENGINE_EVERY == 0:
            assert policy.evaluate(at(message, t)).decision != "allow", (message.to, t)
    return len(minutes)


def check_deferral(policy: Policy, oracle: Oracle, message: Message, verdict: Verdict) -> int:
    """The instant is allowed and carries what was promised, the second before is not, nor is any minute."""
    case = oracle.case(message)
    assert case is not None
    assert verdict.until is not None
    until = int(verdict.until.timestamp())
    then = policy.evaluate(at(message, until))
    assert then.decision == "allow"
    assert (then.text, then.segments, then.warnings) == (verdict.text, verdict.segments, verdict.warnings)
    assert then.obligations == verdict.obligations
    assert case.blocking(until, "") is None
    assert case.blocking(until - 1, "") is not None
    assert policy.evaluate(at(message, until - 1)).decision != "allow"
    return walk(policy, case, message, until)


def drawn(key: str) -> Iterator[tuple[Policy, Oracle, Message, Verdict]]:
    """Endless random messages: by the bundled rules, by every construct, and by drawn rule files in turn."""
    number = 0
    written = [(policy, Oracle(policy)) for policy in (written_policy(n) for n in ("bundled", "every construct"))]
    while True:
        rng = random.Random(f"{key}/{number}")
        policy, _ = drawn_policy(rng)
        for judge, oracle in ((policy, Oracle(policy)), *written):
            for _ in range(10):
                message = parse_message(random_message(rng))
                yield judge, oracle, message, judge.evaluate(message)
        number += 1


def deferrals(key: str, days: int) -> Iterator[tuple[Policy, Oracle, Message, Verdict]]:
    """Those of them that are deferred by so many days at most."""
    for policy, oracle, message, verdict in drawn(key):
        if verdict.until is not None and (verdict.until - verdict.at).total_seconds() <= days * DAY:
            yield policy, oracle, message, verdict


def never(key: str) -> Iterator[tuple[Policy, Oracle, Message]]:
    """Those that are denied by windows and limits alone, with a history: none ever lets them through."""
    for policy, oracle, message, verdict in drawn(key):
        rules = {rule.id: rule for rule in policy.rule_set.rules}
        denied = [rules[r.rule] for r in verdict.reasons if r.effect == "deny" and r.rule in rules]
        if denied and message.history is not None and {type(rule.action).__name__ for rule in denied} <= WINDOWS:
            yield policy, oracle, message


def test_no_minute_before_a_deferral_ends_is_allowed() -> None:
    minutes = 0
    for policy, oracle, message, verdict in islice(deferrals("walk", days=1), 60):
        minutes += check_deferral(policy, oracle, message, verdict)
    assert minutes > 10_000


def test_no_minute_of_400_days_is_allowed_where_windows_deny() -> None:
    policy, oracle, message = next(never("never"))
    case = oracle.case(message)
    assert case is not None
    assert walk(policy, case, message, case.facts.at + 20 * DAY) == 20 * 1440


@pytest.mark.soak
def test_thousands_of_deferrals_minute_by_minute() -> None:
    key = f"{random.SystemRandom().randrange(2**40)}"
    counts: Counter[str] = Counter()
    for days, wanted in ((3, 2000), (400, 100)):
        for policy, oracle, message, verdict in islice(deferrals(f"{key}/{days}", days), wanted):
            counts["minutes"] += check_deferral(policy, oracle, message, verdict)
            counts["deferrals"] += 1
    print(dict(counts))
    assert counts["deferrals"] == 2100


@pytest.mark.soak
def test_denied_by_windows_is_denied_for_400_days() -> None:
    key = f"{random.SystemRandom().randrange(2**40)}"
    minutes = 0
    for policy, oracle, message in islice(never(key), 24):
        case = oracle.case(message)
        assert case is not None
        minutes += walk(policy, case, message, case.facts.at + HORIZON)
    print(minutes)
    assert minutes > 24 * 500_000
