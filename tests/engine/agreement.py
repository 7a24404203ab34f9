"""Both meanings on the same random messages: whole verdicts compared, and what they reached counted.

A chunk is a number of messages that a seed and the chunk's own number determine, so that a long comparison can be
cut into chunks, taken up again, and any failure repeated.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sendlaw import Policy
from sendlaw.engine.message import parse_message
from sendlaw.policy import model as m
from sendlaw.policy.source import Source

from ..policy.generate import policy_text
from .census import Census, Watching, of_verdict
from .random_messages import random_message

EVERY_CONSTRUCT = Path(__file__).parent / "every_construct.policy"
MESSAGES_PER_FILE = 25
"""How many messages a drawn rule file judges."""
WRITTEN = ("bundled", "every construct", "both")


class Disagreement(AssertionError):
    """Two verdicts on one message that are not equal."""

    def __init__(self, message: dict[str, Any], compiled: object, interpreted: object, rules: str) -> None:
        told = json.dumps(message, ensure_ascii=False)
        super().__init__(f"message: {told}\ncompiled:    {compiled}\ninterpreted: {interpreted}\nrules: {rules}")


class Compared(NamedTuple):
    """A policy under comparison, with what is counted while it judges."""

    policy: Policy
    rules: str
    census: Census
    by_id: dict[str, m.Rule]

    def on(self, message: dict[str, Any]) -> None:
        """Judge in both ways. Raises `Disagreement`."""
        parsed = parse_message(message)
        compiled, interpreted = self.policy.evaluate(parsed), self.policy.interpret(parsed)
        if compiled != interpreted:
            raise Disagreement(message, compiled, interpreted, self.rules)
        self.census.update(of_verdict(compiled, self.by_id))


def watched(policy: Policy, rules: str, census: Census) -> Compared:
    """The policy, its interpreter counting."""
    policy.interpreter = Watching(policy.rule_set, census)
    return Compared(policy, rules, census, {rule.id: rule for rule in policy.rule_set.rules})


@cache
def written_policy(name: str) -> Policy:
    """The bundled rules, the file with every construct, or both together."""
    own = [] if name == "bundled" else [EVERY_CONSTRUCT]
    return Policy.load(*own, bundled=name != "every construct")


def drawn_policy(rng: random.Random) -> tuple[Policy, str]:
    """A policy of one drawn rule file, and its text."""
    text = policy_text(rng, policies=3, rules=6)
    return Policy.from_sources([Source("drawn.policy", text)], bundled=False), text


def compare_written(name: str, seed: str, messages: int) -> Census:
    """Compare on random messages over rule files written by hand. Raises `Disagreement`."""
    rng = random.Random(seed)
    compared = watched(written_policy(name), name, Census())
    for _ in range(messages):
        compared.on(random_message(rng))
    return compared.census


def compare_drawn(seed: str, messages: int) -> Census:
    """The same over drawn rule files, each judging a few messages."""
    census = Census()
    for number, size in enumerate(_sizes(messages)):
        rng = random.Random(f"{seed}/{number}")
        policy, text = drawn_policy(rng)
        compared = watched(policy, text, census)
        for _ in range(size):
            compared.on(random_message(rng))
        census["rule files"] += 1
    return census


def _sizes(messages: int) -> Iterator[int]:
    for start in range(0, messages, MESSAGES_PER_FILE):
        yield min(MESSAGES_PER_FILE, messages - start)


def compare_chunk(rules: str, seed: int, chunk: int, messages: int) -> Census:
    """One chunk over `bundled` rules (with those of every construct, in turn) or `generated` ones."""
    key = f"{rules}/{seed}/{chunk}"
    census = (
        compare_drawn(key, messages)
        if rules == "generated"
        else compare_written(WRITTEN[chunk % len(WRITTEN)], key, messages)
    )
    census["messages"] += messages
    return census
