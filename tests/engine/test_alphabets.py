"""Alphabets that policies name: where they count, what they do to lengths, what a reason says of a text without."""

from __future__ import annotations

from typing import Any

import pytest

from .meaning import MIAMI, MUNICH, PARIS, judged, message, policy, written

ANKARA = "+905012345678"
TEXT = "ş" * 100
SHORT = 'rule short "Short" { require segments <= 1 LAW }'


def alphabets(names: str, recipients: str, name: str = "A") -> str:
    """A policy that names alphabets and holds no rule."""
    return f'policy {name} "{name}" {{ recipients {recipients} languages en alphabets {names} }}'


@pytest.mark.parametrize(
    ("files", "to", "encoding", "segments"),
    [
        ([], ANKARA, "UCS-2", 2),
        ([alphabets("turkish", "TR")], ANKARA, "GSM-7 Turkish", 1),
        ([alphabets("turkish", "TR")], PARIS, "UCS-2", 2),
        ([alphabets("turkish", "anywhere")], PARIS, "GSM-7 Turkish", 1),
        ([alphabets("turkish", "FR, US-FL")], PARIS, "GSM-7 Turkish", 1),
        ([alphabets("turkish", "FR, US-FL")], MIAMI, "UCS-2", 2),
        ([alphabets("spanish", "TR"), alphabets("turkish", "anywhere", "B")], ANKARA, "GSM-7 Turkish", 1),
        ([alphabets("spanish", "TR"), alphabets("turkish", "DE", "B")], ANKARA, "UCS-2", 2),
        ([alphabets("turkish, spanish, turkish", "TR")], ANKARA, "GSM-7 Turkish", 1),
    ],
)
def test_alphabets_count_in_the_countries_of_the_policies_that_name_them(
    files: list[str], to: str, encoding: str, segments: int
) -> None:
    rules = policy(*files, written(SHORT, recipients="anywhere", holidays=""))
    verdict = judged(rules, {"to": to, "body": TEXT})
    assert (verdict.encoding, verdict.segments) == (encoding, segments)
    assert verdict.allowed is (segments == 1)


def test_an_added_text_is_counted_with_them() -> None:
    adding = written('rule way_out "Way out" { append " ğ" LAW }' + SHORT, recipients="DE", holidays="")
    verdict = judged(policy(adding, alphabets("turkish", "DE")), {"to": MUNICH, "body": "a" * 153})
    assert (verdict.decision, verdict.encoding, verdict.segments) == ("allow", "GSM-7 Turkish", 1)
    verdict = judged(policy(adding, alphabets("turkish", "DE")), {"to": MUNICH, "body": "a" * 154})
    assert (verdict.decision, verdict.segments) == ("deny", 2)
    assert judged(policy(adding), {"to": MUNICH, "body": "a" * 153}).encoding == "UCS-2"


ENCODED = 'rule plain "Plain" { when encoding is ucs2 warn "dearer" LAW }'


@pytest.mark.parametrize(
    ("rule", "body", "told"),
    [
        (ENCODED, "Hi – “you”", 'encoding is UCS-2, for “–” (plain: “-”), ““” (plain: “"”), “”” (plain: “"”)'),
        (ENCODED, "a\u00adb", "encoding is UCS-2, for U+00AD (needless)"),
        (ENCODED, "e\u0301", "encoding is UCS-2, for U+0301"),
        (ENCODED, "ş 漢字かな交", "encoding is UCS-2, for “ş”, “漢”, “字”, “か”, “な” and 1 more"),
        (SHORT, "ş" * 71, "segments is 2 in UCS-2, for “ş”; required: segments <= 1"),
        (SHORT, "a" * 161, "segments is 2; required: segments <= 1"),
    ],
)
def test_a_reason_names_what_makes_a_text_ucs2(rule: str, body: str, told: str) -> None:
    (reason,) = judged(policy(written(rule)), {"body": body}).reasons
    assert reason.detail == told


@pytest.mark.parametrize(
    ("channel", "body", "encoding", "segments", "decision"),
    [
        ("sms", "ş" * 71, "UCS-2", 2, "deny"),
        ("rcs", "ş" * 80, "UTF-8", 1, "allow"),
        ("rcs", "ş" * 81, "UTF-8", 2, "deny"),
        ("mms", "ş" * 900, "UTF-8", 1, "allow"),
        ("imessage", "ş" * 900, "UTF-8", 1, "allow"),
    ],
)
def test_channels_have_lengths_of_their_own(
    channel: str, body: str, encoding: str, segments: int, decision: str
) -> None:
    verdict = judged(policy(written(SHORT + ENCODED)), {"channel": channel, "body": body})
    assert (verdict.encoding, verdict.segments, verdict.decision) == (encoding, segments, decision)
    assert bool(verdict.warnings) is (channel == "sms")


@pytest.mark.parametrize("channel", ["sms", "rcs"])
def test_a_campaign_counts_country_by_country(channel: str) -> None:
    rules = policy(alphabets("turkish", "TR"), written(SHORT, recipients="anywhere", holidays=""))
    fields: dict[str, Any] = message(body=TEXT[:75], channel=channel)
    campaign = rules.campaign({name: value for name, value in fields.items() if name != "to"})
    for to in (ANKARA, PARIS, MUNICH):
        verdict = judged(rules, {**fields, "to": to})
        assert campaign.judge(to).decision == verdict.decision
        assert verdict.allowed is (channel == "rcs" or to == ANKARA)
