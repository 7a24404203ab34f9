"""Lines of a binary stream, in constant memory whatever comes: in blocks as they arrive, or one by one as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Protocol, cast

MAX_LINE_BYTES = 1_000_000
"""The longest line read; a longer one is an error, and is skipped without being kept."""
BLOCK_BYTES = 1 << 18
"""How much is read at once where there is as much: some hundred messages."""

_BOM = b"\xef\xbb\xbf"
_NO_TEXT = {
    b"\xff\xfe": "is UTF-16; save the file as UTF-8",
    b"\xfe\xff": "is UTF-16; save the file as UTF-8",
    b"\x1f\x8b": "is compressed (gzip); unpack the file first",
    b"PK\x03\x04": "is a ZIP archive or a spreadsheet; save the file as CSV in UTF-8",
}
"""How files begin that are often given instead of text, with what to do."""


class Block(NamedTuple):
    """Whole lines with their ends, and the number of the first, from 1.

    The last line of a stream may lack its end, and so does a line that is too long: it is cut, and is the last of its
    block.
    """

    first: int
    data: bytes


class RawLine(NamedTuple):
    """A line without its end and its number from 1; or, with `error`, why it cannot be read."""

    number: int
    text: str
    error: str | None = None


class _Reads(Protocol):
    def read1(self, size: int) -> bytes: ...


def blocks(stream: BinaryIO) -> Iterator[Block]:
    """The lines of a stream in blocks, each as soon as a whole line has come."""
    source = cast(_Reads, stream)
    number, rest, lost = 1, b"", False
    while data := source.read1(BLOCK_BYTES):
        if lost:  # in a line that is too long: what follows its end may be read again
            _, end, data = data.partition(b"\n")
            lost = not end
        data = rest + data
        cut = data.rfind(b"\n") + 1
        if cut:
            yield Block(number, data[:cut])
            number += data.count(b"\n", 0, cut)
        rest = data[cut:]
        if len(rest) > MAX_LINE_BYTES + 1:
            yield Block(number, rest)
            number, rest, lost = number + 1, b"", True
    if rest:
        yield Block(number, rest)


class Feed:
    """The lines of a stream one by one; what is left of it can be had in blocks instead."""

    def __init__(self, stream: BinaryIO) -> None:
        self._blocks = blocks(stream)
        self._data, self._at, self._number = b"", 0, 1
        self.read = 0

    def __iter__(self) -> Iterator[RawLine]:
        return self

    def __next__(self) -> RawLine:
        while self.idle:
            self._number, self._data = next(self._blocks)
            self._at, self.read = 0, self.read + 1
            if self._number == 1 and (mistake := _mistaken(self._data)):
                self._blocks, self._data = iter(()), b""
                return RawLine(1, "", mistake)
            if self._number == 1:
                self._data = self._data.removeprefix(_BOM)
        return self._line()

    def _line(self) -> RawLine:
        end = self._data.find(b"\n", self._at) + 1 or len(self._data)
        line = decoded(self._number, self._data[self._at : end])
        self._at, self._number = end, self._number + 1
        return line

    @property
    def idle(self) -> bool:
        """Whether the next line has still to be read from the stream; `read` counts the blocks that were."""
        return self._at == len(self._data)

    def rest(self) -> Iterator[Block]:
        """All lines that have not been taken."""
        if not self.idle:
            block = Block(self._number, self._data[self._at :])
            self._data, self._at = b"", 0
            yield block
        yield from self._blocks


def _mistaken(data: bytes) -> str | None:
    return next((reason for mark, reason in _NO_TEXT.items() if data.startswith(mark)), None)


def decoded(number: int, data: bytes) -> RawLine:
    """A line, given with its end, as text."""
    if len(data) > (MAX_LINE_BYTES + 2 if data.endswith(b"\n") else MAX_LINE_BYTES):
        return RawLine(number, "", f"is longer than {MAX_LINE_BYTES:,} bytes")
    try:
        return RawLine(number, data.decode().rstrip("\r\n"))
    except UnicodeDecodeError as error:
        return RawLine(number, "", f"is not UTF-8: byte {error.start + 1} is 0x{data[error.start]:02x}")
