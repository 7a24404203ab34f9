"""What people give by mistake, and places a command is started in: each gets one clear answer, no traceback."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sendlaw.cli.json_text import first_repeated
from sendlaw.cli.main import main
from sendlaw.cli.reading import LineError, read_messages

from .support import MESSAGES, SHOP_ALONE, first_message, run

GOOD = {"id": "m1", "to": "+33639981242", "sender": "ACME", "category": "promotional", "body": "Soldes !"}
HEADER = "id,to,sender,category,body"
ROW = "m1,+33639981242,ACME,promotional,Soldes !"


def errors(data: bytes, is_csv: bool | None = None) -> list[tuple[str, str | None]]:
    found = read_messages(io.BytesIO(data), is_csv=is_csv)
    return [(item.error, item.field) for item in found if isinstance(item, LineError)]


def message(**fields: object) -> bytes:
    return json.dumps({**GOOD, **fields}).encode()


# ---- files that hold something else


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(message() * 99), "is compressed (gzip); unpack the file first"),
        (b"PK\x03\x04" + message(), "is a ZIP archive or a spreadsheet; save the file as CSV in UTF-8"),
        (message().decode().encode("utf-16"), "is UTF-16; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_named_once(data: bytes, said: str) -> None:
    assert errors(data) == [(said, None)]


@pytest.mark.parametrize(("sign", "name"), [(";", "`;`"), ("\t", "tabs")])
def test_a_table_with_other_separators_is_named_once(sign: str, name: str) -> None:
    table = "\n".join([HEADER, ROW, ROW]).replace(",", sign).encode()
    said = [(f"columns are separated by commas, not by {name}", None)]
    assert errors(table) == errors(table, is_csv=True) == said


def test_names_of_columns_may_stand_apart_and_are_as_they_are_written() -> None:
    spaced = HEADER.replace(",", " , ")
    assert errors(f"{spaced}\n{ROW}\n".encode()) == []
    assert errors(f"{HEADER.upper()}\n{ROW}\n".encode()) == [("no such field", "ID")]


def test_a_quote_left_open_is_guessed_at() -> None:
    ((error, field),) = errors(f'{HEADER}\nm1,+33639981242,ACME,promotional,"{"a" * 140_000}'.encode())
    assert error == "is not CSV: a cell is longer than 131,072 characters; is a quote left open?"
    assert field is None


# ---- names


def test_the_first_repeated_name() -> None:
    assert first_repeated(["a", "b", "a", "b"]) == "a"
    assert first_repeated(["a", "b"]) is None


def test_a_name_twice_among_very_many_is_found_at_once() -> None:
    """Comparing each name with each other would take minutes here."""
    names = [*(f"k{n}" for n in range(60_000)), "k59999"]
    data = "{" + ",".join(f'"{name}":1' for name in names) + "}"
    assert errors(data.encode()) == [("stands twice in the same object", "k59999")]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (rb'{"\u001b[31m": 1, "\u001b[31m": 2}', r"\x1b[31m"),
        (rb'{"\ud83d": 1, "\ud83d": 2}', r"\ud83d"),
        (message(**{"+33639981242": 1}), "+33•••••••42"),
    ],
)
def test_a_name_to_blame_neither_steers_the_terminal_nor_shows_a_number(data: bytes, field: str) -> None:
    ((_, blamed),) = errors(data)
    assert blamed == field


@pytest.mark.parametrize("field", ["category", "at", "sender_type", "channel"])
def test_a_number_in_the_wrong_field_is_masked(field: str) -> None:
    result = run("check", *SHOP_ALONE, input=message(**{field: "+33639981242"}))
    assert result.exit_code == 2
    assert "+33•••••••42" in result.stdout
    assert "39981242" not in result.output


# ---- values


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"at": "2026-02-30T10:00:00Z"}, "`2026-02-30T10:00:00Z` is not a time", "at"),
        ({"at": "2026-02-03T24:00:00Z"}, "`2026-02-03T24:00:00Z` is not a time", "at"),
        ({"at": "2026-06-30T23:59:60Z"}, "`2026-06-30T23:59:60Z` is not a time", "at"),
        ({"at": "2026-01-01T00:00:00+99:99"}, "is not a time such as", "at"),
        ({"registers": {"FR": {"checked": "24/11/2026"}}}, "`24/11/2026` is not a date", "registers.FR.checked"),
        ({"registers": {"ZZZ": {}}}, "`ZZZ` is not a country", "registers.ZZZ"),
        ({"recipient": {"age_at_least": 131}}, "must be at most 130", "recipient.age_at_least"),
        ({"recipient": {"age_at_least": -1}}, "must be at least 0", "recipient.age_at_least"),
        ({"\ud83d": 1}, "holds half of a surrogate pair", None),
    ],
)
def test_values_that_do_not_exist(fields: dict[str, object], error: str, field: str | None) -> None:
    ((said, blamed),) = errors(message(**fields))
    assert error in said
    assert blamed == field


# ---- the place a command is started in


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which `sendlaw` is the command."""
    script = f'sendlaw() {{ "{sys.executable}" -m sendlaw "$@"; }}; {command}'
    environment = {**os.environ, **environment}
    return subprocess.run(["sh", "-c", script], capture_output=True, encoding="utf-8", env=environment, timeout=60)


