"""Rule sets kept on disk: the same verdict, never from a damaged, foreign or outdated entry, and never an error."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from sendlaw import Policy
from sendlaw.engine import cache, loading

MESSAGE = {
    "to": "+33612345678",
    "sender": "ACME",
    "category": "promotional",
    "body": "Soldes !",
    "consent": {"status": "opted_in"},
    "history": [],
    "brand": {"name": "ACME", "stop": "36179"},
    "at": "2026-11-24T22:14:00+01:00",
}
RULE = """policy FR "France" {
  recipients FR
  languages fr
  source made "Made up" "https://example.org" checked 2026-11-22
  rule hours "Hours" { when category is promotional only 08:00-21:30 basis law cite made }
}
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the cache, and one rule file beside it."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    (tmp_path / "own.policy").write_text(RULE, "utf-8")
    return folder


def verdict(kept: Path) -> str:
    return Policy.load(kept.parent / "own.policy", bundled=False).evaluate(MESSAGE).model_dump_json()


def entry(kept: Path) -> Path:
    (found,) = kept.glob("*.rules")
    return found


def no_compiling(*_: Any) -> None:
    raise AssertionError("compiled although the cache had it")


def test_the_second_load_does_not_compile_and_judges_alike(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = verdict(kept)
    monkeypatch.setattr(loading, "_compile", no_compiling)
    assert verdict(kept) == first
    assert '"until": "2026-11-25T08:00:00+01:00"' in first


def test_a_changed_rule_is_another_entry(kept: Path) -> None:
    before = verdict(kept)
    (kept.parent / "own.policy").write_text(RULE.replace("08:00", "09:00"), "utf-8")
    assert '"until": "2026-11-25T09:00:00+01:00"' in verdict(kept)
    assert before != verdict(kept)


@pytest.mark.parametrize("damage", [b"", b"\x80", b"not a pickle", pickle.dumps((("x",), "y")), pickle.dumps(7)])
def test_a_damaged_entry_is_made_anew(kept: Path, damage: bytes) -> None:
    first = verdict(kept)
    whole = entry(kept).read_bytes()
    entry(kept).write_bytes(damage)
    assert verdict(kept) == first
    assert pickle.loads(entry(kept).read_bytes())[0] == pickle.loads(whole)[0]


def test_an_entry_cut_anywhere_is_made_anew(kept: Path) -> None:
    first = verdict(kept)
    whole = entry(kept).read_bytes()
    for length in range(0, len(whole), 97):
        entry(kept).write_bytes(whole[:length])
        assert verdict(kept) == first


def test_kept_tests_are_those_of_the_files(kept: Path) -> None:
    first = Policy.load().rule_set
    again = Policy.load().rule_set
    assert isinstance(again.tests, cache.KeptTests)
    assert len(again.tests) > 100
    assert (again.tests, again.tests[-2:], again.rules) == (first.tests, first.tests[-2:], first.rules)
    assert again == first
    assert hash(again.tests) == hash(first.tests)


def test_damage_to_the_tests_shows_before_they_are_asked_for(kept: Path) -> None:
    first = verdict(kept)
    whole = entry(kept).read_bytes()
    tests = pickle.loads(whole)[2]
    at = whole.index(tests) + len(tests) // 2
    entry(kept).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert cache.load(entry(kept).stem) is None
    assert verdict(kept) == first
    assert entry(kept).read_bytes() == whole


def test_an_entry_of_another_version_is_made_anew(kept: Path) -> None:
    first = verdict(kept)
    stamp, *rest = pickle.loads(entry(kept).read_bytes())
    entry(kept).write_bytes(pickle.dumps(((*stamp[:1], "another Python", *stamp[2:]), *rest)))
    damaged = entry(kept).read_bytes()
    assert verdict(kept) == first
    assert entry(kept).read_bytes() != damaged


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720])
def test_a_folder_that_others_can_write_to_is_refused(kept: Path, mode: int, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict(kept)
    kept.chmod(mode)
    key = entry(kept).stem
    assert cache.load(key) is None
    entry(kept).unlink()
    verdict(kept)
    assert list(kept.iterdir()) == []


def test_an_entry_that_others_can_write_to_or_a_link_is_refused(kept: Path) -> None:
    verdict(kept)
    key, path = entry(kept).stem, entry(kept)
    assert cache.load(key) is not None
    path.chmod(0o666)
    assert cache.load(key) is None
    path.chmod(0o600)
    moved = path.with_suffix(".moved")
    path.rename(moved)
    path.symlink_to(moved)
    assert cache.load(key) is None


@pytest.mark.parametrize("word", ["off", "OFF", "0"])
def test_the_cache_can_be_off(kept: Path, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv(cache.VARIABLE, word)
    verdict(kept)
    assert cache.folder() is None
    assert not kept.exists()


def test_a_folder_that_cannot_be_made_is_no_error(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kept.parent / "file").write_text("in the way")
    monkeypatch.setenv(cache.VARIABLE, str(kept.parent / "file" / "below"))
    assert '"decision": "defer"' in verdict(kept)


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (cache.VARIABLE, "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder() is None
    monkeypatch.setenv("XDG_CACHE_HOME", os.sep + "somewhere")
    assert cache.folder() == Path(os.sep, "somewhere", "sendlaw")
