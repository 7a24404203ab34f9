"""Limits in whole verdicts: to the second, by the recipient's calendar, and together with hours and other limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sendlaw.engine.message import parse_message

from .meaning import judged, message, policy, told, written
from .oracle import Oracle, answer_of

SPAIN = "+34612345678"
"""In Madrid or the Canaries, an hour apart."""


def sends(*moments: str) -> list[dict[str, str]]:
    return [{"at": moment, "category": "promotional", "sender": "ACME"} for moment in moments]


def limits(*rules: str) -> str:
    return written(" ".join(f'rule r{n} "R" {{ {rule} LAW }}' for n, rule in enumerate(rules)), "anywhere")


@pytest.mark.parametrize(
    ("limit", "sent", "at", "expected"),
    [
        # Elapsed time: free exactly at its end, to the second.
        ("1 per 2 hours", ["2026-11-24T10:00:37+01:00"], "2026-11-24T12:00:36+01:00", "2026-11-24T12:00:37+01:00"),
        ("1 per 2 hours", ["2026-11-24T10:00:37+01:00"], "2026-11-24T12:00:37+01:00", None),
        ("1 per 1 second", ["2026-11-24T10:00:37+01:00"], "2026-11-24T10:00:37+01:00", "2026-11-24T10:00:38+01:00"),
        ("1 per 2 hours", ["2026-11-24T10:00:37+01:00"], "2026-11-24T10:00:36+01:00", None),
        # The first of two to free; not the second, nor one that is over.
        ("2 per 24 hours", ["2026-11-23T12:00Z", "2026-11-23T18:00Z"], "2026-11-24T11:59:59Z", "2026-11-24T12:00Z"),
        ("2 per 24 hours", ["2026-11-23T11:00Z", "2026-11-23T18:00Z"], "2026-11-24T11:00:00Z", None),
        # A send known to come fills the place that frees.
        ("1 per 1 hour", ["2026-11-24T10:00Z", "2026-11-24T10:30Z"], "2026-11-24T10:10Z", "2026-11-24T12:30+01:00"),
        ("1 per 1 hour", ["2026-11-24T10:00Z", "2026-11-24T11:00:01Z"], "2026-11-24T10:10Z", "2026-11-24T12:00+01:00"),
        # A day of 23 hours and one of 25; elapsed, each has 24.
        ("1 per calendar day", ["2026-03-29T00:00+01:00"], "2026-03-29T23:59:59+02:00", "2026-03-30T00:00+02:00"),
        ("1 per 24 hours", ["2026-03-29T00:00+01:00"], "2026-03-29T23:59:59+02:00", "2026-03-30T01:00+02:00"),
        ("1 per calendar day", ["2026-10-25T00:00+02:00"], "2026-10-25T12:00+01:00", "2026-10-26T00:00+01:00"),
        ("1 per 24 hours", ["2026-10-25T00:00+02:00"], "2026-10-25T12:00+01:00", "2026-10-25T23:00+01:00"),
        ("1 per calendar day", ["2026-10-25T02:30+02:00"], "2026-10-25T02:30+01:00", "2026-10-26T00:00+01:00"),
        # The second before midnight belongs to its day, midnight to the next.
        ("1 per calendar day", ["2026-11-23T23:59:59+01:00"], "2026-11-23T23:59:59+01:00", "2026-11-24T00:00+01:00"),
        ("1 per calendar day", ["2026-11-23T23:59:59+01:00"], "2026-11-24T00:00:00+01:00", None),
        ("1 per calendar day", ["2026-11-24T00:00:00+01:00"], "2026-11-24T23:59:59+01:00", "2026-11-25T00:00+01:00"),
        # Weeks begin on Monday, over the year's end too.
        ("1 per calendar week", ["2026-11-22T23:59:59+01:00"], "2026-11-23T00:00+01:00", None),
        ("1 per calendar week", ["2026-11-23T00:00+01:00"], "2026-11-29T23:59:59+01:00", "2026-11-30T00:00+01:00"),
        ("1 per calendar week", ["2026-12-28T00:00+01:00"], "2027-01-01T12:00+01:00", "2027-01-04T00:00+01:00"),
        ("1 per calendar week", ["2026-03-28T12:00+01:00"], "2026-03-29T12:00+02:00", "2026-03-30T00:00+02:00"),
        # Months end when they end, leap years and all.
        ("1 per calendar month", ["2026-02-01T00:00+01:00"], "2026-02-28T23:59:59+01:00", "2026-03-01T00:00+01:00"),
        ("1 per calendar month", ["2028-02-28T12:00+01:00"], "2028-02-29T23:59:59+01:00", "2028-03-01T00:00+01:00"),
        ("1 per calendar month", ["2028-02-29T12:00+01:00"], "2028-03-01T00:00+01:00", None),
        ("1 per calendar month", ["2026-01-31T12:00+01:00"], "2026-01-31T12:00+01:00", "2026-02-01T00:00+01:00"),
        ("1 per calendar month", ["2026-12-01T00:00+01:00"], "2026-12-31T23:59:59+01:00", "2027-01-01T00:00+01:00"),
        ("1 per calendar month", ["2026-03-01T00:00+01:00"], "2026-03-31T12:00+02:00", "2026-04-01T00:00+02:00"),
    ],
)  # fmt: skip
def test_one_limit_to_the_second(limit: str, sent: list[str], at: str, expected: str | None) -> None:
    verdict = judged(policy(limits(f"limit {limit} per recipient")), {"at": at, "history": sends(*sent)})
    assert verdict.until == (None if expected is None else datetime.fromisoformat(expected)), told(verdict)
    assert verdict.decision == ("allow" if expected is None else "defer")


@pytest.mark.parametrize(
    ("zone", "sent", "at", "expected"),
    [
        # In Havana the day of the change begins at one.
        ("America/Havana", "2026-03-07T12:00-05:00", "2026-03-07T23:59:59-05:00", "2026-03-08T01:00-04:00"),
        ("America/Havana", "2026-03-08T01:00-04:00", "2026-03-08T12:00-04:00", "2026-03-09T00:00-04:00"),
        # In Beirut the last hour of a day in autumn comes twice.
        ("Asia/Beirut", "2026-10-24T23:30+03:00", "2026-10-24T23:30+02:00", "2026-10-25T00:00+02:00"),
        ("Australia/Lord_Howe", "2026-04-05T00:00+11:00", "2026-04-05T12:00+10:30", "2026-04-06T00:00+10:30"),
        ("Antarctica/Troll", "2026-03-29T00:30+00:00", "2026-03-29T12:00+02:00", "2026-03-30T00:00+02:00"),
        ("Asia/Kathmandu", "2026-03-29T00:00+05:45", "2026-03-29T23:59:59+05:45", "2026-03-30T00:00+05:45"),
        ("Pacific/Apia", "2011-12-29T12:00-10:00", "2011-12-29T23:00-10:00", "2011-12-31T00:00+14:00"),
    ],
)
def test_a_calendar_day_is_the_recipients(zone: str, sent: str, at: str, expected: str) -> None:
    fields = {"at": at, "history": sends(sent), "recipient": {"timezone": zone}}
    verdict = judged(policy(limits("limit 1 per calendar day per recipient")), fields)
    assert verdict.until == datetime.fromisoformat(expected), told(verdict)


@pytest.mark.parametrize(
    ("rules", "sent", "at", "expected"),
    [
        # Freed at night: the hours; freed by day: the second.
        (["limit 1 per 10 hours", "only 08:00-20:00"], ["2026-11-24T19:30:15+01:00"], "2026-11-24T21:00+01:00",
         "2026-11-25T08:00+01:00"),
        (["limit 1 per 13 hours", "only 08:00-20:00"], ["2026-11-24T19:30:15+01:00"], "2026-11-24T21:00+01:00",
         "2026-11-25T08:30:15+01:00"),
        (["limit 1 per 24 hours", "only 08:00-20:00"], ["2026-11-24T19:59:59+01:00"], "2026-11-24T20:00+01:00",
         "2026-11-25T19:59:59+01:00"),
        (["limit 1 per 24 hours", "only 08:00-19:59"], ["2026-11-24T19:59:59+01:00"], "2026-11-24T20:00+01:00",
         "2026-11-26T08:00+01:00"),
        # Freed by the first limit while the second is full, and the other way round.
        (["limit 1 per 1 hour", "limit 2 per calendar day"], ["2026-11-24T09:00Z", "2026-11-24T10:00Z"],
         "2026-11-24T10:30Z", "2026-11-25T00:00+01:00"),
        (["limit 1 per 6 hours", "limit 1 per calendar day"], ["2026-11-24T22:00+01:00"], "2026-11-24T22:30+01:00",
         "2026-11-25T04:00+01:00"),
        # A full week, freed on a Monday that is too late in the day; then another limit at night.
        (["limit 1 per calendar week", "only sat-sun 10:00-12:00"], ["2026-11-24T10:00+01:00"],
         "2026-11-25T10:00+01:00", "2026-12-05T10:00+01:00"),
        (["limit 1 per calendar month", "only mon 09:00-10:00"], ["2026-11-24T10:00+01:00"], "2026-11-25T10:00+01:00",
         "2026-12-07T09:00+01:00"),
        # A send still to come fills the place before the window opens.
        (["limit 1 per 2 hours", "only 08:00-20:00"], ["2026-11-24T20:30+01:00", "2026-11-25T07:30+01:00"],
         "2026-11-24T21:00+01:00", "2026-11-25T09:30+01:00"),
        # The hour repeated: two hours from 02:30 summer time end at 03:30 winter time less one.
        (["limit 1 per 2 hours", "only 02:00-04:00"], ["2026-10-25T02:30+02:00"], "2026-10-25T02:45+02:00",
         "2026-10-25T03:30+01:00"),
    ],
)  # fmt: skip
def test_limits_with_hours_and_other_limits(rules: list[str], sent: list[str], at: str, expected: str) -> None:
    full = [rule if rule.startswith("only") else f"{rule} per recipient" for rule in rules]
    verdict = judged(policy(limits(*full)), {"at": at, "history": sends(*sent)})
    assert verdict.until == datetime.fromisoformat(expected), told(verdict)


@pytest.mark.parametrize(
    ("limit", "at", "expected"),
    [
        # Sent at noon; the day ends an hour later in the Canaries than in Madrid.
        ("calendar day", "2026-11-24T23:30+01:00", "2026-11-25T01:00+01:00"),
        ("calendar day", "2026-11-25T00:30+01:00", "2026-11-25T01:00+01:00"),
        ("calendar week", "2026-11-24T23:30+01:00", "2026-11-30T01:00+01:00"),
        ("calendar month", "2026-11-24T23:30+01:00", "2026-12-01T01:00+01:00"),
        ("24 hours", "2026-11-24T23:30+01:00", "2026-11-25T12:00+01:00"),
    ],
)
def test_in_several_zones_the_fullest_counts(limit: str, at: str, expected: str) -> None:
    rules = policy(limits(f"limit 1 per {limit} per recipient"))
    verdict = judged(rules, {"to": SPAIN, "at": at, "history": sends("2026-11-24T12:00+01:00")})
    assert verdict.until == datetime.fromisoformat(expected), told(verdict)


# ---- against the oracle: a few limits and windows, and a history that crowds around clock changes and month ends

PERIODS = st.sampled_from(
    ["1 hours", "24 hours", "7 days", "90 minutes", "calendar day", "calendar week", "calendar month"]
)
LIMITS = st.builds(lambda count, period: f"limit {count} per {period} per recipient", st.integers(1, 3), PERIODS)
SPANS = st.sampled_from(
    ["08:00-20:00", "02:00-03:00", "mon-fri 09:00-17:00", "sat-mon 00:00-24:00", "00:00-01:00, 23:00-24:00"]
)
RULES = st.tuples(st.lists(LIMITS, min_size=1, max_size=3), st.lists(SPANS.map("only {}".format), max_size=2))
CROWDED = ("2026-03-29T00:00Z", "2026-10-25T00:00Z", "2028-02-28T22:00Z", "2026-12-31T22:00Z", "2026-03-08T05:00Z")
SECONDS = st.one_of(st.integers(-3 * 86_400, 2 * 86_400), st.integers(-72, 48).map(lambda hours: 3600 * hours))
RECIPIENTS = st.sampled_from([("+33639980001", None), (SPAIN, None), (SPAIN, "America/Havana"), ("+61412345678", None),
                              (SPAIN, "Pacific/Chatham"), (SPAIN, "Australia/Lord_Howe")])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(RULES, st.sampled_from(CROWDED), st.lists(SECONDS, max_size=6), SECONDS, RECIPIENTS)
def test_limits_and_windows_agree_with_the_oracle(
    rules: tuple[list[str], list[str]], start: str, sent: list[int], now: int, recipient: tuple[str, str | None]
) -> None:
    base = datetime.fromisoformat(start)
    fields: dict[str, Any] = {
        "to": recipient[0],
        "recipient": {"timezone": recipient[1]},
        "at": (base + timedelta(seconds=now)).astimezone(UTC).isoformat(),
        "history": sends(*((base + timedelta(seconds=each)).isoformat() for each in sent)),
    }
    judge = policy(limits(*rules[0], *rules[1]))
    found = judged(judge, fields)
    assert answer_of(found) == Oracle(judge).judge(parse_message(message(**fields)))
