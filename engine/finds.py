"""From a match of folded words to a genuine find: accents, disguises, gaps between letters, and what stood there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple
from unicodedata import category

from ..policy.characters import known
from .letters import (
    KEPT,
    PLAIN,
    SKELETON,
    Spans,
    Table,
    ascii_span,
    canonical,
    compatible,
    distinct_letters,
    folded,
    is_spaceless,
    looks_disguised,
    may_be_disguised,
    shouted,
    word_spans,
)
from .spacing import Joined, may_be_spaced_out, spaced_out

_LONGEST_SHORT_STEM = 4
_FEWEST_EMBELLISHED = 6
"""Letters of a phrase for which strange accents are ornament; a shorter one may be another language's word."""
_LONGEST_CODE = 3
_CODE = re.compile(r"[A-Za-z]+[0-9]+|[0-9]+[A-Za-z]+")
_SENTENCE_END = re.compile(r"[,;:!?。、,;:!?．.\n]")

Parts = tuple[tuple[str, bool], ...]
"""The words of a phrase in a folded form, each with whether any ending may follow."""


class Entry(NamedTuple):
    """A phrase of a word list, in one of the ways it is written and one form of text."""

    key: str
    language: str
    phrase: str
    parts: Parts
    kept: Parts
    """The words with their accents, as the phrase lists them."""
    proven: bool
    """Whether finding its pattern proves the phrase: no word but the last has an open ending."""
    letters: frozenset[str]
    """Letters that count as their plain form: those of the phrase, and those its language leaves off."""
    spaced: bool
    """Whether all its words are of letters of scripts with spaces between words."""


Hit = tuple[int, Entry]
"""A match: the index of its first word among the words of the form, and the entry."""


class View:
    """A text as it is searched: perhaps with spaced-out words joined, `origins` then says from where."""

    __slots__ = ("_kept_words", "_origins", "_spans", "_whole", "table", "text")

    def __init__(self, text: str, table: Table, whole: str, origins: Sequence[int] | None) -> None:
        self.text = text
        self.table = table
        self._whole = whole
        self._origins = origins
        self._spans: Spans | None = None
        self._kept_words: list[str] | None = None

    @property
    def spans(self) -> Spans:
        """Where each word of the form stands in the text."""
        if self._spans is None:
            self._spans = word_spans(self.text, self.table)
        return self._spans

    @property
    def kept_words(self) -> list[str]:
        """The words with their accents."""
        if self._kept_words is None:
            self._kept_words = canonical(self.text, KEPT).split()
        return self._kept_words

    def part(self, first: int, count: int) -> str:
        """What stands in the original text for `count` words, from the word `first` on."""
        if self.table is PLAIN and self.text.isascii():
            start, end = ascii_span(self.text, first, count)
        else:
            start, end = self.spans[first][0], self.spans[first + count - 1][1]
        if self._origins is None:
            return self._whole[start:end]
        return self._whole[self._origins[start] : self._origins[end - 1] + 1]


class Forms:
    """The forms of one text that are searched, each made when first asked for, so that several indexes may share them.

    `whole`: the text that finds are told in, where it is not this one; `origins` then says where each character stood.
    """

    __slots__ = ("_disguised", "_origins", "_skeleton", "_spaced", "_whole", "plain", "view")

    def __init__(self, text: str, whole: str | None = None, origins: Sequence[int] | None = None) -> None:
        read = known(text)
        shown = compatible(read)
        self.plain = folded(shown, PLAIN)
        self.view = View(read, PLAIN, text if whole is None else whole, origins)
        self._disguised = may_be_disguised(shown)
        self._whole = text if whole is None else whole
        self._origins = origins
        self._skeleton: tuple[str, View] | None = None
        may_be_spaced = origins is None and may_be_spaced_out(read, self.plain)
        self._spaced: tuple[Forms, Forms] | Literal[False] | None = None if may_be_spaced else False

    @property
    def skeleton(self) -> tuple[str, View] | None:
        """The text with disguises undone; None where nothing in it looks like one."""
        if self._disguised and self._skeleton is None:
            text = shouted(self.view.text)
            self._skeleton = canonical(text, SKELETON), View(text, SKELETON, self._whole, self._origins)
        return self._skeleton

    @property
    def spaced(self) -> tuple[Forms, Forms] | None:
        """The forms of the text with its spaced-out words joined, and of these alone; None where there are none."""
        if self._spaced is None:
            found = spaced_out(self.view.text)
            self._spaced = (self._of(found[0]), self._of(found[1])) if found else False
        return self._spaced or None

    def _of(self, joined: Joined) -> Forms:
        return Forms(joined.text, self._whole, joined.origins)


