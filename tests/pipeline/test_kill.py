"""A killed process loses nothing and sends nothing twice. The file that the provider wrote is the truth."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from sendlaw.engine.pipeline.stores.sqlite import SqliteStore

MESSAGES = 300
WORDS = ("allow", "deny", "allow", "defer")


class Trial:
    """One campaign's file, store and output, and the processes run over them."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.file, self.store, self.out = (folder / name for name in ("c.jsonl", "store.sqlite3", "out.jsonl"))
        self._root = repository
        self.file.write_text("".join(_line(n) for n in range(MESSAGES)))

    def start(self, seam: str = "never:0") -> subprocess.Popen[bytes]:
        paths = (str(path) for path in (self.file, self.store, self.out))
        command = [sys.executable, "-m", "tests.pipeline.victim", *paths, seam]
        return subprocess.Popen(command, cwd=self._root)

    def sent(self) -> list[str]:
        if not self.out.exists():
            return []
        whole = self.out.read_bytes().rpartition(b"\n")[0]
        return [json.loads(line)["id"] for line in whole.splitlines()]

    def in_doubt(self) -> set[str]:
        with SqliteStore(self.store) as store:
            return {record.id for record in store.in_doubt("c")}

    def assert_complete(self, *, doubts: int) -> None:
        """Every allowed message went exactly once, but for the few in doubt, which went at most once."""
        sent, in_doubt = self.sent(), self.in_doubt()
        allowed = {f"m{n}" for n in range(MESSAGES) if WORDS[n % 4] == "allow"}
        assert len(sent) == len(set(sent))
        assert set(sent) | in_doubt == allowed
        assert len(in_doubt) <= doubts


def _line(n: int) -> str:
    data = {"id": f"m{n}", "to": f"+3363998{n % 50:04d}", "sender": "ACME", "category": "promotional"}
    return json.dumps({**data, "body": f"{WORDS[n % 4]} {n}", "at": "2026-11-24T12:00:00Z"}) + "\n"


@pytest.fixture
def trial(tmp_path: Path, repository: Path) -> Trial:
    return Trial(tmp_path, repository)


def test_killed_at_random_points_and_run_again(trial: Trial) -> None:
    chance = random.Random(2026)
    kills = 0
    for _ in range(5):
        process = trial.start()
        goal = len(trial.sent()) + chance.randint(1, 25)
        while process.poll() is None and len(trial.sent()) < goal:
            pass
        process.kill()
        kills += process.wait() != 0
    assert kills >= 1
    assert trial.start().wait() == 0
    trial.assert_complete(doubts=kills)


@pytest.mark.parametrize(("seam", "went"), [("before:1", 0), ("before:3", 2), ("after:1", 1), ("after:3", 3)])
def test_killed_next_to_the_provider_leaves_one_message_in_doubt(trial: Trial, seam: str, went: int) -> None:
    assert trial.start(seam).wait() != 0
    assert len(trial.sent()) == went
    assert trial.start().wait() == 0
    trial.assert_complete(doubts=1)
    assert len(trial.in_doubt()) == 1


def test_a_line_cut_off_by_the_crash_is_repaired(trial: Trial) -> None:
    assert trial.start("after:3").wait() != 0
    whole = trial.out.read_bytes()
    trial.out.write_bytes(whole[:-40])
    assert trial.start().wait() == 0
    assert len(trial.sent()) == len(set(trial.sent()))
    trial.assert_complete(doubts=1)
