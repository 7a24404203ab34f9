"""The forms in which words are compared: one word a token, spaces between, every letter folded.

All forms start from NFKC, drop what has no width (zero-width characters, soft hyphens, variation selectors,
stray combining marks) and turn everything but letters, digits and marks into spaces. Characters of scripts
written without spaces are tokens of their own, so that a listed word is found inside a run of them.

- plain: case and accents folded; what word lists are compared in.
- kept: case folded, accents kept; tells a word from another that differs by an accent only.
- skeleton: look-alike letters (Unicode Technical Standard #39) and l33t digits and symbols folded as well,
  `l` and `i` as one; far too coarse for ordinary text, so a match needs a word that looks disguised.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ..policy.characters import known
from ..policy.phrases import SPACELESS

EVERYDAY = frozenset("łøđıħŧəœæßðþŋɓɗƙƴ")
"""Letters of living alphabets that also pass for another letter: no sign of a disguise."""

_ACCENTED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC")
_EVERYDAY_SCRIPTS = ("GREEK", "CYRILLIC", "ARMENIAN")
_SPECIAL = {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t"}
_ARABIC = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك"}
_APOSTROPHES = "ʼʻʽʹˈ′ʾʿ"
_LEET = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "i",
    "l": "i",
}
_DISGUISING = frozenset("0134570@$!|")
_ASCII_KINDS = bytes(
    ord("a") if chr(code).isascii() and chr(code).isalpha() else ord("1") if chr(code) in _DISGUISING else ord(" ")
    for code in range(256)
)
"""ASCII letters, characters that pass for a letter, and all others, as `a`, `1` and a space."""
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# A search that begins with a letter or a set is several times as fast: hence the looks behind it.
_LEET_WORD = re.compile(r"[013457@$!|](?:(?<=[^\W\d_].)|(?=[^\W\d_]))")
_CAPITAL_I = re.compile(r"I(?<=[a-z]I)[a-z]")
_SMALL_L = re.compile(r"l(?<=[A-Z]l)[A-Z]")
_LATIN = re.compile("[A-Za-z]")
_WIDE = re.compile("[^\x00-\x7f]")
_FEW = 24
"""Bytes of UTF-8 beyond one a character, in a text that is mostly ASCII."""
_OTHER_ALPHABET = re.compile("[\u0370-\u058f\u1f00-\u1fff]")
_SHOUT = re.compile(r"!(?![^\W_]|[@$|])")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_TRADE_MARKS = "™℠"
_SPACED_OUT = re.compile(r"(?<![^\W_])[^\W_]([\W_]{1,3}?)(?:[^\W_]|[@$!|])(?:\1(?:[^\W_]|[@$!|])){2,}(?![^\W_])")
_SINGLES = re.compile(r"[\W_][^\W_][\W_]{1,3}[^\W_][\W_]")
_SINGLE_WORDS = re.compile(r" [^ ] [^ ] ")

Spans = list[tuple[int, int]]


class Table(dict[int, str]):
    """A translation table that works out each character once, when it is first met."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold
        self.ascii = bytes(ord(fold(chr(code)) or " ") if code < 128 else 32 for code in range(256))

    def __missing__(self, code: int) -> str:
        letters = self[code] = self._fold(chr(code))
        return letters

    def __reduce__(self) -> Any:
        return Table, (self._fold,)


def canonical(text: str, table: Table) -> str:
    """The text in the form of a table: folded words, one space before, between and behind them."""
    return folded(compatible(text), table)


def folded(shown: str, table: Table) -> str:
    """The same, of a text that is compatible (see `compatible`) already."""
    if shown.isascii():
        return f" {b' '.join(shown.encode().translate(table.ascii).split()).decode()} "
    if len(shown.encode("utf-8", "surrogatepass")) - len(shown) <= _FEW:
        # A few signs amid ASCII are sooner folded by themselves: no form changes what is folded already.
        mixed = _WIDE.sub(lambda found: table[ord(found[0])], shown)
        if mixed.isascii():
            return folded(mixed, table)
    return f" {' '.join(shown.translate(table).split())} "


def word_spans(text: str, table: Table) -> Spans:
    """Where each word of `canonical(text, table)` stands in the text: start and end, in characters."""
    if text.isascii() and table is not SKELETON:
        return [match.span() for match in _ASCII_WORD.finditer(text)]
    text = known(text)
    spans: Spans = []
    inside = False
    for start, end, letters in _folded(text, table):
        if inside and not letters and unicodedata.category(text[start])[0] == "M":
            spans[-1] = (spans[-1][0], end)
        for char in letters:
            if char.isspace():
                inside = False
            elif inside:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
                inside = True
    return spans


def ascii_span(text: str, first: int, count: int) -> tuple[int, int]:
    """Where `count` words of an ASCII text stand, from the word `first` on: what `word_spans` says, for some alone."""
    shown = text.encode().translate(PLAIN.ascii)
    behind = shown.split(None, first)[first]
    last = behind.split(None, count - 1)[count - 1]
    return len(shown) - len(behind), len(shown) - len(last) + len(last.split(None, 1)[0])


def shouted(text: str) -> str:
    """The text with the exclamation marks that end a word, and so stand for no letter, as spaces."""
    return _SHOUT.sub(" ", text) if "!" in text else text


def may_be_disguised(shown: str) -> bool:
    """A quick test: whether a compatible text may hold a word written with look-alikes or l33t."""
    if shown.isascii():
        # Looking for two bytes is several times as fast as a search.
        kinds = shown.encode().translate(_ASCII_KINDS)
        return b"a1" in kinds or b"1a" in kinds or _holds_swapped(shown)
    if _LEET_WORD.search(shown) or _holds_swapped(shown):
        return True
    mixed = _LATIN.search(shown) and _OTHER_ALPHABET.search(shown)
    return mixed is not None or not _exotic_letters().isdisjoint(shown)


