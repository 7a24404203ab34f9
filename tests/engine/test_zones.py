"""Local time against the standard library and pytz, and the clock changes that surprise people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import pytz
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.zones import (
    FAR,
    as_datetime,
    canonical,
    instants,
    is_zone,
    local,
    midnight,
    offset_at,
    segment,
    transitions,
)

FIRST = int(datetime(1971, 1, 1, tzinfo=UTC).timestamp())
END = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp())
ZONES = sorted(pytz.all_timezones)
ODD_ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
)


@cache
def library(zone: str) -> ZoneInfo:
    """The standard library's reading of the same file."""
    data = resources.files(pytz).joinpath("zoneinfo", *zone.split("/")).read_bytes()
    return ZoneInfo.from_file(BytesIO(data), key=zone)


def library_offset(zone: str, t: int) -> int:
    offset = datetime.fromtimestamp(t, library(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def pytz_offset(zone: str, t: int) -> int:
    offset = datetime.fromtimestamp(t, pytz.timezone(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def changes(zone: str, first_year: int, last_year: int) -> Iterator[int]:
    first = epoch(f"{first_year}-01-01T00:00:00+00:00")
    end = epoch(f"{last_year + 1}-01-01T00:00:00+00:00")
    return (start for start in transitions(zone).starts if first <= start < end)


@pytest.mark.parametrize("zone", ZONES)
def test_offsets_around_every_change_are_those_of_both_libraries(zone: str) -> None:
    for change in changes(zone, 2015, 2030):
        for t in (change - 1, change, change + 1, change + 3_600):
            assert offset_at(zone, t) == library_offset(zone, t) == pytz_offset(zone, t)


@pytest.mark.parametrize("zone", ZONES)
def test_offsets_at_random_instants_are_the_library_s(zone: str) -> None:
    draw = random.Random(zone)
    for _ in range(60):
        t = draw.randrange(FIRST, END)
        assert offset_at(zone, t) == library_offset(zone, t), t


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Asia/Gaza", "Australia/Lord_Howe"])
def test_the_rule_goes_on_after_the_last_listed_change(zone: str) -> None:
    late = list(changes(zone, 2150, 2199))
    assert len(late) == 100
    for change in late:
        assert offset_at(zone, change - 1) == library_offset(zone, change - 1)
        assert offset_at(zone, change) == library_offset(zone, change) != offset_at(zone, change - 1)


@pytest.mark.parametrize("zone", [*ODD_ZONES, "UTC", "Europe/Paris"])
def test_a_stretch_ends_where_the_next_begins(zone: str) -> None:
    start, end, offset = segment(zone, -FAR)
    assert start == -FAR
    while end < FAR:
        following = segment(zone, end)
        assert following[0] == end
        assert following[2] != offset
        assert segment(zone, end - 1) == (start, end, offset)
        start, end, offset = following


def test_a_zone_without_changes_is_one_stretch() -> None:
    assert segment("Etc/GMT-5", 0) == (-FAR, FAR, 18_000)


@pytest.mark.parametrize(
    ("zone", "at", "offset"),
    [
        ("Asia/Kathmandu", "2026-11-24T12:00:00+00:00", 20_700),
        ("America/St_Johns", "2026-01-15T12:00:00+00:00", -12_600),
        ("America/St_Johns", "2026-07-15T12:00:00+00:00", -9_000),
        ("Australia/Lord_Howe", "2026-01-15T12:00:00+00:00", 39_600),
        ("Australia/Lord_Howe", "2026-07-15T12:00:00+00:00", 37_800),
        ("Antarctica/Troll", "2026-01-15T12:00:00+00:00", 0),
        ("Antarctica/Troll", "2026-07-15T12:00:00+00:00", 7_200),
        ("Africa/Casablanca", "2025-01-15T12:00:00+00:00", 3_600),
        ("Africa/Casablanca", "2025-03-15T12:00:00+00:00", 0),
        ("Africa/El_Aaiun", "2025-03-15T12:00:00+00:00", 0),
        ("Africa/Cairo", "2022-07-15T12:00:00+00:00", 7_200),
        ("Africa/Cairo", "2024-07-15T12:00:00+00:00", 10_800),
        ("Asia/Gaza", "2025-01-15T12:00:00+00:00", 7_200),
        ("Europe/Dublin", "2026-01-15T12:00:00+00:00", 0),
        ("Pacific/Apia", "2011-12-30T09:59:59+00:00", -36_000),
        ("Pacific/Apia", "2011-12-30T10:00:00+00:00", 50_400),
    ],
)
def test_offsets_that_are_known(zone: str, at: str, offset: int) -> None:
    assert offset_at(zone, epoch(at)) == offset


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("Europe/Paris", "2026-03-29", 2 * 3600 + 1800, ()),
        ("Europe/Paris", "2026-03-29", 2 * 3600 - 1, ("2026-03-29T01:59:59+01:00",)),
        ("Europe/Paris", "2026-03-29", 3 * 3600, ("2026-03-29T03:00:00+02:00",)),
        ("Europe/Paris", "2026-10-25", 2 * 3600, ("2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00")),
        ("Europe/Paris", "2026-10-25", 3 * 3600, ("2026-10-25T03:00:00+01:00",)),
        (
            "Australia/Lord_Howe",
            "2026-04-05",
            6_300,
            ("2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"),
        ),
        ("Australia/Lord_Howe", "2026-10-04", 2 * 3600 + 900, ()),
        ("Antarctica/Troll", "2026-03-29", 2 * 3600, ()),
        ("Pacific/Apia", "2011-12-30", 43_200, ()),
        ("Pacific/Kwajalein", "1993-08-21", 43_200, ()),
    ],
)
def test_instants_of_a_wall_clock(zone: str, day: str, clock: int, expected: tuple[str, ...]) -> None:
    found = instants(zone, ordinal(day), clock)
    assert tuple(as_datetime(zone, t).isoformat() for t in found) == expected


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Paris", "2026-11-24", "2026-11-24T00:00:00+01:00"),
        ("Pacific/Apia", "2011-12-29", "2011-12-29T00:00:00-10:00"),
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"),
        ("Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"),
        ("Africa/Cairo", "2024-04-26", "2024-04-26T01:00:00+03:00"),
        ("Asia/Beirut", "2024-03-31", "2024-03-31T01:00:00+03:00"),
        ("America/Havana", "2024-11-03", "2024-11-03T00:00:00-04:00"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),
        ("Asia/Kathmandu", "2024-02-29", "2024-02-29T00:00:00+05:45"),
    ],
)
def test_midnight(zone: str, day: str, expected: str) -> None:
    assert as_datetime(zone, midnight(zone, ordinal(day))).isoformat() == expected


