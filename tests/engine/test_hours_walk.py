"""Sending hours against a walk minute by minute that knows nothing but the standard library's clocks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
import pytz
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.hours import Openness, is_open, next_closing, next_opening
from sendlaw.engine.zones import transitions
from sendlaw.policy.model import Calendar, Hours, Window

from .naive_clock import clock

OPEN, CLOSED, UNKNOWN = Openness.OPEN, Openness.CLOSED, Openness.UNKNOWN
MINUTE, HOUR, DAY = 60, 3_600, 86_400
ALL_DAYS = frozenset(range(7))
FRANCE = Calendar("FR", frozenset({date(2026, 3, 31), date(2028, 2, 29)}))

# (may be no holiday, may be a holiday): what is known of a date.
Worlds = Callable[[date], tuple[bool, bool]]


def opens(window: Window, local: datetime, holiday: bool) -> bool:
    minute = local.hour * 60 + local.minute
    if holiday and window.except_holidays:
        return False
    if holiday and any(span.holiday for span in window.hours):
        return any(span.start <= minute < span.end for span in window.hours if span.holiday)
    return any(span.start <= minute < span.end for span in window.hours if local.weekday() in span.days)


def on_one_clock(window: Window, zone: str, known: Worlds, regional: bool, t: int) -> Openness:
    local = datetime.fromtimestamp(t, clock(zone))
    worlds = [w for w, possible in zip((False, True), known(local.date()), strict=True) if possible]
    answers = {opens(window, local, world) for world in worlds}
    if len(answers) > 1:
        return CLOSED if regional else UNKNOWN
    return OPEN if answers == {True} else CLOSED


def naive(window: Window, zones: Iterable[str], t: int, known: Worlds | None = None, regional: bool = True) -> Openness:
    clocks = zones if window.zone is None else [window.zone]
    found = [on_one_clock(window, zone, known or (lambda _: (True, False)), regional, t) for zone in clocks]
    if CLOSED in found:
        return CLOSED
    return OPEN if found and UNKNOWN not in found else UNKNOWN


@dataclass(frozen=True)
class Walk:
    """Every minute of a stretch of time, and what the naive walk finds there."""

    window: Window
    zones: tuple[str, ...]
    start: int
    states: Sequence[Openness]
    subdivisions: tuple[str, ...] = ()

    def first(self, index: int, wanted: bool) -> int | None:
        """The first minute from `index` on that is open, or not; None if there is none."""
        later = range(index, len(self.states))
        found = next((i for i in later if (self.states[i] is OPEN) is wanted), None)
        return None if found is None else self.start + found * MINUTE

    def check(self, indexes: Iterable[int], second: int) -> None:
        """Compare at that second of these minutes, up to the last second of the walk."""
        horizon = self.start + len(self.states) * MINUTE - 1
        for i in indexes:
            t = self.start + i * MINUTE + second
            case = (self.window, self.zones, self.subdivisions, t)
            is_now = self.states[i] is OPEN
            opening = t if is_now else self.first(i + 1, True)
            closing = self.first(i + 1, False) if is_now else None
            assert is_open(*case) is self.states[i], case
            assert next_opening(*case, horizon) == opening, case
            assert next_closing(*case, horizon) == closing, case


def walked(window: Window, zones: tuple[str, ...], start: int, minutes: int) -> Walk:
    times = range(start, start + minutes * MINUTE, MINUTE)
    return Walk(window, zones, start, [naive(window, zones, t) for t in times])


def window(*spans: tuple[Iterable[int], int, int], zone: str | None = None) -> Window:
    return Window(tuple(Hours(frozenset(d), False, a, b) for d, a, b in spans), False, zone, None)


WINDOWS = (
    window((ALL_DAYS, 480, 1290)),
    window((ALL_DAYS, 0, 150), (ALL_DAYS, 165, 1440)),
    window((ALL_DAYS, 120, 180)),
    window((ALL_DAYS, 150, 151), (ALL_DAYS, 60, 61), (ALL_DAYS, 0, 1), (ALL_DAYS, 1439, 1440)),
    window((ALL_DAYS, 0, 30), (ALL_DAYS, 1410, 1440)),
    window(({6, 0}, 0, 1440)),
    window(({0, 1, 2, 3, 4}, 540, 1080), ({5}, 600, 780)),
    window((ALL_DAYS, 15, 45), (ALL_DAYS, 75, 105), (ALL_DAYS, 135, 165), (ALL_DAYS, 195, 225)),
)


def changes(zone: str, first: int, last: int) -> list[int]:
    """The clock changes of a zone in the years from `first` to `last`."""
    low = int(datetime(first, 1, 1, tzinfo=UTC).timestamp())
    high = int(datetime(last + 1, 1, 1, tzinfo=UTC).timestamp())
    return [t for t in transitions(zone).starts if low <= t < high]


def around(t: int, hours: int) -> int:
    """The whole minute that many hours before."""
    return t // MINUTE * MINUTE - hours * HOUR


def test_every_zone_agrees_around_one_of_its_changes() -> None:
    chance = random.Random(2026)
    for zone in pytz.all_timezones:
        moments = changes(zone, 1972, 2060) or [chance.randrange(100_000_000, 2_000_000_000)]
        walk = walked(chance.choice(WINDOWS), (zone,), around(chance.choice(moments), 3), 360)
        walk.check(chance.sample(range(360), 60), chance.randrange(60))


@pytest.mark.parametrize("index", range(len(WINDOWS)))
@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Paris",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour
        "Asia/Kathmandu",
        "Pacific/Chatham",
        "Pacific/Apia",
        "Africa/Casablanca",
        "America/Havana",  # at midnight
        "Asia/Beirut",
        "America/Asuncion",
    ],
)
def test_every_minute_around_every_change_of_some_years(zone: str, index: int) -> None:
    years = (2011, 2012) if zone == "Pacific/Apia" else (2023, 2023)
    for change in changes(zone, *years):
        walked(WINDOWS[index], (zone,), around(change, 3), 360).check(range(360), 0)


# Minutes near midnight, near the usual hours of change, and anywhere.
MINUTES = st.one_of(st.sampled_from((0, 1, 30, 60, 90, 120, 150, 180, 1380, 1439, 1440)), st.integers(0, 1440))
DAYS = st.one_of(st.just(ALL_DAYS), st.frozensets(st.integers(0, 6), min_size=1))
SPANS = st.builds(
    lambda days, edges, holiday: Hours(days, holiday, edges[0], edges[1]),
    DAYS,
    st.tuples(MINUTES, MINUTES).filter(lambda edges: edges[0] < edges[1]),
    st.just(False),
)
ZONES = st.sampled_from(pytz.all_timezones)
PLAIN = st.builds(
    lambda spans, zone: Window(tuple(spans), False, zone, None),
    st.lists(SPANS, min_size=1, max_size=4),
    st.one_of(st.none(), st.none(), st.none(), ZONES),
)


@st.composite
def moments(draw: st.DrawFn, zone: str) -> int:
    """An instant near a clock change of the zone, near a month's end, or anywhere."""
    near = [*changes(zone, 1972, 2100), int(datetime(2028, 2, 29, tzinfo=UTC).timestamp())]
    near += [int(datetime(year, 12, 31, tzinfo=UTC).timestamp()) for year in (1999, 2026, 2099)]
    anywhere = st.integers(63_072_000, 4_102_444_800)
    return draw(st.one_of(st.sampled_from(near), anywhere)) // MINUTE * MINUTE


