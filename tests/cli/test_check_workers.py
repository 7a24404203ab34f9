"""`sendlaw check` with workers: the same answers as without, in order, and an orderly end whatever happens to them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from .support import SHOP, SHOP_ALONE

LINES = 400
WORKED = """
import os, signal, sys
from sendlaw.cli import check, judging, lines, workers
check._WORTH = {True: 0, False: 0}
check.can_fork = lambda: True
lines.BLOCK_BYTES = 4096
judged, here = judging._judged, os.getpid()
def tripped(evaluate, line, message):
    campaign = getattr(message, "campaign", None) if os.getpid() != here else None
    if campaign == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if campaign == "fail":
        raise ZeroDivisionError("nothing")
    return judged(evaluate, line, message)
judging._judged = tripped
"""
"""Calls workers at once, and lets them die or fail over a message that says so."""
SPAWNED = WORKED + "check.can_fork = lambda: False\n"
MAIN = "from sendlaw.cli.main import main\nmain(prog_name='sendlaw')\n"

SHOP_RULES = Path(SHOP).read_text(encoding="utf-8")


def message(number: int, **fields: Any) -> str:
    data: dict[str, Any] = {
        "id": f"m{number}",
        "to": f"+336399{number % 100_000:05}",
        "sender": "ACME",
        "category": "promotional" if number % 3 else "authentication",
        "body": f"Code {number}, à bientôt",
        "at": f"2026-11-24T{number % 24:02}:14:00+01:00",
        "consent": {"status": "opted_in"},
        "history": [],
    }
    return json.dumps(data | fields, ensure_ascii=number % 2 == 0)


def mixed(count: int = LINES) -> list[str]:
    """Good lines and bad ones of every kind, some empty."""
    bad = ["", "{", '{"to": 1, "to": 2}', "[" * 3000, message(5, to="+331"), message(6, colour="red"), '{"body": NaN}']
    return [bad[n // 7 % len(bad)] if n % 7 == 3 else message(n) for n in range(count)]


def command(*arguments: str, setting: str = WORKED) -> list[str]:
    return [sys.executable, "-c", setting + MAIN, "check", *SHOP_ALONE, *arguments]


def checked(*arguments: str, setting: str = WORKED, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*arguments, setting=setting), input=said, capture_output=True, timeout=300)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(mixed()), encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    rows = ["id,to,sender,category,body,at,consent.status,history"]
    for n in range(LINES):
        body = f'"Code {n}\nover ""two"" lines"' if n % 5 == 0 else f"Code {n}"
        cells = [f"m{n}", f"+336399{n:05}", "ACME", "authentication", body, "2026-11-24T12:00:00Z", "opted_in", "[]"]
        rows.append(",".join(cells[: 7 if n % 11 == 4 else 8]))
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


# ---- the same answers


@pytest.mark.parametrize(("view", "workers"), [(("--json",), "2"), ((), "5")])
def test_the_answers_of_one_process_and_of_several_are_the_same(
    view: tuple[str, ...], workers: str, many: Path, table: Path, tmp_path: Path
) -> None:
    short = tmp_path / "short.jsonl"
    short.write_text(message(1))
    files = (str(many), str(table), str(short), str(many))
    alone = checked(*view, "--workers", "1", *files)
    together = checked(*view, "--workers", workers, *files)
    assert together.stdout == alone.stdout
    assert together.stderr == alone.stderr
    assert (alone.returncode, together.returncode) == (2, 2)
    assert alone.stdout.count(b"m399") >= 3


def test_workers_that_start_from_nothing_give_the_same_answers(many: Path) -> None:
    alone = checked("--json", "--workers", "1", str(many))
    together = checked("--json", "--workers", "2", str(many), setting=SPAWNED)
    assert together.stdout == alone.stdout
    assert together.stderr == alone.stderr


def test_standard_input_as_a_pipe_and_as_a_file(many: Path) -> None:
    alone = checked("--workers", "1", said=many.read_bytes())
    assert checked("--workers", "3", said=many.read_bytes()).stdout == alone.stdout
    with many.open("rb") as stream:
        done = subprocess.run(command("--workers", "3"), stdin=stream, capture_output=True, timeout=300)
    assert done.stdout == alone.stdout
    assert done.stderr == alone.stderr


def test_lines_that_are_too_long_or_no_text_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    good = message(1).encode()
    odd = [b"x" * 1_500_000, b"\xff", b'{"body": "' + b"y" * 1_000_000 + b'"}', b" " * 9_000, b"\x0b"]
    path.write_bytes(b"\r\n".join(part for line in odd for part in (*[good] * 9, line)))
    alone = checked("--json", "--workers", "1", str(path))
    assert checked("--json", "--workers", "2", str(path)).stdout == alone.stdout
    errors = [data for line in alone.stdout.splitlines() if "error" in (data := json.loads(line))]
    assert [(data["line"], data["error"]) for data in errors] == [
        (10, "is longer than 1,000,000 bytes"),
        (20, "is not UTF-8: byte 1 is 0xff"),
        (30, "is longer than 1,000,000 bytes"),
    ]


def test_files_without_a_message_between_others(many: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n \n")
    files = (str(empty), str(many), str(empty))
    done = checked("--json", "--workers", "2", *files)
    assert done.stderr.decode().splitlines()[:2] == [f"sendlaw check: {empty} holds no message"] * 2
    assert done.stdout == checked("--json", "--workers", "1", *files).stdout
    assert done.returncode == 2


@pytest.mark.parametrize(("fail_on", "code"), [("deny", 0), ("defer", 1)])
def test_fail_on_counts_what_workers_judged(fail_on: str, code: int, tmp_path: Path) -> None:
    path = tmp_path / "good.jsonl"
    late = message(1, at="2026-11-24T23:00:00+01:00", body="STOP au 36179")
    path.write_text("\n".join([*(message(3) for _ in range(200)), late]))
    done = checked("--fail-on", fail_on, "--workers", "2", str(path))
    assert done.returncode == code
    assert b"201 messages: 200 allow, 1 defer\n" in done.stderr


def test_a_short_input_is_judged_without_workers(tmp_path: Path) -> None:
    path = tmp_path / "short.jsonl"
    path.write_text("\n".join(message(n, campaign="kill") for n in range(50)))
    setting = WORKED.replace("check._WORTH = {True: 0, False: 0}", "")
    assert checked("--workers", "2", str(path), setting=setting).returncode == 0
    assert checked("--workers", "0", str(path)).returncode == 2


# ---- as it comes


def test_workers_answer_before_the_next_message_is_written() -> None:
    process = subprocess.Popen(command("--json", "--workers", "2"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    for number in range(8):
        process.stdin.write(message(number).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == f"m{number}"
    process.stdin.write(message(8)[:50].encode())
    process.stdin.flush()
    process.stdin.write(message(8)[50:].encode())
    process.stdin.close()
    assert json.loads(process.stdout.read())["id"] == "m8"
    assert process.wait(300) == 0


def test_the_first_answer_does_not_wait_for_a_second_line() -> None:
    process = subprocess.Popen(command("--json"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(message(1).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == "m1"
    process.stdin.close()
    assert process.stdout.read() == b""
    assert process.wait(300) == 0


# ---- an end that nobody planned


@contextlib.contextmanager
def running(*arguments: str, setting: str = WORKED) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a process group of its own, of which nothing may be left in the end."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command(*arguments, setting=setting), start_new_session=True, stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        yield process
        assert nobody_left(process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(300)


def nobody_left(group: int) -> bool:
    """Whether all processes of a group end; they are given time, since the last to know are those it takes longest."""
    for _ in range(2000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("trap", [10, 200, 395])
def test_a_killed_worker_is_an_error_and_no_line_before_it_is_lost_or_doubled(trap: int, tmp_path: Path) -> None:
    path = tmp_path / "deadly.jsonl"
    path.write_text("\n".join(message(n, campaign="kill" if n == trap else "x") for n in range(LINES)))
    done = checked("--json", "--workers", "2", str(path))
    written = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert written == [f"m{n}" for n in range(len(written))]
    assert 0 < len(written) <= trap
    place = f"{path}, line {len(written) + 1}: no verdicts from here on: a worker process was killed (SIGKILL)"
    assert place in done.stderr.decode()
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in listed.splitlines())
    return [int(pid) for pid, its_parent in pairs if int(its_parent) == parent]


@pytest.mark.parametrize("setting", [WORKED, SPAWNED])
def test_workers_killed_while_they_wait_are_missed_when_there_is_work(setting: str) -> None:
    with running("--json", "--workers", "2", setting=setting) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        for number in range(3):
            process.stdin.write(message(number).encode() + b"\n")
            process.stdin.flush()
            process.stdout.readline()
        for worker in children(process.pid):
            os.kill(worker, signal.SIGKILL)
        process.stdin.write(message(3).encode() + b"\n")
        process.stdin.close()
        assert process.stdout.read() == b""
        assert b"standard input, line 4: no verdicts from here on: a worker process was killed" in process.stderr.read()
        assert process.wait(300) == 2


def test_an_error_in_a_worker_is_told_as_one_here_would_be(tmp_path: Path) -> None:
    path = tmp_path / "failing.jsonl"
    path.write_text("\n".join(message(n, campaign="fail" if n == 200 else "x") for n in range(LINES)))
    done = checked("--workers", "2", str(path))
    assert done.returncode == 2
    assert b"sendlaw: unexpected RuntimeError: in a worker process: ZeroDivisionError: nothing" in done.stderr
    assert b"Traceback" not in done.stderr


def test_rules_changed_meanwhile_are_noticed_by_workers_that_load_them(tmp_path: Path) -> None:
    rules, path = tmp_path / "mine.policy", tmp_path / "many.jsonl"
    rules.write_text(SHOP_RULES)
    path.write_text("\n".join(message(n) for n in range(LINES)))
    changed = f"open({str(rules)!r}, 'a').write('# later') and 0"
    setting = SPAWNED.replace("lambda: False", changed.join(["lambda: bool(", ")"]))
    arguments = [sys.executable, "-c", setting + MAIN, "check", "--no-bundled", "--rules", str(rules)]
    done = subprocess.run([*arguments, "--workers", "2", str(path)], capture_output=True, timeout=300)
    assert done.returncode == 2
    assert b"the rule files were changed while messages were judged" in done.stderr


def endless(process: subprocess.Popen[bytes]) -> None:
    """Writes messages until nobody reads them."""
    lines = b"".join(message(n).encode() + b"\n" for n in range(100))
    assert process.stdin is not None
    with contextlib.suppress(OSError, ValueError):
        while True:
            process.stdin.write(lines)


@pytest.mark.parametrize("setting", [WORKED, SPAWNED])
def test_a_reader_that_goes_away_ends_all_quietly(setting: str) -> None:
    with running("--json", "--workers", "2", setting=setting) as process:
        assert process.stdout is not None and process.stderr is not None
        writer = Thread(target=endless, args=(process,))
        writer.start()
        for _ in range(300):
            process.stdout.readline()
        process.stdout.close()
        assert process.wait(300) == 0
        writer.join(300)
        assert process.stderr.read() == b""


@pytest.mark.parametrize("setting", [WORKED, SPAWNED])
def test_an_interrupt_ends_all_quietly(setting: str) -> None:
    """A terminal sends it to all processes of the group."""
    with running("--json", "--workers", "2", setting=setting) as process:
        assert process.stdout is not None and process.stderr is not None
        writer = Thread(target=endless, args=(process,))
        writer.start()
        for _ in range(300):
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        assert process.wait(300) == 130
        writer.join(300)
        assert process.stderr.read() == b""


def test_workers_do_not_outlive_a_killed_parent() -> None:
    with running("--json", "--workers", "3") as process:
        assert process.stdin is not None and process.stdout is not None
        for number in range(3):
            process.stdin.write(message(number).encode() + b"\n")
            process.stdin.flush()
            process.stdout.readline()
        assert len(children(process.pid)) == 3
        process.kill()
        process.wait(300)
