"""Digests and lengths: the same for canonically equal texts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.text import digest, length


def test_the_digest_is_sha256_of_utf8() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.text())
def test_composed_and_decomposed_texts_are_the_same(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert digest(composed) == digest(decomposed) == digest(text)
    assert length(composed) == length(decomposed)


@given(st.text(max_size=20), st.text(max_size=20))
def test_different_texts_have_different_digests(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (digest(one) == digest(other)) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("ACME", 4), ("é", 1), ("e\u0301", 1), ("한국", 2), ("शॉप", 3), ("😀", 1)],
)
def test_length_counts_characters(text: str, expected: int) -> None:
    assert length(text) == expected
