"""A file's messages in the order in which they are to be sent, whatever their order in the file.

Limits count what went before, so a schedule is played through in time. The messages wait in a temporary
database, which SQLite keeps on the disk when it grows and removes by itself: memory stays flat.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType

from ..message import Message
from .clock import as_seconds
from .stores.errors import in_words

_TABLE = "CREATE TABLE item (id TEXT, at INTEGER NOT NULL, line INTEGER NOT NULL, content TEXT NOT NULL)"


_NAME = "temporary storage"


class Schedule:
    """Messages with their line numbers, sorted by time, then by line. Raises `StoreError` when the disk is full."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(_TABLE)
        self._db.execute("CREATE INDEX item_by_id ON item (id)")
        self._db.execute("BEGIN")
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> Schedule:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add(self, line: int, message: Message) -> None:
        """Adds a message; one whose ID came before takes its turn right after that one, never before it."""
        query = "SELECT at FROM item WHERE id = ? ORDER BY line LIMIT 1"
        content = message.model_dump_json(exclude_defaults=True)
        with in_words(_NAME):
            twin = self._db.execute(query, (message.id,)).fetchone()
            at = twin[0] if twin else as_seconds(message.at)
            self._db.execute("INSERT INTO item VALUES (?, ?, ?, ?)", (message.id, at, line, content))
        self._count += 1

    def in_time(self) -> Iterator[tuple[int, Message]]:
        """Line number and message, the earliest first."""
        with in_words(_NAME):
            rows = self._db.execute("SELECT line, content FROM item ORDER BY at, line")
        for line, content in rows:
            yield line, Message.model_validate_json(content)
