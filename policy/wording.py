"""Listed phrases compared with one another, and texts counted as a phone counts them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .characters import known
from .gsm7 import BASIC, EXTENSION
from .lint_context import normalised

GSM7 = frozenset(BASIC + EXTENSION)
"""All characters of the GSM 7 bit default alphabet and its extension."""

# Letters of other alphabets that a reader takes for Latin ones (Unicode Technical Standard #39), after casefold.
_LOOK_ALIKE = str.maketrans("аеорсухіјѕһԁԛԝкмтвнοαρντικυϲ", "aeopcyxijshdqwkmtbhoapvtikuc")
_ALPHABETS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN"})


@lru_cache(maxsize=1 << 14)
def looks_like(phrase: str) -> str:
    """A phrase as a reader sees it: signs between words are blanks, look-alike letters are one."""
    return " ".join(words_of(normalised(phrase).translate(_LOOK_ALIKE)))


@lru_cache(maxsize=1 << 14)
def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, folded; `*` stays behind a stem."""
    kept = (char if char == "*" or unicodedata.category(char)[0] in "LMN" else " " for char in normalised(phrase))
    return tuple("".join(kept).split())


def covers_phrase(wide: str, narrow: str) -> bool:
    """Whether every text that holds one phrase holds the other: its words stand in it, one after the other."""
    inner, outer = words_of(wide), words_of(narrow)
    starts = range(len(outer) - len(inner) + 1)
    return any(all(map(_covers_word, inner, outer[start:])) for start in starts) if inner else False


def _covers_word(wide: str, narrow: str) -> bool:
    if wide.endswith("*"):
        return narrow.startswith(wide[:-1])
    return wide == narrow


def alphabets(word: str) -> set[str]:
    """The European alphabets whose letters stand in a word."""
    return {name for char in word if char.isalpha() and (name := script(char)) in _ALPHABETS}


def script(char: str) -> str:
    """The script of a letter, by the first word of its Unicode name."""
    return unicodedata.name(known(char), "").split(" ")[0]


def septets(text: str) -> int:
    """How many septets a text takes in GSM-7."""
    return sum(2 if char in EXTENSION else 1 for char in text)
