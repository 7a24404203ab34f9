"""The compiled evaluator against the readable interpreter on rule files drawn from the whole language."""

from __future__ import annotations

import random

import pytest
from sendlaw import Policy
from sendlaw.policy.source import Source

from ..policy.generate import policy_text
from .random_messages import random_message

FILES, MESSAGES = 150, 12


def compare(seed: int) -> set[str]:
    """Judges messages by a drawn rule file in both ways; the decisions met."""
    rng = random.Random(seed)
    policy = Policy.from_sources([Source("drawn.policy", policy_text(rng, policies=3, rules=6))], bundled=False)
    met: set[str] = set()
    for number in range(MESSAGES):
        message = random_message(rng)
        compiled = policy.evaluate(message)
        assert compiled == policy.interpret(message), (seed, number, message)
        met.add(compiled.decision)
    return met


def test_drawn_rule_files_mean_the_same_compiled_and_interpreted() -> None:
    met = set().union(*(compare(seed) for seed in range(FILES)))
    assert met == {"allow", "defer", "deny"}


@pytest.mark.soak
def test_many_drawn_rule_files_mean_the_same() -> None:
    start = random.SystemRandom().randrange(2**40)
    for seed in range(start, start + 30_000):
        compare(seed)
