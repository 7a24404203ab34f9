"""Classes of whole columns of numbers against the library's answer for each, and the bounds of its arithmetic."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from sendlaw.engine.campaign_codes import class_codes
from sendlaw.engine.number_classes import NumberClass
from sendlaw.engine.number_table import _DIVISORS, ALONE, NumberTable, number_table

from .test_number_classes import by_library, drawing, examples

NO_NUMBERS = (
    *(
        "*33612345678",
        ",33612345678",
        "",
        "+",
        "++33612345678",
        "33612345678",
        "03361234567",
        "+03361234567",
        "-33612345678",
        "+-3361234567",
    ),
    *(
        " +3361234567",
        "+33612345678 ",
        "+33 612345678",
        "+336_12345678",
        "+33６12345678",
        "+3361234567a",
        "+3361234567\n",
    ),
    *(
        "+336123456789012",
        "+3361234567890123",
        "+9" * 12,
        "+99999999999999999999999",
        "0x33612345678",
        "+1e10",
        "+33.612345",
    ),
    *("+33612345678\x00", "(+33612345678)", "+３３６１２３４５６７８"),
)


def compare(numbers: list[str | None]) -> int:
    """Compares the class of each number of a column; how many had to be left to the library."""
    codes = class_codes(pl.Series(numbers, dtype=pl.String)).tolist()
    classes = number_table().classes
    for number, code in zip(numbers, codes, strict=True):
        assert code == ALONE or classes[code] == by_library(number or ""), number
    return len([code for code in codes if code == ALONE])


def test_random_numbers_of_all_regions_get_their_class() -> None:
    rng = random.Random(21)
    numbers = [drawing().draw(rng) for _ in range(8_000)]
    impossible = sum(by_library(number) is None for number in numbers)
    assert impossible <= compare(numbers) < impossible + 600


@pytest.mark.soak
def test_a_million_numbers_get_their_class() -> None:
    rng = random.Random(random.SystemRandom().randrange(2**40))
    for _ in range(50):
        compare([drawing().draw(rng) for _ in range(20_000)])


def test_every_example_number_gets_its_class() -> None:
    numbers = sorted(set(examples()))
    assert compare([*numbers]) < len(numbers) // 20


def test_what_is_no_number_is_left_to_the_library() -> None:
    assert compare([*NO_NUMBERS, None]) == len(NO_NUMBERS) + 1


@pytest.mark.parametrize(
    "column", [pl.Series([33612345678]), pl.Series([None, None]), pl.Series([["+33612345678"]]), pl.Series([1.5])]
)
def test_columns_of_no_texts_are_left_to_the_library(column: pl.Series) -> None:
    assert class_codes(column).tolist() == [ALONE] * len(column)


@pytest.mark.parametrize("digits", range(7, 16))
def test_the_first_six_digits_are_exact_at_every_edge(digits: int) -> None:
    rng = random.Random(digits)
    divisor = 10 ** (digits - 6)
    heads = [100_000, 999_999, *(rng.randrange(100_000, 1_000_000) for _ in range(5_000))]
    numbers = [head * divisor + tail for head in heads for tail in (0, 1, divisor - 1)]
    found = (np.array(numbers, np.int64) / _DIVISORS[digits]).astype(np.int32)
    assert found.tolist() == [number // divisor for number in numbers]
    nearest = Fraction(numbers[5]) / divisor  # the last below a million: one part of the divisor away from the next
    assert 1 - (nearest % 1) >= Fraction(1, divisor) > Fraction(1, 2**34)


def test_a_table_grows_as_beginnings_are_met() -> None:
    table, rng = NumberTable(), random.Random(3)
    numbers = [f"+1{area}{rng.randrange(10**7):07}" for area in range(200, 990)]
    numbers += [f"+86{head}{rng.randrange(10**4):04}" for head in range(1_300_000, 1_399_999, 300)]
    values = np.array([int(number) for number in numbers])
    sizes = np.array([len(number) - 1 for number in numbers], np.uint8)
    codes = [table.codes(values, sizes, np.full(len(numbers), True)).tolist() for _ in range(2)]
    assert codes[0] == codes[1] and table._blocks > 4
    told: list[NumberClass | None] = [None if code == ALONE else table.classes[code] for code in codes[0]]
    wrong = [number for number, one in zip(numbers, told, strict=True) if one not in (None, by_library(number))]
    assert wrong == []
