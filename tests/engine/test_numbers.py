"""What numbers tell: known numbers, every example number, and random ones against the library."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import phonenumbers
import pytest
import pytz
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.numbers import NumberError, countries, country_timezones, number_facts
from sendlaw.engine.zones import canonical, is_zone
from sendlaw.policy.vocabulary import LINES

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "compare_numbers.py"


@pytest.fixture(scope="module")
def comparison() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compare_numbers", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples() -> Iterator[str]:
    """Every example number of every type of every region, and of every code that is no country's."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for number_type in sorted(phonenumbers.PhoneNumberType.values()):
            number = phonenumbers.example_number_for_type(region, number_type)
            if number is not None:
                yield phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        number = phonenumbers.example_number_for_non_geo_entity(code)
        assert number is not None
        yield phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


EXAMPLES = sorted(set(examples()))


@pytest.mark.parametrize(
    ("number", "country", "line", "timezones", "subdivisions"),
    [
        ("+33612345678", "FR", "mobile", ("Europe/Paris",), ()),
        ("+33639981234", "FR", None, ("Europe/Paris",), ()),
        ("+12025550123", "US", "fixed_or_mobile", ("America/New_York",), ("US-DC",)),
        ("+13055550123", "US", "fixed_or_mobile", ("America/New_York",), ("US-FL",)),
        ("+19025550123", "CA", "fixed_or_mobile", ("America/Halifax",), ("CA-NS", "CA-PE")),
        ("+15065550123", "CA", "fixed_or_mobile", ("America/Halifax",), ("CA-NB",)),
        ("+17875550123", "PR", "fixed_or_mobile", ("America/Puerto_Rico",), ()),
        ("+12425550123", "BS", None, ("America/Nassau",), ()),
        ("+447400123456", "GB", "mobile", ("Europe/London",), ()),
        ("+919876543210", "IN", "mobile", ("Asia/Kolkata",), ()),
        ("+966512345678", "SA", "mobile", ("Asia/Riyadh",), ()),
        ("+97671123456", "MN", "voip", ("Asia/Hovd", "Asia/Ulaanbaatar"), ()),
        ("+38344123456", "XK", "mobile", ("Europe/Belgrade",), ()),
        ("+24762889", "AC", "fixed", ("Atlantic/St_Helena",), ()),
        ("+2908999", "TA", "fixed", ("Atlantic/St_Helena",), ()),
        ("+358181234567", "AX", "fixed", ("Europe/Mariehamn",), ()),
        ("+5491123456789", "AR", "mobile", ("America/Argentina/Buenos_Aires",), ()),
        ("+80012345678", None, "toll_free", (), ()),
        ("+870773111632", None, "mobile", (), ()),
    ],
)
def test_known_numbers(
    number: str,
    country: str | None,
    line: str | None,
    timezones: tuple[str, ...],
    subdivisions: tuple[str, ...],
) -> None:
    facts = number_facts(number)
    assert facts.e164 == number
    assert (facts.country, facts.line) == (country, line)
    assert facts.timezones == timezones
    assert facts.subdivisions == subdivisions


def test_russian_mobiles_keep_to_russia() -> None:
    facts = number_facts("+79161234567")
    assert facts.line == "mobile"
    assert set(facts.timezones) <= set(country_timezones("RU"))
    assert "Europe/Moscow" in facts.timezones
    assert "Europe/Bucharest" not in facts.timezones


def test_american_toll_free_numbers_keep_to_the_united_states() -> None:
    facts = number_facts("+18005550199")
    assert (facts.country, facts.line, facts.subdivisions) == ("US", "toll_free", ())
    assert set(facts.timezones) <= set(country_timezones("US"))
    assert {"America/New_York", "Pacific/Honolulu"} <= set(facts.timezones)


def test_where_the_prefix_tells_no_zone_of_the_country_all_of_its_zones_count() -> None:
    # Not valid, so that its prefix tells nothing: Spain has Madrid, Ceuta and the Canaries.
    facts = number_facts("+34112345678")
    assert facts.line is None
    assert facts.timezones == ("Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid")


@pytest.mark.parametrize("number", ["+447700900123", "+15555550123", "+262999999999", "+15550123"])
def test_a_number_no_country_behind_a_shared_code_assigns_belongs_to_none(number: str) -> None:
    facts = number_facts(number)
    assert (facts.country, facts.line, facts.timezones, facts.subdivisions) == (None, None, (), ())


