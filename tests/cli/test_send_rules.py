"""`sendlaw send` with real rules: hours, limits, obligations and the ledger together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sendlaw.cli.main import main

HOUSE = """
policy house "House rules" {
  recipients FR
  languages fr

  source act "Act of the test" "https://example.org/act" checked 2026-11-20

  rule consent "Marketing needs consent" {
    when    category is promotional
    require consent is one of (opted_in, existing_customer)
    basis   law
    cite    act
  }

  rule hours "Marketing from 08:00 to 20:00" {
    when  category is promotional
    only  08:00-20:00
    basis law
    cite  act
  }

  rule way_out "Marketing says how to stop" {
    when    category is promotional
    require body mentions "STOP"
    else    append " STOP {stop}"
    basis   law
    cite    act
  }

  rule not_too_often "One marketing message a day" {
    when  category is promotional
    limit 1 per 24 hours per recipient, brand
    basis house
  }
}
"""


def line(id: str, at: str, **fields: Any) -> str:
    data = {"id": id, "to": "+33639981242", "sender": "ACME", "category": "promotional", "body": "Soldes !"}
    return json.dumps({**data, "at": at, "brand": {"name": "Acme", "stop": "36179"}, **fields})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "house.policy").write_text(HOUSE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def send(*arguments: str, **settings: Any) -> dict[str, Any]:
    rules = ("--rules", "house.policy", "--no-bundled")
    command = ["send", "-", *rules, "--provider", "file", "--out", "sent.jsonl", "--json", *arguments]
    found = CliRunner().invoke(main, command, **settings)
    assert found.exit_code == 0, found.output
    report: dict[str, Any] = json.loads(found.stdout)
    return report


def sent(folder: Path) -> list[tuple[str, str, str]]:
    lines = map(json.loads, (folder / "sent.jsonl").read_text().splitlines())
    return [(each["id"], each["at"], each["text"]) for each in lines]


def test_a_schedule_with_consent_hours_limits_and_obligations(folder: Path) -> None:
    opted_in = {"status": "opted_in", "at": "2026-11-01T10:00:00Z"}
    lines = [
        line("consent", "2026-11-24T10:00:00+01:00", consent=opted_in),
        line("from_ledger_but_too_often", "2026-11-24T18:00:00+01:00"),
        line("late", "2026-11-25T22:00:00+01:00"),
        line("stranger", "2026-11-24T10:00:00+01:00", to="+33639981243"),
    ]
    report = send("--now", "2026-11-24T00:00:00Z", input="\n".join(lines))
    assert sent(folder) == [("consent", "2026-11-24T09:00:00+00:00", "Soldes ! STOP 36179")]
    assert report["countries"] == {"FR": {"allow": 1, "defer": 2, "deny": 1}}
    assert {why["rule"] for why in report["reasons"]} == {"house.not_too_often", "house.hours", "house.consent"}
    assert [opening["until"] for opening in report["openings"]] == [
        "2026-11-25T09:00:00+00:00",
        "2026-11-26T07:00:00+00:00",
    ]
    later = send("--now", "2026-11-26T12:00:00+01:00", input="\n".join(lines))
    assert (later["released"], later["outcomes"]["already"]) == (2, 4)
    assert [id for id, _, _ in sent(folder)] == ["consent", "from_ledger_but_too_often"]
    assert [opening["until"] for opening in later["openings"]] == ["2026-11-27T11:00:00+00:00"]


def test_a_number_that_cannot_be_is_named_and_the_others_go(folder: Path) -> None:
    consent = {"status": "opted_in"}
    lines = [
        line("bad", "2026-11-24T10:00:00Z", to="+3312", consent=consent),
        line("good", "2026-11-24T10:00:00Z", consent=consent),
    ]
    report = send(input="\n".join(lines))
    assert [(fault["line"], fault["field"]) for fault in report["faults"]] == [(1, "to")]
    assert [id for id, _, _ in sent(folder)] == ["good"]


def test_the_bundled_rules_send_a_campaign(folder: Path) -> None:
    consent = {"status": "opted_in", "at": "2026-11-01T10:00:00Z", "method": "online"}
    (folder / "autumn.jsonl").write_text(line("m1", "2026-11-24T10:00:00+01:00", to="+33612345678", consent=consent))
    found = CliRunner().invoke(main, ["send", "autumn.jsonl", "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["countries"] == {"FR": {"allow": 1}}
