"""Sending hours minute by minute around the clock changes of every zone, against the library's clocks alone.

A walk looks at the clock on the wall once a minute; each window then is a table from weekday, minute and holiday to
open or not, so that one walk serves all windows, and the next opening is the next 1 in a row of 0 and 1.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import product

import pytest
import pytz
from holidays import country_holidays
from sendlaw.engine.hours import Openness, is_open, lasts, next_opening
from sendlaw.engine.numbers import country_timezones
from sendlaw.engine.zones import canonical, transitions
from sendlaw.policy.model import Calendar, Hours, Window

from .naive_clock import HOUR, MINUTE, changes, local

AROUND = 26 * HOUR
WALK = 2 * AROUND // MINUTE
FIRST, LAST = 2024, 2028
WEEK = 7 * 1440
ALL = frozenset(range(7))
WORK = frozenset(range(5))

ADDED = frozenset(
    date(y, month, day) for y, month, day in product(range(FIRST, LAST + 1), (3, 4, 10, 11), range(2, 31, 2))
)
"""Dates that the calendar of the walks adds to those of Japan: every second one in the months of clock changes."""
JAPAN = Calendar("JP", ADDED)


def window(
    *spans: tuple[frozenset[int], int, int], holiday: tuple[int, int] | None = None, closed: bool = False,
    zone: str | None = None
) -> Window:  # fmt: skip
    hours = [Hours(days, False, start, end) for days, start, end in spans]
    if holiday is not None:
        hours.append(Hours(frozenset(), True, *holiday))
    return Window(tuple(hours), closed, zone, JAPAN if closed or holiday is not None else None)


WINDOWS = (
    window((ALL, 480, 1290)),
    window((ALL, 0, 30), (ALL, 1410, 1440)),  # touches midnight on both sides
    window((frozenset({5, 6, 0}), 0, 1440)),  # wraps the week
    window(
        *((ALL, start, start + 30) for start in range(15, 1440, 60))
    ),  # in and around every hour skipped or repeated
    window((ALL, 60, 210)),
    window((ALL, 135, 136), (ALL, 0, 1), (ALL, 1439, 1440)),  # single minutes
    window((WORK, 540, 1080), (frozenset({5}), 600, 780)),
    window((frozenset({6}), 0, 1440)),
    window((ALL, 0, 1440), closed=True),
    window((ALL - {6}, 480, 1200), holiday=(600, 720)),
    window((WORK, 480, 1200), (frozenset({5, 6}), 600, 1080), holiday=(30, 150)),
    window((WORK, 540, 1020), zone="Europe/London"),
)
PLAIN = tuple(each for each in WINDOWS if each.calendar is None)
"""Those that ask for no holidays, of which nothing is known before 2015."""


@cache
def japanese(year: int) -> frozenset[date]:
    return frozenset(country_holidays("JP", years=year))


@cache
def table(each: Window) -> bytes:
    """For each minute of the week, on ordinary days and then on holidays, whether the window is open."""
    return bytes(
        _opens(each, day, minute, holiday) for holiday, day, minute in product((False, True), ALL, range(1440))
    )


def _opens(each: Window, day: int, minute: int, holiday: bool) -> bool:
    if holiday and each.except_holidays:
        return False
    named = holiday and any(span.holiday for span in each.hours)
    spans = [span for span in each.hours if (span.holiday if named else day in span.days)]
    return any(span.start <= minute < span.end for span in spans)


def minutes_of_the_week(zone: str, start: int, minutes: int) -> list[int]:
    """Where in a window's table each minute of a walk stands."""
    found = []
    for t in range(start, start + minutes * MINUTE, MINUTE):
        moment = local(zone, t)
        day = moment.date()
        holiday = day in ADDED or day in japanese(day.year)
        found.append(WEEK * holiday + 1440 * moment.weekday() + 60 * moment.hour + moment.minute)
    return found


class Walk:
    """The minutes of a stretch of time on all clocks of a recipient."""

    def __init__(self, zones: tuple[str, ...], start: int, minutes: int = WALK) -> None:
        self.zones, self.start, self.minutes = zones, start, minutes
        self.clocks = {zone: minutes_of_the_week(zone, start, minutes) for zone in zones}

    def states(self, each: Window) -> bytes:
        """For each minute, whether the window is open on all clocks."""
        if each.zone is not None and each.zone not in self.clocks:
            self.clocks[each.zone] = minutes_of_the_week(each.zone, self.start, self.minutes)
        zones = self.zones if each.zone is None else (each.zone,)
        opens = table(each)
        rows = [map(opens.__getitem__, self.clocks[zone]) for zone in zones]
        return bytes(map(min, zip(*rows, strict=True)))

    def check(self, each: Window) -> int:
        """Compare every minute, at a second of it; and each change at its second and the one before."""
        states = self.states(each)
        edges = [i for i in range(1, self.minutes) if states[i] != states[i - 1]]
        for i in range(self.minutes):
            self._compare(each, states, i, i * 37 % 60)
        for i in edges:
            self._compare(each, states, i, 0)
            self._compare(each, states, i - 1, 59)
        return self.minutes

    def _compare(self, each: Window, states: bytes, i: int, second: int) -> None:
        t = self.start + i * MINUTE + second
        horizon = self.start + self.minutes * MINUTE - 1
        case = (each, self.zones, (), t)
        opened = states[i] == 1
        following = states.find(1, i + 1)
        opening = t if opened else None if following < 0 else self.start + following * MINUTE
        assert (is_open(*case) is Openness.OPEN) is opened, case
        assert next_opening(*case, horizon) == opening, case
        if i % 5 == 0:
            known, until = lasts(*case)
            turn = states.find(0 if opened else 1, i)
            assert known is opened, case
            assert t < until <= (self.start + turn * MINUTE if turn >= 0 else until), case


