"""The file provider: appends one JSON line a message and makes it durable before it says so."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import TracebackType

from ..clock import as_datetime
from .base import Envelope, UnavailableError
from .console import message_reference

_HEAD = b'{"provider_id": "'
_LONGEST_LINE = 1 << 22


class FileProvider:
    """Appends to `path`, which it creates; a line that a crash cut off is removed when it is opened again.

    Raises `UnavailableError` where the file cannot be opened or is none of its own.
    """

    name = "file"

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise UnavailableError(f"cannot write {path}: {_words(error)}") from None
        try:
            self._remove_half_line()
        except UnavailableError:
            self.close()
            raise

    def send(self, envelope: Envelope) -> str:
        """Writes the line and waits until it is on the disk.

        Raises `UnavailableError` when it could not be written; what was written of it is removed again.
        """
        reference = message_reference(envelope)
        size = os.fstat(self._file).st_size
        try:
            self._write(_line(envelope, reference))
        except OSError as error:
            os.ftruncate(self._file, size)
            raise UnavailableError(f"cannot write {self._path}: {_words(error)}") from None
        return reference

    def close(self) -> None:
        """Lets the file go."""
        os.close(self._file)

    def __enter__(self) -> FileProvider:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write(self, line: bytes) -> None:
        while line:
            line = line[os.write(self._file, line) :]
        os.fsync(self._file)

    def _remove_half_line(self) -> None:
        size = os.fstat(self._file).st_size
        start = max(0, size - _LONGEST_LINE)
        tail = os.pread(self._file, size - start, start)
        half = tail[tail.rfind(b"\n") + 1 :]
        if not half:
            return
        if not (half.startswith(_HEAD) or _HEAD.startswith(half)):
            raise UnavailableError(f"{self._path} was not written by this provider: its last line has no end")
        os.ftruncate(self._file, size - len(half))


def _line(envelope: Envelope, reference: str) -> bytes:
    data = {
        "provider_id": reference,
        "campaign": envelope.campaign,
        "id": envelope.id,
        "to": envelope.to,
        "sender": envelope.sender,
        "channel": envelope.channel,
        "at": as_datetime(envelope.at).isoformat(),
        "text": envelope.text,
    }
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
