"""Beginnings of numbers that are kept: the library's answer for each number, in bounded memory, from any thread."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sendlaw.engine.number_heads import ALONE, DEEPER, LONG_HEAD, SHORT_HEAD, NumberHeads

from .test_number_classes import by_library, drawing


def looked_up(heads: NumberHeads, number: str) -> int:
    """The code as those who judge look it up."""
    return heads.short[len(number)][number[SHORT_HEAD]] or heads.long[len(number)][number[LONG_HEAD]]


def drawn(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return [drawing().draw(rng) for _ in range(count)]


def test_numbers_get_their_class_and_are_found_again_by_their_beginnings() -> None:
    heads = NumberHeads()
    codes = {number: heads.code(number) for number in drawn(4_000, 5)}
    assert {looked_up(heads, number) == code for number, code in codes.items()} == {True}
    assert DEEPER not in codes.values() and ALONE in codes.values()
    told = {number: heads.classes[code] for number, code in codes.items() if code != ALONE}
    assert len(told) > 2_000
    assert [number for number, found in told.items() if found != by_library(number)] == []


def test_a_beginning_that_was_not_met_is_not_found() -> None:
    with pytest.raises(KeyError):
        looked_up(NumberHeads(), "+33612345678")


def test_what_is_kept_is_bounded_and_codes_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.number_heads._MOST_HEADS", 50)
    heads, numbers = NumberHeads(), drawn(1_000, 6)
    codes = [heads.code(number) for number in numbers]
    assert sum(map(len, (*heads.short, *heads.long))) <= 100
    assert [heads.code(number) for number in numbers] == codes


def test_threads_may_share_them() -> None:
    heads, numbers = NumberHeads(), drawn(1_500, 7)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: [heads.code(number) for number in numbers], range(8)))
    assert all(codes == found[0] for codes in found)
    assert len(set(heads.classes)) == len(heads.classes)
