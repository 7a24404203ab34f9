"""The embedded store: what it keeps, and each way it can fail, in words."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sendlaw.engine.message import Consent
from sendlaw.engine.pipeline.dispatch import dispatch
from sendlaw.engine.pipeline.ledger import StoredConsent
from sendlaw.engine.pipeline.providers.base import Envelope
from sendlaw.engine.pipeline.stores.errors import StoreError
from sendlaw.engine.pipeline.stores.sqlite import SqliteStore

from .judges import NOON, OPENS, Line, ListProvider, message, verdict


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def fill(path: Path) -> None:
    with SqliteStore(path) as store:
        run = Line(store).run()
        for body in ("allow", "deny", "defer"):
            run.submit(message(body, body))


def test_a_message_comes_back_as_it_was_given(path: Path) -> None:
    given = message(
        consent={"status": "opted_in", "at": NOON, "covers": ["night"]},
        registers={"US": {"listed": False, "checked": "2026-11-01"}},
        history=[],
        brand={"name": "Acme", "stop": "36179"},
    )
    with SqliteStore(path) as store:
        store.admit("c", given, b"digest", verdict(given, "deny"))
    with SqliteStore(path) as store:
        found = store.find("c", "m1")
    assert found is not None
    assert found.message() == given
    assert (found.state, found.digest) == ("denied", b"digest")


def test_the_whole_verdict_of_every_judgement_is_kept(path: Path) -> None:
    given = message(body="defer")
    first, second = verdict(given, "defer", OPENS), verdict(given, "deny")
    with SqliteStore(path) as store:
        seq = store.admit("c", given, b"", first)
        store.readmit(seq, second)
    rows = sqlite3.connect(path).execute("SELECT verdict FROM judgement ORDER BY seq").fetchall()
    assert [json.loads(row[0]) for row in rows] == [first.model_dump(), second.model_dump()]


def test_consent_is_kept_by_recipient_and_brand(path: Path) -> None:
    known = StoredConsent(Consent(status="opted_in", at=NOON, double=True, covers=("night",)), 7)
    with SqliteStore(path) as store:
        store.keep_consent("+33639981242", "acme", known)
    with SqliteStore(path) as store:
        assert store.consents("+33639981242") == {"acme": known}
        assert store.consents("+33639981243") == {}


def test_a_dispatch_left_open_is_in_doubt_from_the_next_opening_on(path: Path) -> None:
    given = message()
    with SqliteStore(path) as store:
        store.admit("c", given, b"", verdict(given, "allow"))
        assert store.in_doubt("c") == []
    with SqliteStore(path) as store:
        assert [record.id for record in store.in_doubt("c")] == ["m1"]
        assert [record.id for record in store.dispatched(given.to)] == ["m1"]
        assert store.due("c", 2**40, 2**40) == []


def test_openings_are_counted_by_time_and_country(path: Path) -> None:
    with SqliteStore(path) as store:
        for n in range(3):
            given = message(f"m{n}")
            store.admit("c", given, b"", verdict(given, "defer", OPENS))
        assert store.openings("c") == [("FR", int(OPENS.timestamp()), 3)]
        assert store.openings("other") == []


def test_a_directory_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a directory"):
        SqliteStore(tmp_path)


@pytest.mark.parametrize("path", ["/proc/store.sqlite3", "/nowhere/store.sqlite3", "/dev/null/store.sqlite3"])
def test_a_store_that_cannot_be_made(path: str) -> None:
    with pytest.raises(StoreError, match="cannot be opened or created"):
        SqliteStore(path)


def test_a_file_that_is_no_database(path: Path) -> None:
    text = b"This is a letter, no database.\n" * 100
    path.write_bytes(text)
    with pytest.raises(StoreError, match="is not a SQLite database"):
        SqliteStore(path)
    assert path.read_bytes() == text


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE invoice (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_newer_store_is_left_alone(path: Path) -> None:
    fill(path)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(StoreError, match="version 99"):
        SqliteStore(path)


def test_one_run_at_a_time(path: Path) -> None:
    with SqliteStore(path), pytest.raises(StoreError, match="held by another run"):
        SqliteStore(path)
    SqliteStore(path).close()


def test_a_damaged_store_is_said_to_be_damaged(path: Path) -> None:
    fill(path)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="is damaged"), SqliteStore(path) as store:
        store.find("c", "allow")


def test_a_full_disk_stops_before_the_provider_and_loses_nothing(path: Path) -> None:
    fill(path)
    provider = ListProvider()
    with SqliteStore(path) as store, pytest.raises(StoreError, match="the disk is full"):
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        line = Line(store)
        line.provider = provider
        for n in range(1000):
            line.run().submit(message(f"m{n}", "allow " + "x" * 1000))
    assert len(provider.taken) < 1000
    with SqliteStore(path) as store:
        kept = {record.id for record in store.dispatched("+33639981242") if record.state == "sent"}
    assert kept == {"allow", *provider.ids}


def test_a_result_that_cannot_be_recorded_leaves_the_message_in_doubt(path: Path) -> None:
    given = message()
    with SqliteStore(path) as store:
        seq = store.admit("c", given, b"", verdict(given, "allow"))
        with pytest.raises(ConnectionError):
            dispatch(store, ListProvider(), seq, Envelope("c", "m1", given.to, "ACME", "sms", "die", 0), None)
    with SqliteStore(path) as store:
        assert [record.id for record in store.in_doubt("c")] == ["m1"]


def test_a_store_that_may_not_be_written_is_said_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system answers for the superuser, who may write everything."""
    fill(path)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(StoreError, match="may not be written; check its permissions"):
        SqliteStore(path)
