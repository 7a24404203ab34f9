"""The files that `check` is given, as one sequence of chunks."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from typing import BinaryIO, NamedTuple

from .chunks import Chunk, Chunks, One, Rows
from .common import is_csv_name, opened, reading_progress
from .lines import Block, RawLine

STDIN = "-"


class Place(NamedTuple):
    """Where a piece begins; without a line, at the end of the file."""

    file: str
    line: int | None

    def __str__(self) -> str:
        name = "standard input" if self.file == STDIN else self.file
        return name if self.line is None else f"{name}, line {self.line:,}"


class Piece(NamedTuple):
    """A chunk of a file; None when the file is at its end."""

    file: str
    chunk: Chunk | None

    @property
    def place(self) -> Place:
        """Where it begins."""
        match self.chunk:
            case Block(first) | One(RawLine(first)) | Rows(_, [(first, _), *_]):
                return Place(self.file, first)
            case _:
                return Place(self.file, None)


class Inputs:
    """The pieces of all files in order. Tells whether the next is there, for whoever can do something else first."""

    def __init__(self, files: Sequence[str]) -> None:
        self._pieces = self._read(files)
        self._piped: BinaryIO | None = None
        self._chunks: Chunks | None = None

    def __iter__(self) -> Iterator[Piece]:
        return self

    def __next__(self) -> Piece:
        return next(self._pieces)

    def close(self) -> None:
        """Closes the file that is being read."""
        self._pieces.close()

    def _read(self, files: Sequence[str]) -> Generator[Piece, None, None]:
        for file in files:
            with opened(file) as stream, reading_progress(file, stream) as progressed:
                self._piped = stream if file == STDIN else None
                self._chunks = Chunks(stream, is_csv_name(file))
                for chunk in self._chunks:
                    progressed()
                    yield Piece(file, chunk)
                self._piped = None
            yield Piece(file, None)

    @property
    def can_tell(self) -> bool:
        """Whether `ready` knows. Only sockets can be asked on Windows, and no file is one there."""
        return self._piped is None or sys.platform != "win32"

    def ready(self) -> bool:
        """Whether the next piece can be had without waiting for somebody who writes to a pipe."""
        if self._piped is None or self._chunks is None or self._chunks.at_hand:
            return True
        files = self._awaits()
        return not files or bool(wait(files, 0))

    def awaited(self) -> list[int]:
        """The open files that something must come from before the next piece is there."""
        return [] if self.ready() else self._awaits()

    def _awaits(self) -> list[int]:
        with suppress(OSError):  # what is no file of the system's holds all it will ever hold
            return [] if self._piped is None else [self._piped.fileno()]
        return []