SHOP_WORDS = " ".join(SHOP_ALONE)


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (f"sendlaw check {SHOP_WORDS} <&-", 2, "standard input holds no message"),
        (f"sendlaw send - {SHOP_WORDS} --store :memory: <&-", 2, "holds no message"),
        (f"sendlaw explain - {SHOP_WORDS} <&-", 2, "holds no message"),
        (f"sendlaw check {SHOP_WORDS} {MESSAGES} >&-", 2, "could not be read"),
        ("sendlaw --version >&-", 0, ""),
        ("sendlaw check nothing.jsonl 2>&-", 2, ""),
        ("sendlaw check nothing.jsonl 2>/dev/full", 2, ""),
        ("sendlaw check nothing.jsonl <&- >&- 2>&-", 2, ""),
    ],
)
def test_closed_streams_are_empty_ones(command: str, code: int, said: str) -> None:
    done = shell(command)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr and "unexpected" not in done.stderr


DEVICE = "is a device, not a file: name a file or a pipe"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"sendlaw check {SHOP_WORDS} /dev/zero", f"/dev/zero: {DEVICE}"),
        (f"sendlaw check {SHOP_WORDS} {MESSAGES} /dev/urandom", f"/dev/urandom: {DEVICE}"),
        (f"sendlaw check {SHOP_WORDS} </dev/zero", f"standard input: {DEVICE}"),
        (f"sendlaw explain {SHOP_WORDS} /dev/zero", f"/dev/zero: {DEVICE}"),
        (f"sendlaw explain {SHOP_WORDS} --campaign /dev/full", f"/dev/full: {DEVICE}"),
        (f"sendlaw send {SHOP_WORDS} --store :memory: /dev/zero", f"/dev/zero: {DEVICE}"),
        ("sendlaw lint --config /dev/zero", f"/dev/zero: {DEVICE}"),
        ("sendlaw fmt - </dev/zero", "the file is larger than 8 MB"),
        (f"sendlaw check {SHOP_WORDS} /dev/null", "/dev/null holds no message"),
        (f"sendlaw check {SHOP_WORDS} </dev/null", "standard input holds no message"),
    ],
)
def test_a_device_that_never_ends_is_refused_at_once(command: str, said: str) -> None:
    done = shell(f"ulimit -v 8000000; {command}")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr and "unexpected" not in done.stderr


@pytest.mark.parametrize("command", [f"cat {MESSAGES} | sendlaw check -", "sendlaw check /dev/stdin <" + MESSAGES])
def test_pipes_and_files_under_other_names_are_read(command: str) -> None:
    done = shell(f"{command} {SHOP_WORDS}")
    assert done.stdout == run("check", *SHOP_ALONE, MESSAGES).stdout


def test_one_message_that_cannot_be_read_is_told_before_the_stream_ends() -> None:
    endless = "(printf 'not json\\n'; yes x | tr -d '\\n')"
    done = shell(f"{endless} | sendlaw explain {SHOP_WORDS} -")
    assert done.returncode == 2
    assert "line 1: is not JSON" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_stays_json_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    body = "é–😀"
    file = tmp_path / "m.jsonl"
    file.write_text(json.dumps({**json.loads(first_message()), "body": body}), encoding="utf-8")
    command = [sys.executable, "-m", "sendlaw", "check", "--json", *SHOP_ALONE, str(file)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=environment, timeout=60)
    assert body in json.loads(done.stdout.decode(encoding))["text"]


# ---- misspelt


@pytest.mark.parametrize(
    ("word", "said"), [("chek", "Did you mean 'check'?"), ("ftm", "Did you mean 'fmt'?"), ("zzz", "")]
)
def test_a_misspelt_command_is_answered_with_the_nearest(word: str, said: str) -> None:
    result = CliRunner().invoke(main, [word])
    assert result.exit_code == 2
    assert f"No such command '{word}'. {said}".strip() in result.stderr


# ---- `send`


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--now", "9999-12-31T23:59:59-12:00"], "the year 9999 lies outside 1971 to 2199"),
        (["--now", "0001-01-01T00:00:00Z"], "the year 1 lies outside 1971 to 2199"),
        (["--campaign", ""], "the campaign's name is empty"),
        (["--store", os.devnull], "is no regular file; name a file for the store"),
        ([], "holds no message that can be judged"),
    ],
)
def test_send_says_what_cannot_be_done(arguments: list[str], said: str) -> None:
    without_id = json.dumps({name: value for name, value in GOOD.items() if name != "id"})
    result = run("send", "-", *SHOP_ALONE, *(arguments or ["--store", ":memory:"]), input=without_id)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("width", [34, 40, 44, 60, 100])
def test_a_narrow_report_still_names_countries_and_counts(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("send", "-", *SHOP_ALONE, "--store", ":memory:", input=message(at="2026-11-24T12:00:00Z"))
    table = result.stdout.partition("By country\n")[2].partition("\n\n")[0].splitlines()
    assert max(map(len, table)) <= width
    assert table[-1].split()[:2] == ["FR", "1"]
    assert all(word in "".join(table) for word in ("allowed", "deferred", "denied"))
    assert "1 line read, 1 message judged" in result.stdout
