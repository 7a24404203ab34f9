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
_SPECIAL |= {"ŋ": "n", "ð": "d", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y"}
_ARABIC = {
    form: letter for letter, forms in {"ا": "ٱٲٳ", "ي": "ىیے", "ك": "کڪ", "ه": "ةہھەۀۃ"}.items() for form in forms
}
"""Letters that stand for each other in everyday writing, or look alike."""
_KANA = dict(zip("一丿二八力卜口夕工へべぺ", "ーノニハカトロタエヘベペ", strict=True))
"""Chinese characters and hiragana that look like a katakana (Unicode Technical Standard #39)."""
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
IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# A search that begins with a letter or a set is several times as fast: hence the looks behind it.
_MARKED = "\u00ad\u034f\u0300-\u036f\u0489\u180b-\u180f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff"
_LEET_MARKED = re.compile(f"[{_MARKED}](?:(?<=[013457@$!|].)|(?=[013457@$!|]))")
_LEET_WORD = re.compile(r"[013457@$!|](?:(?<=[^\W\d_].)|(?=[^\W\d_]))")
_CAPITAL_I = re.compile(r"I(?<=[a-z]I)[a-z]")
_SMALL_L = re.compile(r"l(?<=[A-Z]l)[A-Z]")
_WIDE = re.compile("([^\x00-\x7f]+)")
_ALPHABETS = tuple(
    re.compile(letters)
    for letters in (
        "[A-Za-z]",
        "[\u0370-\u03ff\u1f00-\u1fff]",
        "[\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f]",
        "[\u0531-\u058f]",
    )
)
_OTHER_ALPHABET = re.compile("[\u0370-\u058f\u1c80-\u1c8f\u1f00-\u1fff\ua640-\ua69f]")
_SHOUT = re.compile(rf"!(?![{_MARKED}]*(?:[^\W_]|[@$|]))")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_INSTEAD = {"™": " ", "℠": " ", "゛": "\u3099", "゜": "\u309a"}
"""What NFKC would not do right: it glues a trade mark's letters to the name, and parts voicing marks from the kana."""
_SOUTH_EAST = re.compile("[\u0e40\u0e48-\u0e4b\u0ec0\u0ec8-\u0ecb]")
_TONE_FIRST = re.compile("([\u0e48-\u0e4b\u0ec8-\u0ecb])([\u0e31\u0e34-\u0e37\u0e4d\u0eb1\u0eb4-\u0eb7\u0ecd])")

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
    if 4 * (len(shown.encode("utf-8", "surrogatepass")) - len(shown)) > len(shown):
        return f" {' '.join(shown.translate(table).split())} "
    # Mostly ASCII, which is sooner folded by itself. At odd places stands what is not.
    pieces = _WIDE.split(shown)
    for index, piece in enumerate(pieces):
        pieces[index] = piece.translate(table) if index % 2 else _ascii(piece, table)
    return f" {' '.join(''.join(pieces).split())} "


def _ascii(text: str, table: Table) -> str:
    return text.encode().translate(table.ascii).decode()


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
        return b"a1" in kinds or b"1a" in kinds or bool(_CAPITAL_I.search(shown) or _SMALL_L.search(shown))
    if _LEET_WORD.search(shown) or _LEET_MARKED.search(shown) or _holds_swapped(shown):
        return True
    return _mixes_alphabets(shown) or not _exotic_letters().isdisjoint(shown)


def _mixes_alphabets(shown: str) -> bool:
    return _OTHER_ALPHABET.search(shown) is not None and sum(bool(each.search(shown)) for each in _ALPHABETS) > 1


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
    signs = sum(char in _DISGUISING or char.isdigit() for char in shown)
    if signs <= 2 * letters and signs and not _DISGUISING.isdisjoint(shown):
        return True
    if shown.isascii():
        return _holds_swapped(shown)
    if not _exotic_letters().isdisjoint(shown):
        return True
    return _mixes_alphabets(shown) or (_OTHER_ALPHABET.search(shown) is not None and _mostly_latin(text))


@cache
def lookalike_signs() -> frozenset[str]:
    """Look-alikes of letters that are neither letters nor digits."""
    return frozenset(char for char in _lookalikes() if not char.isalnum())


def is_spaceless(char: str) -> bool:
    """Whether a character belongs to a script written without spaces between words."""
    return not char.isascii() and _script(char) in SPACELESS


@cache
def common_accents() -> dict[str, frozenset[str]]:
    """By language, the accented letters that its speakers commonly leave off (data/accents.json)."""
    return _accents("letters")


@cache
def distinct_letters() -> dict[str, frozenset[str]]:
    """By language, the accented letters that tell its words apart (data/accents.json)."""
    return _accents("distinct")


def _accents(part: str) -> dict[str, frozenset[str]]:
    return {language: frozenset(chars) for language, chars in _json("accents.json")[part].items()}


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
    names = ((char, unicodedata.name(char, "")) for char in _lookalikes())
    odd = {char for char, name in names if name.split(" ")[0] not in _EVERYDAY_SCRIPTS or "SMALL CAPITAL" in name}
    return lookalike_signs().union(char for char in odd if char.casefold() not in EVERYDAY)


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
    for sign, other in _INSTEAD.items():
        text = text.replace(sign, other)
    shown = unicodedata.normalize("NFKC", known(text))
    return _in_order(shown) if _SOUTH_EAST.search(shown) else shown


def _in_order(shown: str) -> str:
    """Thai and Lao that look alike as one: a vowel typed as two, tone marks before or behind a vowel's mark."""
    shown = shown.replace("\u0e40\u0e40", "\u0e41").replace("\u0ec0\u0ec0", "\u0ec1")
    return _TONE_FIRST.sub(r"\2\1", shown)


def _folded(text: str, table: Table) -> Iterator[tuple[int, int, str]]:
    """The pieces of a text, as start and end, and what each is folded to."""
    if compatible(text) == text:
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
    if IGNORABLE.match(char):
        return ""
    category = unicodedata.category(char)
    if category[0] not in "LNM" or char in _APOSTROPHES:
        return " "
    script = _script(char)
    if category[0] == "M" and (script in ("ARABIC", "HEBREW") or _is_common_mark(char)):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    return f" {_KANA.get(char, char)} " if script in SPACELESS else _small(char)


def _small(char: str) -> str:
    """The small letter, without a mark that stands apart from it there: ẖ, İ."""
    small = char.casefold()
    if len(small) == 1:
        return small
    return "".join(part for part in unicodedata.normalize("NFC", small) if not unicodedata.combining(part))


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
    if IGNORABLE.match(char):
        return ""
    letters = _lookalikes().get(char) or "".join(_lookalikes().get(part, part) for part in _fold_plain(char))
    return "".join(_LEET.get(letter, letter) for letter in letters)


PLAIN = Table(_fold_plain)
KEPT = Table(_fold_kept)
SKELETON = Table(_fold_skeleton)
