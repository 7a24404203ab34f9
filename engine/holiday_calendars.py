"""Public holidays, from the `holidays` library as data: which dates are holidays where the recipient may be.

Dates are proleptic Gregorian ordinals. A country's and a subdivision's days are read one year at a time, when
first asked for, and kept. Only the library's category `public`, with observed days, counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any, NamedTuple

from ..policy.model import Calendar

FIRST_YEAR, LAST_YEAR = 2015, 2040
"""Outside these years no calendar is trusted: later dates are guesswork, earlier ones nobody asks for."""

_LIBRARY = "holidays"
_ENGLISH = "en_US"

# Subdivisions with an ISO 3166-1 code of their own: another country's numbers, another country's policy. The
# French ones are listed under their letters too, as ISO 3166-2 had them before 2022.
_COUNTRIES_OF_THEIR_OWN: Mapping[str, frozenset[str]] = {
    "CN": frozenset(("HK", "MO", "TW")),
    "FI": frozenset(("01",)),
    "FR": frozenset(
        (
            "971",
            "972",
            "973",
            "974",
            "976",
            "BL",
            "GF",
            "GP",
            "MF",
            "MQ",
            "NC",
            "PF",
            "PM",
            "RE",
            "TF",
            "WF",
            "YT",
        )
    ),
    "NL": frozenset(("AW", "BQ1", "BQ2", "BQ3", "CW", "SX")),
    "NO": frozenset(("21", "22")),
    "US": frozenset(("AS", "GU", "MP", "PR", "UM", "VI")),
}

# Places smaller than the ISO 3166-2 subdivision they lie in, as the library names them.
_WITHIN: Mapping[str, Mapping[str, str]] = {
    "AU": {"NSW Western": "NSW"},
    "BR": {"São Paulo Capital": "SP"},
    "CH": {"Stadt Zurich": "ZH"},
    "DE": {"Augsburg": "BY"},
    "ES": {"Barcelona": "CT"},
    "FR": {"57": "GES", "6AE": "GES"},
    "IT": {
        "Andria": "BT",
        "Barletta": "BT",
        "Cesena": "FC",
        "Forli": "FC",
        "Pesaro": "PU",
        "Trani": "BT",
        "Urbino": "PU",
    },
    "NZ": {"South Canterbury": "CAN"},
}

# Codes of a level the library does not use, where it is known whose holidays they keep.
_SAME_AS: Mapping[str, Mapping[str, str]] = {"FR": {"67": "6AE", "68": "6AE"}}

# Where the library's data ends before it says so: India's moon holidays, of which it only warns when it is asked.
_LAST_YEARS: Mapping[str, int] = {"IN": 2035}

# Where the codes that no table here lists keep the national days alone.
_OTHERWISE_NATIONAL = frozenset(("FR",))

_NAMED_PLACES = 3


class HolidayStatus(Enum):
    """What is known of a date: `REGIONAL` is a holiday in a part only of where the recipient may be.

    A known (or finer) `recipient.subdivision` would settle it. `UNKNOWN`: no data for that year or place.
    """

    NO = "no"
    YES = "yes"
    REGIONAL = "regional"
    UNKNOWN = "unknown"


class _Parts(NamedTuple):
    """Parts of a country, by the library's names: where the recipient is, or may be for all that is known."""

    sure: tuple[str, ...]
    perhaps: tuple[str, ...]


_Days = Mapping[int, str]


@cache
def _library() -> Mapping[str, Any]:
    """The library's classes by ISO 3166-1 code. Imported at first need: many runs need no holidays."""
    import holidays
    from holidays.registry import EntityLoader

    codes = EntityLoader.get_country_codes(include_aliases=False)
    return {code: getattr(holidays, code) for code in codes if len(code) == 2}


def data_version() -> str:
    """Which holiday data speaks, for the digest of a policy."""
    return f"{_LIBRARY} {version(_LIBRARY)}, {FIRST_YEAR} to {LAST_YEAR}"


@cache
def _covered(country: str) -> range:
    """The years the data covers; empty for a country that the library does not know."""
    entity = _library().get(country)
    if entity is None:
        return range(0)
    last = min(entity.end_year, _LAST_YEARS.get(country, LAST_YEAR))
    return range(max(entity.start_year, FIRST_YEAR), last + 1)


@cache
def _days(country: str, part: str | None, year: int) -> _Days:
    """The public holidays of a covered year, nationally or in one part, in English where there are names."""
    entity = _library()[country]
    language = _ENGLISH if _ENGLISH in entity.supported_languages else None
    found = entity(subdiv=part, years=year, language=language)
    return {day.toordinal(): name for day, name in sorted(found.items())}


def _listed(country: str) -> tuple[str, ...]:
    entity = _library().get(country)
    return () if entity is None else tuple(sorted(entity.subdivisions))


def _all_parts(country: str) -> tuple[str, ...]:
    own = _COUNTRIES_OF_THEIR_OWN.get(country, frozenset())
    return tuple(part for part in _listed(country) if part not in own)


def _within(country: str, code: str) -> tuple[str, ...]:
    return tuple(part for part, whole in _WITHIN.get(country, {}).items() if whole == code)


