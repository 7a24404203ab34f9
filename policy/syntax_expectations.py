"""What is usually meant where the grammar does not expect what a test expects: by an `expect`, or a row of cases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from .diagnostics import did_you_mean
from .meanings import EFFECTS, OUTCOMES
from .syntax_place import Meant, Place
from .vocabulary import ENCODINGS, REPLY_KINDS

_SPOKEN = {
    **dict.fromkeys(("allowed", "sent", "passes", "pass", "ok"), "allow"),
    **dict.fromkeys(("denied", "refused", "blocked", "fail"), "deny"),
    **dict.fromkeys(("deferred", "delayed", "postponed"), "defer"),
    **dict.fromkeys(("warning", "warned"), "warn"),
    "appended": "append",
    "prepended": "prepend",
}
"""How people call what a test expects."""
_EXAMPLES = {
    "text": 'text "…"',
    "segments": "segments 2",
    "encoding": "encoding gsm7",
    "missing": "missing consent.at",
    **{kind: f"{kind} in fr" for kind in REPLY_KINDS},
}
"""Expectations that say nothing without what stands behind them, each with an example."""
_LEADS = "|".join(_EXAMPLES)
_BETWEEN = ("is", "=", "==", ":")
_FACTS = frozenset(_EXAMPLES) - frozenset(REPLY_KINDS)
_ROWS = re.compile(r'\bcases\s*\(([^(){}"]*)\)\s*\{((?:[^{}"#]|"(?:[^"\\\n]|\\.)*"|#[^\n]*)*)\Z')
_LEXEME = re.compile(r'"(?:[^"\\\n]|\\.)*"?|#[^\n]*|[,|\n]|[^\s,|"#]+')
_ALONE = "a row expects one thing"
_ONE_THING = (
    f"{_ALONE}: write what all of them expect as `expect …` above the table, and what else one expects in another row"
)
_LAST_CELL = "write `|` and what is expected behind it, as in `| allow`"


@dataclass(frozen=True, slots=True)
class _Row:
    """The last row of cases before a place, as far as it is written on one line.

    `bars`: the number of its `|`; `cell`: the words and signs behind the last; `start`: where the rows start in the
    file; `columns`: how many the table has; `ended`: whether the place stands on a later line, or closes the table.
    """

    words: tuple[re.Match[str], ...]
    start: int
    columns: int
    ended: bool

    @property
    def bars(self) -> int:
        return sum(word.group() == "|" for word in self.words)

    @property
    def cell(self) -> list[re.Match[str]]:
        last = max((number for number, word in enumerate(self.words) if word.group() == "|"), default=-1)
        return list(self.words[last + 1 :])

    def meant(self, word: re.Match[str], told: str, message: str = "") -> Meant:
        return Meant(self.start + word.start(), self.start + word.end(), told, message)


def expectation_hint(place: Place) -> str:
    """What to do about a word or sign behind `expect` or in a row of cases; nothing elsewhere."""
    row = _row(place)
    if place.lexeme in _BETWEEN and place.before(rf"\bexpect(?:\s+(?:{_LEADS}))?|\|\s*(?:{_LEADS})"):
        return f"leave `{place.lexeme}` out"
    if place.before(r"(?:\bexpect|\|)\s*encoding") and (near := did_you_mean(place.lexeme, ENCODINGS)):
        return near
    if row:
        return _in_a_row(place, row)
    if place.before(r"\bcases") and place.expected == {"LPAR"}:
        return "write the fields in parentheses, as in `cases (body, at)`"
    if place.before(r"\bdefer") and re.match(r"\d{4}-", place.lexeme):
        return "write `until` before it"
    if found := place.before(rf"\bexpect\s+no\s+({'|'.join(sorted(_FACTS))})"):
        return _not_of(found[1])
    found = place.before(r"\bexpect\s+([a-z_]+)")
    told = _behind_expect(place, found[1]) if found else ""
    if not told and place.lexeme in ("and", ",", "or", "|") and place.before(r"\bexpect\s[^\n]*"):
        return "write each expectation behind an `expect` of its own"
    return told


def expectation_meant(place: Place) -> Meant | None:
    """The word before a syntax error that is at fault for it: of an `expect`, or of a row of cases; None elsewhere."""
    word = place.before(r"\bexpect\s+([a-z_]+)")
    if word and word[1] not in OUTCOMES:
        start = place.text.rfind(word[1], 0, place.start)
        spoken = f"write `{_SPOKEN[word[1]]}`" if word[1] in _SPOKEN else ""
        told = spoken or did_you_mean(word[1], OUTCOMES) or _can_expect("a test")
        return Meant(start, start + len(word[1]), told)
    row = _row(place) if "VBAR" in place.expected else None
    if row is None or not row.words:
        return None
    if row.bars >= row.columns:
        return _outcome_meant(place, row)
    return row.meant(row.words[-1], _LAST_CELL, "this row does not say what is expected") if row.ended else None


def _row(place: Place) -> _Row | None:
    rows = _ROWS.search(place.text[: place.start])
    if rows is None:
        return None
    words = [word for word in _LEXEME.finditer(rows[2]) if not word.group().startswith("#")]
    lines = [list(line) for is_end, line in groupby(words, lambda word: word.group() == "\n") if not is_end]
    ended = not words or words[-1].group() == "\n" or place.lexeme == "}"
    return _Row(tuple(lines[-1]) if lines else (), rows.start(2), rows[1].count(",") + 1, ended)


def _behind_expect(place: Place, name: str) -> str:
    if name in _EXAMPLES and not re.match(r'[a-z0-9"]', place.lexeme):
        return f"write what is expected behind it, as in `{_EXAMPLES[name]}`"
    return ""


def _not_of(name: str) -> str:
    effects = ", ".join(f"`{effect}`" for effect in EFFECTS)
    return f"`no` stands before {effects} alone: write what the text has instead, as in `{_EXAMPLES[name]}`"


def _can_expect(what: str) -> str:
    known = [_EXAMPLES.get(name, name) for name in OUTCOMES if name != "no"]
    return f"{what} can expect {', '.join(f'`{name}`' for name in known)}"


# ---- rows of cases


def _in_a_row(place: Place, row: _Row) -> str:
    """What to do about a word or sign in a row."""
    lexeme = place.lexeme
    if lexeme == "expect":
        return "leave `expect` out"
    if lexeme == "|" and (not row.words or row.ended or place.behind(r"[ \t]*(?:#[^\n]*)?\n")):
        return "take it away: `|` stands between the cells of a row"
    if "VBAR" not in place.expected:
        return _ONE_THING if lexeme in ("|", ",", "and", "or") else ""
    if row.bars >= row.columns:
        known = [word.group() for word in row.cell] in [[kind] for kind in REPLY_KINDS]
        return "write `in` before it" if known and re.fullmatch(r"[a-z]{2,3}(-\w+)?", lexeme) else ""
    if lexeme in ("->", "=>", ":", ";", "=", "is"):
        return "write `|` in its place"
    return "" if row.ended else "write `|` before it"


def _outcome_meant(place: Place, row: _Row) -> Meant | None:
    """What is wrong in a last cell before the place where the parser noticed."""
    words = [word.group() for word in row.cell]
    if not words:
        return None
    first, name = row.cell[0], words[0]
    for number, word in enumerate(words[1:], 1):
        if word == "because":
            return row.meant(row.cell[number], "write `by`")
        if words[number - 1] == "," and word in OUTCOMES:
            return row.meant(row.cell[number - 1], _ONE_THING)
        if "by" in words[: number - 1] and "," not in (word, words[number - 1]):
            return row.meant(row.cell[number], "write a comma before it")
    if name == "defer" and len(words) > 1 and re.match(r"\d{4}-", words[1]):
        return row.meant(row.cell[1], "write `until` before it")
    if name == "no" and place.lexeme in _FACTS:
        return row.meant(first, _not_of(place.lexeme))
    if name in _SPOKEN:
        return row.meant(first, f"write `{_SPOKEN[name]}`")
    if name in _EXAMPLES and row.ended and len(words) == 1:
        told = f"write what is expected behind it, as in `{_EXAMPLES[name]}`"
        return row.meant(first, told, f"`{name}` alone expects nothing")
    if name not in OUTCOMES:
        return row.meant(first, did_you_mean(name, OUTCOMES) or _can_expect("a row"))
    return None