@given(st.data(), PLAIN, st.lists(ZONES, min_size=1, max_size=4, unique=True))
@settings(max_examples=100)
def test_windows_of_all_kinds_on_several_clocks(data: st.DataObject, plain: Window, zones: list[str]) -> None:
    start = data.draw(moments(zones[0])) - DAY
    walk = walked(plain, tuple(zones), start, 2 * 1440)
    indexes = data.draw(st.lists(st.integers(0, 2 * 1440 - 1), min_size=10, max_size=30))
    walk.check(indexes, data.draw(st.integers(0, 59)))


def known_in_france(day: date) -> tuple[bool, bool]:
    """What is known of a date for a recipient somewhere in France, asked of the library directly."""
    if day in FRANCE.also:
        return False, True
    if not 2015 <= day.year <= 2040:
        return True, True
    if day in country_holidays("FR", years=day.year):
        return False, True
    return True, any(day in country_holidays("FR", subdiv=part, years=day.year) for part in ("57", "6AE"))


@cache
def france(day: date) -> tuple[bool, bool]:
    return known_in_france(day)


def turns_of_holidays() -> list[date]:
    eves = [date(2026, 4, 3), date(2026, 5, 14), date(2026, 3, 31), date(2027, 12, 26), date(2028, 2, 29)]
    return [*eves, date(2024, 3, 31), date(2025, 1, 1), date(2014, 12, 31), date(2040, 12, 31)]


HOLIDAY_WINDOWS = st.builds(
    lambda spans, extra, except_holidays: Window((*spans, *extra), except_holidays, None, FRANCE),
    st.lists(SPANS, min_size=1, max_size=3),
    st.lists(
        st.builds(
            lambda days, edges: Hours(days, True, edges[0], edges[1]),
            st.frozensets(st.integers(0, 6)),
            st.tuples(MINUTES, MINUTES).filter(lambda edges: edges[0] < edges[1]),
        ),
        max_size=2,
    ),
    st.booleans(),
)


@given(
    HOLIDAY_WINDOWS,
    st.sampled_from(turns_of_holidays()),
    st.lists(st.sampled_from(("Europe/Paris", "America/Cayenne", "Pacific/Noumea")), min_size=1, unique=True),
    st.lists(st.integers(0, 3 * 1440 - 1), min_size=10, max_size=30),
)
@settings(max_examples=100)
def test_holidays(each: Window, day: date, zones: list[str], indexes: list[int]) -> None:
    start = int((datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)).timestamp())
    covered = range(2015, 2041)
    states = []
    for t in range(start, start + 3 * DAY, MINUTE):
        # A date without data leaves it open, one that is a holiday somewhere shuts: two kinds of not knowing.
        found = [on_one_clock(each, z, france, datetime.fromtimestamp(t, clock(z)).year in covered, t) for z in zones]
        states.append(CLOSED if CLOSED in found else UNKNOWN if UNKNOWN in found else OPEN)
    Walk(each, tuple(zones), start, states).check(indexes, 0)
