"""Timing two things against each other in one run, turn and turn about, so that a noisy machine disturbs both alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns
from typing import Any


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: `act` is timed over what `prepare` makes anew for each round, untimed."""

    prepare: Callable[[], Sequence[Any]]
    act: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Medians over the rounds: microseconds per item of each side, and the ratio of neighbours."""

    first: float
    second: float
    ratio: float


def compare(first: Side, second: Side, rounds: int = 15) -> Comparison:
    """Rounds of A B, B A, A B …; the ratio is the median of first ÷ second, each within its own round.

    One round more, at the head, is left out: it fills what is made when first needed.
    """
    pairs = [_round(first, second, turned=number % 2 == 1) for number in range(rounds + 1)][1:]
    return Comparison(median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs))


def microseconds(side: Side, rounds: int = 7) -> float:
    """Microseconds per item of one thing alone, in the median of rounds; the first, which fills what is kept, is left
    out.
    """
    return median([_timed(side) for _ in range(rounds + 1)][1:])


def _round(first: Side, second: Side, *, turned: bool) -> tuple[float, float]:
    if turned:
        after = _timed(second)
        return _timed(first), after
    return _timed(first), _timed(second)


def _timed(side: Side) -> float:
    """Microseconds per item, without the collector of garbage, as `timeit` does it."""
    items = side.prepare()
    gc.collect()
    gc.disable()
    try:
        start = perf_counter_ns()
        exhaust(map(side.act, items))
        return (perf_counter_ns() - start) / 1000 / len(items)
    finally:
        gc.enable()


def exhaust(items: Iterable[object]) -> None:
    """Runs through items and keeps none of them."""
    for _ in items:
        pass
