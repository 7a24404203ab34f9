"""Ages: thresholds by the calendar, and the answer around every instant at which it can change."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import pytz
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.ages import compare, flips, threshold
from sendlaw.engine.zones import FAR
from sendlaw.policy.vocabulary import UNITS

OPERATORS = ("<", "<=", ">", ">=")
PARIS = ("Europe/Paris",)
COASTS = ("America/New_York", "America/Los_Angeles")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("start", "count", "unit", "zone", "expected"),
    [
        ("2024-11-24T22:14:00+01:00", 2, "year", "Europe/Paris", "2026-11-24T22:14:00+01:00"),
        # The same time by the clock, though the offset is another.
        ("2026-01-24T22:14:00+01:00", 6, "month", "Europe/Paris", "2026-07-24T22:14:00+02:00"),
        ("2024-02-29T10:00:00+01:00", 1, "year", "Europe/Paris", "2025-02-28T10:00:00+01:00"),
        ("2024-02-29T10:00:00+01:00", 4, "year", "Europe/Paris", "2028-02-29T10:00:00+01:00"),
        ("2026-01-31T10:00:00+01:00", 1, "month", "Europe/Paris", "2026-02-28T10:00:00+01:00"),
        ("2027-12-31T10:00:00+01:00", 2, "month", "Europe/Paris", "2028-02-29T10:00:00+01:00"),
        ("2026-05-31T10:00:00+02:00", 18, "month", "Europe/Paris", "2027-11-30T10:00:00+01:00"),
        ("2026-12-31T10:00:00+01:00", 12, "month", "Europe/Paris", "2027-12-31T10:00:00+01:00"),
        # 02:30 is skipped on March 29, repeated on October 25, 2026.
        ("2026-02-28T02:30:00+01:00", 1, "month", "Europe/Paris", "2026-03-28T02:30:00+01:00"),
        ("2026-02-28T23:30:00-02:00", 1, "month", "Europe/Paris", "2026-04-01T02:30:00+02:00"),
        ("2025-03-29T02:30:17+01:00", 1, "year", "Europe/Paris", "2026-03-29T03:00:00+02:00"),
        ("2025-03-29T03:00:00+01:00", 1, "year", "Europe/Paris", "2026-03-29T03:00:00+02:00"),
        ("2025-10-25T02:30:00+02:00", 1, "year", "Europe/Paris", "2026-10-25T02:30:00+02:00"),
        ("2026-09-25T02:30:00+02:00", 1, "month", "Europe/Paris", "2026-10-25T02:30:00+02:00"),
        # A date that Samoa never had becomes the first instant after it.
        ("2011-11-30T15:00:00-10:00", 1, "month", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
        ("2026-03-28T12:00:00+01:00", 1, "day", "Europe/Paris", "2026-03-29T13:00:00+02:00"),
        ("2026-03-28T12:00:00+01:00", 2, "week", "Europe/Paris", "2026-04-11T13:00:00+02:00"),
        ("2026-03-28T12:00:00+01:00", 90, "second", "Europe/Paris", "2026-03-28T12:01:30+01:00"),
        ("2026-03-28T12:00:00+01:00", 90, "minute", "Europe/Paris", "2026-03-28T13:30:00+01:00"),
        ("2026-03-28T12:00:00+01:00", 24, "hour", "Europe/Paris", "2026-03-29T13:00:00+02:00"),
        ("2026-03-28T12:00:00+01:00", 0, "month", "Europe/Paris", "2026-03-28T12:00:00+01:00"),
    ],
)
def test_thresholds(start: str, count: int, unit: str, zone: str, expected: str) -> None:
    assert threshold(at(start), count, unit, (zone,)) == (at(expected), at(expected))


def test_zones_may_disagree_by_days() -> None:
    """Just after midnight on March 1 in New York it is still February 28 in Los Angeles."""
    start = at("2026-03-01T00:30:00-05:00")
    assert threshold(start, 1, "month", COASTS) == (
        at("2026-03-28T21:30-07:00"),
        at("2026-04-01T00:30-04:00"),
    )


@pytest.mark.parametrize("unit", UNITS)
def test_only_months_and_years_need_a_zone(unit: str) -> None:
    elapsed = UNITS[unit]
    found = threshold(1_000, 3, unit, ())
    assert found == (None if elapsed is None else (1_000 + 3 * elapsed,) * 2)
    assert compare(1_000, "<=", 3, unit, (), 1_001) is (None if elapsed is None else True)
    assert (flips(1_000, "<=", 3, unit, ()) == ()) is (elapsed is None)


def test_beyond_the_last_date_is_never() -> None:
    start = at("2026-03-01T00:30:00+01:00")
    assert threshold(start, 9_000, "year", PARIS) == (FAR, FAR)
    assert compare(start, "<=", 9_000, "year", PARIS, start + 10**9) is True


START, END = at("2024-11-24T22:14:00+01:00"), at("2026-11-24T22:14:00+01:00")


@pytest.mark.parametrize(
    ("operator", "before", "on", "after", "expected"),
    [
        ("<", True, False, False, (START, END)),
        ("<=", True, True, False, (START, END + 1)),
        (">", False, False, True, (START, END + 1)),
        (">=", False, True, True, (START, END)),
    ],
)
def test_the_boundary(operator: str, before: bool, on: bool, after: bool, expected: tuple[int, ...]) -> None:
    answers = [compare(START, operator, 2, "year", PARIS, t) for t in (START - 1, START, END - 1, END, END + 1)]
    assert answers == [None, before, before, on, after]
    assert flips(START, operator, 2, "year", PARIS) == expected


@pytest.mark.parametrize("operator", OPERATORS)
def test_zones_that_disagree_leave_it_unknown(operator: str) -> None:
    start = at("2026-03-01T00:30:00-05:00")
    early, late = at("2026-03-28T21:30-07:00"), at("2026-04-01T00:30-04:00")
    younger = operator[0] == "<"
    assert compare(start, operator, 1, "month", COASTS, early - 1) is younger
    assert compare(start, operator, 1, "month", COASTS, early + 1) is None
    assert compare(start, operator, 1, "month", COASTS, late - 1) is None
    assert compare(start, operator, 1, "month", COASTS, late + 1) is not younger
    after = int(operator in ("<=", ">"))
    assert flips(start, operator, 1, "month", COASTS) == (start, early + after, late + after)


@cache
def library_clock(zone: str) -> ZoneInfo:
    """The standard library's own reading of the same file."""
    with resources.files(pytz).joinpath("zoneinfo", *zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file)


