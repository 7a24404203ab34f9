"""What SQLite reports, in words and with what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class StoreError(Exception):
    """The store cannot be used; the text says why and what to do. What was stored before stays."""


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turns SQLite's exceptions within the block into `StoreError`s about the store called `name`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise StoreError(f"{name}: {_REASONS.get(code, str(error))}") from None


_REASONS: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: "held by another run; wait for its end, or use another store",
    sqlite3.SQLITE_LOCKED: "held by another run; wait for its end, or use another store",
    sqlite3.SQLITE_FULL: "the disk is full; make room and run again, nothing stored is lost",
    sqlite3.SQLITE_IOERR: "the disk reports an error; what was stored before stays",
    sqlite3.SQLITE_READONLY: "may not be written; check its permissions",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened or created; check the path and its permissions",
    sqlite3.SQLITE_NOTADB: "is not a SQLite database; name another file for the store",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy, or use another store",
}
