"""The examples that ship: the campaign, its table in CSV, and the house rules."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sendlaw.cli.main import main
from sendlaw.cli.reading import LineError, read_messages
from sendlaw.engine.message import Message, MessageError, parse_message
from sendlaw.engine.numbers import number_facts
from sendlaw.engine.policy import Policy
from sendlaw.engine.verdict import Verdict
from sendlaw.policy.vocabulary import CATEGORIES, CONSENT_STATUSES, SENDER_TYPES

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
CAMPAIGN, TABLE, HOUSE = EXAMPLES / "campaign.jsonl", EXAMPLES / "messages.csv", EXAMPLES / "house.policy"

BAD_LINES = {
    12: (None, "is not JSON"),
    57: ("body", ""),
    101: ("at", "has no offset"),
    163: ("category", "promotional"),
    214: ("to", "not an E.164 number"),
    268: ("consnet", "no such field"),
    412: ("body", "NUL"),
    460: (None, "is not UTF-8"),
}
"""Lines that hold no message: the field to blame and part of the reason."""

UNFIT_LINES = {
    311: ("id", "is required"),
    365: ("id", "the same id came with another content"),
    488: ("to", "not a possible phone number"),
}
"""Lines that hold a message which cannot be sent as it is."""

DECISIONS = {"allow": "sent", "defer": "deferred", "deny": "denied"}
"""What becomes of a message by each decision."""

FILE = ("--provider", "file", "--out")


def read(path: Path) -> tuple[dict[int, Message], dict[int, LineError]]:
    with path.open("rb") as stream:
        lines = list(read_messages(stream))
    messages = {line.line: line.message for line in lines if not isinstance(line, LineError)}
    return messages, {line.line: line for line in lines if isinstance(line, LineError)}


def invoke(*arguments: str) -> Result:
    found = CliRunner().invoke(main, arguments)
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load(bundled=True)


@pytest.fixture(scope="module")
def messages() -> dict[int, Message]:
    return read(CAMPAIGN)[0]


@pytest.fixture(scope="module")
def judged(policy: Policy, messages: dict[int, Message]) -> list[tuple[Message, Verdict]]:
    return [(message, policy.evaluate(message)) for line, message in messages.items() if line not in UNFIT_LINES]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[str]]:
    """The report of `sendlaw send`, and the ids of what was sent."""
    folder = tmp_path_factory.mktemp("run")
    sent = folder / "sent.jsonl"
    found = invoke("send", str(CAMPAIGN), "--store", str(folder / "x.sqlite3"), *FILE, str(sent), "--json")
    assert found.exit_code == 0
    return json.loads(found.stdout), [json.loads(line)["id"] for line in sent.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def report(run: tuple[dict[str, Any], list[str]]) -> dict[str, Any]:
    return run[0]


def test_what_is_committed_is_what_the_texts_make(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "make_campaign.py", tmp_path], check=True)
    for path in (CAMPAIGN, TABLE):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_every_person_has_a_number_of_their_area() -> None:
    areas = tomllib.loads((ROOT / "tools" / "campaign" / "people.toml").read_text(encoding="utf-8"))["areas"]
    for name, area in areas.items():
        facts = [number_facts(f"{area['number']}{person:02}") for person in range(100)]
        assert {found.country for found in facts} == {area.get("country", name)}
        assert {found.line for found in facts} <= {"mobile", "fixed_or_mobile"}


def test_the_campaign_is_large_and_mixed(judged: list[tuple[Message, Verdict]]) -> None:
    assert len(judged) >= 500
    assert len({message.id for message, _ in judged}) == len(judged)
    assert len({verdict.country for _, verdict in judged} - {None}) >= 12
    assert {verdict.sender_type for _, verdict in judged} == set(SENDER_TYPES)
    assert {message.category for message, _ in judged} == set(CATEGORIES)
    assert {message.consent.status for message, _ in judged} == set(CONSENT_STATUSES)
    assert {verdict.encoding for _, verdict in judged} == {"GSM-7", "UCS-2", "UTF-8"}
    assert max(verdict.segments for _, verdict in judged) > 2
    assert len({message.at.hour for message, _ in judged}) >= 20
    assert {message.at.weekday() for message, _ in judged} == set(range(7))


def test_every_decision_has_its_share(judged: list[tuple[Message, Verdict]], report: dict[str, Any]) -> None:
    alone = Counter(verdict.decision for _, verdict in judged)
    together = {name: report["outcomes"][outcome] for name, outcome in DECISIONS.items()}
    for counts in (alone, together):
        assert min(counts["allow"], counts["defer"], counts["deny"]) > len(judged) / 10
        assert set(counts) == set(DECISIONS)


def test_the_ledger_remembers_what_messages_do_not_say(
    judged: list[tuple[Message, Verdict]], run: tuple[dict[str, Any], list[str]]
) -> None:
    """The fourth offer within a day to one Floridian waits; a Texan's does not."""
    alone = {message.id: verdict.decision for message, verdict in judged}
    _, sent = run
    for place in range(1, 9):
        assert alone[f"soleil-florida-day-{place:02}"] == "allow"
    assert {f"soleil-florida-day-{place:02}" for place in range(1, 9)} - set(sent) == {"soleil-florida-day-04"}
    assert len(sent) == len(set(sent))


