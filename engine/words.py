"""Word lists: whether one of many listed words or phrases stands in a text, disguised or not.

All lists are searched at once with the Aho-Corasick algorithm, first in the text as written (case and accents
folded), then, only where the text gives cause, in its skeleton (look-alike letters, l33t) and with spaced-out
words joined (see `letters`).

Accents: a text without them matches a listed word with them ("arret" for "arrêt"), save with an ending behind
a stem of at most four letters ("pretty" is no "prêt*"). A text with them matches a listed word without them
only for letters that the word's language commonly leaves off: "arrêt" for a French "arret", but not Turkish
"gün" for an English "gun". A literal (language "") leaves off any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, normalize

from ahocorasick_rs import AhoCorasick

from ..policy.characters import known
from ..policy.phrases import LONGEST_PHRASE
from .letters import (
    KEPT,
    PLAIN,
    SKELETON,
    Spans,
    Table,
    ascii_span,
    canonical,
    common_accents,
    is_spaceless,
    looks_disguised,
    may_be_disguised,
    shouted,
    spaced_out,
    word_spans,
)

_FEWEST_DISGUISED = 3
_LONGEST_SHORT_STEM = 4
_APOSTROPHE = re.compile("['’‘ʼ`´]")
_SENTENCE_END = re.compile(r"[,;:!?。、,;:!?．.\n]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

Parts = tuple[tuple[str, bool], ...]
"""The words of a phrase in a folded form, each with whether any ending may follow."""


@dataclass(frozen=True, slots=True)
class Found:
    """A find: the list or literal key, the language and phrase as listed, and what stood in the text."""

    key: str
    language: str
    phrase: str
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
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


@dataclass(frozen=True, slots=True)
class _Hit:
    entry: _Entry
    first: int
    """Index of the first word matched, among the words of the form."""


class _Automaton:
    """The phrases of one form of text, by the words they begin with."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        by_pattern: dict[str, list[_Entry]] = {}
        for entry in entries:
            by_pattern.setdefault(_pattern(entry.parts), []).append(entry)
        self._entries = list(by_pattern.values())
        self._search = AhoCorasick(list(by_pattern)) if by_pattern else None

    def hits(self, form: str) -> list[_Hit]:
        """The phrases whose words stand in a text of this form."""
        if self._search is None:
            return []
        matches = self._search.find_matches_as_indexes(form, overlapping=True)
        return list(self._verified(matches, form)) if matches else []

    def _verified(self, matches: list[tuple[int, int, int]], form: str) -> Iterator[_Hit]:
        words: list[str] = []
        first, counted = 0, 0
        for start, index in sorted((start, index) for index, start, _ in matches):
            first += form.count(" ", counted, start)
            counted = start
            for entry in self._entries[index]:
                if entry.proven:
                    yield _Hit(entry, first)
                    continue
                words = words or form.split()
                here = words[first : first + len(entry.parts)]
                if len(here) == len(entry.parts) and all(map(_fits, entry.parts, here)):
                    yield _Hit(entry, first)


@dataclass(frozen=True, slots=True)
class _View:
    """A text as it is searched: perhaps with spaced-out words joined, `origins` then says from where."""

    text: str
    table: Table
    whole: str
    origins: Sequence[int]

    def part(self, start: int, end: int) -> str:
        """What stands in the original text for a stretch of the searched one."""
        return self.whole[self.origins[start] : self.origins[end - 1] + 1]


