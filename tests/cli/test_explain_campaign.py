"""`sendlaw explain --campaign`: what is settled for all recipients, and what still decides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .support import SHOP_ALONE, assert_golden, first_message, run


def campaign(**fields: object) -> str:
    data = {**json.loads(first_message()), "to": ..., **fields}
    return json.dumps({key: value for key, value in data.items() if value is not ...})


def test_the_readable_explanation() -> None:
    result = run("explain", *SHOP_ALONE, "--campaign", "--country", "FR", "-", input=campaign())
    assert result.exit_code == 0, result.output
    assert_golden("explain_campaign.txt", result.stdout)


def test_without_a_country_all_that_policies_name_are_told_without_silent_rules() -> None:
    result = run("explain", *SHOP_ALONE, "--campaign", "-", input=campaign())
    assert result.exit_code == 0
    assert "FR: of " in result.stdout and "\n  silent" not in result.stdout


def test_the_explanation_as_json() -> None:
    result = run("explain", *SHOP_ALONE, "--campaign", "--json", "-", input=campaign(category="transactional"))
    data = json.loads(result.stdout)
    rules = {rule["rule"]: rule for country in data["countries"] for rule in country["rules"]}
    assert data["campaign"]["category"] == "transactional"
    assert rules["FR.hours"]["standing"] == "silent"
    assert rules["FR.hours"]["why"] == "its `when` does not hold: category is transactional"


def test_a_message_with_a_recipient_is_taken_too(tmp_path: Path) -> None:
    file = tmp_path / "message.json"
    file.write_text(first_message(), encoding="utf-8")
    assert run("explain", *SHOP_ALONE, "--campaign", str(file)).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "text", "told"),
    [
        (["--campaign", "--changes"], "{}", "--changes is about one recipient: leave out --campaign"),
        (["--country", "FR"], "{}", "--country goes with --campaign"),
        (["--campaign", "--country", "fr"], "{}", "`fr` is not an ISO 3166-1 country code; did you mean `FR`?"),
        (["--campaign", "--country", "XYZZY"], "{}", "is not an ISO 3166-1 country code"),
        (["--campaign"], "{}", "sender: is required"),
        (["--campaign"], "[1]", "a message is an object with fields, not a list"),
        (["--campaign"], "{", "is not JSON"),
        (["--campaign"], "", "is not JSON"),
        (["--campaign"], campaign(category="adverts"), "category: `adverts` is not one of"),
        (["--campaign"], campaign(sender="+33"), "sender: not a possible phone number"),
        (["--campaign"], campaign(body="x" * 1_000_001), "is longer than 1,000,000 bytes"),
    ],
)
def test_what_is_no_campaign_ends_with_a_reason(arguments: list[str], text: str, told: str) -> None:
    result = run("explain", *SHOP_ALONE, *arguments, "-", input=text)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
