"""Limits: cases on the boundary, and a naive walk second by second or minute by minute."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
import pytz
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.frequency import Wanted, count_at, frees_at, full, matching
from sendlaw.engine.message import Earlier
from sendlaw.policy.model import Limit
from sendlaw.policy.vocabulary import LIMIT_KEYS

HOUR, DAY = 3_600, 86_400
PARIS = ("Europe/Paris",)
FAR_OFF = 400 * DAY


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def per(count: int, seconds: int) -> Limit:
    return Limit(count, seconds, None, ())


def per_calendar(count: int, period: str) -> Limit:
    return Limit(count, None, period, ())


def earlier(when: str, fields: dict[str, object]) -> Earlier:
    return Earlier.model_validate({"at": when, "category": "promotional", "sender": "ACME", **fields})


A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("entry", "key", "wanted", "counts"),
    [
        ({}, "category", "promotional", True),
        ({}, "category", "transactional", False),
        ({}, "sender", "ACME", True),
        ({}, "sender", "Acme", True),
        ({}, "sender", "ACME 2", False),
        ({"sender": "+33612345678"}, "sender", "+33612345679", False),
        ({"brand": "Acme"}, "brand", "Acme", True),
        ({"brand": "Acme"}, "brand", "Other", False),
        ({"brand": "Acme"}, "brand", None, True),
        ({}, "brand", "Acme", True),
        # names, in whatever case, width and spacing they are written
        ({"brand": "Acme"}, "brand", "ACME", True),
        ({"brand": " Acme  France\t"}, "brand", "acme france", True),
        ({"brand": "ＡＣＭＥ"}, "brand", "Acme", True),
        ({"brand": "Straße"}, "brand", "STRASSE", True),
        ({"brand": "Acme"}, "brand", "Acmé", False),
        ({"brand": "Acme"}, "brand", "Ac me", False),
        ({"campaign": "Spring 26"}, "campaign", "spring  26", True),
        ({"subjects": ["Gambling", "credit"]}, "subject", "gambling", True),
        ({"campaign": "x"}, "campaign", "x", True),
        ({"campaign": "x"}, "campaign", "y", False),
        ({"subjects": ["gambling", "credit"]}, "subject", "credit", True),
        ({"subjects": ["gambling", "credit"]}, "subject", "alcohol", False),
        ({"subjects": ["gambling", "credit"]}, "subject", None, True),
        ({"subjects": []}, "subject", "credit", False),
        ({}, "subject", "credit", True),
        ({"text": A}, "text", {A, B}, True),
        ({"text": A}, "text", A, True),
        ({"text": A}, "text", A.upper(), False),
        ({"text": A}, "text", {B}, False),
        ({"text": A}, "text", set(), False),
        ({"text": A}, "text", None, True),
        ({}, "text", {A}, True),
    ],
)
def test_what_counts_as_equal(entry: dict[str, object], key: str, wanted: str | set[str], counts: bool) -> None:
    found = matching([earlier("2026-11-20T10:00:00+01:00", entry)], (key,), {key: wanted})
    assert found == ((at("2026-11-20T10:00:00+01:00"),) if counts else ())


def test_every_key_written_must_be_equal_and_no_other() -> None:
    wanted: Wanted = {"brand": "Acme", "category": "promotional", "campaign": "summer"}
    history = [
        earlier("2026-11-20T10:00:02Z", {"brand": "Acme", "campaign": "winter"}),
        earlier("2026-11-20T10:00:01Z", {"brand": "Other", "campaign": "summer"}),
        earlier("2026-11-20T10:00:00.900Z", {"brand": "Acme", "campaign": "summer"}),
    ]
    start = at("2026-11-20T10:00:00Z")
    assert matching(history, (), wanted) == (start, start + 1, start + 2)
    assert matching(history, ("brand",), wanted) == (start, start + 2)
    assert matching(history, ("brand", "campaign"), wanted) == (start,)
    assert matching(history, LIMIT_KEYS, {}) == (start, start + 1, start + 2)
    assert matching([], LIMIT_KEYS, wanted) == ()


@pytest.mark.parametrize(
    ("t", "count", "is_full", "frees"),
    [
        (99, 0, False, 99),  # sends still to come do not count
        (100, 1, False, 100),
        (149, 1, False, 149),
        (150, 2, True, 160),
        (159, 2, True, 160),
        (160, 1, False, 160),  # free exactly at its end
        (209, 1, False, 209),
        (210, 0, False, 210),
    ],
)
def test_a_place_frees_exactly_at_its_end(t: int, count: int, is_full: bool, frees: int) -> None:
    limit, sends = per(2, 60), (100, 150)
    assert count_at(limit, sends, (), t) == count
    assert full(limit, sends, (), t) is is_full
    assert frees_at(limit, sends, (), t, t + 1_000) == frees


@pytest.mark.parametrize(
    ("limit", "sends", "t", "horizon", "frees"),
    [
        (per(1, 60), (0, 30, 89), 40, 200, 149),  # each later send fills it again before it frees
        (per(1, 60), (0, 60), 10, 200, 120),
        (per(1, 60), (0, 61), 10, 200, 60),
        (per(1, 60), (0,), 10, 60, 60),
        (per(1, 60), (0,), 10, 59, None),
        (per(0, 60), (), 10, 1_000, None),
        (per(2, 60), (0, 0, 0), 10, 1_000, 60),
        (per(1, 60), (), 10, 9, None),
        (per(1, 60), (), 10, 10, 10),
    ],
)
def test_later_sends_and_horizons(
    limit: Limit, sends: tuple[int, ...], t: int, horizon: int, frees: int | None
) -> None:
    assert frees_at(limit, sends, (), t, horizon) == frees


@pytest.mark.parametrize(
    ("period", "send", "when", "frees"),
    [
        ("day", "2026-11-24T00:00:00+01:00", "2026-11-24T22:00:00+01:00", "2026-11-25T00:00:00+01:00"),
        ("day", "2026-11-23T23:59:59+01:00", "2026-11-24T00:00:00+01:00", "2026-11-24T00:00:00+01:00"),
        # 23 and 25 hours.
        ("day", "2026-03-29T00:10:00+01:00", "2026-03-29T01:00:00+01:00", "2026-03-30T00:00:00+02:00"),
        ("day", "2026-10-25T00:10:00+02:00", "2026-10-25T23:59:59+01:00", "2026-10-26T00:00:00+01:00"),
        ("week", "2026-11-23T00:00:00+01:00", "2026-11-29T23:59:59+01:00", "2026-11-30T00:00:00+01:00"),
        ("week", "2026-11-22T23:59:59+01:00", "2026-11-23T00:00:00+01:00", "2026-11-23T00:00:00+01:00"),
        ("week", "2026-12-28T12:00:00+01:00", "2027-01-03T12:00:00+01:00", "2027-01-04T00:00:00+01:00"),
        ("month", "2028-02-01T00:00:00+01:00", "2028-02-29T23:59:59+01:00", "2028-03-01T00:00:00+01:00"),
        ("month", "2026-02-28T12:00:00+01:00", "2026-02-28T13:00:00+01:00", "2026-03-01T00:00:00+01:00"),
        ("month", "2026-12-31T12:00:00+01:00", "2026-12-31T13:00:00+01:00", "2027-01-01T00:00:00+01:00"),
        ("month", "2026-10-01T00:00:00+02:00", "2026-10-31T23:59:59+01:00", "2026-11-01T00:00:00+01:00"),
    ],
)
def test_calendar_periods_are_local(period: str, send: str, when: str, frees: str) -> None:
    limit, sends = per_calendar(1, period), (at(send),)
    assert frees_at(limit, sends, PARIS, at(when), at(when) + FAR_OFF) == at(frees)
    assert full(limit, sends, PARIS, at(when)) is (frees != when)
    assert full(limit, sends, PARIS, at(frees)) is False


def test_full_in_one_zone_is_full() -> None:
    limit, sends = per_calendar(1, "day"), (at("2026-11-24T12:00:00Z"),)
    both = ("Asia/Tokyo", "America/Los_Angeles")
    late = at("2026-11-24T20:00:00Z")  # the 25th in Tokyo, the 24th in Los Angeles
    assert full(limit, sends, ("Asia/Tokyo",), late) is False
    assert full(limit, sends, both, late) is True
    assert count_at(limit, sends, both, late) == 1
    assert frees_at(limit, sends, both, late, late + FAR_OFF) == at("2026-11-25T00:00:00-08:00")


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_no_zone_no_answer_by_the_calendar(period: str) -> None:
    limit = per_calendar(1, period)
    assert full(limit, (), (), 0) is None
    assert frees_at(limit, (), (), 0, FAR_OFF) is None
    assert count_at(limit, (0,), (), 0) == 0
    assert full(per(1, 60), (), (), 0) is False


def test_a_day_that_never_was() -> None:
    """Samoa went from Thursday, December 29 to Saturday, December 31, 2011."""
    thursday = at("2011-12-29T10:00:00-10:00")
    found = frees_at(per_calendar(1, "day"), (thursday,), ("Pacific/Apia",), thursday, thursday + FAR_OFF)
    assert found == at("2011-12-31T00:00:00+14:00")


@given(
    st.integers(0, 4),
    st.integers(1, 40),
    st.lists(st.integers(0, 100), max_size=12).map(lambda sends: tuple(sorted(sends))),
    st.integers(0, 150),
    st.integers(0, 150),
)
@settings(max_examples=400)
def test_elapsed_time_agrees_with_a_walk(
    count: int, seconds: int, sends: tuple[int, ...], t: int, horizon: int
) -> None:
    limit = per(count, seconds)

    def taken(now: int) -> int:
        return sum(send <= now < send + seconds for send in sends)

    assert count_at(limit, sends, (), t) == taken(t)
    assert full(limit, sends, (), t) is (taken(t) >= count)
    walk = (now for now in range(t, horizon + 1) if taken(now) < count)
    assert frees_at(limit, sends, (), t, horizon) == next(walk, None)


@cache
def library_clock(zone: str) -> ZoneInfo:
    """The standard library's own reading of the same file."""
    with resources.files(pytz).joinpath("zoneinfo", *zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file)


