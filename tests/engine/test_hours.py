"""Sending hours: cases written by hand, each with the verdict a person reads off the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import pytest
from sendlaw.engine.hours import (
    Closure,
    Openness,
    closure,
    describe,
    is_open,
    local_times,
    missing_to_open,
    next_closing,
    next_opening,
    opening_words,
    schedule,
)
from sendlaw.engine.zones import as_datetime
from sendlaw.policy.model import Calendar, Hours, Window

OPEN, CLOSED, UNKNOWN = Openness.OPEN, Openness.CLOSED, Openness.UNKNOWN
PARIS = ("Europe/Paris",)
HORIZON = 400 * 86_400
DAY_NUMBERS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def span(text: str) -> Hours:
    """`mon sat 08:00-22:00`: the days one by one, all if none; `holidays` among them marks the span."""
    *names, clocks = text.split()
    start, end = clocks.split("-")
    days = frozenset(DAY_NUMBERS[name] for name in names if name != "holidays")
    return Hours(days if names else frozenset(range(7)), "holidays" in names, minutes(start), minutes(end))


def window(*spans: str, closed: bool = False, zone: str | None = None, place: str | None = None) -> Window:
    calendar = Calendar(place, frozenset({date(2026, 12, 24)})) if place else None
    return Window(tuple(span(each) for each in spans), closed, zone, calendar)


WORKDAYS = "mon tue wed thu fri sat 08:00-22:00"
CHARTER_2024 = window(WORKDAYS, closed=True, place="FR")
EVENINGS = window("08:00-21:30")
WEEKEND = window("mon tue wed thu fri 08:00-20:00", "sat sun holidays 10:00-18:00", place="FR")
GERMANY = window("mon tue wed thu fri sat 08:00-20:00", closed=True, place="DE")


@pytest.mark.parametrize(
    ("each", "zones", "when", "expected"),
    [
        (EVENINGS, PARIS, "2026-11-24T07:59:59+01:00", CLOSED),
        (EVENINGS, PARIS, "2026-11-24T08:00:00+01:00", OPEN),
        (EVENINGS, PARIS, "2026-11-24T21:29:59+01:00", OPEN),
        (EVENINGS, PARIS, "2026-11-24T21:30:00+01:00", CLOSED),
        (EVENINGS, (), "2026-11-24T12:00:00+01:00", UNKNOWN),
        (window("08:00-20:00", zone="Asia/Kolkata"), (), "2026-11-24T08:00:00+05:30", OPEN),
        (window("08:00-20:00", zone="Asia/Kolkata"), PARIS, "2026-11-24T20:00:00+05:30", CLOSED),
        # One zone that is shut is enough.
        (EVENINGS, ("America/New_York", "America/Los_Angeles"), "2026-11-24T10:59:59-05:00", CLOSED),
        (EVENINGS, ("America/New_York", "America/Los_Angeles"), "2026-11-24T11:00:00-05:00", OPEN),
        (EVENINGS, ("America/New_York", "America/Los_Angeles"), "2026-11-24T21:30:00-05:00", CLOSED),
        # Sunday; Christmas, a Friday; Christmas Eve, which the policy adds.
        (CHARTER_2024, PARIS, "2026-11-22T12:00:00+01:00", CLOSED),
        (CHARTER_2024, PARIS, "2026-12-25T12:00:00+01:00", CLOSED),
        (CHARTER_2024, PARIS, "2026-12-24T12:00:00+01:00", CLOSED),
        (CHARTER_2024, PARIS, "2026-12-23T12:00:00+01:00", OPEN),
        # No data for that year: shut at night for certain, unknown by day.
        (CHARTER_2024, PARIS, "2041-03-04T23:00:00+01:00", CLOSED),
        (CHARTER_2024, PARIS, "2041-03-04T12:00:00+01:00", UNKNOWN),
        (
            window("holidays 10:00-18:00", "mon 12:00-14:00", place="FR"),
            PARIS,
            "2041-03-04T13:00+01:00",
            OPEN,
        ),
        (window("08:00-20:00", closed=True), PARIS, "2026-11-24T12:00:00+01:00", UNKNOWN),
        # The date of a holiday is the local one: in Nouméa it is already July 15.
        (CHARTER_2024, ("Pacific/Noumea",), "2026-07-14T23:30:00+02:00", OPEN),
        (CHARTER_2024, ("Pacific/Noumea",), "2026-07-13T23:30:00+02:00", CLOSED),
        # A closed zone outweighs an unknown one.
        (CHARTER_2024, ("Europe/Paris", "Asia/Tokyo"), "2041-03-04T15:00:00+01:00", CLOSED),
        (CHARTER_2024, ("Asia/Tokyo", "Europe/Paris"), "2041-03-04T15:00:00+01:00", CLOSED),
        (CHARTER_2024, ("Europe/Paris", "Europe/Berlin"), "2041-03-04T15:00:00+01:00", UNKNOWN),
        # Holidays with hours of their own replace those of the weekday, here a Tuesday.
        (WEEKEND, PARIS, "2026-07-14T09:59:59+02:00", CLOSED),
        (WEEKEND, PARIS, "2026-07-14T10:00:00+02:00", OPEN),
        (WEEKEND, PARIS, "2026-07-14T18:00:00+02:00", CLOSED),
        (WEEKEND, PARIS, "2026-07-15T09:00:00+02:00", OPEN),
        (WEEKEND, PARIS, "2026-07-18T09:00:00+02:00", CLOSED),
        # Good Friday in Alsace: the hours that both readings leave.
        (WEEKEND, PARIS, "2026-04-03T09:00:00+02:00", CLOSED),
        (WEEKEND, PARIS, "2026-04-03T12:00:00+02:00", OPEN),
        (WEEKEND, PARIS, "2026-04-03T19:00:00+02:00", CLOSED),
    ],
)
def test_open_or_not(each: Window, zones: tuple[str, ...], when: str, expected: Openness) -> None:
    assert is_open(each, zones, (), at(when)) is expected


@pytest.mark.parametrize(
    ("subdivisions", "expected"),
    [
        ((), "2026-11-02T08:00:00+01:00"),  # All Saints, a Sunday
        (("DE-BE",), "2026-10-31T08:00:00+01:00"),
        (("DE-BB",), "2026-11-02T08:00:00+01:00"),  # Reformation Day, a Saturday
        (("DE-BE", "DE-BB"), "2026-11-02T08:00:00+01:00"),
    ],
)
def test_a_holiday_in_any_subdivision_counts(subdivisions: tuple[str, ...], expected: str) -> None:
    friday = at("2026-10-30T20:00:00+01:00")
    assert next_opening(GERMANY, ("Europe/Berlin",), subdivisions, friday, friday + HORIZON) == at(expected)


@pytest.mark.parametrize(
    ("each", "zones", "when", "expected"),
    [
        (EVENINGS, PARIS, "2026-11-24T22:14:00+01:00", "2026-11-25T08:00:00+01:00"),
        (EVENINGS, PARIS, "2026-11-24T12:00:07+01:00", "2026-11-24T12:00:07+01:00"),
        (CHARTER_2024, PARIS, "2026-11-21T22:00:00+01:00", "2026-11-23T08:00:00+01:00"),
        # Christmas Eve is added, Christmas a Friday, Saint Stephen's a holiday in Alsace, then Sunday.
        (CHARTER_2024, PARIS, "2026-12-23T22:00:00+01:00", "2026-12-28T08:00:00+01:00"),
        (CHARTER_2024, PARIS, "2026-12-31T22:00:00+01:00", "2027-01-02T08:00:00+01:00"),
        # To the end of the data, and no further.
        (CHARTER_2024, PARIS, "2040-12-31T21:59:59+01:00", "2040-12-31T21:59:59+01:00"),
        (CHARTER_2024, PARIS, "2040-12-31T22:00:00+01:00", None),
        # The clock jumps from 02:00 to 03:00: half of the window is left; all of it is gone.
        (window("02:30-03:30"), PARIS, "2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00+02:00"),
        (window("02:00-03:00"), PARIS, "2026-03-29T00:00:00+01:00", "2026-03-30T02:00:00+02:00"),
        # The clock goes back from 03:00 to 02:00: the window comes twice.
        (window("02:15-02:45"), PARIS, "2026-10-25T02:45:00+02:00", "2026-10-25T02:15:00+01:00"),
        (window("02:15-02:45"), PARIS, "2026-10-25T02:45:00+01:00", "2026-10-26T02:15:00+01:00"),
        # Half an hour back.
        (
            window("01:30-01:45"),
            ("Australia/Lord_Howe",),
            "2026-04-05T01:45:00+11:00",
            "2026-04-05T01:30:00+10:30",
        ),
        # Samoa had no December 30, 2011, a Friday.
        (window("fri 08:00-20:00"), ("Pacific/Apia",), "2011-12-29T23:00-10:00", "2012-01-06T08:00+14:00"),
        (window("08:00-20:00"), ("Pacific/Apia",), "2011-12-29T23:00:00-10:00", "2011-12-31T08:00:00+14:00"),
        (window("sun 10:00-10:01"), PARIS, "2027-12-26T10:01:00+01:00", "2028-01-02T10:00:00+01:00"),
        (window("tue 00:00-24:00"), PARIS, "2028-02-28T12:00:00+01:00", "2028-02-29T00:00:00+01:00"),
        # Two coasts share 11:00 to 21:30 New York; Tokyo and Paris 16:00 to 21:30 Tokyo.
        (
            EVENINGS,
            ("America/New_York", "America/Los_Angeles"),
            "2026-11-24T22:00-05:00",
            "2026-11-25T11:00-05:00",
        ),
        (EVENINGS, ("Europe/Paris", "Asia/Tokyo"), "2026-11-24T22:00:00+09:00", "2026-11-25T16:00:00+09:00"),
        (window("09:00-12:00"), ("Europe/Paris", "Asia/Tokyo"), "2026-11-24T22:00:00+09:00", None),
        (EVENINGS, (), "2026-11-24T12:00:00+01:00", None),
    ],
)
def test_next_opening(each: Window, zones: tuple[str, ...], when: str, expected: str | None) -> None:
    found = next_opening(each, zones, (), at(when), at(when) + HORIZON)
    assert found == (None if expected is None else at(expected))


@pytest.mark.parametrize(("room", "found"), [(-1, None), (0, "2026-11-25T08:00:00+01:00")])
def test_the_horizon_is_included(room: int, found: str | None) -> None:
    horizon = at("2026-11-25T08:00:00+01:00") + room
    opening = next_opening(EVENINGS, PARIS, (), at("2026-11-24T22:00:00+01:00"), horizon)
    assert opening == (None if found is None else at(found))
    ends = window("08:00-24:00", "00:00-07:00")
    closing = next_closing(ends, PARIS, (), horizon, at("2026-11-26T07:00:00+01:00") + room)
    assert closing == (None if room else at("2026-11-26T07:00:00+01:00"))


@pytest.mark.parametrize(
    ("each", "when", "expected"),
    [
        (EVENINGS, "2026-11-24T12:00:00+01:00", "2026-11-24T21:30:00+01:00"),
        (EVENINGS, "2026-11-24T22:00:00+01:00", None),
        (window("00:00-24:00"), "2026-11-24T22:00:00+01:00", None),
        (window("sat 12:00-24:00", "sun 00:00-06:00"), "2026-10-24T12:00:00+02:00", "2026-10-25T06:00+01:00"),
        (window("01:00-02:30"), "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+02:00"),
        (CHARTER_2024, "2040-12-31T12:00:00+01:00", "2040-12-31T22:00:00+01:00"),
    ],
)
def test_next_closing(each: Window, when: str, expected: str | None) -> None:
    found = next_closing(each, PARIS, (), at(when), at(when) + HORIZON)
    assert found == (None if expected is None else at(expected))


@pytest.mark.parametrize(
    ("each", "zones", "subdivisions", "when", "expected"),
    [
        (EVENINGS, PARIS, (), "2026-11-24T12:00:00+01:00", None),
        (EVENINGS, PARIS, (), "2026-11-24T22:00:00+01:00", Closure(CLOSED, "Europe/Paris", "", ())),
        (
            EVENINGS,
            (),
            (),
            "2026-11-24T22:00:00+01:00",
            Closure(UNKNOWN, None, "", ("recipient.timezone",)),
        ),
        (
            CHARTER_2024,
            PARIS,
            (),
            "2026-05-08T12:00:00+02:00",
            Closure(CLOSED, "Europe/Paris", "Victory Day", ()),
        ),
        # On a holiday, but at night anyway.
        (CHARTER_2024, PARIS, (), "2026-05-08T23:00:00+02:00", Closure(CLOSED, "Europe/Paris", "", ())),
        (
            CHARTER_2024,
            PARIS,
            (),
            "2026-04-03T12:00:00+02:00",
            Closure(CLOSED, "Europe/Paris", "Good Friday (FR-57, FR-6AE)", ("recipient.subdivision",)),
        ),
        (
            CHARTER_2024,
            PARIS,
            ("FR-57",),
            "2026-04-03T12:00:00+02:00",
            Closure(CLOSED, "Europe/Paris", "Good Friday", ()),
        ),
        (CHARTER_2024, PARIS, ("FR-75",), "2026-04-03T12:00:00+02:00", None),
        (
            CHARTER_2024,
            PARIS,
            (),
            "2041-03-04T12:00:00+01:00",
            Closure(UNKNOWN, "Europe/Paris", "no holiday data for FR in 2041", ("holidays",)),
        ),
        # Shut at night, with data or without.
        (CHARTER_2024, PARIS, (), "2041-03-04T23:00:00+01:00", Closure(CLOSED, "Europe/Paris", "", ())),
        # On an ordinary day too early, on a holiday not: the missing data decide.
        (
            window("12:00-14:00", "holidays 10:00-18:00", place="FR"),
            PARIS,
            (),
            "2041-03-04T11:00:00+01:00",
            Closure(UNKNOWN, "Europe/Paris", "no holiday data for FR in 2041", ("holidays",)),
        ),
        (
            window("12:00-14:00", "holidays 10:00-18:00", place="FR"),
            PARIS,
            (),
            "2026-11-24T11:00:00+01:00",
            Closure(CLOSED, "Europe/Paris", "", ()),
        ),
        (
            window("12:00-14:00", closed=True),
            PARIS,
            (),
            "2026-11-24T13:00:00+01:00",
            Closure(UNKNOWN, "Europe/Paris", "", ("holidays",)),
        ),
        # The clock that is shut for certain speaks before the one that asks for a fact.
        (
            CHARTER_2024,
            ("Europe/Paris", "Asia/Tokyo"),
            (),
            "2026-04-03T16:00:00+02:00",
            Closure(CLOSED, "Asia/Tokyo", "", ()),
        ),
    ],
)
def test_why_it_is_shut(
    each: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], when: str, expected: Closure | None
) -> None:
    assert closure(each, zones, subdivisions, at(when)) == expected


@pytest.mark.parametrize(
    ("each", "zones", "subdivisions", "when", "expected"),
    [
        # At night in a year without data: shut for certain, and all that follows is not known.
        (CHARTER_2024, PARIS, (), "2013-05-07T03:00:00+02:00", ("holidays",)),
        (CHARTER_2024, PARIS, (), "2041-05-07T03:00:00+02:00", ("holidays",)),
        (CHARTER_2024, PARIS, (), "2026-05-07T03:00:00+02:00", ()),
        (CHARTER_2024, (), (), "2013-05-07T03:00:00+02:00", ()),
        (EVENINGS, PARIS, (), "2013-05-07T03:00:00+02:00", ()),
        (window("mon tue wed 08:00-09:00"), ("Europe/Paris", "Asia/Tokyo"), (), "2013-05-07T03:00:00+02:00", ()),
        (window(), PARIS, (), "2013-05-07T03:00:00+02:00", ()),
    ],
)
def test_what_a_window_stays_shut_for_want_of(
    each: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], when: str, expected: tuple[str, ...]
) -> None:
    assert missing_to_open(each, zones, subdivisions, at(when), at(when) + HORIZON) == expected


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (EVENINGS, "08:00–21:30"),
        (CHARTER_2024, "mon–sat 08:00–22:00, not on holidays"),
        (WEEKEND, "mon–fri 08:00–20:00, sat–sun, holidays 10:00–18:00"),
        (window("sat sun mon tue wed thu 08:00-20:00"), "sat–thu 08:00–20:00"),
        (window("mon wed fri 00:00-24:00"), "mon, wed, fri 00:00–24:00"),
        (window("sun 09:05-10:00", zone="Asia/Kolkata"), "sun 09:05–10:00 in Asia/Kolkata"),
        (window("holidays 10:00-18:00", place="FR"), "holidays 10:00–18:00"),
        (window("sun mon wed 10:00-18:00"), "wed, sun–mon 10:00–18:00"),
    ],
)
def test_windows_in_words(each: Window, words: str) -> None:
    assert describe(each) == words


@pytest.mark.parametrize(
    ("zones", "words"),
    [
        ((), "an unknown local time"),
        (PARIS, "22:14 in Europe/Paris"),
        (("Europe/Paris", "Asia/Kolkata"), "22:14 in Europe/Paris, 02:44 in Asia/Kolkata"),
        (
            (*PARIS, "UTC", "Asia/Tokyo", "Asia/Seoul"),
            "22:14 in Europe/Paris, 21:14 in UTC, 06:14 in Asia/Tokyo and 1 more zone",
        ),
        (
            (*PARIS, "UTC", "Asia/Tokyo", *["Asia/Seoul"] * 5),
            "22:14 in Europe/Paris, 21:14 in UTC, 06:14 in Asia/Tokyo and 5 more zones",
        ),
    ],
)
def test_local_times_in_words(zones: tuple[str, ...], words: str) -> None:
    assert local_times(zones, at("2026-11-24T22:14:59+01:00")) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-11-24T23:00:00+01:00", "Tuesday 23:00"),
        ("2026-11-25T08:00:00+01:00", "Wednesday 08:00"),
        ("2026-11-30T08:00:00+01:00", "Monday 08:00"),
        ("2026-12-01T08:00:00+01:00", "Tuesday 2026-12-01 08:00"),
        ("2026-12-02T00:00:00+01:00", "Wednesday 2026-12-02 00:00"),
    ],
)
def test_openings_in_words(when: str, words: str) -> None:
    assert opening_words("Europe/Paris", at(when), at("2026-11-24T22:14:00+01:00")) == words


@pytest.mark.parametrize(
    ("each", "matter"),
    [(EVENINGS, False), (CHARTER_2024, True), (WEEKEND, True), (window(closed=True, place="FR"), False)],
)
def test_calendars_are_asked_only_where_they_matter(each: Window, matter: bool) -> None:
    assert schedule(each).holidays_matter is matter
    assert (schedule(each).holidays(()) is None) is not matter


def test_a_window_without_hours_never_opens() -> None:
    t = at("2026-11-24T12:00:00+01:00")
    assert is_open(window(), PARIS, (), t) is CLOSED
    assert next_opening(window(), PARIS, (), t, t + HORIZON) is None


def test_a_zone_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="Europe/Atlantis"):
        is_open(EVENINGS, ("Europe/Atlantis",), (), 0)


def days(plan: Iterable[tuple[int, Openness]]) -> list[int]:
    return [until for until, _ in plan]


@pytest.mark.parametrize("each", [EVENINGS, CHARTER_2024, WEEKEND, GERMANY, window()])
def test_plans_fill_the_day(each: Window) -> None:
    for plans in schedule(each).plans.values():
        for plan in plans:
            assert days(plan) == sorted(set(days(plan)))
            assert days(plan)[-1] == 86_400


def test_the_moment_found_is_the_one_shown() -> None:
    found = next_opening(EVENINGS, PARIS, (), at("2026-11-24T22:14:00+01:00"), at("2026-11-30T00:00+01:00"))
    assert found is not None
    assert as_datetime("Europe/Paris", found).isoformat() == "2026-11-25T08:00:00+01:00"
