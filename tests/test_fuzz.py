"""`make fuzz` on a small scale: it reaches every target, repeats itself, and keeps what fails."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TARGETS = ("parser", "checker", "formatter", "linter", "highlighting", "language features", "language server")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with these arguments, in the root of the repository."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_nothing_is_found_and_every_target_is_counted(tmp_path: Path) -> None:
    done = run("-m", "tools.fuzz", "--inputs", "12", "--seed", "5", "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    counted = dict(re.findall(r"^(\w[\w ]*?) +([\d,]+) inputs", done.stdout, re.M))
    assert counted == dict.fromkeys(TARGETS, "12") | {"language server": "1"}
    assert list(tmp_path.iterdir()) == []


PLANTED = """
import sys
from tools import fuzz

def broken(given):
    assert "{" not in given.text, "a brace"
    return True

def slow(given):
    while True:
        pass

fuzz.SECONDS = 0.2
fuzz._TARGETS.clear()
fuzz._TARGETS["parser"] = {broken: broken, slow: slow}[globals()[sys.argv.pop(1)]]
sys.exit(fuzz.main())
"""


@pytest.mark.parametrize(("fault", "told"), [("broken", "AssertionError: a brace"), ("slow", "more than 0.2 seconds")])
def test_a_fault_is_told_kept_and_repeated(tmp_path: Path, fault: str, told: str) -> None:
    options = ("--inputs", "3", "--no-server", "--out", str(tmp_path))
    first, second = (run("-c", PLANTED, fault, *options) for _ in range(2))
    assert first.returncode == 1
    assert first.stdout == second.stdout
    assert told in first.stdout
    kept = sorted(tmp_path.iterdir())
    assert f"--repeat {kept[0]}" in first.stdout
    assert json.loads(kept[0].read_text(encoding="utf-8"))["case"]["salt"].startswith("1:")
    again = run("-m", "tools.fuzz", "--repeat", str(kept[0]))
    assert again.returncode == 0 and "holds now" in again.stdout
