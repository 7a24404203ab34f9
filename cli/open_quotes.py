"""A quote in a table that nothing closes: where it was opened, and where rows begin again behind it.

Such a quote swallows the rows that follow, up to the next quote, which it takes for its own end.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .json_text import JsonError
from .lines import RawLine

_START, _PLAIN, _QUOTED, _CLOSED = range(4)
"""Where in a cell the next character stands: before it, in one without quotes, within quotes, behind the second."""
_NUMBER = re.compile(r"\s*\+?[0-9][0-9 ().-]{4,}\s*")
"""What a recipient's number looks like, right or wrong."""


class Span(NamedTuple):
    """The first and the last line of a quoted cell that goes over several."""

    opened: int
    closed: int


class Ended(NamedTuple):
    """How a row ends that goes over some lines.

    `how`: it is over (`end`), a quote is `open` behind the last line, or something but a comma stands behind a closed
    one (`junk`). `opened`: on which line the last quote was opened; `last`: the line on which the row ends; `spans`:
    its quoted cells over several lines.
    """

    how: Literal["end", "open", "junk"]
    opened: int
    last: int
    spans: tuple[Span, ...]


def ended(lines: Sequence[RawLine]) -> Ended:
    """Reads lines as the strict dialect of `csv` does."""
    state, opened, spans = _START, 0, list[Span]()
    for number, line in enumerate(lines):
        for char in f"{line.text}\n":
            if state == _QUOTED:
                state = _CLOSED if char == '"' else _QUOTED
            elif char == '"' and state != _PLAIN:
                opened = number if state == _START else opened
                state = _QUOTED
            elif state == _CLOSED and char not in ",\n":
                return Ended("junk", opened, number, tuple(spans))
            else:
                spans += [Span(opened, number)] if state == _CLOSED and opened < number else []
                state = _START if char == "," else _PLAIN
        if state != _QUOTED:
            return Ended("end", opened, number, tuple(spans))
    return Ended("open", opened, len(lines) - 1, tuple(spans))


def left_open(
    lines: Sequence[RawLine], cells: int | None, header: Sequence[str] | None
) -> tuple[JsonError, list[RawLine]] | None:
    """What to say of a row in which a quote is left open, and the lines behind it from which reading goes on; None
    where none is.

    `cells`: how many the row was found to have, None if it could not be read. Without a `header`, it is the header.
    """
    if cells is not None and not any(_is_row(line, header) for line in lines[1:]):
        return None
    row = ended(lines)
    rows = [number for number, line in enumerate(lines) if _is_row(line, header)]
    span = next((one for one in row.spans if any(one.opened < number <= one.closed for number in rows)), None)
    if span is None and (row.how == "end" or (row.how == "junk" and row.opened == row.last)):
        return None
    opened = row.opened if span is None else span.opened
    rest = list(lines[opened + 1 :])
    begins = next((place for place, line in enumerate(rest) if _is_row(line, header)), len(rest))
    reason = 'opens a quote that nothing closes: close it, or write it twice (`""`) if it belongs to the text'
    return JsonError(reason + _taken(rest[:begins]), line=lines[opened].number), rest[begins:]


def _taken(lines: list[RawLine]) -> str:
    if not lines:
        return ""
    first, last = lines[0].number, lines[-1].number
    taken = f"line {first} is" if first == last else f"lines {first} to {last} are"
    return f"; {taken} taken for part of it"


def _is_row(line: RawLine, header: Sequence[str] | None) -> bool:
    """Whether a line by itself is as wide as the table, or opens a quote in one of its cells, and has a number where
    that of the recipient stands.
    """
    if header is None or line.error is not None:
        return False
    try:
        cells = next(csv.reader([line.text]), [])
    except csv.Error:
        return False
    wide = len(cells) == len(header) or (1 < len(cells) < len(header) and ended([line]).how == "open")
    place = header.index("to") if "to" in header else None
    return wide and (place is None or (place < len(cells) and _NUMBER.match(cells[place]) is not None))
