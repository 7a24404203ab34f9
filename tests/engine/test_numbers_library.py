"""What numbers tell, region by region and code by code, as the phone number library says it; subdivisions as its place
names do."""

from __future__ import annotations

import json
from collections import Counter
from importlib import resources

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from phonenumbers.geodata import GEOCODE_DATA
from sendlaw import Policy
from sendlaw.engine.numbers import NumberError, number_facts

from tools import compare_numbers as comparison
from tools import make_area_codes

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
SHARED = {code: regions for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items() if len(regions) > 1}
NO_COUNTRY = sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS)


def written(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def examples(region: str) -> set[str]:
    """The example numbers of all types of a region."""
    found = (phonenumbers.example_number_for_type(region, each) for each in sorted(PhoneNumberType.values()))
    return {written(number) for number in found if number is not None}


def test_all_regions_and_types_have_examples() -> None:
    assert len(REGIONS) == 245
    lines = Counter(facts.line for region in REGIONS for facts in map(number_facts, examples(region)))
    assert set(lines) == set(comparison.LINES.values())
    assert len([region for region in REGIONS if len(examples(region)) > 1]) > 230


@pytest.mark.parametrize("region", REGIONS)
def test_every_example_number_shortened_and_lengthened(region: str) -> None:
    """As the library says: possible or not, and whose; a national prefix put before, every digit cut off, and more."""
    for number in examples(region):
        code = str(phonenumbers.country_code_for_region(region))
        digits = number[1 + len(code) :]
        changed = {f"+{code}{digits[:size]}" for size in range(1, len(digits) + 1)}
        changed |= {f"+{code}{digits}{'7' * more}" for more in range(1, 4)}
        changed |= {f"+{code}{prefix}{digits}" for prefix in ("0", "1", "8", "9", "15")}
        for each in changed:
            if len(each) <= 16:
                assert comparison.by_tables(each) == comparison.by_library(each), each


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_is_found_by_its_own_examples(region: str) -> None:
    """Where a code is shared, the library gives numbers that several regions have to the first; never to a stranger."""
    code = phonenumbers.country_code_for_region(region)
    for number in examples(region):
        found = number_facts(number).country
        assert found == region or found in SHARED.get(code, ()), number
    assert region in {number_facts(number).country for number in examples(region)} or region in ("EH", "MF", "BL")


def test_which_codes_are_shared() -> None:
    assert {code: len(regions) for code, regions in SHARED.items()} == {
        1: 25,
        7: 2,
        39: 2,
        44: 4,
        47: 2,
        61: 3,
        212: 2,
        262: 2,
        290: 2,
        358: 2,
        590: 3,
        599: 2,
    }


@pytest.mark.parametrize(
    ("number", "country", "line", "timezones"),
    [
        ("+12842291234", "VG", "fixed", ("America/Tortola",)),
        ("+18765230123", "JM", "fixed_or_mobile", ("America/Jamaica",)),
        ("+18092345678", "DO", "fixed_or_mobile", ("America/Santo_Domingo",)),
        ("+16712345678", "GU", "fixed_or_mobile", ("Pacific/Guam",)),
        ("+17012345678", "US", "fixed_or_mobile", None),
        ("+77012345678", "KZ", "mobile", ("Asia/Almaty", "Asia/Aqtobe")),
        ("+74951234567", "RU", "fixed", ("Europe/Moscow",)),
        ("+390669812345", "VA", "fixed", ("Europe/Vatican",)),
        ("+390612345678", "IT", "fixed", ("Europe/Rome",)),
        ("+441534123456", "JE", "fixed", ("Europe/Jersey",)),
        ("+447624123456", "IM", "mobile", ("Europe/Isle_of_Man",)),
        ("+447781123456", "GG", "mobile", ("Europe/Guernsey",)),
        ("+447400123456", "GB", "mobile", ("Europe/London",)),
        ("+4779123456", "SJ", "fixed", ("Arctic/Longyearbyen",)),
        ("+4721234567", "NO", "fixed", ("Europe/Oslo",)),
        ("+61891621234", "CC", "fixed", ("Indian/Cocos",)),
        ("+61891641234", "CX", "fixed", ("Indian/Christmas",)),
        ("+61212345678", "AU", "fixed", None),
        ("+212528812345", "MA", "fixed", ("Africa/Casablanca",)),
        ("+212520123456", "MA", "fixed", ("Africa/Casablanca",)),
        ("+262269601234", "YT", "fixed", ("Indian/Mayotte",)),
        ("+262262161234", "RE", "fixed", ("Indian/Reunion",)),
        ("+29022158", "SH", "fixed", ("Atlantic/St_Helena",)),
        ("+2908999", "TA", "fixed", ("Atlantic/St_Helena",)),
        ("+35818123456", "AX", "fixed", ("Europe/Mariehamn",)),
        ("+358131234567", "FI", "fixed", ("Europe/Helsinki",)),
        ("+590590201234", "GP", "fixed", ("America/Guadeloupe",)),
        ("+590590271234", "BL", "fixed", ("America/St_Barthelemy",)),
        ("+5997151234", "BQ", "fixed", ("America/Kralendijk",)),
        ("+59994351234", "CW", "fixed", ("America/Curacao",)),
    ],
)
def test_shared_codes(number: str, country: str, line: str, timezones: tuple[str, ...] | None) -> None:
    facts = number_facts(number)
    assert (facts.country, facts.line) == (country, line)
    assert timezones is None or facts.timezones == timezones
    assert comparison.by_tables(number) == comparison.by_library(number)


@pytest.mark.parametrize("code", NO_COUNTRY)
def test_codes_of_no_country(code: int) -> None:
    number = phonenumbers.example_number_for_non_geo_entity(code)
    assert number is not None
    facts = number_facts(written(number))
    assert (facts.country, facts.timezones, facts.subdivisions) == (None, (), ())
    assert comparison.by_tables(facts.e164) == comparison.by_library(facts.e164)
    message = {"to": facts.e164, "sender": "ACME", "category": "promotional", "body": "x", "at": "2026-11-24T12:00:00Z"}
    verdict = Policy.from_sources([], bundled=False).evaluate(message)
    assert (verdict.decision, verdict.country, verdict.reasons[0].rule) == ("deny", None, "sendlaw.number")


def test_which_codes_are_of_no_country() -> None:
    assert NO_COUNTRY == [800, 808, 870, 878, 881, 882, 883, 888, 979]


@pytest.mark.parametrize(
    ("number", "e164", "country", "line"),
    [
        # Italy keeps the zero of its fixed lines, and has none before mobiles.
        ("+390612345678", "+390612345678", "IT", "fixed"),
        ("+39612345678", "+39612345678", None, None),
        ("+393123456789", "+393123456789", "IT", "mobile"),
        ("+3902123456", "+3902123456", "IT", "fixed"),
        # San Marino's zero may be left out.
        ("+3780549886377", "+3780549886377", "SM", "fixed"),
        # Argentina: 9 behind the country code is a mobile's; 15 behind the area code says the same.
        ("+541112345678", "+541112345678", "AR", "fixed"),
        ("+5491112345678", "+5491112345678", "AR", "mobile"),
        ("+54111512345678", "+5491112345678", "AR", "mobile"),
        # Brazil: a carrier may be chosen between 0 and the area code.
        ("+5511961234567", "+5511961234567", "BR", "mobile"),
        ("+55011961234567", "+5511961234567", "BR", "mobile"),
        # Mexico gave up its mobile token 1 in 2019.
        ("+525512345678", "+525512345678", "MX", "fixed_or_mobile"),
        ("+5215512345678", None, None, None),
        # A zero behind the code where none belongs.
        ("+4407400123456", "+447400123456", "GB", "mobile"),
        ("+330612345678", "+33612345678", "FR", "mobile"),
    ],
)
def test_zeros_and_mobile_tokens(number: str, e164: str | None, country: str | None, line: str | None) -> None:
    expected = comparison.by_library(number)
    assert comparison.by_tables(number) == expected
    assert (None if expected is None else expected[:3]) == (None if e164 is None else (e164, country, line))


def test_the_longest_number_has_fifteen_digits() -> None:
    # The library reads this as a Brazilian mobile behind a carrier code; E.164 ends at fifteen digits.
    with pytest.raises(NumberError, match=r"not an E\.164 number"):
        number_facts("+5501511961234567")


def test_area_codes_are_those_of_the_librarys_place_names() -> None:
    kept = resources.files("sendlaw.engine.data").joinpath("area_codes.json").read_text(encoding="utf-8")
    assert json.loads(kept) == make_area_codes.area_codes()


def test_numbers_are_in_the_states_that_the_librarys_place_names_say() -> None:
    """Prefix by prefix; a few exchanges that name another state than their area code are left aside."""
    alike, asides = 0, Counter[str]()
    for prefix, names in GEOCODE_DATA.items():
        said = make_area_codes.subdivisions(names.get("en", "")) if prefix.startswith("1") else set()
        facts = number_facts(f"+{prefix}{'2345678901'[: 11 - len(prefix)]}") if said else None
        if facts is not None and facts.country in ("US", "CA"):
            alike += said <= set(facts.subdivisions)
            asides.update([prefix[1:4]] if not said <= set(facts.subdivisions) else [])
    assert alike > 15_000
    assert asides.total() < alike / 100, asides
