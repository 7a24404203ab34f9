"""How words, values, terms and conditions are written, one way each. The formatter lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from . import tree as t

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_NUMBER = re.compile(r"\d+")
_TIME = re.compile(r"\d{1,2}:\d\d")
_PREPOSITION = {"starts": "starts with", "ends": "ends with"}

Word = t.Term | t.Star | t.Moment | t.HistoryList | t.Name


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text that no line break may cut, the stretch of source it stands for, and the blanks before it."""

    text: str
    start: int
    end: int
    gap: int = 1


def quote(value: str) -> str:
    """A text in double quotes, with no more escapes than it needs."""
    return f'"{value.translate(_ESCAPES)}"'


def spell(word: Word) -> str:
    """The canonical writing of a word, value or term."""
    match word:
        case t.Name() | t.Path():
            return word.text
        case t.Text():
            return quote(word.value)
        case t.Star():
            return "*"
        case t.Day():
            # As written, so that a day no calendar has (an error of the checker) keeps its digits.
            return word.span.text
        case t.Number() | t.Duration() | t.Moment():
            return _amount(word)
        case t.Length():
            return f"length of {word.of.text}"
        case t.Count():
            return f"count of {word.of.text}"
        case t.Lookup():
            return f"{word.table.text}({listed(word.arguments)}).{word.column.text}"
        case t.HistoryList():
            return " ".join(chunk.text for chunk in history(word))


def _amount(word: t.Number | t.Duration | t.Moment) -> str:
    match word:
        case t.Number():
            return _digits(word)
        case t.Duration():
            return f"{_digits(word)} {word.unit}" if word.count == 1 else f"{_digits(word)} {word.unit}s"
        case t.Moment():
            return moment(word)


def _digits(word: t.Number | t.Duration) -> str:
    """The number as written, without leading zeros: the tree does not hold one too long to mean anything."""
    written = _NUMBER.match(word.span.text)
    return (written.group().lstrip("0") if written else "") or "0"


def moment(node: t.Moment) -> str:
    """`2026-11-24 22:14`, seconds only where there are some, then the zone or offset."""
    clock = f"{node.hour:02}:{node.minute:02}" + (f":{node.second:02}" if node.second else "")
    written = f"{node.span.text[:10]} {clock}"
    if node.zone is None:
        return written
    offset = node.zone.text == "Z" or node.zone.text[0] in "+-"
    return f"{written}{'' if offset else ' '}{node.zone.text}"


def listed(words: Iterable[Word]) -> str:
    """Words with commas between them."""
    return ", ".join(spell(word) for word in words)


def hours(node: t.DaySpan) -> str:
    """`mon-sat 08:00-21:30`; the minutes stay as written, so that `25:00` stays the error it is."""
    times = [part.rjust(5, "0") for part in _TIME.findall(node.span.text)[-2:]]
    return " ".join([*(day.text for day in node.days), "-".join(times)])


# ---- chunks: pieces between which a line may break


def chunk(node: Word) -> Chunk:
    """One word or value as a chunk."""
    return Chunk(spell(node), node.span.start, node.span.end)


def comma_chunks(chunks: Iterable[Chunk]) -> list[Chunk]:
    """The same chunks, with a comma behind each but the last."""
    every = list(chunks)
    return [replace(one, text=one.text + ",") for one in every[:-1]] + every[-1:]


def before(text: str, start: int, chunks: list[Chunk]) -> list[Chunk]:
    """The chunks with a text set directly before the first."""
    first = chunks[0]
    return [Chunk(text + first.text, min(start, first.start), first.end, first.gap), *chunks[1:]]


def after(chunks: list[Chunk], text: str, end: int) -> list[Chunk]:
    """The chunks with a text set directly behind the last."""
    last = chunks[-1]
    return [*chunks[:-1], Chunk(last.text + text, last.start, max(end, last.end), last.gap)]


def condition(node: t.Condition) -> list[Chunk]:
    """The chunks of a condition: lines may break before `and` and `or`, and between listed values."""
    match node:
        case t.Junction():
            chunks = condition(node.operands[0])
            for word, operand in zip(node.words, node.operands[1:], strict=True):
                chunks += before(f"{word.text} ", word.span.start, condition(operand))
            return chunks
        case t.Group():
            return after(before("(", node.span.start, condition(node.operand)), ")", node.span.end)
        case t.Not():
            return after(before("not (", node.span.start, condition(node.operand)), ")", node.span.end)
        case t.Is(one_of=True):
            values = comma_chunks(chunk(value) for value in node.values)
            opening = f"{spell(node.term)} is {'not ' if node.negated else ''}one of ("
            return after(before(opening, node.span.start, values), ")", node.span.end)
        case _:
            return [Chunk(_predicate(node), node.span.start, node.span.end)]


def _predicate(node: t.Bare | t.Is | t.Known | t.Compare | t.Verb) -> str:
    term = spell(node.term)
    match node:
        case t.Bare():
            return term
        case t.Is():
            return f"{term} is {'not ' if node.negated else ''}{spell(node.values[0])}"
        case t.Known():
            return f"{term} is {'not ' if node.negated else ''}known"
        case t.Compare():
            return f"{term} {node.operator} {spell(node.value)}"
        case t.Verb():
            return f"{term} {_PREPOSITION.get(node.verb, node.verb)} {spell(node.values[0])}"


def history(node: t.HistoryList) -> list[Chunk]:
    """The chunks of a test's history, one for each entry."""
    if not node.entries:
        return [Chunk("[]", node.span.start, node.span.end)]
    entries = comma_chunks(_history_entry(entry) for entry in node.entries)
    return after(before("[ ", node.span.start, entries), " ]", node.span.end)


def _history_entry(entry: t.HistoryEntry) -> Chunk:
    fields = "".join(f" {field.field_name.text} {listed(field.values)}" for field in entry.fields)
    text = f"{moment(entry.at)} {entry.category.text}{fields}"
    return Chunk(text, entry.span.start, entry.span.end)


def expectation(node: t.Expect) -> str:
    """What stands behind `expect`, or in the last cell of a row of cases."""
    parts = ["no", node.outcome.text] if node.negated else [node.outcome.text]
    if isinstance(node.value, t.Moment):
        parts.append(f"until {moment(node.value)}")
    elif node.value is not None:
        parts.append(spell(node.value))
    if node.language is not None:
        parts.append(f"in {node.language.text}")
    if node.rules:
        parts.append(f"by {listed(node.rules)}")
    return " ".join(parts)