def naive_threshold(start: int, count: int, unit: str, zone: str) -> int:
    """By the standard library: the clock time of the start on the day reached, month by month."""
    clock = library_clock(zone)
    local = datetime.fromtimestamp(start, clock)
    year, month = local.year, local.month
    for _ in range(count * (12 if unit == "year" else 1)):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = min(local.day, calendar.monthrange(year, month)[1])
    wall = datetime(year, month, day, local.hour, local.minute, local.second)
    return first_showing(wall, clock)


def first_showing(wall: datetime, clock: ZoneInfo) -> int:
    """The first instant at which the clock shows that time, or, if it skips it, a later one."""
    instant = wall.replace(tzinfo=clock, fold=0)
    if datetime.fromtimestamp(instant.timestamp(), clock).replace(tzinfo=None) == wall:
        return int(instant.timestamp())
    t = int((wall.replace(tzinfo=UTC) - timedelta(hours=26)).timestamp()) // 60 * 60
    return next(
        now for now in range(t, t + 60 * 3_600, 60) if datetime.fromtimestamp(now, clock).replace(tzinfo=None) >= wall
    )


def near(zone_days: tuple[date, ...]) -> st.SearchStrategy[int]:
    days = st.sampled_from([int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp()) for d in zone_days])
    return st.builds(lambda day, second: day + second, days, st.integers(-86_400, 2 * 86_400))


HARD_DAYS = (
    *(date(2024, 2, 29), date(2026, 1, 31), date(2025, 3, 30), date(2025, 10, 26), date(2025, 12, 31)),
    *(date(2026, 2, 28), date(2010, 12, 30), date(2011, 11, 30), date(2025, 3, 9), date(2025, 11, 2)),
    *(date(2025, 3, 29), date(2025, 3, 8), date(2025, 4, 6), date(2025, 10, 5)),
)
ZONES = (
    *("Europe/Paris", "America/New_York", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe"),
    *("Asia/Kathmandu", "Africa/Casablanca", "America/Santiago", "Pacific/Chatham", "UTC"),
)
STARTS = st.one_of(near(HARD_DAYS), st.integers(100_000_000, 4_000_000_000))


@given(STARTS, st.integers(0, 30), st.sampled_from(("month", "year")), st.sampled_from(ZONES))
@settings(max_examples=400)
def test_thresholds_agree_with_the_library(start: int, count: int, unit: str, zone: str) -> None:
    expected = naive_threshold(start, count, unit, zone)
    assert threshold(start, count, unit, (zone,)) == (expected, expected)


def naive(start: int, operator: str, thresholds: list[int], t: int) -> bool | None:
    if t < start:
        return None
    by_operator = {
        "<": [t < end for end in thresholds],
        "<=": [t <= end for end in thresholds],
        ">": [t > end for end in thresholds],
        ">=": [t >= end for end in thresholds],
    }
    answers = by_operator[operator]
    return all(answers) if all(answers) or not any(answers) else None


@given(
    st.data(),
    STARTS,
    st.sampled_from(OPERATORS),
    st.integers(0, 30),
    st.sampled_from(("month", "year")),
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=4, unique=True),
)
@settings(max_examples=200)
def test_between_two_flips_the_answer_stands(
    data: st.DataObject, start: int, operator: str, count: int, unit: str, zones: list[str]
) -> None:
    case = (start, operator, count, unit, tuple(zones))
    thresholds = [naive_threshold(start, count, unit, zone) for zone in zones]
    moments = flips(*case)
    assert list(moments) == sorted(set(moments))
    edges = [start - 86_400, *moments, max(moments) + 86_400]
    for low, high in pairwise(edges):
        inside = data.draw(st.lists(st.integers(low, high - 1), max_size=3))
        times = [low, min(low + 1, high - 1), high - 1, *inside]
        assert len({compare(*case, t) for t in times}) == 1
        assert [compare(*case, t) for t in times] == [naive(start, operator, thresholds, t) for t in times]
