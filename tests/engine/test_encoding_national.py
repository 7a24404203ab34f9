"""National tables of GSM-7, and the lengths of other channels."""

from __future__ import annotations

import pytest
from gsmcodecs.charmaps import GSMCHARMAPS
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.encoding import Encoding, encode
from sendlaw.policy.gsm7 import BASIC, EXTENSION, NATIONAL, national

ESCAPE = 0x1B
# Where the library and the standard's other readers (3GPP TS 23.038 as phones have it) differ: a comma was read as an
# apostrophe, the euro sign of Telugu overlooked, the misprint of the Kannada letter da taken as it stands.
MISREAD_COMMA = frozenset(NATIONAL[3:])
EURO_LACKS, DA = "telugu", "\u0ca1"


def listed(language: str, kind: str) -> set[str]:
    """The characters of a table as the library `gsmcodecs` has it, the escape aside."""
    number = NATIONAL.index(language) + 1 if language else 0
    return {chr(code) for place, code in GSMCHARMAPS[number][kind]["decode"].items() if place != ESCAPE}


@pytest.mark.parametrize("language", NATIONAL)
def test_the_tables_are_those_of_the_standard(language: str) -> None:
    tables = national(language)
    single = listed(language, "singleShift") | ({"€"} if language == EURO_LACKS else set())
    assert tables.single == single
    if tables.locking is None:
        assert language == "spanish" and "locking" not in GSMCHARMAPS[2]
        return
    locking = listed(language, "locking") | ({DA} if language == "kannada" else set())
    assert tables.locking == (locking - {"'"} | {","} if language in MISREAD_COMMA else locking)


def test_the_default_alphabet_is_that_of_the_standard() -> None:
    assert listed("", "locking") == set(BASIC)
    assert listed("", "singleShift") == set(EXTENSION)


@pytest.mark.parametrize("language", NATIONAL)
def test_every_table_has_room_for_its_characters(language: str) -> None:
    tables = national(language)
    assert len(tables.single) <= 127 and (tables.locking is None or len(tables.locking) <= 127)
    assert set("{}[]\\^~|€\f") <= tables.single
    assert tables.locking is None or set("\n\r abcdefghijklmnopqrstuvwxyz0123456789") <= tables.locking


@pytest.mark.parametrize(
    ("text", "languages", "name", "segments", "units"),
    [
        ("ş", (), "UCS-2", 1, 1),
        ("ş", ("turkish",), "GSM-7 Turkish", 1, 1),
        ("abc €", ("turkish",), "GSM-7", 1, 6),
        ("ş" * 155, ("turkish",), "GSM-7 Turkish", 1, 155),
        ("ş" * 156, ("turkish",), "GSM-7 Turkish", 2, 156),
        ("ş" * 298, ("turkish",), "GSM-7 Turkish", 2, 298),
        ("ş" * 299, ("turkish",), "GSM-7 Turkish", 3, 299),
        # The inverted exclamation mark stands in the default alphabet alone, so the single shift table must do.
        ("¡" + "ş" * 77, ("turkish",), "GSM-7 Turkish", 1, 155),
        ("¡" + "ş" * 78, ("turkish",), "GSM-7 Turkish", 2, 157),
        ("í" * 77, ("spanish",), "GSM-7 Spanish", 1, 154),
        ("í" * 78, ("spanish",), "GSM-7 Spanish", 2, 156),
        ("í" * 148, ("spanish",), "GSM-7 Spanish", 2, 296),
        ("í" * 149, ("spanish",), "GSM-7 Spanish", 3, 298),
        # An escaped character never straddles: 148 septets of 149 are used.
        ("a" * 148 + "í" + "a" * 147, ("spanish",), "GSM-7 Spanish", 2, 297),
        ("a" * 147 + "í" + "a" * 149, ("spanish",), "GSM-7 Spanish", 2, 298),
        ("a" * 148 + "í" + "a" * 148, ("spanish",), "GSM-7 Spanish", 3, 298),
        # Both tables: `Û` is in neither, `Γ` in the single shift table of Portuguese, `∞` in its locking one.
        ("∞Γ", ("portuguese",), "GSM-7 Portuguese", 1, 3),
        ("∞Γ" + "a" * 149, ("portuguese",), "GSM-7 Portuguese", 1, 152),
        ("∞Γ" + "a" * 150, ("portuguese",), "GSM-7 Portuguese", 2, 153),
        ("∞Γ" + "a" * 289, ("portuguese",), "GSM-7 Portuguese", 2, 292),
        ("∞Γ" + "a" * 290, ("portuguese",), "GSM-7 Portuguese", 3, 293),
        ("नमस्ते", ("hindi",), "GSM-7 Hindi", 1, 6),
        ("नमस्ते", ("tamil", "hindi"), "GSM-7 Hindi", 1, 6),
        ("नमस्ते HELLO", ("hindi",), "GSM-7 Hindi", 1, 17),
        ("ಡ", ("kannada",), "GSM-7 Kannada", 1, 1),
        ("çã", ("portuguese", "spanish"), "GSM-7 Portuguese", 1, 2),
        ("ã ş", ("portuguese", "turkish"), "UCS-2", 1, 3),
        ("ş –", ("turkish",), "UCS-2", 1, 3),
    ],
)
def test_national_tables_at_the_boundaries(
    text: str, languages: tuple[str, ...], name: str, segments: int, units: int
) -> None:
    found = encode(text, languages=languages)
    assert (found.name, found.segments, found.units) == (name, segments, units)
    assert found.word == ("ucs2" if name == "UCS-2" else "gsm7")