def test_many_rules_speak(judged: list[tuple[Message, Verdict]]) -> None:
    rules = {(reason.effect, reason.rule) for _, verdict in judged for reason in verdict.reasons}
    assert {effect for effect, _ in rules} >= {"deny", "defer", "append", "prepend", "warn", "pace"}
    assert len({rule for _, rule in rules}) >= 60


def test_lines_that_are_no_message_are_named_in_their_place() -> None:
    _, errors = read(CAMPAIGN)
    assert set(errors) == set(BAD_LINES)
    for line, (field, reason) in BAD_LINES.items():
        assert errors[line].field == field
        assert errors[line].error and reason in errors[line].error


def test_a_number_that_cannot_be_is_named(policy: Policy, messages: dict[int, Message]) -> None:
    with pytest.raises(MessageError, match="to: not a possible phone number"):
        policy.evaluate(messages[488])


def test_every_bad_line_is_named_and_no_other(report: dict[str, Any]) -> None:
    expected = BAD_LINES | UNFIT_LINES
    faults = {fault["line"]: fault for fault in report["faults"]}
    assert set(faults) == set(expected)
    for line, (field, reason) in expected.items():
        assert faults[line].get("field") == field
        assert faults[line]["error"] and reason in faults[line]["error"]


def test_the_table_gives_the_verdicts_of_the_campaign(policy: Policy, messages: dict[int, Message]) -> None:
    by_id = {message.id: message for line, message in messages.items() if line not in UNFIT_LINES}
    rows, errors = read(TABLE)
    assert not errors
    assert len(rows) >= 10
    for row in rows.values():
        assert policy.evaluate(row) == policy.evaluate(by_id[row.id])
    assert {policy.evaluate(row).decision for row in rows.values()} == set(DECISIONS)


def test_the_house_rules_pass_their_own_tests() -> None:
    found = invoke("test", str(HOUSE))
    assert found.exit_code == 0, found.output
    assert "passed" in found.output
    assert invoke("fmt", "--check", str(HOUSE)).exit_code == 0


@pytest.mark.parametrize(
    ("brand", "covers", "at", "bundled", "with_house"),
    [
        ("Soleil", [], "2026-11-24T09:30:00Z", "allow", "defer"),
        ("Soleil", [], "2026-11-24T10:00:00Z", "allow", "allow"),
        ("Soleil", ["night"], "2026-11-24T21:00:00Z", "defer", "allow"),
        ("Ironleaf", [], "2026-11-24T09:30:00Z", "allow", "allow"),
        ("Ironleaf", ["night"], "2026-11-24T21:00:00Z", "defer", "defer"),
    ],
)
def test_the_house_rules_hold_for_their_own_brand(
    policy: Policy, brand: str, covers: list[str], at: str, bundled: str, with_house: str
) -> None:
    message = parse_message(
        {
            "to": "+447400123456",
            "sender": "SOLEIL",
            "category": "promotional",
            "body": "Sandals are back. Opt out: STOP to 60123",
            "brand": {"name": brand},
            "at": at,
            "consent": {"status": "opted_in", "covers": covers},
            "history": [],
        }
    )
    assert policy.evaluate(message).decision == bundled
    assert Policy.load(HOUSE, bundled=True).evaluate(message).decision == with_house
