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


@lru_cache(maxsize=1 << 14)
def undisguised(phrase: str) -> str:
    """A phrase whose digits for letters and blanks between letters are undone, as a text's are; empty if it has none.

    Letters that a digit may stand for are one, as they are in `bare`.
    """
    words = words_of(phrase)
    apart = len(words) >= _FEWEST_APART and all(len(word) == 1 and word.isascii() and word.isalpha() for word in words)
    if apart:
        return "".join(words).translate(_STAND_FOR)
    return bare(phrase) if any(map(_is_disguised, words)) else ""


def bare(phrase: str) -> str:
    """A phrase in which letters that a digit may stand for are one."""
    return " ".join(words_of(phrase)).translate(_STAND_FOR)


def _is_disguised(word: str) -> bool:
    """Whether digits stand for letters: among letters, and not so many that it is rather a code."""
    letters, digits = sum(map(str.isalpha, word)), sum(map(str.isdigit, word))
    stand_for = all(char in _DIGITS for char in word if char.isdigit())
    return word.isascii() and bool(digits) and stand_for and digits <= letters and len(word) >= _FEWEST_APART


_DIGITS = "013457"
_STAND_FOR = str.maketrans("013457l", "oieasti")
_FEWEST_APART = 4
"""Letters of a word that is found in disguise, or with blanks between its letters, whatever surrounds it."""


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