def _holds_swapped(shown: str) -> bool:
    """Whether a capital I stands among small letters, or a small L among capitals."""
    return bool(_CAPITAL_I.search(shown) or _SMALL_L.search(shown))


def looks_disguised(word: str, text: str) -> bool:
    """Whether a word of a text is written in a way nobody writes by chance.

    It mixes letters with l33t digits or symbols, mixes scripts, uses letters of no living alphabet, has a
    capital I among small letters, or is a word in another script's letters amid a text that is mostly Latin.
    """
    shown = compatible(word)
    letters = sum(map(str.isalpha, shown))
    if not _DISGUISING.isdisjoint(shown) and 0 < letters < len(shown) <= 3 * letters:
        return True
    if shown.isascii():
        return _holds_swapped(shown)
    if not _exotic_letters().isdisjoint(shown):
        return True
    other = _OTHER_ALPHABET.search(shown) is not None
    return other and (any(_script(char) == "LATIN" for char in shown) or _mostly_latin(text))


def spaced_out(text: str, plain: str) -> tuple[str, list[int]] | None:
    """The text with spaced-out words ("c a s i n o") joined, and where each of its characters stood.

    Joined are four or more single letters with one and the same separator between them; None: there are none.
    `plain` is the text in that form, in which single letters of ASCII texts are sooner found.
    """
    if not (_SINGLE_WORDS.search(plain) if text.isascii() else _SINGLES.search(text)):
        return None
    kept: list[int] = []
    end = 0
    for match in _SPACED_OUT.finditer(text):
        kept.extend(range(end, match.start()))
        kept.extend(range(match.start(), match.end(), 1 + len(match[1])))
        end = match.end()
    if not end:
        return None
    kept.extend(range(end, len(text)))
    return "".join(text[index] for index in kept), kept


def is_spaceless(char: str) -> bool:
    """Whether a character belongs to a script written without spaces between words."""
    return not char.isascii() and _script(char) in SPACELESS


@cache
def common_accents() -> dict[str, frozenset[str]]:
    """By language, the accented letters that its speakers commonly leave off (data/accents.json)."""
    letters = _json("accents.json")["letters"]
    return {language: frozenset(chars) for language, chars in letters.items()}


def _json(name: str) -> Any:
    return json.loads((files(f"{__package__}.data") / name).read_text("utf-8"))


@cache
def _lookalikes() -> dict[str, str]:
    letters = _json("confusables.json")["letters"]
    direct = {char: letter for letter, chars in letters.items() for char in chars}
    return {char: direct.get(letter, letter) for char, letter in direct.items()}


@cache
def _exotic_letters() -> frozenset[str]:
    """Look-alikes of no living alphabet."""
    odd = (char for char in _lookalikes() if _script(char) not in _EVERYDAY_SCRIPTS)
    return frozenset(char for char in odd if char.casefold() not in EVERYDAY)


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


@lru_cache(maxsize=2)
def _mostly_latin(text: str) -> bool:
    scripts = [_script(char) for char in text if char.isalpha()]
    return 2 * scripts.count("LATIN") > len(scripts)


def compatible(text: str) -> str:
    """The text in NFKC: what all forms start from."""
    if text.isascii():
        return text
    for sign in _TRADE_MARKS:
        # NFKC would glue its letters to the name before it.
        text = text.replace(sign, " ")
    return unicodedata.normalize("NFKC", known(text))


def _folded(text: str, table: Table) -> Iterator[tuple[int, int, str]]:
    """The pieces of a text, as start and end, and what each is folded to."""
    if unicodedata.is_normalized("NFKC", text):
        return ((index, index + 1, table[ord(char)]) for index, char in enumerate(text))
    return ((start, end, compatible(text[start:end]).translate(table)) for start, end in _clusters(text))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of a text that NFKC changes independently of each other, as start and end."""
    start = 0
    for index in range(1, len(text)):
        before, here = compatible(text[start:index]), compatible(text[index])
        if not unicodedata.combining(here[:1] or " ") and compatible(text[start : index + 1]) == before + here:
            yield start, index
            start = index
    if text:
        yield start, len(text)


def _fold_kept(char: str) -> str:
    if _IGNORABLE.match(char):
        return ""
    category = unicodedata.category(char)
    if category[0] not in "LNM" or char in _APOSTROPHES:
        return " "
    script = _script(char)
    if category[0] == "M" and (script in ("ARABIC", "HEBREW") or _is_common_mark(char)):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    return f" {char} " if script in SPACELESS else char.casefold().replace("\u0307", "")


def _is_common_mark(char: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith("COMBINING") and not name.startswith("COMBINING KATAKANA")


def _fold_plain(char: str) -> str:
    kept = _fold_kept(char)
    if kept.isascii() or kept[0] == " ":
        return kept
    return "".join(map(_bare, kept))


def _bare(char: str) -> str:
    if char in _SPECIAL or char in _ARABIC:
        return _SPECIAL.get(char) or _ARABIC[char]
    if _script(char) not in _ACCENTED_SCRIPTS:
        return char
    return "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))


def _fold_skeleton(char: str) -> str:
    if char in _LEET:
        return _LEET[char]
    if _IGNORABLE.match(char):
        return ""
    letters = _lookalikes().get(char) or "".join(_lookalikes().get(part, part) for part in _fold_plain(char))
    return "".join(_LEET.get(letter, letter) for letter in letters)


PLAIN = Table(_fold_plain)
KEPT = Table(_fold_kept)
SKELETON = Table(_fold_skeleton)
