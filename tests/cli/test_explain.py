"""`sendlaw explain`: every rule looked at, why it spoke or stayed silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .support import MESSAGES, SHOP_ALONE, assert_golden, first_message, run


def message(**fields: object) -> str:
    data = {**json.loads(first_message()), **fields}
    return json.dumps({key: value for key, value in data.items() if value is not ...})


def explained(**fields: object) -> dict[str, Any]:
    """The rules of the explanation by id, of the first golden message with some fields changed."""
    result = run("explain", *SHOP_ALONE, "--json", "-", input=message(**fields))
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return {rule["rule"]: rule for rule in data["rules"]}


def test_the_readable_explanation() -> None:
    result = run("explain", *SHOP_ALONE, "-", input=message())
    assert result.exit_code == 0
    assert_golden("explain.txt", result.stdout)


@pytest.mark.parametrize(
    "rule, fields, effect, why",
    [
        ("FR.hours", {}, "defer", "22:14 in Europe/Paris; open 08:00–21:30; next opening Wednesday 08:00"),
        ("FR.hours", {"at": "2026-11-24T12:00:00Z"}, "silent", "the window is open"),
        ("FR.hours", {"category": "transactional"}, "silent", "its `when` does not hold"),
        ("FR.hours", {"at": "2026-02-24T22:14:00Z"}, "silent", "not in force: since 2026-03-01"),
        ("FR.old_hours", {}, "silent", "replaced by FR.hours"),
        ("FR.old_hours", {"at": "2026-02-28T22:14:00+01:00"}, "defer", "next opening Monday 10:00"),
        ("FR.late", {}, "silent", "not in force: before 2026-03-01"),
        ("FR.late", {"at": "2026-02-24T04:00:00Z"}, "silent", "the window is open"),
        ("FR.late", {"at": "2026-02-24T03:59:59Z"}, "warn", "04:59 in Europe/Paris; open 05:00–24:00"),
        (
            "FR.late",
            {"at": "2026-02-24T03:00:00Z", "consent": {"status": "opted_in", "covers": ["night"]}},
            "silent",
            "its `unless` excuses the message",
        ),
        ("FR.consent", {}, "silent", "what it requires holds"),
        ("FR.consent", {"consent": {}}, "deny", "consent is not known; required: consent is opted_in"),
        ("FR.gambling", {}, "silent", "it asks about subjects, and the message has none"),
        ("FR.gambling", {"subjects": ["health"]}, "silent", "its `when` does not hold"),
        ("FR.gambling", {"body": "CASINO"}, "deny", "gambling: subject is gambling"),
        ("FR.often", {}, "silent", "there is room within the limit"),
        ("FR.often", {"history": ...}, "warn", "the history is not known"),
        ("FR.way_out", {}, "append", "no STOP in the text"),
        ("FR.way_out", {"body": "STOP"}, "silent", "what it requires holds"),
        ("FR.way_out", {"brand": {}}, "deny", "the text to append needs brand.stop"),
    ],
)
def test_why(rule: str, fields: dict[str, object], effect: str, why: str) -> None:
    found = explained(**fields)[rule]
    assert found["effect"] == effect
    assert why in found["why"]


def test_what_was_asked_ends_with_what_settled_it() -> None:
    def clauses(rule: str, **fields: object) -> list[tuple[str, bool | None]]:
        return [(asked["clause"], asked["holds"]) for asked in explained(**fields)[rule]["asked"]]

    assert clauses("FR.hours") == [("when", True), ("only", False)]
    assert clauses("FR.hours", category="transactional") == [("when", False)]
    assert clauses("FR.late", at="2026-02-24T22:14:00Z", consent={}) == [
        ("when", True),
        ("unless", None),
        ("only", True),
    ]
    assert clauses("FR.often", history=...) == [("when", True), ("limit", None)]
    assert clauses("FR.consent", consent={}) == [("when", True), ("require", None)]


def test_each_subject_is_asked_about() -> None:
    asked = explained(subjects=["health", "gambling"])["FR.gambling"]["asked"]
    assert [(entry["subject"], entry["holds"]) for entry in asked] == [("gambling", True), ("health", False)]


def test_a_rule_comes_with_its_source_note_and_place() -> None:
    found = explained()["FR.consent"]
    assert found["sources"] == [{"title": "A code", "url": "https://example.org/code", "checked": "2026-11-20"}]
    assert found["note"] == "An account alone is not enough."
    assert (found["place"], found["basis"], found["line"]) == ("FR", "law", 20)


def test_rules_for_other_places_are_only_counted() -> None:
    result = run("explain", *SHOP_ALONE, "--json", "-", input=message(to="+4915112345678"))
    data = json.loads(result.stdout)
    assert (data["rules"], data["elsewhere"]) == ([], 7)
    assert data["verdict"]["decision"] == "allow"


def test_a_number_of_no_country_is_explained_too() -> None:
    result = run("explain", *SHOP_ALONE, "-", input=message(to="+88213300655"))
    assert result.exit_code == 0
    assert "deny    sendlaw.number" in result.stdout


def test_the_verdict_is_the_one_check_gives() -> None:
    told = json.loads(run("explain", *SHOP_ALONE, "--json", "-", input=message()).stdout)["verdict"]
    assert told == json.loads(run("check", *SHOP_ALONE, "--json", input=message()).stdout)


def test_what_would_let_a_message_pass() -> None:
    refused = message(body="Un casino en ligne", consent=..., brand=...)
    result = run("explain", *SHOP_ALONE, "--changes", "-", input=refused)
    assert result.exit_code == 0
    told = result.stdout.split("\n\n")[-1].splitlines()
    assert told[:5] == [
        "what would let it pass",
        "  1.  sent on Wednesday 2026-11-25 at 08:00 (+01:00)",
        "      and with a number or link for refusals, stated as brand.stop",
        "      and without “casino”",
        "      and if the recipient has opted in",
    ]
    assert told[5:] == [
        "  2.  sent on Wednesday 2026-11-25 at 08:00 (+01:00)",
        "      and with “STOP” in its text",
        "      and without “casino”",
        "      and if the recipient has opted in",
        "  What begins with `if` is a fact: it helps only where it is so, and may be stated only then.",
    ]
    data = json.loads(run("explain", *SHOP_ALONE, "--changes", "--json", "-", input=refused).stdout)
    proposal, _ = data["changes"]["proposals"]
    assert proposal["changes"][3] == {"what": "if the recipient has opted in", "kind": "fact"}
    assert proposal["sets"]["consent.status"] == "opted_in"
    assert proposal["text"] == "Un en ligne STOP au 36111"
    assert data["changes"]["unmoved"] == []


def test_a_message_that_may_be_sent_needs_no_change() -> None:
    allowed = message(at="2026-11-24T12:00:00+01:00")
    result = run("explain", *SHOP_ALONE, "--changes", "-", input=allowed)
    assert result.stdout.endswith("\nwhat would let it pass\n  nothing needs to change: it may be sent\n")
    assert "changes" not in json.loads(run("explain", *SHOP_ALONE, "--json", "-", input=allowed).stdout)


def test_what_nothing_moves_is_named() -> None:
    result = run("explain", "--changes", "-", input=message(to="+33639981234"))
    why = "the numbering plan does not tell `recipient.line` of this number, and no field of a message states it"
    other = "only a message to another number may pass"
    assert result.stdout.endswith(f"  nothing the sender can change or state moves world.landline: {why}; {other}\n")
    data = json.loads(run("explain", "--changes", "--json", "-", input=message(to="+33639981234")).stdout)
    assert data["changes"]["unmoved"] == ["world.landline"]
    assert data["changes"]["why"] == {"world.landline": f"{why}; {other}"}


def test_what_only_trying_shows_is_told_as_that(tmp_path: Path) -> None:
    rules = tmp_path / "a.policy"
    rules.write_text(
        'policy FR "F" { recipients FR languages fr rule a "A" { require brand.country is BE basis house } }', "utf-8"
    )
    result = run("explain", "--no-bundled", "--rules", str(rules), "--changes", "-", input=message())
    assert result.stdout.endswith("\nwhat would let it pass\n  nothing that was tried moves FR.a\n")


@pytest.mark.parametrize(
    "text, reason",
    [
        ("", "-: holds no message"),
        ("{", "line 1: is not JSON"),
        (message(to="+331"), "to: not a possible phone number"),
        (message(body=3), "body: must be a text"),
        (message(at="2026-11-24T12:00:00"), "has no offset"),
        (message() + "\n" + message(), "holds more than one message"),
    ],
)
def test_what_is_not_one_message_is_an_error(text: str, reason: str) -> None:
    result = run("explain", *SHOP_ALONE, "-", input=text)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert reason in result.stderr


def test_files_of_several_messages_are_for_check() -> None:
    assert "`sendlaw check` judges many" in run("explain", *SHOP_ALONE, MESSAGES).stderr
