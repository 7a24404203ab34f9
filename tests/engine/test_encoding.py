"""Encodings and segments: the tables of 3GPP TS 23.038, the packing of TS 23.040."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.encoding import Encoding, encode, substitutes
from sendlaw.policy.gsm7 import BASIC, EXTENSION


@pytest.mark.parametrize(
    ("text", "name", "segments", "units"),
    [
        ("", "GSM-7", 1, 0),
        ("Hello", "GSM-7", 1, 5),
        ("a" * 160, "GSM-7", 1, 160),
        ("a" * 161, "GSM-7", 2, 161),
        ("a" * 306, "GSM-7", 2, 306),
        ("a" * 307, "GSM-7", 3, 307),
        ("Æßéñ§¿¡ ΔΦΓ £¥¤", "GSM-7", 1, 15),
        ("€", "GSM-7", 1, 2),
        ("€" * 80, "GSM-7", 1, 160),
        ("€" * 81, "GSM-7", 2, 162),
        ("a" + "€" * 80, "GSM-7", 2, 161),
        ("€" * 153, "GSM-7", 3, 306),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3, 306),
        ("a" * 153 + "€" + "a" * 151, "GSM-7", 2, 306),
        ("[]{}\\^|~\f", "GSM-7", 1, 18),
        ("a\r\nb", "GSM-7", 1, 4),
        ("`", "UCS-2", 1, 1),
        ("a\tb", "UCS-2", 1, 3),
        ("\x1b", "UCS-2", 1, 1),
        ("ç", "UCS-2", 1, 1),
        ("Ç", "GSM-7", 1, 1),
        ("а" * 70, "UCS-2", 1, 70),
        ("а" * 71, "UCS-2", 2, 71),
        ("а" * 134, "UCS-2", 2, 134),
        ("а" * 135, "UCS-2", 3, 135),
        ("😀" * 35, "UCS-2", 1, 70),
        ("😀" * 36, "UCS-2", 2, 72),
        ("😀" * 67, "UCS-2", 3, 134),
        ("а" * 66 + "😀" + "а" * 66, "UCS-2", 3, 134),
        ("а" * 67 + "😀" + "а" * 65, "UCS-2", 2, 134),
    ],
)
def test_encoding_at_the_boundaries(text: str, name: str, segments: int, units: int) -> None:
    found = encode(text)
    assert (found.name, found.segments, found.units) == (name, segments, units)


def test_the_tables_are_complete() -> None:
    assert len(BASIC) == len(set(BASIC)) == 127  # 128 places, one of them the escape
    assert len(EXTENSION) == len(set(EXTENSION)) == 10
    assert not set(BASIC) & set(EXTENSION)


def test_what_forces_ucs2_stands_once_in_the_order_of_the_text() -> None:
    assert encode("“a” – “b” é ü").unencodable == ("“", "”", "–")
    assert encode("Bonjour à tous").unencodable == ()


def _octet_pairs(char: str) -> int:
    return len(char.encode("utf-16-be")) // 2


def _naive(text: str) -> Encoding:
    """Puts character after character into segments, as a person with a pencil would."""
    foreign = tuple(dict.fromkeys(char for char in text if char not in BASIC + EXTENSION))
    single, part = (70, 67) if foreign else (160, 153)
    sizes = [_octet_pairs(char) if foreign else 1 + (char in EXTENSION) for char in text]
    segments, room = 1, part
    for size in sizes:
        if size > room:
            segments, room = segments + 1, part
        room -= size
    if sum(sizes) <= single:
        segments = 1
    return Encoding("UCS-2" if foreign else "GSM-7", segments, sum(sizes), foreign)


@given(st.text(st.sampled_from("aZ é€[]~|\n"), max_size=700))
def test_gsm_segments_are_those_of_a_naive_packer(text: str) -> None:
    assert encode(text) == _naive(text)


@given(st.text(st.sampled_from("aé€ж漢😀👍"), max_size=300))
def test_ucs2_segments_are_those_of_a_naive_packer(text: str) -> None:
    assert encode(text) == _naive(text)


@given(st.text(max_size=50), st.integers(1, 12))
def test_any_text_encodes_as_the_naive_packer_says(text: str, times: int) -> None:
    assert encode(text * times) == _naive(text * times)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", ()),
        ("“Hi”", (("“", '"'), ("”", '"'))),
        ("it’s – well… it’s", (("’", "'"), ("–", "-"), ("…", "..."))),
        ("20\u00a0%", (("\u00a0", " "),)),
        ("a\u200bb", (("\u200b", ""),)),
        ("жизнь – это", (("–", "-"),)),
        ("é à ñ", ()),
    ],
)
def test_substitutes(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert substitutes(text) == expected


@pytest.mark.parametrize(
    ("characters", "plain"),
    [
        ("‘’‚‛′ʼ`´", "'"),
        ("“”„‟″«»", '"'),
        ("‐‑‒–—―−", "-"),
        ("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
        ("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f", ""),
        *(("…", "..."), ("•", "*"), ("·", "."), ("×", "x"), ("⁄", "/"), ("™", "TM"), ("©", "(c)"), ("®", "(R)")),
        *(("№", "No"), ("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")),
    ],
)
def test_every_character_that_has_a_plain_one(characters: str, plain: str) -> None:
    assert substitutes(characters) == tuple((char, plain) for char in characters)
    assert {encode(char).name for char in characters} == {"UCS-2"}


@given(st.text(st.sampled_from("ab ’“–…\u00a0\u200b•ﬁ`\t"), max_size=40))
def test_a_text_with_its_substitutes_is_gsm(text: str) -> None:
    for char, plain in substitutes(text):
        text = text.replace(char, plain)
    assert encode(text).name == "GSM-7"