def naive_period(period: str, zone: str, t: int) -> tuple[int, int]:
    local = datetime.fromtimestamp(t, library_clock(zone))
    if period == "week":
        return local.isocalendar()[:2]
    return (local.year, local.month) if period == "month" else (local.year, local.toordinal())


STARTS = (
    "2026-03-29T00:00Z",
    "2026-10-25T00:00Z",
    "2028-02-28T12:00Z",
    "2026-12-31T12:00Z",
    "2026-11-01T00:00Z",
)
ZONES = ("Europe/Paris", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns")
STEP = 900  # every boundary of these zones falls on a quarter of an hour


@given(
    st.sampled_from(("day", "week", "month")),
    st.integers(1, 3),
    st.sampled_from(STARTS),
    st.lists(st.integers(-200, 400), max_size=6),
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True),
    st.integers(0, 96),
)
@settings(max_examples=60)
def test_calendar_periods_agree_with_a_walk(
    period: str, count: int, start: str, sent: list[int], zones: list[str], step: int
) -> None:
    limit = per_calendar(count, period)
    sends = tuple(sorted(at(start) + STEP * each for each in sent))
    t = at(start) + STEP * step
    horizon = t + 35 * DAY

    def taken(now: int) -> int:
        return max(
            sum(s <= now and naive_period(period, zone, s) == naive_period(period, zone, now) for s in sends)
            for zone in zones
        )

    assert count_at(limit, sends, tuple(zones), t) == taken(t)
    assert full(limit, sends, tuple(zones), t) is (taken(t) >= count)
    walk = (now for now in range(t, horizon + 1, STEP) if taken(now) < count)
    assert frees_at(limit, sends, tuple(zones), t, horizon) == next(walk, None)
