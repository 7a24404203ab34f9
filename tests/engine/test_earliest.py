"""A deferral names the earliest instant: it is allowed, nothing before it is, and it carries the text it promises."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sendlaw import Policy, Verdict

from .random_messages import random_message

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load(HERE / "every_construct.policy", bundled=False)


def judged_at(policy: Policy, message: dict[str, Any], moment: datetime) -> Verdict:
    return policy.evaluate(message | {"at": moment.isoformat()})


def instants_before(rng: random.Random, start: datetime, end: datetime) -> list[datetime]:
    """The first second, the last, every minute of the last hour, and forty drawn from between."""
    span = int((end - start).total_seconds())
    drawn = {rng.randrange(span) for _ in range(40)} | {span - 60 * k for k in range(1, 60) if 60 * k <= span}
    return [start + timedelta(seconds=second) for second in sorted(drawn | {0, span - 1})]


def test_a_deferral_is_allowed_at_its_instant_and_never_before(policy: Policy) -> None:
    deferred = 0
    for seed in range(400):
        rng = random.Random(seed)
        message = random_message(rng)
        verdict = policy.evaluate(message)
        if verdict.decision != "defer":
            continue
        deferred += 1
        assert verdict.until is not None
        then = judged_at(policy, message, verdict.until)
        assert then.decision == "allow", seed
        assert (then.text, then.segments, then.warnings) == (verdict.text, verdict.segments, verdict.warnings), seed
        assert then.obligations == verdict.obligations, seed
        start = datetime.fromtimestamp(int(verdict.at.timestamp()), UTC)
        for moment in instants_before(rng, start, verdict.until.astimezone(UTC)):
            assert judged_at(policy, message, moment).decision != "allow", (seed, moment)
    assert deferred > 40


def test_a_message_that_no_window_lets_through_is_never_allowed_within_the_horizon(policy: Policy) -> None:
    denied = 0
    for seed in range(3000):
        rng = random.Random(seed)
        message = random_message(rng)
        verdict = policy.evaluate(message)
        never = [
            reason for reason in verdict.reasons if "never" in reason.detail or "cannot be judged" in reason.detail
        ]
        if verdict.decision != "deny" or not never or {r.effect for r in verdict.reasons if r not in never} & {"deny"}:
            continue
        denied += 1
        for _ in range(20):
            moment = verdict.at + timedelta(seconds=rng.randrange(400 * 86_400))
            assert judged_at(policy, message, moment).decision != "allow", (seed, moment)
    assert denied > 5
