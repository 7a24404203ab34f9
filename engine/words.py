"""Word lists: whether one of many listed words or phrases stands in a text, disguised or not.

All lists are searched at once with the Aho-Corasick algorithm, first in the text as written (case and accents
folded), then, only where the text gives cause, in its skeleton (look-alike letters, l33t) and with spaced-out
words joined (see `letters`).

Accents: a text without them matches a listed word with them ("arret" for "arrêt"), save with an ending behind
a stem of at most four letters ("pretty" is no "prêt*"). A text with them matches a listed word without them
only for letters that the word's language commonly leaves off: "arrêt" for a French "arret", but not Turkish
"gün" for an English "gun". In phrases of six letters or more, accents strange to the language are ornament
("cäsínô"). A literal (language "") leaves off any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from unicodedata import normalize

from ahocorasick_rs import AhoCorasick

from ..policy.phrases import LONGEST_PHRASE
from .finds import Entry, Forms, Found, Hit, Parts, is_spaced, take
from .letters import (
    KEPT,
    PLAIN,
    SKELETON,
    Table,
    canonical,
    common_accents,
    is_spaceless,
)

_FEWEST_DISGUISED = 3
_APOSTROPHE = re.compile("['’‘ʼ`´]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class _Automaton:
    """The phrases of one form of text, by the words they begin with."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_pattern: dict[str, list[Entry]] = {}
        for entry in entries:
            by_pattern.setdefault(_pattern(entry.parts), []).append(entry)
        self._entries = list(by_pattern.values())
        self._search = AhoCorasick(list(by_pattern)) if by_pattern else None

    def hits(self, form: str) -> list[Hit]:
        """The phrases whose words stand in a text of this form."""
        if self._search is None:
            return []
        matches = self._search.find_matches_as_indexes(form, overlapping=True)
        return self._verified(matches, form) if matches else []

    def _verified(self, matches: list[tuple[int, int, int]], form: str) -> list[Hit]:
        hits: list[Hit] = []
        words: list[str] = []
        first, counted = 0, 0
        for start, index in sorted((start, index) for index, start, _ in matches):
            first += form.count(" ", counted, start)
            counted = start
            for entry in self._entries[index]:
                if not entry.proven:
                    words = words or form.split()
                    here = words[first : first + len(entry.parts)]
                    if len(here) != len(entry.parts) or not all(map(_fits, entry.parts, here)):
                        continue
                hits.append((first, entry))
        return hits


class _Search:
    """Phrases in both forms of text, each made ready when a text first asks for it: few look disguised or spaced out.

    `entries`: the phrases in the form of a table. Threads may share it: two may both make the same.
    """

    def __init__(self, entries: Callable[[Table], list[Entry]]) -> None:
        self._entries = entries
        self._plain: _Automaton | None = None
        self._skeleton: _Automaton | None = None

    def prepare(self) -> _Automaton:
        """Makes ready what every text asks for."""
        plain = self._plain = self._plain or _Automaton(self._entries(PLAIN))
        return plain

    def take(self, found: dict[str, Found], forms: Forms) -> None:
        """Adds what stands in a text, disguised words for keys that nothing in the text as written matches."""
        if hits := (self._plain or self.prepare()).hits(forms.plain):
            take(found, hits, forms.view)
        if (disguised := forms.skeleton) and (hits := self._disguised().hits(disguised[0])):
            take(found, hits, disguised[1])

    def _disguised(self) -> _Automaton:
        skeleton = self._skeleton = self._skeleton or _Automaton(self._entries(SKELETON))
        return skeleton


class WordIndex:
    """Lists of words and phrases, searched together. `lists`: key → language → phrases, "" for a literal.

    Raises ValueError, naming the phrase, for one that `phrase_problem` objects to.
    """

    alphabets: Mapping[str, tuple[str, ...]] = {}
    """By country, the languages whose tables of GSM-7 are understood there: how long its texts are."""

    def __init__(self, lists: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        listed = sorted(
            (key, language, phrase)
            for key, languages in lists.items()
            for language, phrases in languages.items()
            for phrase in dict.fromkeys(phrases)
        )
        self._written = _Search(lambda table: [entry for item in listed for entry in _entries(*item, table)])
        self._in_one_row = _Search(
            lambda table: [_in_one_row(entry) for item in listed for entry in _entries(*item, table)]
        )
        self._written.prepare()

    def scan(self, text: str) -> dict[str, Found]:
        """The first find for each key: leftmost in the text, then by language and phrase.

        A disguised word counts only for a key that nothing in the text as written matches.
        """
        return self.search(Forms(text))

    def search(self, forms: Forms) -> dict[str, Found]:
        """The same, in a text whose forms are at hand."""
        found: dict[str, Found] = {}
        self._written.take(found, forms)
        if spaced := forms.spaced:
            words, alone = spaced
            self._written.take(found, words)
            self._in_one_row.take(found, alone)
        return found


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


def _parts(phrase: str, table: Table) -> Parts:
    *starred, last = (canonical(piece, table).split() for piece in phrase.split("*"))
    parts: list[tuple[str, bool]] = []
    for words in starred:
        parts += [(word, False) for word in words[:-1]] + [(word, True) for word in words[-1:]]
    return (*parts, *((word, False) for word in last))


def _entries(key: str, language: str, phrase: str, table: Table) -> Iterator[Entry]:
    if problem := phrase_problem(phrase):
        raise ValueError(f"the phrase `{phrase}` {problem}")
    kept = _parts(phrase, KEPT)
    letters = frozenset(canonical(phrase, KEPT)) | common_accents().get(language, frozenset())
    for parts in dict.fromkeys(_parts(variant, table) for variant in _variants(language, phrase, table)):
        if table is PLAIN or sum(len(word) for word, _ in parts) >= _FEWEST_DISGUISED:
            proven = not any(open_ended for _, open_ended in parts[:-1])
            yield Entry(key, language, phrase, parts, kept, proven, letters, is_spaced(parts))


def _in_one_row(entry: Entry) -> Entry:
    """A phrase without the spaces between its words; a `*` within stands for a word's ending."""
    parts, kept = _row(entry.parts), _row(entry.kept)
    return entry._replace(parts=parts, kept=kept, proven="*" not in parts[0][0], spaced=is_spaced(parts))


def _row(parts: Parts) -> Parts:
    *before, (last, open_ended) = parts
    return (("".join(word + "*" * star for word, star in before) + last, open_ended),)


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
        start, star, _ = word.partition("*")
        if open_ended or star:
            return pattern + start
        pattern += f"{word} "
    return pattern


def _fits(part: tuple[str, bool], word: str) -> bool:
    listed, open_ended = part
    if "*" in listed:
        return _fits_with_endings(listed, open_ended, word)
    return word.startswith(listed) if open_ended else word == listed


def _fits_with_endings(listed: str, open_ended: bool, word: str) -> bool:
    """Whether a word is made of the listed pieces, each `*` any letters between them."""
    start, *middle, last = listed.split("*")
    at = len(start) if word.startswith(start) else -1
    for piece in middle:
        at = _behind(word, piece, at)
    if open_ended:
        return _behind(word, last, at) >= 0
    return 0 <= at <= len(word) - len(last) and word.endswith(last)


def _behind(word: str, piece: str, at: int) -> int:
    """Where the piece ends, if it stands in the word at or behind `at`; else -1."""
    found = word.find(piece, at) if at >= 0 else -1
    return found + len(piece) if found >= 0 else -1
