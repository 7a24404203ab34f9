"""Reads files of messages: JSON lines, one JSON object, or CSV with a header. Errors are data, not raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from ..engine.message import Message, MessageError, parse_message
from ..engine.message_json import message_from_json
from ..engine.pipeline.masking import mask_numbers
from .chunks import Chunk, Chunks, One, Rows
from .json_text import JsonError, parse_json
from .lines import MAX_LINE_BYTES, Block, decoded
from .tables import row


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
    for chunk in Chunks(stream, is_csv):
        for number, found in messages(chunk):
            if isinstance(found, LineError):
                yield found
            elif now is not None and "at" not in found.model_fields_set:
                yield Line(number, found.model_copy(update={"at": now()}))
            else:
                yield Line(number, found)


def messages(chunk: Chunk) -> Iterator[tuple[int, Message | LineError]]:
    """What a chunk holds, each with the number of the line it starts on."""
    match chunk:
        case Block():
            return _of_block(chunk)
        case One(line):
            return iter([(line.number, _message(line.number, parse_json(line)))])
        case Rows(header, records):
            return ((number, _message(number, _object(header, cells))) for number, cells in records)


def _of_block(block: Block) -> Iterator[tuple[int, Message | LineError]]:
    lines = block.data.split(b"\n")
    last = lines.pop()
    for number, data in enumerate(lines, block.first):
        found = _of_line(number, data, b"\n")
        if found is not None:
            yield number, found
    number = block.first + len(lines)
    found = _of_line(number, last, b"")
    if found is not None:
        yield number, found


def _of_line(number: int, data: bytes, end: bytes) -> Message | LineError | None:
    """What a line of JSON holds; None if nothing is written there."""
    if len(data) <= MAX_LINE_BYTES:
        message = message_from_json(data.rstrip(b"\r"))
        if message is not None:
            return message
    line = decoded(number, data + end)
    return _message(number, parse_json(line)) if line.error or line.text.strip() else None


def _object(header: list[str], cells: list[str] | JsonError) -> object:
    return cells if isinstance(cells, JsonError) else row(header, cells)


def line_error(line: int, reason: str, field: str | None) -> LineError:
    """An error as people may see it: phone numbers masked, nothing that could steer a terminal."""
    return LineError(line, printable(mask_numbers(reason)), printable(mask_numbers(field or "")) or None)


def _message(number: int, data: object) -> Message | LineError:
    if isinstance(data, JsonError):
        return line_error(data.line or number, data.reason, data.field)
    try:
        return parse_message(data)
    except MessageError as error:
        return line_error(number, error.reason, error.field)


def printable(text: str, limit: int = 300) -> str:
    """`text` without characters that could steer a terminal or that no encoding can write, cut to `limit`."""
    shown = text[:limit]
    safe = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in shown)
    return safe + ("…" if len(text) > limit else "")
