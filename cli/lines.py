"""Lines of a binary stream as text, in constant memory whatever comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_LINE_BYTES = 1_000_000
"""The longest line read; a longer one is an error, and is skipped without being kept."""

_BOM = b"\xef\xbb\xbf"
_NO_TEXT = {
    b"\xff\xfe": "is UTF-16; save the file as UTF-8",
    b"\xfe\xff": "is UTF-16; save the file as UTF-8",
    b"\x1f\x8b": "is compressed (gzip); unpack the file first",
    b"PK\x03\x04": "is a ZIP archive or a spreadsheet; save the file as CSV in UTF-8",
}
"""How files begin that are often given instead of text, with what to do."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line without its end and its number from 1; or, with `error`, why it cannot be read."""

    number: int
    text: str
    error: str | None = None


def raw_lines(stream: BinaryIO) -> Iterator[RawLine]:
    """Every line of the stream, decoded as UTF-8; a byte order mark at the start is left out."""
    number = 0
    while data := stream.readline(MAX_LINE_BYTES + 2):
        number += 1
        if number == 1 and (mistake := _mistaken(data)):
            yield RawLine(1, "", mistake)
            return
        yield _decoded(number, data.removeprefix(_BOM) if number == 1 else data, stream)


def _mistaken(data: bytes) -> str | None:
    return next((reason for mark, reason in _NO_TEXT.items() if data.startswith(mark)), None)


def _decoded(number: int, data: bytes, stream: BinaryIO) -> RawLine:
    if not data.endswith(b"\n") and len(data) > MAX_LINE_BYTES:
        _skip_to_end(stream)
        return RawLine(number, "", f"is longer than {MAX_LINE_BYTES:,} bytes")
    try:
        return RawLine(number, data.decode().rstrip("\r\n"))
    except UnicodeDecodeError as error:
        return RawLine(number, "", f"is not UTF-8: byte {error.start + 1} is 0x{data[error.start]:02x}")


def _skip_to_end(stream: BinaryIO) -> None:
    while data := stream.readline(1 << 16):
        if data.endswith(b"\n"):
            return