class WordIndex:
    """Lists of words and phrases, searched together. `lists`: key → language → phrases, "" for a literal.

    Raises ValueError, naming the phrase, for one that `phrase_problem` objects to.
    """

    def __init__(self, lists: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        listed = sorted(
            (key, language, phrase)
            for key, languages in lists.items()
            for language, phrases in languages.items()
            for phrase in dict.fromkeys(phrases)
        )
        self._plain = _Automaton([entry for item in listed for entry in _entries(*item, PLAIN)])
        self._skeleton = _Automaton([entry for item in listed for entry in _entries(*item, SKELETON)])

    def scan(self, text: str) -> dict[str, Found]:
        """The first find for each key: leftmost in the text, then by language and phrase.

        A disguised word counts only for a key that nothing in the text as written matches.
        """
        whole, text = text, known(text)
        plain = canonical(text, PLAIN)
        found: dict[str, Found] = {}
        if hits := self._plain.hits(plain):
            _take(found, hits, _View(text, PLAIN, whole, range(len(text))))
        self._unmask(found, text, whole, range(len(text)))
        if joined := spaced_out(text, plain):
            shown, origins = joined
            _take(found, self._plain.hits(canonical(shown, PLAIN)), _View(shown, PLAIN, whole, origins))
            self._unmask(found, shown, whole, origins)
        return found

    def _unmask(self, found: dict[str, Found], text: str, whole: str, origins: Sequence[int]) -> None:
        if may_be_disguised(text):
            shown = shouted(text)
            hits = self._skeleton.hits(canonical(shown, SKELETON))
            _take(found, hits, _View(shown, SKELETON, whole, origins))


def phrase_problem(phrase: str) -> str | None:
    """Why a phrase cannot stand in a word list, in words; None if it can."""
    if len(phrase) > LONGEST_PHRASE:
        return f"is longer than {LONGEST_PHRASE} characters"
    if not canonical(phrase.replace("*", " "), PLAIN).strip():
        return "holds no letter or digit" if phrase.strip() else "is empty"
    for before, after in pairwise(phrase.split("*")):
        if canonical(before[-1:], PLAIN).isspace():
            return "has a `*` that follows no word: write it right behind a word, as in `bet*`"
        if not canonical(after[:1], PLAIN).isspace():
            return "has a `*` in the middle of a word: it can only stand for a word's ending"
    for word, open_ended in _parts(phrase, PLAIN):
        if open_ended and len(word) == 1 and not is_spaceless(word):
            return f"would match every word that begins with `{word}`: write more letters before the `*`"
    return None


def normal_form(phrase: str) -> str:
    """The phrase in a form that is the same for two phrases that say the same: case, width, spaces folded."""
    return " ".join(word + "*" * open_ended for word, open_ended in _parts(phrase, KEPT))


def _parts(phrase: str, table: Table) -> Parts:
    *starred, last = (canonical(piece, table).split() for piece in phrase.split("*"))
    parts: list[tuple[str, bool]] = []
    for words in starred:
        parts += [(word, False) for word in words[:-1]] + [(word, True) for word in words[-1:]]
    return (*parts, *((word, False) for word in last))


def _entries(key: str, language: str, phrase: str, table: Table) -> Iterator[_Entry]:
    if problem := phrase_problem(phrase):
        raise ValueError(f"the phrase `{phrase}` {problem}")
    kept = _parts(phrase, KEPT)
    letters = frozenset(canonical(phrase, KEPT)) | common_accents().get(language, frozenset())
    for parts in dict.fromkeys(_parts(variant, table) for variant in _variants(language, phrase, table)):
        if table is PLAIN or sum(len(word) for word, _ in parts) >= _FEWEST_DISGUISED:
            proven = not any(open_ended for _, open_ended in parts[:-1])
            yield _Entry(key, language, phrase, parts, kept, proven, letters)


def _variants(language: str, phrase: str, table: Table) -> Iterator[str]:
    """The ways a phrase is written: as listed, without apostrophes, German umlauts spelt out, in capitals."""
    yield phrase
    yield _APOSTROPHE.sub("", phrase)
    if language == "de":
        yield normalize("NFC", phrase.lower()).translate(_UMLAUTS)
    if table is SKELETON:
        yield phrase.upper()


def _pattern(parts: Parts) -> str:
    """The beginning of a form that every match of a phrase has: its words up to the first open ending."""
    pattern = " "
    for word, open_ended in parts:
        if open_ended:
            return pattern + word
        pattern += f"{word} "
    return pattern


def _fits(part: tuple[str, bool], word: str) -> bool:
    listed, open_ended = part
    return word.startswith(listed) if open_ended else word == listed


def _take(found: dict[str, Found], hits: Sequence[_Hit], view: _View) -> None:
    """Adds to `found` the first genuine find of each key it lacks."""
    wanted = [hit for hit in hits if hit.entry.key not in found]
    if not wanted:
        return
    if len(wanted) == 1 and _is_plainly_there(wanted[0].entry, view):
        entry = wanted[0].entry
        text = view.part(*ascii_span(view.text, wanted[0].first, len(entry.parts)))
        found[entry.key] = Found(entry.key, entry.language, entry.phrase, text)
        return
    spans = word_spans(view.text, view.table)
    for hit in sorted(wanted, key=lambda hit: (hit.first, hit.entry.language, hit.entry.phrase)):
        entry = hit.entry
        if entry.key not in found and _is_genuine(hit, view, spans):
            text = view.part(spans[hit.first][0], spans[hit.first + len(entry.parts) - 1][1])
            found[entry.key] = Found(entry.key, entry.language, entry.phrase, text)


def _is_plainly_there(entry: _Entry, view: _View) -> bool:
    """Whether a match needs no second look: neither text nor phrase has an accent or a disguise."""
    return view.table is PLAIN and view.text.isascii() and entry.kept == entry.parts


def _is_genuine(hit: _Hit, view: _View, spans: Spans) -> bool:
    """Whether a match of the coarse form is the listed phrase: accents, disguise, gaps between letters."""
    end = hit.first + len(hit.entry.parts)
    words = [view.text[start:stop] for start, stop in spans[hit.first : end]]
    if view.table is SKELETON:
        if not any(looks_disguised(word, view.text) for word in words):
            return False
    elif not _accents_fit(hit, view.text):
        return False
    return all(word.isascii() for word in words) or _runs_on(hit, view.text, spans)


def _accents_fit(hit: _Hit, text: str) -> bool:
    entry = hit.entry
    if text.isascii() and entry.kept == entry.parts:
        return True
    words = _kept_words(text)[hit.first : hit.first + len(entry.parts)]
    if any(map(_is_short_stem, entry.parts, entry.kept, words)):
        return False
    letters = {char for word in words for char in word if not char.isascii()}
    return not entry.language or all(char in entry.letters or _is_plain(char) for char in letters)


@lru_cache(maxsize=2)
def _kept_words(text: str) -> tuple[str, ...]:
    return tuple(canonical(text, KEPT).split())


def _is_short_stem(part: tuple[str, bool], kept: tuple[str, bool], word: str) -> bool:
    """Whether a word has too little in common with a stem whose accents it lacks."""
    (stem, open_ended), (accented, _) = part, kept
    if not open_ended or stem == accented or len(stem) > _LONGEST_SHORT_STEM:
        return False
    return len(word) > len(stem) and not word.startswith(accented)


def _is_plain(char: str) -> bool:
    return canonical(char, PLAIN) == canonical(char, KEPT)


def _runs_on(hit: _Hit, text: str, spans: Spans) -> bool:
    """Whether letters of a script without spaces stand in one run: no clause ends within, no mark follows."""
    end = hit.first + len(hit.entry.parts)
    for (_, stop), (start, _) in pairwise(spans[hit.first : end]):
        if is_spaceless(text[start]) and _SENTENCE_END.search(text, stop, start):
            return False
    stop = spans[end - 1][1]
    return not (is_spaceless(text[stop - 1]) and text[stop : stop + 1] and category(text[stop])[0] == "M")
