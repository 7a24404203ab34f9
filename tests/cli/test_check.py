"""`sendlaw check`: verdicts, faulty lines in their place, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .support import MESSAGES, SHOP, SHOP_ALONE, assert_golden, first_message, run

NOON = "2026-11-24T12:00:00+01:00"


def message(**fields: object) -> str:
    data = {
        "to": "+33639981234",
        "sender": "ACME",
        "category": "authentication",
        "body": "Code 1234",
        "at": NOON,
        "history": [],
    }
    return json.dumps({key: value for key, value in (data | fields).items() if value is not ...})


def refused() -> str:
    return message(category="promotional", consent={"status": "none"})


def late() -> str:
    return message(
        category="promotional", consent={"status": "opted_in"}, body="STOP au 36179", at="2026-11-24T22:14:00+01:00"
    )


def test_the_readable_verdicts() -> None:
    result = run("check", *SHOP_ALONE, MESSAGES)
    assert_golden("check.txt", result.stdout)
    assert result.stderr == "3 messages: 1 allow, 1 defer, 1 deny; 1 line could not be read\n"
    assert result.exit_code == 2


def test_one_verdict_a_line_in_order_with_the_fault_in_its_place() -> None:
    result = run("check", *SHOP_ALONE, "--json", MESSAGES)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line.get("decision") for line in lines] == ["defer", "deny", "allow", None]
    assert lines[3] == {
        "line": 4,
        "error": "not an E.164 number: write `+`, the country code and the digits, without spaces",
        "field": "to",
    }
    assert lines[0]["until"] == "2026-11-25T08:00:00+01:00"
    assert lines[1]["missing"] == ["brand.stop", "consent", "history"]


def test_messages_from_standard_input_with_and_without_the_dash() -> None:
    named = run("check", *SHOP_ALONE, "-", input=first_message())
    unnamed = run("check", *SHOP_ALONE, input=first_message())
    assert named.stdout == unnamed.stdout
    assert named.stdout.startswith("defer until Wednesday 2026-11-25 08:00:00+01:00  late (line 1), FR")
    assert unnamed.exit_code == 0


def test_several_files_are_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("{}\n")
    result = run("check", *SHOP_ALONE, "--json", MESSAGES, str(wrong))
    assert json.loads(result.stdout.splitlines()[-1]) == {
        "file": str(wrong),
        "line": 1,
        "error": "is required",
        "field": "to",
    }


def test_a_table_with_a_header() -> None:
    rows = f"to,sender,category,body,at\n+33639981234,ACME,authentication,Code 1234,{NOON}\n"
    assert run("check", *SHOP_ALONE, input=rows).stdout.startswith("allow  line 2")


@pytest.mark.parametrize(
    "fail_on, lines, code",
    [
        (None, [refused()], 0),
        ("deny", [refused()], 1),
        ("deny", [late()], 0),
        ("defer", [late()], 1),
        ("defer", [refused()], 1),
        ("defer", [message()], 0),
        ("deny", [refused(), "{"], 2),
        ("deny", ["{", message()], 2),
    ],
)
def test_fail_on(fail_on: str | None, lines: list[str], code: int) -> None:
    asked = () if fail_on is None else ("--fail-on", fail_on)
    assert run("check", *SHOP_ALONE, *asked, input="\n".join(lines)).exit_code == code


@pytest.mark.parametrize(
    "line, error, field",
    [
        (b'{"to": "\xff"}', "is not UTF-8: byte 9 is 0xff", None),
        (b'{"body": "' + b"x" * 10_000_000 + b'"}', "is longer than 1,000,000 bytes", None),
        (b"[" * 10_000 + b"]" * 10_000, "is nested too deeply for a message", None),
        (b"soon", "is not JSON: expecting value at character 1", None),
        (b"[1]", "a message is an object with fields, not a list", None),
        (message(body=7).encode(), "must be a text", "body"),
        (message(body="a\0b").encode(), "holds a NUL character, which no handset can show", "body"),
        (message(to="letters").encode(), "not an E.164 number", "to"),
        (message(to="+331").encode(), "not a possible phone number", "to"),
        (message(at="2026-11-24T12:00:00").encode(), "has no offset", "at"),
        (message(category="spam").encode(), "is not one of promotional", "category"),
        (message(colour="red").encode(), "no such field", "colour"),
        (message(sender=...).encode(), "is required", "sender"),
    ],
)
def test_a_faulty_line_is_named_and_the_others_are_judged(line: bytes, error: str, field: str | None) -> None:
    result = run("check", *SHOP_ALONE, "--json", input=line + b"\n" + message().encode())
    first, second = (json.loads(text) for text in result.stdout.splitlines())
    assert error in first["error"]
    assert first["line"] == 1
    assert first.get("field") == field
    assert second["decision"] == "allow"
    assert result.exit_code == 2


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_a_message_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text(content)
    result = run("check", *SHOP_ALONE, str(path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"sendlaw check: {path} holds no message\n"


def test_a_file_that_cannot_be_read_is_wrong_use(tmp_path: Path) -> None:
    missing = run("check", str(tmp_path / "none.jsonl"))
    folder = run("check", str(tmp_path))
    assert (missing.exit_code, folder.exit_code) == (2, 2)
    assert "does not exist" in missing.stderr
    assert "is a directory" in folder.stderr


def test_the_verdict_rests_on_the_rules_given(tmp_path: Path) -> None:
    rules = tmp_path / "mine.policy"
    rules.write_text(
        'policy mine "Mine" { recipients anywhere languages en rule none_at_all "None" { deny basis house } }'
    )
    for rules_given in ((*SHOP_ALONE, "--rules", str(rules)), ("--rules", str(rules))):
        result = run("check", *rules_given, "--json", input=message())
        assert "mine.none_at_all" in [reason["rule"] for reason in json.loads(result.stdout)["reasons"]]


def test_no_rules_at_all_is_wrong_use() -> None:
    result = run("check", "--no-bundled", input=message())
    assert result.exit_code == 2
    assert "--no-bundled leaves no rules" in result.stderr


def test_rules_that_do_not_compile_are_shown_with_every_finding(tmp_path: Path) -> None:
    rules = tmp_path / "broken.policy"
    rules.write_text('policy mine "Mine" {\n  recipients FR\n  rule a "A" { when categry is promotional deny }\n}\n')
    result = run("check", "--no-bundled", "--rules", str(rules), input=message())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "did you mean `category`?" in result.stderr
    assert f"{rules}:3:" in result.stderr
    assert "sendlaw: the rules cannot be used: " in result.stderr


def test_a_text_cannot_steer_the_terminal() -> None:
    result = run("check", *SHOP_ALONE, input=message(id="a\x1b[31m", category="promotional", body="\x1b]0;x\x07"))
    assert "\x1b" not in result.stdout


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_judged_or_named(data: bytes) -> None:
    result = run("check", *SHOP_ALONE, "--json", input=data)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert all("decision" in line or "error" in line for line in lines)
    assert result.exit_code == (2 if not lines or any("error" in line for line in lines) else 0)


def test_a_policy_may_not_take_the_name_of_a_bundled_one() -> None:
    result = run("check", "--rules", SHOP, input=message())
    assert result.exit_code == 2
    assert "FR" in result.stderr
