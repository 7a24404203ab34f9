"""Texts read from Arrow's memory against the texts themselves: every layout, cut, joined, with gaps and at all ends."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.campaign_codes import AS_CAMPAIGN, NO_STATUS, NOT_KNOWN, status_codes
from sendlaw.engine.text_columns import TextColumn, is_texts
from sendlaw.policy.vocabulary import CONSENT_STATUSES

Given = list[str | None]
KINDS: dict[str, Callable[[Given], Any]] = {
    "polars": lambda texts: pl.Series(texts, dtype=pl.String),
    "string": lambda texts: pa.chunked_array([texts], pa.string()),
    "large_string": lambda texts: pa.chunked_array([texts], pa.large_string()),
    "string_view": lambda texts: pa.chunked_array([texts], pa.string_view()),
}
LENGTHS = (0, 1, 3, 4, 5, 8, 11, 12, 13, 16, 17, 20, 23, 24, 25, 300)
TEXTS = st.one_of(
    st.none(), st.text(max_size=30), st.sampled_from(LENGTHS).map("x".__mul__), st.sampled_from(CONSENT_STATUSES)
)


def check(column: TextColumn, texts: Given, start: int, stop: int) -> None:
    """Compares what is said of each text with the text."""
    found, expected = column.texts(start, stop), [(text or "").encode() for text in texts[start:stop]]
    assert found.sizes.tolist() == [len(text) for text in expected]
    middles = np.array(found.middle)
    middles[found.long] = found.long_middle
    told = zip(found.first.tolist(), middles.tolist(), expected, strict=True)
    for first, middle, text in told:
        assert first.to_bytes(4, "little")[: len(text)] == text[:4]
        assert middle.to_bytes(8, "little") == text[4:12].ljust(8, b"\0")
    assert found.long.tolist() == [row for row, text in enumerate(expected) if len(text) > 12]
    for tail, row in zip(found.tails.tolist(), found.long.tolist(), strict=True):
        assert tail.to_bytes(8, "little")[: len(expected[row]) - 12] == expected[row][12:20]
    missing = [text is None for text in texts[start:stop]]
    assert found.missing is None or found.missing.tolist() == missing
    assert found.missing is not None or not any(missing)


@pytest.mark.parametrize("kind", KINDS)
@given(texts=st.lists(TEXTS, min_size=1, max_size=40), cuts=st.tuples(*[st.integers(0, 40)] * 4))
@settings(max_examples=120, deadline=None)
def test_texts_are_read_wherever_a_column_begins_and_ends(
    kind: str, texts: Given, cuts: tuple[int, int, int, int]
) -> None:
    low, high = sorted(cut % (len(texts) + 1) for cut in cuts[:2])
    column, texts = KINDS[kind](texts)[low:high], texts[low:high]
    start, stop = sorted(cut % (len(texts) + 1) for cut in cuts[2:])
    assert is_texts(column)
    if start < stop:
        check(TextColumn(column), texts, start, stop)


@pytest.mark.parametrize("kind", KINDS)
@given(pieces=st.lists(st.lists(TEXTS, max_size=6), min_size=1, max_size=6), cuts=st.tuples(*[st.integers(0, 40)] * 2))
@settings(max_examples=80, deadline=None)
def test_texts_of_several_pieces_are_read_as_one(kind: str, pieces: list[Given], cuts: tuple[int, int]) -> None:
    texts = [text for piece in pieces for text in piece]
    made = [KINDS[kind](piece) for piece in pieces]
    column = (
        pl.concat(made, rechunk=False)
        if kind == "polars"
        else pa.chunked_array([chunk for one in made for chunk in one.chunks], made[0].type)
    )
    start, stop = sorted(cut % (len(texts) + 1) for cut in cuts)
    if start < stop:
        check(TextColumn(column), texts, start, stop)


@pytest.mark.parametrize("length", LENGTHS[8:])
@pytest.mark.parametrize("kind", KINDS)
def test_the_first_and_last_texts_in_memory_are_read_whole(kind: str, length: int) -> None:
    cases: list[Given] = [["a" * length], ["b" * length, "", "c"], ["", "d", "e" * length], ["f" * length] * 3]
    for texts in cases:
        check(TextColumn(KINDS[kind](texts)), texts, 0, len(texts))


def scattered(count: int) -> tuple[pl.Series, Given]:
    """A column whose texts lie in many buffers, in no order."""
    rng = random.Random(count)
    parts = [[f"+{rng.randrange(10**12):0{rng.randrange(9, 17)}}" for _ in range(9)] for _ in range(count)]
    whole = pl.concat([pl.Series(part) for part in parts])
    order = [rng.randrange(9 * count) for _ in range(300)]
    texts = [text for part in parts for text in part]
    return whole.gather(order).rechunk(), [texts[place] for place in order]


@pytest.mark.parametrize("buffers", [1, 2, 5, 90])
def test_texts_in_many_buffers_are_read(buffers: int) -> None:
    column, texts = scattered(buffers)
    assert column.n_chunks() == 1
    check(TextColumn(column), texts, 0, len(texts))
    check(TextColumn(column.sort()), [*sorted(text or "" for text in texts)], 7, 211)


def test_a_text_of_gigabytes_does_not_pass_for_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.text_columns._MOST_BYTES", 100)
    column = TextColumn(pa.chunked_array([["x" * 1000, "yy"]], pa.large_string()))
    assert column.texts(0, 2).sizes.tolist() == [100, 2]


@pytest.mark.parametrize(
    "column", [pl.Series([1]), pl.Series([b"x"]), pl.Series(["x"], dtype=pl.Categorical), pl.Series([None])]
)
def test_columns_of_anything_else_are_no_texts(column: pl.Series) -> None:
    assert not is_texts(column)


def near(rng: random.Random) -> str | None:
    """A status, or something like one."""
    status = rng.choice(CONSENT_STATUSES)
    place = rng.randrange(len(status))
    return rng.choice(
        [
            *(status, status, status, None),
            status[:place] + rng.choice("abz\0é ") + status[place + 1 :],
            status[:place],
            status + rng.choice((" ", "\0", "x", "s", "x" * 30)),
            status.upper(),
            status[:place] + rng.choice(CONSENT_STATUSES)[place:],
        ]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_statuses_get_their_code_and_nothing_else_does(kind: str) -> None:
    rng = random.Random(8)
    texts: Given = [near(rng) for _ in range(4_000)]
    codes = status_codes(TextColumn(KINDS[kind](texts)).texts(0, len(texts))).tolist()
    known = dict(zip(CONSENT_STATUSES, status_codes(TextColumn(pl.Series(CONSENT_STATUSES)).texts(0, 5)), strict=True))
    assert len({*known.values(), NOT_KNOWN, AS_CAMPAIGN, NO_STATUS}) == len(CONSENT_STATUSES) + 3
    for text, code in zip(texts, codes, strict=True):
        assert code == (NOT_KNOWN if text is None else known.get(text, NO_STATUS)), text


def test_every_letter_of_a_status_counts() -> None:
    texts = [
        status[:place] + chr(ord(status[place]) ^ 1) + status[place + 1 :]
        for status in CONSENT_STATUSES
        for place in range(len(status))
    ]
    codes = status_codes(TextColumn(pl.Series(texts)).texts(0, len(texts)))
    assert np.unique(codes).tolist() == [NO_STATUS]
