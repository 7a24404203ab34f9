"""Messages in CSV with a header of field names.

Nested fields are dotted (`consent.status`), lists separated by `;`, and `history` is written as JSON.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from ..engine.message import Brand, Consent, Message, Recipient, Register
from .json_text import JsonError, first_repeated, parse_json
from .lines import RawLine
from .open_quotes import left_open

LISTS = frozenset({"registrations", "subjects", "consent.covers"})
NUMBERS = frozenset({"recipient.age_at_least"})
SWITCHES = frozenset({"sender_shared", "consent.double"})
NESTED: dict[str, type[BaseModel]] = {"brand": Brand, "recipient": Recipient, "consent": Consent}

_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def is_header(text: str) -> bool:
    """Whether a first line looks like a header: names of a message's required fields, whatever is between them."""
    names = {cell.strip(' "').casefold() for cell in re.split(r"[,;\t]", text)}
    return not text.lstrip().startswith(("{", "[")) and {"to", "body"} <= names


Record = tuple[int, list[str] | JsonError]
"""The cells of a row, or why there are none, and the number of its first line."""


def records(lines: Iterable[RawLine]) -> Iterator[Record]:
    """The rows of a table, its header first; a header that cannot be used is the only row, and an error."""
    feed = _Feed(lines)
    found = _records(feed)
    number, header = next(found, (1, JsonError("has no header")))
    if isinstance(header, list):
        header = [name.strip() for name in header]
        wrong = _wrong_header(header)
        header = header if wrong is None else wrong
    yield number, header
    if isinstance(header, list):
        feed.header = header
        yield from found


class _Feed:
    """The lines for the CSV reader; remembers those of a record, and gives some again where it went wrong.

    `header`: the names of its columns, None until they are known.
    """

    def __init__(self, lines: Iterable[RawLine]) -> None:
        self._lines = iter(lines)
        self._again: list[RawLine] = []
        self.record: list[RawLine] = []
        self.problem: str | None = None
        self.header: list[str] | None = None

    def give_again(self, lines: list[RawLine]) -> None:
        """Puts lines before those that follow."""
        self._again += reversed(lines)

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.record.append(line)
        if line.error:
            self.problem = self.problem or line.error
        return line.text + "\n"


def _records(feed: _Feed) -> Iterator[Record]:
    reader, record = csv.reader(feed, strict=True), feed.record
    while True:
        record.clear()
        feed.problem = None
        cells, wrong = None, ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            wrong = _words(error)
        number = record[0].number
        if (wrong == _AT_END or len(record) > 1) and (broken := _left_open(feed, cells)):
            yield number, broken
        elif wrong:
            yield number, JsonError(f"is not CSV: {wrong}")
        elif feed.problem is not None:
            yield number, JsonError(feed.problem)
        elif cells:
            yield number, cells


_AT_END = "unexpected end of data"


def _left_open(feed: _Feed, cells: list[str] | None) -> JsonError | None:
    """Whether a quote was left open; then the rows it swallowed are read by themselves."""
    found = left_open(feed.record, None if cells is None else len(cells), feed.header)
    if found is None:
        return None
    error, rest = found
    feed.give_again(rest)
    return error


def _words(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell is longer than {csv.field_size_limit():,} characters; is a quote left open?"
    return str(error)


def _wrong_header(header: list[str]) -> JsonError | None:
    if len(header) == 1 and (sign := next((sign for sign in ";\t" if sign in header[0]), None)):
        return JsonError(f"columns are separated by commas, not by {'tabs' if sign == chr(9) else f'`{sign}`'}")
    wrong = next((name for name in header if not is_field(name)), None)
    if wrong is not None:
        return JsonError("no such field", wrong)
    twice = first_repeated(header)
    return None if twice is None else JsonError("stands twice in the header", twice)


def is_field(name: str) -> bool:
    """Whether a column of this name can be read: a field of a message, the nested ones dotted."""
    head, *rest = name.split(".")
    if head == "registers":
        return len(rest) == 2 and rest[1] in Register.model_fields
    if head in NESTED:
        return len(rest) == 1 and rest[0] in NESTED[head].model_fields
    return not rest and head in Message.model_fields


def row(header: list[str], cells: list[str]) -> object:
    """A row as the dict a message is made from; or a `JsonError`."""
    if len(cells) != len(header):
        return JsonError(f"has {len(cells)} cells where the header names {len(header)}")
    data: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        if cell == "" and name != "body":
            continue
        value = _value(name, cell)
        if isinstance(value, JsonError):
            return value
        *path, last = name.split(".")
        inner = data
        for part in path:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return data


def _value(name: str, cell: str) -> object:
    """The cell as the field's type; what does not fit stays a text, for the message to complain of."""
    if name in LISTS:
        return [item.strip() for item in cell.split(";") if item.strip()]
    if name in NUMBERS and cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell)
    if name in SWITCHES or name.endswith(".listed"):
        return _YES_NO.get(cell.casefold(), cell)
    if name == "history":
        parsed = parse_json(RawLine(0, cell))
        return JsonError(parsed.reason, name) if isinstance(parsed, JsonError) else parsed
    return cell
