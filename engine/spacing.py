"""Spaced-out words: "c a s i n o", "p.o.k.e.r", "b-e-t n-o-w".

A run is a row of single letters with spaces or signs between them. The gap it has most often stands between letters,
any other between words. Letters in one row may also be several words without a sign between them ("b.e.t.n.o.w"),
and a gap that holds more than the common one may hold a sign of the word's own ("d-'-a-r-g-e-n-t").
In scripts that write syllables, such as those of India and Hangul, a letter has its marks and bound letters with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, starmap

from .letters import IGNORABLE, lookalike_signs

_SPACELESS = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff"
_SINGLE_WORDS = re.compile(f" [^ {_SPACELESS}] [^ {_SPACELESS}] ")
_SYLLABLES = re.compile("[\u0900-\u0dff\uac00-\ud7a3]")
_FEWEST_SPACED, _FEWEST_PARTED = 4, 3
"""Letters of a run with spaces or several kinds of gaps ("a b c" and "S.i'm" are common), and with one sign in all
gaps; a syllable counts as two."""
_SIGNS = "@$!|"
_VIRAMA = 9
"""The combining class of the mark that binds a letter of an Indian script to the next."""
_MARKS_UP_TO = 0x20F1


@dataclass(frozen=True, slots=True)
class Joined:
    """A text, perhaps with letters joined, and where each of its characters stood before; None: right there."""

    text: str
    origins: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class _Row:
    """Single letters in a row: where each stands, its marks included, and the gap behind each but the last."""

    letters: Sequence[tuple[int, int]]
    gaps: Sequence[str]

    def part(self, first: int, end: int) -> _Row:
        """Some letters of the row, from the first up to the one before `end`."""
        return _Row(self.letters[first:end], self.gaps[first : max(first, end - 1)])

    def indices(self) -> Iterator[int]:
        """Where the characters of its letters stand."""
        return chain.from_iterable(starmap(range, self.letters))

    def common_gap(self) -> str:
        """The gap there is most often, rather one with a sign in it."""
        counts = Counter(self.gaps)
        return max(counts, key=lambda gap: (counts[gap], not gap.isspace()), default="")


def may_be_spaced_out(text: str, plain: str) -> bool:
    """A quick test: whether a text may hold runs. `plain` is the text in that form: single letters are sooner found."""
    if _SINGLE_WORDS.search(plain):
        return True
    if text.isascii():
        return False
    return not lookalike_signs().isdisjoint(text) or bool(_SYLLABLES.search(text) and _lone_syllable().search(text))


def spaced_out(text: str) -> tuple[Joined, Joined] | None:
    """The text with its runs joined to words, and the rows of these runs alone, each as one word; None without runs."""
    kept: list[int] = []
    rows: list[_Row] = []
    end = 0
    for run in _runs(text):
        kept += range(end, run.letters[0][0])
        for word, gap in _words(run):
            kept += (*word.indices(), *gap)
            rows += _readings(text, word)
        if _is_one_row(run):
            rows += _readings(text, run)
        end = run.letters[-1][1]
    if not end:
        return None
    kept += range(end, len(text))
    alone = [index for row in rows for index in (*row.indices(), -1)]
    return _shown(text, kept), _shown(text, alone)


def _shown(text: str, indices: list[int]) -> Joined:
    return Joined("".join("\n" if index < 0 else text[index] for index in indices), indices)


def _runs(text: str) -> Iterator[_Row]:
    """The runs that are long enough to be no accident."""
    whole, letter, gap = _patterns()
    for match in whole.finditer(text):
        letters: list[tuple[int, int]] = []
        gaps: list[str] = []
        at, end = match.span()
        while here := letter.match(text, at, end):
            letters.append(here.span())
            between = gap.match(text, here.end(), end)
            if between is None:
                break
            gaps.append(IGNORABLE.sub("", between[0]))
            at = between.end()
        run = _Row(letters, gaps)
        if _is_run(text, run):
            yield run


def _words(run: _Row) -> Iterator[tuple[_Row, range]]:
    """The words of a run, and where the gap behind each stands."""
    common = run.common_gap()
    first = 0
    for index, gap in enumerate(run.gaps):
        if gap != common:
            yield run.part(first, index + 1), range(run.letters[index][1], run.letters[index + 1][0])
            first = index + 1
    yield run.part(first, len(run.letters)), range(0)


def _is_one_row(run: _Row) -> bool:
    """Whether a run of several words may be one: every gap holds the common one."""
    common, kinds = run.common_gap(), {*run.gaps}
    return len(kinds) > 1 and all(common in gap for gap in kinds)


def _readings(text: str, row: _Row) -> Iterator[_Row]:
    """A row as it is and, among spaces, without a word of one letter before or behind it: "win a c a s i n o"."""
    count = len(row.letters)
    shorter = (row.part(1, count), row.part(0, count - 1)) if any(map(str.isspace, row.gaps)) else ()
    return (reading for reading in (row, *shorter) if _is_run(text, reading))


def _is_run(text: str, row: _Row) -> bool:
    """Whether there are letters enough, and of them signs that stand for one at most half."""
    count, kinds = len(row.letters), {*row.gaps}
    shown = [text[start] for start, _ in row.letters]
    syllables = 0 if text.isascii() else sum(_SYLLABLES.match(char) is not None for char in shown)
    if count < 2 or 2 * sum(map(_SIGNS.__contains__, shown)) > count:
        return False
    if len(kinds) == 1 and not any(map(str.isspace, kinds)):
        return count + syllables >= _FEWEST_PARTED
    return count > 2 and count + syllables >= _FEWEST_SPACED


@cache
def _marks() -> tuple[str, ...]:
    return tuple(char for char in map(chr, range(0x300, _MARKS_UP_TO)) if unicodedata.category(char)[0] == "M")


@cache
def _attachments() -> tuple[str, str]:
    """Patterns for a sign that belongs to the letter before it, and for all such: marks, letters bound to it."""
    attached = f"[{''.join(_marks())}{IGNORABLE.pattern[1:-1]}]"
    binding = "".join(char for char in _marks() if unicodedata.combining(char) == _VIRAMA)
    return attached, rf"{attached}*(?:(?<=[{binding}])[^\W_]{attached}*)*"


@cache
def _lone_syllable() -> re.Pattern[str]:
    """Finds a syllable that stands alone, as each does in a run: no letter before it, none behind."""
    attached, bound = _attachments()
    return re.compile(rf"{_SYLLABLES.pattern}(?<![^\W_].)(?<![{''.join(_marks())}].){bound}(?![^\W_])(?!{attached})")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What finds a run, one of its letters, and a gap before a letter."""
    marks, unseen = _marks(), IGNORABLE.pattern[1:-1]
    attached, bound = _attachments()
    signs = "".join(map(re.escape, sorted({*_SIGNS, *lookalike_signs()})))
    letter = rf"(?:[^\W_]|[{signs}]){bound}"
    gap = rf"(?:(?:[^\w{''.join(marks)}{unseen}]|_)[{unseen}]*){{1,7}}?(?={letter})"
    run = rf"(?<![^\W_])(?<![{''.join(marks)}]){letter}(?:{gap}{letter})+(?![^\W_])(?!{attached})"
    return re.compile(run), re.compile(letter), re.compile(gap)
