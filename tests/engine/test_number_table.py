"""Classes of whole columns of numbers against the library's answer for each, and what their beginnings settle."""

from __future__ import annotations

import random
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.campaign_sheet import FrameSheet
from sendlaw.engine.number_classes import NumberClass, class_of_head
from sendlaw.engine.number_table import ALONE, NumberTable, _digits, _triples, number_table
from sendlaw.engine.text_columns import TextColumn

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


def codes_of(numbers: list[str | None], table: NumberTable | None = None) -> list[int]:
    column = TextColumn(pl.Series(numbers, dtype=pl.String))
    codes: list[int] = (table or number_table()).codes(column.texts(0, len(numbers))).tolist()
    return codes


def compare(numbers: list[str | None]) -> int:
    """Compares the class of each number of a column; how many had to be left to the library."""
    codes = codes_of(numbers)
    classes = number_table().classes
    for number, code in zip(numbers, codes, strict=True):
        assert code == ALONE or classes[code] == by_library(number or ""), number
    return len([code for code in codes if code == ALONE])


def settled(text: str | None) -> NumberClass | None:
    """What the beginnings of a text settle, read digit by digit: what the table must say, neither more nor less."""
    if text is None or not re.match(r"\+[0-9]{6,15}\Z", text, re.ASCII):
        return None
    digits = text[1:]
    found = class_of_head(digits[:6], len(digits))
    return class_of_head(digits[:9], len(digits)) if found is None and len(digits) > 6 else found


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


TEXTS = st.one_of(
    st.none(),
    st.sampled_from([*NO_NUMBERS, *examples()]),
    st.from_regex(r"\+[0-9]{1,20}", fullmatch=True),
    st.from_regex(r"\+(1|33|44|7|86)[0-9]{6,14}", fullmatch=True),
    st.tuples(st.sampled_from(sorted(examples())), st.integers(0, 15), st.characters(codec="utf-8")).map(
        lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] + 1 :]
    ),
    st.text(max_size=40),
    st.text("+0123456789", max_size=40),
    st.binary(max_size=20).map(lambda bits: bits.decode("latin-1")),
)


@given(texts=st.lists(TEXTS, min_size=1, max_size=30))
@settings(max_examples=300, deadline=None)
def test_a_text_gets_the_class_that_its_first_digits_settle(
    texts: list[str | None],
) -> None:
    classes = number_table().classes
    assert [classes[code] for code in codes_of(texts)] == [settled(text) for text in texts]


def test_every_byte_at_every_place_that_is_no_digit_makes_no_number() -> None:
    for number in ("+33612345678", "+4915123456789", "+1202555", "+3361234", "+881612345678901"):
        for place in range(len(number)):
            texts: list[str | None] = [f"{number[:place]}{chr(byte)}{number[place + 1 :]}" for byte in range(128)]
            assert [number_table().classes[code] for code in codes_of(texts)] == [settled(text) for text in texts]


@pytest.mark.parametrize(
    "column", [pl.Series([33612345678]), pl.Series([None, None]), pl.Series([["+33612345678"]]), pl.Series([1.5])]
)
def test_columns_of_no_texts_are_left_to_the_library(column: pl.Series) -> None:
    (part,) = FrameSheet(pl.DataFrame({"to": column})).parts(10)
    assert part.classes.tolist() == [ALONE] * len(column)


def test_three_digits_are_told_apart_and_read_back() -> None:
    digits = np.array([[ord(digit) - 48 for digit in f"{number:03}"] for number in range(1000)], np.uint32)
    for noise in (0, 0xA5000000, 0xFF000000):
        packed = digits @ np.array([1, 1 << 8, 1 << 16], np.uint32) + np.uint32(noise)
        triples = _triples(packed.astype(np.uint32))
        assert [_digits(triple) for triple in triples.tolist()] == [f"{number:03}" for number in range(1000)]
        assert triples.max() < 1024


def test_a_table_grows_as_beginnings_are_met() -> None:
    table, rng = NumberTable(), random.Random(3)
    numbers = [f"+1{area}{rng.randrange(10**7):07}" for area in range(200, 990)]
    numbers += [f"+86{head}{rng.randrange(10**4):04}" for head in range(1_300_000, 1_399_999, 300)]
    codes = [codes_of([*numbers], table) for _ in range(2)]
    assert codes[0] == codes[1] and table._blocks > 4
    told = [table.classes[code] for code in codes[0]]
    wrong = [number for number, one in zip(numbers, told, strict=True) if one not in (None, by_library(number))]
    assert wrong == []