@given(st.sampled_from(ZONES), st.integers(FIRST, END))
def test_an_instant_is_among_those_of_its_wall_clock(zone: str, t: int) -> None:
    day, second = local(zone, t)
    found = instants(zone, day, second)
    assert t in found
    assert list(found) == sorted(set(found))
    assert all(local(zone, each) == (day, second) for each in found)


@given(st.sampled_from(ZONES), st.integers(FIRST, END), st.integers(0, 86_399))
def test_only_skipped_wall_clocks_have_no_instant(zone: str, t: int, second: int) -> None:
    day = local(zone, t)[0]
    wall = datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(seconds=second)
    expected = set()
    for fold in (0, 1):
        moment = wall.replace(tzinfo=library(zone), fold=fold).astimezone(UTC)
        if moment.astimezone(library(zone)).replace(tzinfo=None) == wall:
            expected.add(int(moment.timestamp()))
    assert set(instants(zone, day, second)) == expected


@given(st.sampled_from(ZONES), st.integers(FIRST, END))
def test_midnight_is_the_first_instant_of_its_date(zone: str, t: int) -> None:
    day = local(zone, t)[0]
    first = midnight(zone, day)
    assert first <= t
    assert local(zone, first)[0] == day
    assert local(zone, first - 1)[0] < day


@given(st.sampled_from(ZONES), st.integers(FIRST, END))
def test_a_datetime_keeps_the_instant_and_the_offset(zone: str, t: int) -> None:
    moment = as_datetime(zone, t)
    assert moment.timestamp() == t
    assert moment.isoformat() == datetime.fromtimestamp(t, library(zone)).isoformat()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("US/Pacific", "America/Los_Angeles"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Iceland", "Atlantic/Reykjavik"),
        ("Africa/Asmera", "Africa/Asmara"),
        ("Pacific/Truk", "Pacific/Chuuk"),
        ("UTC", "Etc/UTC"),
        ("Europe/Paris", "Europe/Paris"),
        ("Europe/Stockholm", "Europe/Stockholm"),
    ],
)
def test_old_names_resolve_within_their_country(old: str, new: str) -> None:
    assert canonical(old) == new


@pytest.mark.parametrize("zone", ZONES)
def test_a_canonical_name_is_a_zone_and_its_own(zone: str) -> None:
    new = canonical(zone)
    assert is_zone(new)
    assert canonical(new) == new
    for t in range(epoch("2019-01-01T00:00:00+00:00"), epoch("2031-01-01T00:00:00+00:00"), 10 * 86_400):
        assert offset_at(zone, t) == offset_at(new, t)


def test_every_country_s_zone_is_a_name_in_use() -> None:
    for country in pytz.country_timezones:
        for zone in pytz.country_timezones[country]:
            assert canonical(zone) == zone


@pytest.mark.parametrize("name", ["Europe/Paris", "Asia/Calcutta", "UTC", "Etc/GMT+5"])
def test_known_zones(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize("name", ["", "Europe/Pariss", "europe/paris", "../etc/passwd", "Etc/Unknown", "CEST", "é"])
def test_unknown_zones(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(ValueError, match="is not an IANA time zone"):
        offset_at(name, 0)
