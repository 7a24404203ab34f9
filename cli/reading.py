"""Reads files of messages: JSON lines, one JSON object, or CSV with a header. Errors are data, not raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, BinaryIO

from ..engine.message import Message, MessageError, parse_message
from ..engine.pipeline.masking import mask_numbers
from .json_text import JsonError, parse_json
from .lines import MAX_LINE_BYTES, RawLine, raw_lines
from .tables import is_header, rows


@dataclass(frozen=True, slots=True)
class Line:
    """A message and the number of the line it starts on, from 1."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that is no message: what is wrong, and the dotted field where one is to blame."""

    line: int
    error: str
    field: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of the contract, `field` only where there is one."""
        place = {} if self.field is None else {"field": self.field}
        return {"line": self.line, "error": self.error, **place}


def read_messages(
    stream: BinaryIO, *, now: Callable[[], datetime] | None = None, is_csv: bool | None = None
) -> Iterator[Line | LineError]:
    """The messages of a binary stream, one after the other, in constant memory.

    `now` fills in `at` where a message has none. `is_csv` says what it is; without it the first line does.
    """
    lines = raw_lines(stream)
    first = next(_written(lines), None)
    if first is None:
        return
    if is_csv or (is_csv is None and is_header(first.text)):
        found = rows(chain((first,), lines))
    else:
        found = _objects(first, _written(lines))
    for number, data in found:
        yield _line(number, data, now)


def line_error(line: int, reason: str, field: str | None) -> LineError:
    """An error as people may see it: phone numbers masked, nothing that could steer a terminal."""
    return LineError(line, printable(mask_numbers(reason)), printable(mask_numbers(field or "")) or None)


def _written(lines: Iterator[RawLine]) -> Iterator[RawLine]:
    return (line for line in lines if line.error or line.text.strip())


def _line(number: int, data: object, now: Callable[[], datetime] | None) -> Line | LineError:
    if isinstance(data, JsonError):
        return line_error(data.line or number, data.reason, data.field)
    try:
        message = parse_message(data)
    except MessageError as error:
        return line_error(number, error.reason, error.field)
    if now is not None and "at" not in message.model_fields_set:
        message = message.model_copy(update={"at": now()})
    return Line(number, message)


def _objects(first: RawLine, lines: Iterator[RawLine]) -> Iterator[tuple[int, object]]:
    """JSON lines; or the whole stream as one object, when that object goes on over several lines."""
    second = next(lines, None) if first.error is None else None
    rest = lines if second is None else chain((second,), lines)
    opens = first.error is None and isinstance(parse_json(first), JsonError) and first.text.lstrip().startswith("{")
    if opens and second is not None and not second.text.lstrip().startswith("{"):
        yield first.number, parse_json(_joined(first, rest))
        return
    for line in chain((first,), rest):
        yield line.number, parse_json(line)


def _joined(first: RawLine, rest: Iterator[RawLine]) -> RawLine:
    parts, size, last = [first.text], len(first.text), first.number
    for line in rest:
        size += len(line.text)
        if line.error or size > MAX_LINE_BYTES:
            return RawLine(line.number, "", line.error or f"the object is longer than {MAX_LINE_BYTES:,} bytes")
        parts.append("\n" * (line.number - last) + line.text)
        last = line.number
    return RawLine(first.number, "".join(parts))


def printable(text: str, limit: int = 300) -> str:
    """`text` without characters that could steer a terminal or that no encoding can write, cut to `limit`."""
    shown = text[:limit]
    safe = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in shown)
    return safe + ("…" if len(text) > limit else "")
