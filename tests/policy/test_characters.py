"""Every character means the same in every supported Python: the digests below hold in each of them."""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.text import digest, length
from sendlaw.engine.words import WordIndex
from sendlaw.policy.characters import STAND_IN, Form, casefolded, known, normalized, piecewise, replaced
from sendlaw.policy.unassigned import RANGES, UNICODE

LAST = 0x10FFFF
CODES = (*range(0x40000), *range(0xE0000, 0xE1000))
"""The planes in which Unicode assigns characters; what lies outside is unassigned or private in every version."""
FORMS: tuple[Form, ...] = ("NFC", "NFD", "NFKC", "NFKD")
CLASSES = tuple(map(re.compile, (r"\w", r"\d", r"\s")))
LATER = "\u0cf3\u1c89\U00011f50\U0001e030\U0001e08f\U0001fae8\U00031350"
"""A mark, letters, a digit, a compatible letter, a combining letter, an emoji and an ideograph of later versions."""

MEANINGS = "c7d429304f9f33cd37744e36d75858448ef443505aaa6c97130605ae6336caf9"
SEQUENCES = "aceffd49b0475ccb9b88b2ce8a88b66014bf27c5c338815f9de154c49acf4ad7"


def sha(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode("utf-8", "surrogatepass") + b"\n")
    return whole.hexdigest()


def unassigned() -> Iterator[int]:
    for part in RANGES.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


UNASSIGNED = frozenset(unassigned())


def meaning(char: str) -> str:
    """All that the package asks of a character. What is unassigned is told as what is private."""
    asked = (
        unicodedata.category(char).replace("Cn", "Co"),
        unicodedata.name(char, "").split(" ")[0],
        unicodedata.combining(char),
        unicodedata.digit(char, None),
        *(char.isalpha(), char.isalnum(), char.isspace(), char.isdigit(), char.isprintable()),
        *(char.casefold(), char.lower(), char.upper()),
        *(unicodedata.normalize(form, char) for form in FORMS),
        *(bool(kind.match(char)) for kind in CLASSES),
    )
    return repr(tuple(STAND_IN if value == char and ord(char) in UNASSIGNED else value for value in asked))


def test_every_character_means_the_same_in_every_python() -> None:
    assert sha(meaning(replaced(chr(code))) for code in CODES) == MEANINGS


def sequences() -> Iterator[str]:
    """Marks and letters in any order, of those that take part in decomposition and composition."""
    chosen = random.Random(14)
    known_codes = (code for code in CODES if code not in UNASSIGNED)
    moving = [c for code in known_codes if unicodedata.combining(c := chr(code)) or unicodedata.decomposition(c)]
    for _ in range(5000):
        yield "".join(chosen.choice(moving) + chosen.choice("ae각ग一") for _ in range(chosen.randrange(1, 8)))


def test_sequences_have_the_same_normal_forms_in_every_python() -> None:
    assert sha(unicodedata.normalize(form, text) for text in sequences() for form in FORMS) == SEQUENCES


def test_what_is_replaced_is_what_the_version_does_not_know() -> None:
    for code in (*CODES, 0x50000, LAST):
        char = chr(code)
        assert replaced(char) == (STAND_IN if code in UNASSIGNED else char)


def test_an_unknown_character_means_what_its_stand_in_does_in_every_python() -> None:
    here = {code for code in CODES if unicodedata.category(chr(code)) != "Cn"}
    for code in {*sorted(UNASSIGNED)[::97], *UNASSIGNED.intersection(here)}:
        assert meaning(known(chr(code))) == meaning(STAND_IN)


def test_ascii_is_not_looked_at() -> None:
    text = "Sale until Sunday"
    assert known(text) is text
    assert casefolded(text) == "sale until sunday"


@pytest.mark.parametrize("char", LATER)
def test_an_unknown_character_parts_words(char: str) -> None:
    index = WordIndex({"gambling": {"en": ["casino", "big win"]}})
    assert index.scan(f"cas{char}ino, bigger{char}win") == {}
    found = index.scan(f"é{char}casino{char}")["gambling"]
    assert found.text == "casino"
    assert index.scan(f"é big{char}win")["gambling"].text == f"big{char}win"


@pytest.mark.parametrize("char", LATER)
def test_an_unknown_character_keeps_its_place_in_a_digest(char: str) -> None:
    assert digest(f"e\u0301{char}e\u0301") == digest(f"é{char}é")
    assert digest(char) == hashlib.sha256(char.encode()).hexdigest()
    assert len({digest(other) for other in LATER}) == len(LATER)
    assert length(f"e\u0301{char}\u0301") == 3
    assert casefolded(f"É{char}") == f"é{char}"


texts = st.text(st.one_of(st.sampled_from(LATER), st.sampled_from("eE\u0301\u0323ﬁ각ᄀ\u1161Åक़"), st.characters()))


@given(texts)
def test_the_ways_of_both_pythons_agree(text: str) -> None:
    if unicodedata.unidata_version.startswith(UNICODE):
        assert [piecewise(form, text) for form in FORMS] == [normalized(form, text) for form in FORMS]
    assert len(known(text)) == len(replaced(text)) == len(text)
    assert replaced(replaced(text)) == replaced(text)
    assert piecewise("NFC", piecewise("NFC", text)) == piecewise("NFC", text)
