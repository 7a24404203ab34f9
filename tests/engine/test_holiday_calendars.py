"""Public holidays: what subdivisions change, where the data ends, and the library itself beside it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from importlib import import_module

import pytest
from holidays import country_holidays
from holidays.registry import EntityLoader
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.holiday_calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    HolidayStatus,
    data_version,
    holiday_dates,
    name_of,
    status,
)
from sendlaw.policy.model import Calendar

NO, YES, REGIONAL, UNKNOWN = (
    HolidayStatus.NO,
    HolidayStatus.YES,
    HolidayStatus.REGIONAL,
    HolidayStatus.UNKNOWN,
)
US_TERRITORIES = {
    "AS",
    "GU",
    "MP",
    "PR",
    "UM",
    "VI",
}
COUNTRIES = sorted(c for c in EntityLoader.get_country_codes(include_aliases=False) if len(c) == 2)


def plain(place: str, *also: str) -> Calendar:
    return Calendar(place, frozenset(date.fromisoformat(each) for each in also))


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(
    ("place", "subdivisions", "day", "expected"),
    [
        ("FR", (), "2026-07-14", YES),
        ("FR", None, "2026-07-14", YES),
        ("FR", (), "2026-07-15", NO),
        # Good Friday: a holiday in Moselle and Alsace alone.
        ("FR", (), "2026-04-03", REGIONAL),
        ("FR", ("FR-57",), "2026-04-03", YES),
        ("FR", ("FR-6AE",), "2026-04-03", YES),
        ("FR", ("FR-67",), "2026-04-03", YES),
        ("FR", ("FR-GES",), "2026-04-03", REGIONAL),
        ("FR", ("FR-IDF",), "2026-04-03", NO),
        ("FR", ("FR-75",), "2026-04-03", NO),
        ("FR", ("FR-75", "FR-57"), "2026-04-03", YES),
        # Abolition Day of Guadeloupe, which has its own country code: not for mainland France.
        ("FR", (), "2026-05-27", NO),
        ("FR", ("FR-971",), "2026-05-27", NO),
        ("FR", ("FR-GP",), "2026-05-27", NO),
        ("GP", (), "2026-05-27", YES),
        # Puerto Rico, likewise.
        ("US", (), "2026-01-06", NO),
        ("US", ("US-PR",), "2026-01-06", NO),
        ("PR", (), "2026-01-06", YES),
        ("FI", (), "2026-06-09", NO),
        ("AX", (), "2026-06-09", YES),
        # The Friday after Thanksgiving in Florida, not in New York.
        ("US", (), "2026-11-27", REGIONAL),
        ("US", ("US-FL",), "2026-11-27", YES),
        ("US", ("US-NY",), "2026-11-27", NO),
        ("US", ("US-NY", "US-FL"), "2026-11-27", YES),
        ("US", ("CA-ON",), "2026-11-27", NO),
        ("US-FL", (), "2026-11-27", YES),
        ("US-FL", ("US-NY",), "2026-11-27", YES),
        ("US-FL", (), "2026-07-04", YES),
        ("US-NY", ("US-FL",), "2026-11-27", NO),
        # July 4 is a Saturday: Friday is kept too.
        ("US", ("US-NY",), "2026-07-03", YES),
        # Augsburg lies in Bavaria, and has a day of its own.
        ("DE", ("DE-BY",), "2026-08-08", REGIONAL),
        ("DE", ("DE-BY",), "2026-01-06", YES),
        ("DE", ("DE-BE",), "2026-08-08", NO),
        ("DE", (), "2026-10-31", REGIONAL),
        ("GB", ("GB-SCT",), "2026-11-30", YES),
        ("GB", ("GB-ENG",), "2026-11-30", NO),
        # A district that the library does not list: it may lie in any part.
        ("GB", ("GB-GLG",), "2026-11-30", REGIONAL),
        ("FR", (), "2015-01-01", YES),
        ("FR", (), "2014-12-31", UNKNOWN),
        ("FR", (), "2040-12-25", YES),
        # India's moon holidays are known to 2035.
        ("IN", (), "2035-08-15", YES),
        ("IN", (), "2036-08-15", UNKNOWN),
        ("FR", (), "2041-01-01", UNKNOWN),
        ("LK", (), "2026-12-25", YES),
        ("LK", (), "2027-01-01", UNKNOWN),  # the library ends here, since the moon is not settled
        ("GW", (), "2022-12-25", UNKNOWN),  # and starts here
        ("XX", (), "2026-01-01", UNKNOWN),
    ],
)
def test_status(place: str, subdivisions: tuple[str, ...] | None, day: str, expected: HolidayStatus) -> None:
    assert status(plain(place), subdivisions, ordinal(day)) is expected


@pytest.mark.parametrize("place", ["FR", "US-FL", "XX"])
def test_dates_the_policy_adds_need_no_data(place: str) -> None:
    calendar = plain(place, "2026-12-24", "2060-02-29")
    assert status(calendar, (), ordinal("2026-12-24")) is YES
    assert status(calendar, (), ordinal("2060-02-29")) is YES
    assert status(calendar, (), ordinal("2060-02-28")) is UNKNOWN
    assert name_of(calendar, (), ordinal("2060-02-29")) == "a holiday named in the policy"


@pytest.mark.parametrize(
    ("place", "subdivisions", "day", "expected"),
    [
        ("FR", (), "2026-07-14", "National Day"),
        ("FR", (), "2026-07-15", ""),
        ("FR", ("FR-57",), "2026-04-03", "Good Friday"),
        ("FR", (), "2026-04-03", "Good Friday (FR-57, FR-6AE)"),
        ("DE", ("DE-BY",), "2026-08-08", "Augsburg Peace Festival (Augsburg)"),
        ("FR", (), "2041-07-14", "no holiday data for FR in 2041"),
        ("ZA", (), "2026-09-24", "Heritage Day"),
        ("JP", (), "2026-11-03", "Culture Day"),
        ("SA", (), "2026-09-23", "National Day Holiday"),
    ],
)
def test_names(place: str, subdivisions: tuple[str, ...], day: str, expected: str) -> None:
    assert name_of(plain(place), subdivisions, ordinal(day)) == expected


def test_many_places_are_counted() -> None:
    words = name_of(plain("US"), (), ordinal("2026-11-27"))
    assert words.startswith("Day After Thanksgiving (US-")
    assert words.endswith(" more)")


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_a_calendar(country: str) -> None:
    found = holiday_dates(plain(country), ())
    first, last = ordinal("2026-01-01"), ordinal("2026-12-31")
    days = {day: found.status(day) for day in range(first, last + 1)}
    national = {day.toordinal() for day in country_holidays(country, years=2026)}
    assert {day for day, each in days.items() if each is YES} == national
    assert UNKNOWN not in days.values()
    assert all(bool(found.name_of(day)) is (each is not NO) for day, each in days.items())


@given(
    st.sampled_from(("AU", "BR", "CA", "CH", "DE", "ES", "GB", "IN", "MY", "US")),
    st.integers(FIRST_YEAR, LAST_YEAR),
    st.data(),
)
@settings(max_examples=60)
def test_known_subdivisions_agree_with_the_library(country: str, year: int, data: st.DataObject) -> None:
    own = US_TERRITORIES if country == "US" else set()
    parts = [part for part in country_holidays(country).subdivisions if len(part) < 4 and part not in own]
    chosen = data.draw(st.lists(st.sampled_from(parts), min_size=1, max_size=3, unique=True))
    expected = set(country_holidays(country, years=year))
    for part in chosen:
        expected |= set(country_holidays(country, subdiv=part, years=year))
    found = holiday_dates(plain(country), tuple(f"{country}-{part}" for part in chosen))
    if country == "IN" and year > 2035:  # where its data ends the library fills in what it can
        expected = set()
    year_days = range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    assert {date.fromordinal(day) for day in year_days if found.status(day) is YES} == expected


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("country", COUNTRIES)
def test_the_library_has_no_doubts_about_the_years_trusted(country: str) -> None:
    """Where its data ends it warns, and fills in what it can."""
    entity = country_holidays(country)
    first, last = max(entity.start_year, FIRST_YEAR), min(entity.end_year, LAST_YEAR)
    calendar = plain(country)
    for year in {first, (first + last) // 2, last - 5, last - 4, last} if first <= last else ():
        status(calendar, None, date(year, 6, 1).toordinal())


@given(st.sampled_from(("DE", "US", "FR", "GB", "IT")), st.integers(FIRST_YEAR, LAST_YEAR))
@settings(max_examples=20)
def test_not_knowing_is_never_looser(country: str, year: int) -> None:
    """A holiday in a known subdivision is at least a regional one for others."""
    parts = [part for part in country_holidays(country).subdivisions if len(part) < 4]
    anyone = holiday_dates(plain(country), ())
    for part in parts:
        there = holiday_dates(plain(country), (f"{country}-{part}",))
        days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        assert all(anyone.status(day) is not NO for day in days if there.status(day) is not NO)


def test_the_library_is_loaded_at_first_need_only() -> None:
    code = (
        "import sys\n"
        "import sendlaw.engine.hours\n"
        "from sendlaw.engine.holiday_calendars import data_version\n"
        "data_version()\n"
        "print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_data_has_a_version() -> None:
    library = vars(import_module("holidays"))
    assert data_version() == f"holidays {library['__version__']}, 2015 to 2040"
