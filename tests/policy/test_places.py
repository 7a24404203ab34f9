"""Subdivisions are those of ISO 3166-2, and all that other data speak of are among them."""

from __future__ import annotations

import re

import pytest
from holidays import list_supported_countries
from sendlaw.engine.numbers import _area_codes
from sendlaw.policy.places import countries, is_place, is_subdivision, subdivisions, suggest_place
from sendlaw.policy.subdivisions import CODES


@pytest.mark.parametrize(
    "code", ["US-XX", "US-FO", "GB-SCO", "DE-ZZZ", "XK-AA", "ZZ-AA", "US-", "US-FL-1", "us-fl", "FR"]
)
def test_what_the_standard_does_not_have_is_no_subdivision(code: str) -> None:
    assert not is_subdivision(code)


def test_territories_that_are_countries_too_are_subdivisions() -> None:
    assert all(map(is_subdivision, ("US-PR", "US-GU", "US-VI", "US-AS", "US-MP", "CN-HK", "FR-974", "NL-AW", "FI-01")))


def test_the_subdivisions_that_area_codes_tell_are_known() -> None:
    assert all(map(is_subdivision, {place for places in _area_codes().values() for place in places}))


def test_the_subdivisions_of_the_holiday_calendars_are_known() -> None:
    calendars = list_supported_countries(include_aliases=False)
    told = {f"{country}-{name}" for country, names in calendars.items() if country in countries() for name in names}
    assert not {code for code in told if re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", code) and not is_subdivision(code)}


def test_a_subdivision_has_a_country() -> None:
    named = re.findall("^([A-Z]{2}):", CODES, re.MULTILINE)
    assert len(named) == len(set(named)) > 190
    assert set(named) <= set(countries())
    assert sum(len(subdivisions(country)) for country in named) > 5_000


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("GB-SCO", "did you mean `GB-SCT`?"),
        ("BR-SPP", "did you mean `BR-SP`?"),
        ("US-FO", "ISO 3166-2 has 57 of US, such as `US-FL`"),
        ("SG-99", "those of SG are `SG-01`, `SG-02`, `SG-03`, `SG-04`, `SG-05`"),
        ("XK-AA", "ISO 3166-2 has no subdivisions of XK"),
        ("ZZ-AA", "`ZZ` is not the code of a country"),
    ],
)
def test_what_was_probably_meant_is_told(code: str, told: str) -> None:
    assert suggest_place(code) == told
    assert not is_place(code)
