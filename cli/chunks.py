"""A file of messages cut into chunks that can be read by themselves, wherever that is done.

Only whoever cuts sees the file from its start: it finds out whether it is a table, counts lines, and knows where the
row of a table ends. Finding out what a chunk says is left to whoever reads it, in `reading.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

from .json_text import JsonError, parse_json
from .lines import MAX_LINE_BYTES, Block, Feed, RawLine
from .tables import Record, is_header, records


class One(NamedTuple):
    """One JSON object, which may go on over several lines."""

    line: RawLine


class Rows(NamedTuple):
    """Rows of a table under its header."""

    header: list[str]
    records: list[Record]


Chunk = Block | One | Rows
"""A block of JSON lines, one JSON object, or rows of a table."""


class Chunks:
    """The chunks of a stream, each as soon as it can be had. `is_csv` says what it is, without it the first line."""

    def __init__(self, stream: BinaryIO, is_csv: bool | None = None) -> None:
        self._feed = Feed(stream)
        self._found = _cut(self._feed, is_csv)

    def __iter__(self) -> Iterator[Chunk]:
        return self

    def __next__(self) -> Chunk:
        return next(self._found)

    @property
    def at_hand(self) -> bool:
        """Whether there are lines that were read and not yet given: then the next chunk may come without reading."""
        return not self._feed.idle


def _cut(feed: Feed, is_csv: bool | None) -> Iterator[Chunk]:
    first = next(_written(feed), None)
    if first is None:
        return
    if is_csv or (is_csv is None and is_header(first.text)):
        yield from _tables(first, feed)
    else:
        yield from _objects(first, feed)


def _written(lines: Iterator[RawLine]) -> Iterator[RawLine]:
    return (line for line in lines if line.error or line.text.strip())


def _tables(first: RawLine, feed: Feed) -> Iterator[Rows]:
    """As many rows as were read at once: what is kept in memory, and kept waiting, is no more than a block."""
    found = records(chain((first,), feed))
    number, header = next(found)
    if not isinstance(header, list):
        yield Rows([], [(number, header)])
        return
    kept: list[Record] = []
    block = feed.read
    for record in found:
        kept.append(record)
        if feed.idle or feed.read != block:
            yield Rows(header, kept)
            kept, block = [], feed.read
    if kept:
        yield Rows(header, kept)


def _objects(first: RawLine, feed: Feed) -> Iterator[Chunk]:
    """JSON lines; or the whole stream as one object, when that object goes on over several lines."""
    opens = first.error is None and first.text.lstrip().startswith("{") and isinstance(parse_json(first), JsonError)
    second = next(_written(feed), None) if opens else None
    if second is not None and not second.text.lstrip().startswith("{"):
        yield One(_joined(first, chain((second,), _written(feed))))
        return
    yield One(first)
    if second is not None:
        yield One(second)
    yield from feed.rest()


def _joined(first: RawLine, rest: Iterable[RawLine]) -> RawLine:
    parts, size, last = [first.text], len(first.text), first.number
    for line in rest:
        size += len(line.text) + line.number - last
        if line.error or size > MAX_LINE_BYTES:
            return RawLine(line.number, "", line.error or f"the object is longer than {MAX_LINE_BYTES:,} bytes")
        parts.append("\n" * (line.number - last) + line.text)
        last = line.number
    return RawLine(first.number, "".join(parts))