def instant(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def clusters(zones: Sequence[str], first: int = FIRST, last: int = LAST) -> list[int]:
    """The clock changes of zones in some years; of those less than a day apart, the first."""
    moments = sorted({t for zone in zones for t in changes(zone, instant(first), instant(last + 1))})
    return [t for t, before in zip(moments, [0, *moments], strict=False) if t - before > AROUND // 2]


def walks(zones: tuple[str, ...], first: int = FIRST, last: int = LAST) -> Iterator[Walk]:
    for moment in clusters(zones, first, last):
        yield Walk(zones, moment // MINUTE * MINUTE - AROUND)


@cache
def distinct() -> tuple[str, ...]:
    """Every zone whose clock changes are not those of one before it."""
    return tuple(sorted({transitions(zone): zone for zone in reversed(pytz.all_timezones)}.values()))


COUNTRIES = sorted(country for country in pytz.country_timezones if len(country_timezones(country)) > 1)
ODD = (
    *("Pacific/Apia", "Pacific/Fakaofo", "Asia/Pyongyang", "America/Caracas", "Asia/Kathmandu", "Australia/Lord_Howe"),
    *("Antarctica/Troll", "Pacific/Kwajalein", "Australia/Eucla", "Pacific/Chatham", "Antarctica/Casey"),
    *("Africa/Casablanca", "Europe/Volgograd", "Europe/Istanbul", "Asia/Amman", "America/Nuuk", "Pacific/Norfolk"),
)
"""Zones with changes of other than an hour, of the date, of the rule, or with several clocks in one year."""


@pytest.mark.parametrize("zone", ODD)
def test_zones_that_change_otherwise(zone: str) -> None:
    chance = random.Random(zone)
    moments = clusters((zone,), 1985, 2028)
    walk = Walk((zone,), chance.choice(moments) // MINUTE * MINUTE - AROUND)
    for each in chance.sample(PLAIN, 3):
        assert walk.check(each) == WALK


@pytest.mark.parametrize("part", range(4))
def test_some_changes_of_many_zones(part: int) -> None:
    chance = random.Random(part)
    changing = [zone for zone in distinct() if clusters((zone,), 2026, 2026)]
    for zone in chance.sample(changing, 12):
        walk = Walk((zone,), chance.choice(clusters((zone,))) // MINUTE * MINUTE - AROUND)
        assert walk.check(chance.choice(WINDOWS)) == WALK


@pytest.mark.parametrize("country", ["ES", "PT", "AU", "BR", "RU", "US"])
def test_some_changes_of_countries_with_several_zones(country: str) -> None:
    chance = random.Random(country)
    zones = country_timezones(country)
    moments = clusters(zones) or [instant(2026)]
    walk = Walk(zones, chance.choice(moments) // MINUTE * MINUTE - AROUND)
    assert walk.check(chance.choice(WINDOWS[:3])) == WALK


def test_random_minutes_of_every_zone() -> None:
    chance = random.Random(20_261_122)
    for zone in pytz.all_timezones:
        for _ in range(10):
            walk = Walk((zone,), chance.randrange(instant(1972), instant(2150)) // MINUTE * MINUTE, 1)
            each = chance.choice(PLAIN)
            assert (is_open(each, (zone,), (), walk.start) is Openness.OPEN) is bool(walk.states(each)[0]), walk.start


def test_old_names_keep_the_clocks_of_the_names_in_use() -> None:
    for zone in pytz.all_timezones:
        low, high = instant(1990), instant(2040)
        old, new = transitions(zone), transitions(canonical(zone))
        assert [t for t in old.starts if low < t < high] == [t for t in new.starts if low < t < high], zone


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_every_minute_around_every_change_of_every_zone(part: int) -> None:
    counted = 0
    for zone in distinct()[part::8]:
        for walk in walks((zone,)):
            counted += sum(walk.check(each) for each in WINDOWS)
    # Zones that share their changes share their answers; each is still asked with a window.
    for zone in sorted(set(pytz.all_timezones) - set(distinct()))[part::8]:
        counted += sum(walk.check(WINDOWS[n % len(WINDOWS)]) for n, walk in enumerate(walks((zone,))))
    print(f"{counted:,} (zone, minute, window)")
    assert counted > 1_000_000


@pytest.mark.soak
def test_every_minute_around_the_changes_of_countries_with_several_zones() -> None:
    counted = 0
    for country in COUNTRIES:
        for walk in walks(country_timezones(country), 2026, 2026):
            counted += sum(walk.check(each) for each in WINDOWS)
    print(f"{counted:,} (country, minute, window)")
    assert counted > 1_000_000


@pytest.mark.soak
@pytest.mark.parametrize("zone", ODD)
def test_every_odd_change_since_1985(zone: str) -> None:
    counted = 0
    for walk in walks((zone,), 1985, 2023):
        counted += sum(walk.check(each) for each in PLAIN)
    print(f"{counted:,} (minute, window) in {zone}")
    assert counted
