"""`sendlaw send`: options, exit codes, report."""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sendlaw.cli import send as command
from sendlaw.cli.main import main
from sendlaw.cli.send_view import show_report
from sendlaw.engine.message import Message
from sendlaw.engine.pipeline.clock import FixedClock, as_seconds
from sendlaw.engine.pipeline.gateway import Outcome, content_digest
from sendlaw.engine.pipeline.report import Report
from sendlaw.engine.pipeline.stores.sqlite import SqliteStore
from sendlaw.engine.verdict import Verdict

from ..pipeline.judges import OPENS, BodyJudge, message, verdict

Run = Callable[..., Result]

AT = "2026-11-24T12:00:00Z"


def line(id: str, body: str, **fields: Any) -> str:
    data = {"id": id, "to": "+33639981242", "sender": "ACME", "category": "promotional", "at": AT}
    return json.dumps({**data, "body": body, **fields})


CAMPAIGN = [
    line("m1", "allow"),
    line("m2", "deny"),
    line("m3", "defer"),
    "nonsense",
    line("m1", "allow"),
    line("m2", "deny, but otherwise"),
    line("m4", "unfit"),
    json.dumps({"to": "+33639981242", "sender": "ACME", "category": "promotional", "body": "allow"}),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command beside `autumn.jsonl`, with the judge that does what it reads."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "load_policy", lambda rules, no_bundled: BodyJudge())
    monkeypatch.setattr(command, "SystemClock", lambda: FixedClock(as_seconds(datetime.fromisoformat(AT))))
    (tmp_path / "autumn.jsonl").write_text("\n".join(CAMPAIGN))

    def invoke(*arguments: str, **settings: Any) -> Result:
        found = CliRunner().invoke(main, ["send", *arguments], **settings)
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return invoke


def as_json(result: Result) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_a_run_judges_keeps_dispatches_and_reports(run: Run) -> None:
    found = run("autumn.jsonl", "--provider", "file", "--out", "sent.jsonl", "--json")
    assert found.exit_code == 0
    report = as_json(found)
    assert report["campaign"] == "autumn"
    assert (report["lines"], report["judged"], report["segments"]) == (8, 3, 1)
    assert report["outcomes"] == {
        "sent": 1,
        "denied": 1,
        "deferred": 1,
        "malformed": 1,
        "repeated": 1,
        "conflict": 1,
        "unfit": 2,
    }
    assert report["countries"] == {"FR": {"allow": 1, "deny": 1, "defer": 1}}
    assert report["openings"] == [{"country": "FR", "until": "2026-11-24T20:00:00+00:00", "messages": 1}]
    assert [(why["rule"], why["messages"]) for why in report["reasons"]] == [("FR.defer", 1), ("FR.deny", 1)]
    assert report["reasons"][0]["sources"][0]["url"] == "https://example.org/act"
    assert [json.loads(sent)["text"] for sent in Path("sent.jsonl").read_text().splitlines()] == ["allow STOP"]
    assert Path("sendlaw.sqlite3").exists()


def test_every_line_that_is_not_sent_as_it_is_is_named(run: Run) -> None:
    found = run("autumn.jsonl")
    assert found.stderr.splitlines() == [
        "line 4: is not JSON: expecting value at character 1",
        "line 5, id: the id `m1` came before in this file; the second one is not sent",
        "line 6, id: the same id came with another content",
        "line 7, to: is no possible phone number",
        "line 8, id: is required: with the campaign it tells repeats",
    ]
    assert [fault["line"] for fault in as_json(run("autumn.jsonl", "--json"))["faults"]] == [4, 5, 6, 7, 8]


def test_a_second_run_sends_nothing_again_and_says_so(run: Run) -> None:
    run("autumn.jsonl", "--provider", "file", "--out", "sent.jsonl")
    before = Path("sent.jsonl").read_bytes()
    found = run("autumn.jsonl", "--provider", "file", "--out", "sent.jsonl")
    assert Path("sent.jsonl").read_bytes() == before
    assert "done in an earlier run, not sent again: 1 sent, 1 denied, 1 deferred" in found.stdout
    assert "nothing new to send" in found.stdout
    assert "Tue 2026-11-24 20:00  FR 1" in found.stdout


def test_a_later_run_sends_what_had_waited(run: Run) -> None:
    run("autumn.jsonl")
    found = run("autumn.jsonl", "--now", OPENS.isoformat())
    assert "2026-11-24 20:00:00Z  +33•••••••42  ACME  defer STOP" in found.stdout
    assert "1 had waited for their time" in found.stdout


def test_the_campaign_is_the_files_name_or_the_one_given(run: Run) -> None:
    run("autumn.jsonl")
    assert as_json(run("autumn.jsonl", "--campaign", "autumn", "--json"))["already"]
    assert as_json(run("autumn.jsonl", "--campaign", "winter", "--json"))["outcomes"]["sent"] == 1


def test_standard_input_and_csv(run: Run) -> None:
    table = f"id,to,sender,category,body,at\nm9,+33639981242,ACME,promotional,allow,{AT}\n"
    assert as_json(run("-", "--json", input=table))["outcomes"] == {"sent": 1}
    Path("list.csv").write_text(table)
    assert as_json(run("list.csv", "--json"))["outcomes"] == {"sent": 1}


def test_with_json_the_console_provider_keeps_standard_output_clean(run: Run) -> None:
    found = run("autumn.jsonl", "--json")
    assert as_json(found)["outcomes"]["sent"] == 1
    assert "ACME  allow STOP" in found.stderr


def test_no_phone_number_is_shown_in_full(run: Run) -> None:
    bad = line("+33639981242", "allow") + "\n" + line("+33639981242", "allow")
    for option in ([], ["--json"]):
        found = run("-", *option, input=bad, color=True)
        assert "+33639981242" not in found.output
        assert "+33•••••••42" in found.output


def test_a_message_without_a_time_is_sent_now(run: Run) -> None:
    given = json.dumps({key: value for key, value in json.loads(CAMPAIGN[0]).items() if key != "at"})
    found = run("-", "--now", "2026-12-24T18:00:00+01:00", input=given)
    assert "2026-12-24 17:00:00Z" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.jsonl"], "missing.jsonl: no such file"),
        (["."], "is a directory"),
        (["autumn.jsonl", "--store", "."], ". is a directory; name a file for the store"),
        (["autumn.jsonl", "--store", "autumn.jsonl"], "is not a SQLite database"),
        (["autumn.jsonl", "--store", "/nowhere/x"], "cannot be opened or created"),
        (["autumn.jsonl", "--provider", "file", "--out", "/nowhere/x"], "cannot write /nowhere/x"),
        (["autumn.jsonl", "--provider", "file", "--out", "autumn.jsonl"], "holds something else"),
        (["autumn.jsonl", "--provider", "file"], "belong together"),
        (["autumn.jsonl", "--out", "x"], "belong together"),
        (["autumn.jsonl", "--now", "noon"], "`noon` is not a time"),
        (["autumn.jsonl", "--now", "2026-11-24T12:00:00"], "has no offset"),
        (["autumn.jsonl", "--rules", "missing"], "does not exist"),
        (["autumn.jsonl", "--campaign", "a\udcff"], "--campaign"),
        ([], "FILE"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(run: Run, arguments: list[str], said: str) -> None:
    found = run(*arguments)
    assert found.exit_code == 2
    assert said in found.stderr
    assert "Traceback" not in found.output
    assert Path("autumn.jsonl").read_text() == "\n".join(CAMPAIGN)


@pytest.mark.parametrize("text", ["", "\n\n", "nonsense", '{"id": 1}\n[]\n'])
def test_a_file_without_any_message_is_unreadable(run: Run, text: str) -> None:
    found = run("-", input=text)
    assert found.exit_code == 2
    assert "holds no message" in found.stderr


def test_a_disk_that_fills_up_is_said_and_what_was_sent_is_reported(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("long.jsonl").write_text("\n".join(line(f"m{n}", "allow") for n in range(9)))
    write, written = os.write, list[bytes]()

    def fill_up(file: int, data: bytes) -> int:
        if len(written) == 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(data)
        return write(file, data)

    with monkeypatch.context() as full:
        full.setattr(os, "write", fill_up)
        found = run("long.jsonl", "--provider", "file", "--out", "sent.jsonl", "--json")
    assert found.exit_code == 2
    assert "cannot write sent.jsonl: no space left on device" in found.stderr
    assert as_json(found)["outcomes"] == {"sent": 4}
    again = as_json(run("long.jsonl", "--provider", "file", "--out", "sent.jsonl", "--json"))
    assert (again["outcomes"], again["in_doubt"]) == ({"sent": 5, "already": 4}, [])


def test_an_interrupted_run_is_gone_on_with(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("long.jsonl").write_text("\n".join(line(f"m{n}", "allow") for n in range(9)))

    class Impatient(BodyJudge):
        def evaluate(self, message: Message) -> Verdict:
            if len(self.asked) == 4:
                raise KeyboardInterrupt
            return super().evaluate(message)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(command, "load_policy", lambda rules, no_bundled: Impatient())
        found = run("long.jsonl")
    assert found.exit_code == 130
    assert "the same command goes on where this one ended" in found.stderr
    assert as_json(run("long.jsonl", "--json"))["outcomes"] == {"already": 4, "sent": 5}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_show_on_a_terminal_unless_refused(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm", "COLUMNS": "80", **environment}.items():
        monkeypatch.setenv(name, value)
    report, stream = Report("autumn"), Terminal()
    report.add(Outcome("denied", "m1", verdict(message(), "deny")), 1)
    show_report(stream, report)
    assert ("\x1b[31m" in stream.getvalue()) == coloured
    assert "FR.deny" in stream.getvalue()


def test_bars_are_letters_where_blocks_cannot_be_shown() -> None:
    report = Report("autumn")
    report.add(Outcome("sent", "m1", verdict(message(), "allow")), 1)
    plain = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    show_report(plain, report)
    plain.flush()
    assert b"FR          1                        ##############################" in plain.buffer.getvalue()


def test_messages_are_played_through_in_time_whatever_their_order_in_the_file(run: Run) -> None:
    hours = (15, 9, 12)
    lines = [line(f"m{hour}", "limit 2", at=f"2026-11-24T{hour:02}:00:00Z") for hour in hours]
    run("-", "--provider", "file", "--out", "sent.jsonl", input="\n".join(lines))
    sent = [json.loads(each)["id"] for each in Path("sent.jsonl").read_text().splitlines()]
    assert sent == ["m9", "m12"]


def test_a_repeated_id_is_the_second_one_in_the_file_whatever_its_time(run: Run) -> None:
    lines = [line("m1", "allow", at="2026-11-24T15:00:00Z"), line("m1", "allow", at="2026-11-24T09:00:00Z")]
    found = as_json(run("-", "--json", input="\n".join(lines)))
    assert [fault["line"] for fault in found["faults"]] == [2]


def test_messages_in_doubt_are_shown_and_not_sent(run: Run) -> None:
    with SqliteStore("sendlaw.sqlite3") as store:
        given = message("m1", "allow")
        store.admit("autumn", given, content_digest(given), verdict(given, "allow"))
    found = run("autumn.jsonl")
    assert "never sent again\n  m1\n" in found.stdout
    assert "allow STOP" not in found.stdout
    assert as_json(run("autumn.jsonl", "--json"))["in_doubt"] == ["m1"]


@pytest.mark.parametrize("rules", ["policy house {", 'policy house "House" { recipients FR rule a "A" { deny } }'])
def test_rules_that_do_not_compile_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house.policy").write_text(rules)
    (tmp_path / "autumn.jsonl").write_text(CAMPAIGN[0])
    arguments = ["autumn.jsonl", "--rules", "house.policy", "--no-bundled"]
    found = CliRunner().invoke(main, ["send", *arguments])
    assert found.exit_code == 2
    assert "house.policy" in found.stderr
    assert "Traceback" not in found.output


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_report_fits_the_width(run: Run, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    found = run("autumn.jsonl", "--provider", "file", "--out", "sent.jsonl")
    report = found.stdout.splitlines()
    assert max(len(each) for each in report) <= width
    assert all(each == each.rstrip() for each in report)
    assert "\x1b" not in found.output
