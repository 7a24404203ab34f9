"""The embedded store: one SQLite file that a single run holds at a time.

What must not be lost, the intent to dispatch, is on the disk when `flush` returns (`synchronous=FULL`,
write-ahead log). What a later run can find out again, such as a denial, is written with the next `flush`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from ...message import Consent, Message
from ...verdict import Verdict
from ..clock import as_seconds
from ..ledger import StoredConsent
from .errors import StoreError, in_words
from .schema import APPLICATION_ID, TABLES, VERSION

State = Literal["denied", "deferred", "dispatching", "in_doubt", "sent", "refused"]

_OLDEST_SQLITE = (3, 38, 0)
_WAIT_SECONDS = 0.5
_COLUMNS = "seq, campaign, id, digest, recipient, content, state, at, until, provider_id, refusal"


_OPENINGS = """
SELECT country, until, count(*) FROM (
  SELECT until, (
    SELECT verdict ->> '$.country' FROM judgement
    WHERE judgement.message = message.seq ORDER BY judgement.seq DESC LIMIT 1
  ) AS country
  FROM message WHERE campaign = ? AND state = 'deferred'
) GROUP BY until, country ORDER BY until, country
"""


@dataclass(frozen=True, slots=True)
class Record:
    """One message as the store keeps it. `at` and `until` are UTC epoch seconds."""

    seq: int
    campaign: str
    id: str
    digest: bytes
    recipient: str
    content: str
    state: State
    at: int
    until: int | None
    provider_id: str | None
    refusal: str | None

    def message(self) -> Message:
        """The message as it was given."""
        return Message.model_validate_json(self.content)


class SqliteStore:
    """Opens or creates the database at `path` (`:memory:` for none on disk) and holds it until closed.

    Raises `StoreError` when it cannot be opened, is held by another run or is not a store of this program.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = str(path)
        if self._path != ":memory:":
            _check_file(Path(self._path))
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old; 3.38 or newer is needed")
        with self._in_words():
            self._db = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            with self._in_words():
                self._prepare()
        except StoreError:
            self._db.close()
            raise

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes what is pending and lets the database go."""
        try:
            self.flush()
        finally:
            self._db.close()

    def flush(self) -> None:
        """Makes everything recorded so far durable."""
        with self._in_words():
            self._commit()

    def find(self, campaign: str, id: str) -> Record | None:
        """The message of this campaign and ID, if it came before."""
        return next(self._records("WHERE campaign = ? AND id = ?", (campaign, id)), None)

    def newest(self) -> int:
        """The number in the store of the message that came last; 0 where there is none."""
        with self._in_words():
            return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM message").fetchone()[0])

    def due(self, campaign: str, now: int, newest: int) -> list[Record]:
        """The campaign's deferred messages, up to `newest`, whose time has come by `now`; the earliest first."""
        where = "WHERE campaign = ? AND state = 'deferred' AND until <= ? AND seq <= ? ORDER BY until, seq"
        return list(self._records(where, (campaign, now, newest)))

    def in_doubt(self, campaign: str) -> list[Record]:
        """The campaign's messages of which nobody knows whether the provider took them."""
        return list(self._records("WHERE campaign = ? AND state = 'in_doubt' ORDER BY seq", (campaign,)))

    def openings(self, campaign: str) -> list[tuple[str | None, int, int]]:
        """When deferred messages may go, the earliest first: country, UTC epoch seconds, how many."""
        with self._in_words():
            return self._db.execute(_OPENINGS, (campaign,)).fetchall()

    def dispatched(self, recipient: str) -> list[Record]:
        """All that went, or may have gone, to this recipient."""
        where = "WHERE recipient = ? AND state IN ('dispatching', 'in_doubt', 'sent') ORDER BY at, seq"
        return list(self._records(where, (recipient,)))

    def consents(self, recipient: str) -> dict[str, StoredConsent]:
        """What is known of the recipient's consent, by `brand_key`."""
        query = "SELECT brand, content, stated_at FROM consent WHERE recipient = ?"
        with self._in_words():
            rows = self._db.execute(query, (recipient,)).fetchall()
        return {brand: StoredConsent(Consent.model_validate_json(text), at) for brand, text, at in rows}

    def keep_consent(self, recipient: str, brand: str, known: StoredConsent) -> None:
        """Replaces what is known of the consent to this brand (a `brand_key`)."""
        row = (recipient, brand, known.consent.status, known.consent.model_dump_json(), known.stated_at)
        self._write("INSERT OR REPLACE INTO consent VALUES (?, ?, ?, ?, ?)", row)

    def admit(self, campaign: str, message: Message, digest: bytes, verdict: Verdict) -> int:
        """Keeps a new message, with an ID and a time, in the state its verdict gives; its number in it.

        An allowed one stands as `dispatching`; `flush` makes that durable and must come before the provider.
        """
        state, until = _standing(verdict)
        row = (
            campaign,
            message.id,
            digest,
            message.to,
            message.model_dump_json(exclude_defaults=True),
            state,
        )
        query = (
            "INSERT INTO message (campaign, id, digest, recipient, content, state, at, until)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        return self._keep_verdict(self._write(query, (*row, as_seconds(verdict.at), until)), verdict)

    def readmit(self, seq: int, verdict: Verdict) -> int:
        """A deferred message was judged again: its state and time become those of the new verdict."""
        state, until = _standing(verdict)
        query = "UPDATE message SET state = ?, at = ?, until = ? WHERE seq = ?"
        self._write(query, (state, as_seconds(verdict.at), until, seq))
        return self._keep_verdict(seq, verdict)

    def settle(
        self,
        seq: int,
        state: State,
        provider: str,
        *,
        provider_id: str | None = None,
        refusal: str | None = None,
    ) -> None:
        """What became of a dispatch. Outlives the process at once, and a power cut from the next `flush` on.

        A power cut before that leaves the message in doubt, which is the safe side.
        """
        query = "UPDATE message SET state = ?, provider = ?, provider_id = ?, refusal = ? WHERE seq = ?"
        with self._in_words():
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(query, (state, provider, provider_id, refusal, seq))
            self._db.execute("PRAGMA synchronous = FULL")

    def withdraw(self, seq: int, until: int | None) -> None:
        """The provider took nothing: the message waits until `until` again, or had never come (`None`)."""
        if until is None:
            self._write("DELETE FROM judgement WHERE message = ?", (seq,))
            self._write("DELETE FROM message WHERE seq = ?", (seq,))
        else:
            self._write("UPDATE message SET state = 'deferred', until = ? WHERE seq = ?", (until, seq))
        self.flush()

    def _keep_verdict(self, seq: int, verdict: Verdict) -> int:
        query = "INSERT INTO judgement (message, at, decision, verdict) VALUES (?, ?, ?, ?)"
        self._write(query, (seq, as_seconds(verdict.at), verdict.decision, verdict.model_dump_json()))
        return seq

    def _write(self, query: str, row: Sequence[object]) -> int:
        with self._in_words():
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            return self._db.execute(query, row).lastrowid or 0

    def _commit(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    def _records(self, where: str, values: Sequence[object]) -> Iterator[Record]:
        with self._in_words():
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM message {where}", values).fetchall()
        return (Record(*row) for row in rows)

    def _prepare(self) -> None:
        """Takes the database for this run alone; what an earlier run left open is in doubt from now on."""
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA foreign_keys = ON")
        found = self._pragma("application_id"), self._pragma("user_version")
        if found == (0, 0) and not self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            self._create()
        elif found != (APPLICATION_ID, VERSION):
            raise StoreError(self._foreign(*found))
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("UPDATE message SET state = 'in_doubt' WHERE state = 'dispatching'")

    def _create(self) -> None:
        marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};"
        self._db.executescript(f"BEGIN IMMEDIATE; {TABLES} {marks} COMMIT;")

    def _pragma(self, name: str) -> int:
        return int(self._db.execute(f"PRAGMA {name}").fetchone()[0])

    def _foreign(self, application: int, version: int) -> str:
        if application != APPLICATION_ID:
            return f"{self._path} is the database of another program; name another file for the store"
        return f"{self._path} has tables of version {version}, this program knows {VERSION}; use a newer release"

    def _in_words(self) -> AbstractContextManager[None]:
        return in_words(f"store {self._path}")


def _check_file(path: Path) -> None:
    """Raises `StoreError` for what SQLite would only call a disk error."""
    if path.exists() and not path.is_file():
        kind = "a directory" if path.is_dir() else "no regular file"
        raise StoreError(f"{path} is {kind}; name a file for the store")
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(f"store {path}: may not be written; check its permissions")


def _standing(verdict: Verdict) -> tuple[State, int | None]:
    if verdict.decision == "defer" and verdict.until is not None:
        return "deferred", as_seconds(verdict.until)
    return ("dispatching" if verdict.allowed else "denied"), None
