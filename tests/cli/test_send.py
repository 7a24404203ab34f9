"""`sendlaw send`: options, exit codes, report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sendlaw.cli import send as command

from ..pipeline.judges import OPENS, BodyJudge

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
    """Runs the command in an empty directory that holds `autumn.jsonl`, with the judge that does what it reads."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "load_judge", lambda rules, bundled: BodyJudge())
    (tmp_path / "autumn.jsonl").write_text("\n".join(CAMPAIGN))

    def invoke(*arguments: str, **settings: Any) -> Result:
        found = CliRunner().invoke(command.send, list(arguments), **settings)
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
    assert [(why["rule"], why["messages"]) for why in report["reasons"]] == [("FR.deny", 1), ("FR.defer", 1)]
    assert report["reasons"][0]["sources"][0]["url"] == "https://example.org/act"
    assert [json.loads(sent)["text"] for sent in Path("sent.jsonl").read_text().splitlines()] == [
        "allow STOP"
    ]
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
    assert "Done in an earlier run, not sent again: 1 sent, 1 denied, 1 still waiting." in found.stdout
    assert "Nothing new to send." in found.stdout
    assert "Tue 2026-11-24 20:00  FR  1" in found.stdout


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


def test_a_store_that_fails_half_way_is_said_and_what_was_done_is_reported(run: Run) -> None:
    os.mkfifo("pipe")
    found = run("autumn.jsonl", "--provider", "file", "--out", "pipe", "--json")
    assert found.exit_code == 2
    assert "no regular file" in found.stderr


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_report_fits_the_width(run: Run, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    found = run("autumn.jsonl", "--provider", "file", "--out", "sent.jsonl")
    report = found.stdout.splitlines()
    assert max(len(each) for each in report) <= max(width, 60)
    assert all(each == each.rstrip() for each in report)
    assert "\x1b" not in found.output
