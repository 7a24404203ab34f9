"""Single steps by the clock, for pytest-benchmark: to see where a change went. The table is `python -m benchmarks`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sendlaw import Message, Policy
from sendlaw.engine.encoding import encode
from sendlaw.engine.message import parse_message
from sendlaw.engine.numbers import number_facts

from benchmarks.handwritten import judge
from benchmarks.measure import exhaust
from benchmarks.messages import Maker
from benchmarks.ratios import five_countries

SIZE, ROUNDS = 500, 12


@pytest.fixture(scope="module")
def five() -> Policy:
    return five_countries()


@pytest.fixture(scope="module")
def world() -> Policy:
    return Policy.load()


def timed(benchmark: BenchmarkFixture, act: Callable[[Any], object], items: Callable[[], Iterable[Any]]) -> None:
    """Times `act` over new items in every round."""

    def setup() -> tuple[tuple[Iterable[Any]], dict[str, Any]]:
        return (items(),), {}

    benchmark.extra_info["items"] = SIZE
    pedantic: Any = benchmark.pedantic
    pedantic(lambda new: exhaust(map(act, new)), setup=setup, rounds=ROUNDS, warmup_rounds=1)


def messages(faulty: int = 20) -> list[Message]:
    return [Message(**data) for data in Maker(faulty=faulty).batch(SIZE)]


def test_by_hand(benchmark: BenchmarkFixture) -> None:
    timed(benchmark, judge, messages)


def test_five_countries(benchmark: BenchmarkFixture, five: Policy) -> None:
    timed(benchmark, five.evaluate, messages)


def test_five_countries_nothing_to_object(benchmark: BenchmarkFixture, five: Policy) -> None:
    timed(benchmark, five.evaluate, lambda: messages(faulty=0))


def test_all_bundled_rules(benchmark: BenchmarkFixture, world: Policy) -> None:
    timed(benchmark, world.evaluate, messages)


def test_from_a_dict(benchmark: BenchmarkFixture, five: Policy) -> None:
    timed(benchmark, five.evaluate, lambda: Maker().batch(SIZE))


def test_validation(benchmark: BenchmarkFixture) -> None:
    timed(benchmark, parse_message, lambda: Maker().batch(SIZE))


def test_words(benchmark: BenchmarkFixture, world: Policy) -> None:
    timed(benchmark, world.index.scan, lambda: [message.body for message in messages()])


def test_encoding(benchmark: BenchmarkFixture) -> None:
    timed(benchmark, encode, lambda: [message.body for message in messages()])


def test_new_numbers(benchmark: BenchmarkFixture) -> None:
    timed(benchmark, number_facts.__wrapped__, lambda: [message.to for message in messages()])


def test_verdict_as_json(benchmark: BenchmarkFixture, world: Policy) -> None:
    timed(benchmark, lambda verdict: verdict.model_dump_json(), lambda: list(map(world.evaluate, messages())))