@pytest.mark.parametrize(
    ("number", "written"),
    [("+330639981234", "+33639981234"), ("+33639981234", "+33639981234"), ("+390612345678", "+390612345678")],
)
def test_a_national_prefix_does_not_stand_behind_the_country_code(number: str, written: str) -> None:
    assert number_facts(number).e164 == written


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("+331", "too short for country code +33"),
        ("+12", "too short for country code +1"),
        ("+1202555012345", "too long for country code +1"),
        ("+120255501", "country code +1 has no numbers of this length"),
        ("+21012345678", "no country has this country code"),
        ("+99912345678", "no country has this country code"),
        ("+10", "too short for country code +1"),
        ("", "not an E.164 number"),
        ("+", "not an E.164 number"),
        ("12025550123", "not an E.164 number"),
        ("+0123456789", "not an E.164 number"),
        ("+1 202 555 0123", "not an E.164 number"),
        ("+1202CALLNOW", "not an E.164 number"),
        ("+12025550123\n", "not an E.164 number"),
        ("+١٢٠٢٥٥٥٠١٢٣", "not an E.164 number"),
        ("+1234567890123456", "not an E.164 number"),
        ("ACME", "not an E.164 number"),
    ],
)
def test_numbers_that_are_not_possible(number: str, reason: str) -> None:
    with pytest.raises(NumberError) as caught:
        number_facts(number)
    assert reason in caught.value.reason
    assert str(caught.value) == caught.value.reason


@pytest.mark.parametrize("number", EXAMPLES)
def test_example_numbers_are_what_the_library_says(number: str, comparison: ModuleType) -> None:
    assert comparison.by_tables(number) == comparison.by_library(number) is not None


def test_random_numbers_are_what_the_library_says(comparison: ModuleType) -> None:
    seen: Counter[str] = Counter()
    assert list(comparison.differences(20_000, 20_261_124, seen)) == []
    assert seen.total() == 20_000
    # The draw reaches every kind of line, or the comparison would prove little.
    assert {*LINES, "not possible", "of no country"} - {"none"} <= set(seen)


@given(st.text(alphabet="+0123456789", max_size=18) | st.text(max_size=20))
def test_any_text_gives_facts_or_one_error(text: str) -> None:
    try:
        facts = number_facts(text)
    except NumberError as error:
        assert error.reason
    else:
        assert facts.line is None or facts.line in LINES
        assert list(facts.timezones) == sorted(set(facts.timezones))
        assert bool(facts.timezones) == (facts.country is not None)


def test_area_codes_name_subdivisions_of_the_country_they_belong_to() -> None:
    for area in range(200, 1000):
        facts = number_facts(f"+1{area}5550123")
        for subdivision in facts.subdivisions:
            assert facts.country == subdivision[:2]


def test_only_area_codes_without_a_place_name_no_subdivision() -> None:
    nowhere = set()
    for area in range(200, 1000):
        facts = number_facts(f"+1{area}2345678")
        if facts.country in {"US", "CA"} and facts.line is not None and not facts.subdivisions:
            nowhere.add(facts.line)
    assert nowhere == {"toll_free", "premium", "personal", "voip"} & nowhere


def test_every_state_and_province_has_an_area_code() -> None:
    found = {place for area in range(200, 1000) for place in number_facts(f"+1{area}2345678").subdivisions}
    assert len([place for place in found if place.startswith("US-")]) == 51
    assert len([place for place in found if place.startswith("CA-")]) == 13


def test_every_country_with_numbers_has_zones_in_use() -> None:
    assert set(phonenumbers.SUPPORTED_REGIONS) | set(pytz.country_timezones) == countries()
    for country in countries():
        zones = country_timezones(country)
        assert zones
        assert list(zones) == sorted(set(zones))
        assert all(is_zone(zone) and canonical(zone) == zone for zone in zones)


@pytest.mark.parametrize("code", ["ZZ", "001", "fr", ""])
def test_what_is_no_country_has_no_zones(code: str) -> None:
    assert country_timezones(code) == ()


def test_the_place_names_of_the_library_stay_unloaded() -> None:
    # They cost a third of a second, and only the generator of the area code table needs them.
    code = (
        "import sys; from sendlaw.engine.numbers import number_facts; number_facts('+12025550123');"
        "print([name for name in sys.modules if name.startswith(('phonenumbers.geo', 'phonenumbers.carr'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
