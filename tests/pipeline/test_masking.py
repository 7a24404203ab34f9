"""Phone numbers as people may see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.pipeline.masking import mask_number, mask_numbers


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+33639981242", "+33•••••••42"),
        ("+12025550142", "+1••••••••42"),
        ("+447700900123", "+44••••••••23"),
        ("+3584572345678", "+358••••••••78"),
        ("+99900000000", "+•••••••••00"),
        ("+331", "+•••"),
    ],
)
def test_a_masked_number_keeps_country_code_and_two_digits(number: str, masked: str) -> None:
    assert mask_number(number) == masked


def test_numbers_within_a_text_are_masked() -> None:
    assert mask_numbers("to +33639981242, not +12") == "to +33•••••••42, not +12"


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_no_number_stays_readable(number: str) -> None:
    hidden = mask_numbers(f"to {number}.")
    assert len(hidden) == len(f"to {number}.")
    assert sum(char.isdigit() for char in hidden) <= 5