class Found:
    """A find: the list or literal key, the language and phrase as listed, and what stood in the text.

    Most finds are never told, so where the words stand is worked out when `text` is first read. `text` may be given
    as the text, or as a view with the first word and their number.
    """

    __slots__ = ("_text", "key", "language", "phrase")

    def __init__(self, key: str, language: str, phrase: str, text: str | tuple[View, int, int]) -> None:
        self.key = key
        self.language = language
        self.phrase = phrase
        self._text = text

    @property
    def text(self) -> str:
        """What stood in the text."""
        if not isinstance(self._text, str):
            view, first, count = self._text
            self._text = view.part(first, count)
        return self._text

    def _told(self) -> tuple[str, str, str, str]:
        return self.key, self.language, self.phrase, self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Found) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return f"Found{self._told()!r}"


def take(found: dict[str, Found], hits: Sequence[Hit], view: View) -> None:
    """Adds to `found` the first genuine find of each key it lacks: leftmost, then by language and phrase."""
    for first, entry in hits if len(hits) == 1 else sorted(hits, key=_rank):
        key = entry.key
        if key not in found and _is_genuine(first, entry, view):
            found[key] = Found(key, entry.language, entry.phrase, (view, first, len(entry.parts)))


def _rank(hit: Hit) -> tuple[int, str, str]:
    return hit[0], hit[1].language, hit[1].phrase


def _is_genuine(first: int, entry: Entry, view: View) -> bool:
    """Whether a match of the coarse form is the listed phrase: accents, disguise, gaps between letters."""
    if view.table is PLAIN:
        if not _accents_fit(first, entry, view):
            return False
        if entry.spaced or view.text.isascii():
            return True
    end = first + len(entry.parts)
    stretch = view.text[view.spans[first][0] : view.spans[end - 1][1]]
    if view.table is SKELETON and (_is_code(entry, stretch) or not _is_disguised(stretch, view.text)):
        return False
    return stretch.isascii() or _runs_on(first, end, view)


def _is_code(entry: Entry, stretch: str) -> bool:
    """Whether what passes for a word of three letters is rather a room, a postcode or an ordinal: S15, SW7, 1st."""
    return sum(len(word) for word, _ in entry.parts) <= _LONGEST_CODE and _CODE.fullmatch(stretch) is not None


def _is_disguised(stretch: str, text: str) -> bool:
    return any(looks_disguised(part, text) for part in stretch.split())


def _accents_fit(first: int, entry: Entry, view: View) -> bool:
    if entry.kept == entry.parts and view.text.isascii():
        return True
    words = view.kept_words[first : first + len(entry.parts)]
    if any(map(_is_short_stem, entry.parts, entry.kept, words)):
        return False
    accented = [(word, listed) for word, (listed, _) in zip(words, entry.kept, strict=False) if not word.isascii()]
    if not accented or not entry.language:
        return True
    own = distinct_letters().get(entry.language, frozenset())
    strange = {char for word, _ in accented for char in word if char not in entry.letters and not _is_plain(char)}
    if strange - own:
        return _is_ornament(strange, entry, "".join(words))
    return not strange and not any(
        own.intersection(word[: len(listed)]).difference(listed) for word, listed in accented
    )


def _is_ornament(strange: set[str], entry: Entry, written: str) -> bool:
    """Whether accents that the phrase's language does not know are a disguise, not another language's word."""
    letters = sum(len(word) for word, _ in entry.parts)
    return letters >= _FEWEST_EMBELLISHED or sum(char in strange for char in written) > 1


def _is_short_stem(part: tuple[str, bool], kept: tuple[str, bool], word: str) -> bool:
    """Whether a word has too little in common with a stem whose accents it lacks."""
    (stem, open_ended), (accented, _) = part, kept
    if not open_ended or stem == accented or len(stem) > _LONGEST_SHORT_STEM:
        return False
    return len(word) > len(stem) and not word.startswith(accented)


def _is_plain(char: str) -> bool:
    return canonical(char, PLAIN) == canonical(char, KEPT)


def _runs_on(first: int, end: int, view: View) -> bool:
    """Whether letters of a script without spaces stand in one run: no clause ends within, no mark follows."""
    text, spans = view.text, view.spans
    for (_, stop), (start, _) in pairwise(spans[first:end]):
        if is_spaceless(text[start]) and _SENTENCE_END.search(text, stop, start):
            return False
    stop = spans[end - 1][1]
    return not (is_spaceless(text[stop - 1]) and _is_own_mark(text[stop : stop + 1]))


def _is_own_mark(char: str) -> bool:
    """Whether this is a mark that makes another letter, not one that is left out."""
    return category(char or " ")[0] == "M" and not canonical(char, KEPT).isspace()


def is_spaced(parts: Parts) -> bool:
    """Whether all words are of letters of scripts with spaces between words (a digit may be another script's)."""
    return not any(char.isdigit() or is_spaceless(char) for word, _ in parts for char in word)