def _parts_of(country: str, code: str) -> _Parts:
    """The parts for the last half of an ISO 3166-2 code; one unknown to all tables may lie anywhere."""
    code = _SAME_AS.get(country, {}).get(code, code)
    smaller = _within(country, code)
    if code in _listed(country):
        return _Parts((code,), smaller)
    if smaller or country in _OTHERWISE_NATIONAL:
        return _Parts((), smaller)
    return _Parts((), _all_parts(country))


def _known_codes(country: str, subdivisions: Iterable[str]) -> Iterator[str]:
    own = _COUNTRIES_OF_THEIR_OWN.get(country, frozenset())
    for subdivision in subdivisions:
        place, _, code = subdivision.partition("-")
        if place == country and code not in own:
            yield code


def _parts(place: str, subdivisions: tuple[str, ...]) -> _Parts:
    country, _, code = place.partition("-")
    if code:
        return _parts_of(country, code)
    if not subdivisions:
        return _Parts((), _all_parts(country))
    found = [_parts_of(country, code) for code in _known_codes(country, subdivisions)]
    sure = tuple(sorted({part for parts in found for part in parts.sure}))
    perhaps = {part for parts in found for part in parts.perhaps}
    return _Parts(sure, tuple(sorted(perhaps)))


class Holidays:
    """The holidays of one calendar for recipients of whom one set of subdivisions is known.

    A date counts if it is a holiday nationally or in any subdivision the recipient may be in. Subdivisions
    that ISO 3166-1 lists as countries never count for the mother country.
    """

    def __init__(self, place: str, also: frozenset[date], subdivisions: tuple[str, ...]) -> None:
        self._country = place.partition("-")[0]
        self._parts = _parts(place, subdivisions)
        self._also = frozenset(day.toordinal() for day in also)
        self._years: dict[int, tuple[_Days, _Days]] = {}
        self._answers: dict[int, HolidayStatus] = {}

    def _year(self, year: int) -> tuple[_Days, _Days]:
        """The sure and the regional days of a covered year."""
        if year not in self._years:
            self._years[year] = self._sure(year), self._regional(year)
        return self._years[year]

    def _sure(self, year: int) -> _Days:
        parts = (*reversed(self._parts.sure), None)
        return {day: name for part in parts for day, name in _days(self._country, part, year).items()}

    def _regional(self, year: int) -> _Days:
        names: dict[int, str] = {}
        places: dict[int, list[str]] = {}
        for part in self._parts.perhaps:
            for day, name in _days(self._country, part, year).items():
                names.setdefault(day, name)
                places.setdefault(day, []).append(part)
        return {day: f"{name} ({self._somewhere(places[day])})" for day, name in names.items()}

    def _somewhere(self, parts: list[str]) -> str:
        """Names of some places: codes in full, as `FR-57`, but not names, as `Augsburg`."""
        named = [f"{self._country}-{p}" if p.isupper() or p[0].isdigit() else p for p in parts]
        more = len(named) - _NAMED_PLACES
        return ", ".join(named) if more < 1 else f"{', '.join(named[:_NAMED_PLACES])} and {more} more"

    def status(self, day_ordinal: int) -> HolidayStatus:
        """Whether the date is a holiday. Dates that the policy itself adds need no data."""
        found = self._answers.get(day_ordinal)
        if found is None:
            found = self._answers[day_ordinal] = self._status(day_ordinal)
        return found

    def _status(self, day_ordinal: int) -> HolidayStatus:
        if day_ordinal in self._also:
            return HolidayStatus.YES
        year = date.fromordinal(day_ordinal).year
        if year not in _covered(self._country):
            return HolidayStatus.UNKNOWN
        sure, regional = self._year(year)
        if day_ordinal in sure:
            return HolidayStatus.YES
        return HolidayStatus.REGIONAL if day_ordinal in regional else HolidayStatus.NO

    def name_of(self, day_ordinal: int) -> str:
        """The holiday's name, in English where the data has it; empty where the date is none.

        A regional holiday is followed by its places; where the data ends, that is said.
        """
        if day_ordinal in self._also:
            return "a holiday named in the policy"
        year = date.fromordinal(day_ordinal).year
        if year not in _covered(self._country):
            return f"no holiday data for {self._country} in {year}"
        sure, regional = self._year(year)
        return sure.get(day_ordinal) or regional.get(day_ordinal, "")


@lru_cache(maxsize=4096)
def _holidays(calendar: Calendar, subdivisions: tuple[str, ...]) -> Holidays:
    return Holidays(calendar.place, calendar.also, subdivisions)


def holiday_dates(calendar: Calendar, subdivisions: tuple[str, ...] | None) -> Holidays:
    """The holidays of `calendar.place` for a recipient who may be in these subdivisions (such as `US-FL`).

    None or empty: none is known, so the recipient may be in any of that country's. Where the place is itself
    a subdivision, its own holidays and the national ones count, whatever is known of the recipient.
    """
    return _holidays(calendar, subdivisions or ())


def status(calendar: Calendar, subdivisions: tuple[str, ...] | None, day_ordinal: int) -> HolidayStatus:
    """Whether the date is a holiday of the calendar where the recipient may be."""
    return holiday_dates(calendar, subdivisions).status(day_ordinal)


def name_of(calendar: Calendar, subdivisions: tuple[str, ...] | None, day_ordinal: int) -> str:
    """The name of the holiday on that date, as `Holidays.name_of` gives it."""
    return holiday_dates(calendar, subdivisions).name_of(day_ordinal)
