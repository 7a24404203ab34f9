"""The file provider: appends one JSON line a message and makes it durable before it says so."""

from __future__ import annotations

import json
import os
import stat
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
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK, 0o600)
        except OSError as error:
            raise UnavailableError(f"cannot write {path}: {_words(error)}") from None
        try:
            self._check_and_repair()
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

    def _check_and_repair(self) -> None:
        """Removes a half-written last line; raises `UnavailableError` for a file of another kind."""
        found = os.fstat(self._file)
        if not stat.S_ISREG(found.st_mode):
            raise UnavailableError(f"{self._path} is no regular file")
        size = found.st_size
        if os.pread(self._file, len(_HEAD), 0) != _HEAD[:size]:
            raise UnavailableError(f"{self._path} holds something else; name another file, or a new one")
        start = max(0, size - _LONGEST_LINE)
        tail = os.pread(self._file, size - start, start)
        os.ftruncate(self._file, start + tail.rfind(b"\n") + 1)


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