def test_what_forces_ucs2_is_what_the_best_tables_lack() -> None:
    assert encode("ş ğ –", languages=("turkish",)).unencodable == ("–",)
    assert encode("ş ğ –", languages=("turkish",)).substitutes == (("–", "-"),)
    assert encode("ş ğ –").unencodable == ("ş", "ğ", "–")
    assert encode("ã ş ğ", languages=("portuguese", "turkish")).unencodable == ("ã",)


def pencil(text: str, locking: set[str], single: set[str], lone: int, part: int) -> tuple[int, int] | None:
    """Segments and septets by a pair of tables, character after character; None if one stands in neither."""
    if not set(text) <= locking | single:
        return None
    sizes = [1 if char in locking else 2 for char in text]
    segments, room = 1, part
    for size in sizes:
        if size > room:
            segments, room = segments + 1, part
        room -= size
    return (1 if sum(sizes) <= lone else segments), sum(sizes)


@given(st.sampled_from(NATIONAL), st.data())
def test_a_text_is_packed_as_with_a_pencil(language: str, data: st.DataObject) -> None:
    tables = national(language)
    letters = sorted(tables.single | (tables.locking or set()) | set("aZ¡€Γ"))
    text = data.draw(st.text(st.sampled_from(letters), max_size=400))
    if set(text) <= set(BASIC + EXTENSION):
        assert encode(text, languages=(language,)) == encode(text)
        return
    pairs = [(set(BASIC), set(tables.single), 155, 149)]
    if tables.locking is not None:
        pairs += [(set(tables.locking), set(EXTENSION), 155, 149), (set(tables.locking), set(tables.single), 152, 146)]
    found = [packed for pair in pairs if (packed := pencil(text, *pair)) is not None]
    encoding = encode(text, languages=(language,))
    if found:
        assert (encoding.segments, encoding.units) == min(found)
        assert not encoding.unencodable
    else:
        assert encoding.name == "UCS-2" and encoding.unencodable


@pytest.mark.parametrize(
    ("channel", "text", "segments", "units"),
    [
        ("rcs", "", 1, 0),
        ("rcs", "a" * 160, 1, 160),
        ("rcs", "a" * 161, 2, 161),
        ("rcs", "é" * 80, 1, 160),
        ("rcs", "é" * 80 + "a", 2, 161),
        ("rcs", "😀" * 40, 1, 160),
        ("rcs", "漢" * 54, 2, 162),
        ("mms", "a" * 5000, 1, 5000),
        ("imessage", "é" * 5000, 1, 10_000),
    ],
)
def test_other_channels_carry_utf8(channel: str, text: str, segments: int, units: int) -> None:
    assert encode(text, channel) == Encoding("UTF-8", segments, units)
    assert encode(text, channel, ("turkish",)).word == "utf8"
