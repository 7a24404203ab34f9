"""The compiled evaluator against the readable interpreter: whole verdicts, over random messages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw import Policy
from sendlaw.engine.verdict import Verdict

from .random_messages import random_message

HERE = Path(__file__).parent
COUNT = 2_000


@pytest.fixture(scope="module", params=["bundled", "every construct", "both"])
def policy(request: pytest.FixtureRequest) -> Policy:
    own = [] if request.param == "bundled" else [HERE / "every_construct.policy"]
    return Policy.load(*own, bundled=request.param != "every construct")


def disagreement(policy: Policy, seed: int) -> tuple[Verdict, Verdict] | None:
    message = random_message(random.Random(seed))
    compiled, interpreted = policy.evaluate(message), policy.interpret(message)
    return None if compiled == interpreted else (compiled, interpreted)


def test_seeded_messages_are_judged_alike(policy: Policy) -> None:
    decisions: set[str] = set()
    for seed in range(COUNT):
        found = disagreement(policy, seed)
        assert found is None, (seed, found)
        decisions.add(policy.evaluate(random_message(random.Random(seed))).decision)
    assert decisions == {"allow", "defer", "deny"}


@given(seed=st.integers(0, 2**48))
@settings(max_examples=400, deadline=None)
def test_drawn_messages_are_judged_alike(policy: Policy, seed: int) -> None:
    assert disagreement(policy, seed) is None


@pytest.mark.soak
def test_a_million_messages_are_judged_alike(policy: Policy) -> None:
    start = random.SystemRandom().randrange(2**40)
    for seed in range(start, start + 350_000):
        assert disagreement(policy, seed) is None, seed
