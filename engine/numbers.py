"""What a phone number tells: country, line, time zones and subdivisions. The authority is `phonenumbers`."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import phonenumbers
import pytz
from phonenumbers.tzdata import TIMEZONE_DATA

from .number_plans import Kind, Plan, plan
from .zones import canonical

_E164 = re.compile(r"\+[1-9][0-9]{1,14}\Z")
WITH_AREA_CODES = frozenset({"US", "CA"})
"""Countries whose numbers tell the state or province by their first digits, so many:"""
AREA_DIGITS = 3

_MISSING_ZONES: Mapping[str, tuple[str, ...]] = {
    "AC": ("Atlantic/St_Helena",),
    "TA": ("Atlantic/St_Helena",),
    "XK": ("Europe/Belgrade",),
}
"""Places with phone numbers that the country table of the zone data does not list, and the zone they keep."""


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What a number tells.

    `e164`: the number without a national prefix that does not belong there. `country`: ISO 3166-1 alpha-2,
    or XK; None for a number that belongs to no country. `line`: a word of `vocabulary.LINES`; None where not
    known. `timezones`: IANA names in use, sorted, those of the number's prefix within its country; empty
    without a country. `subdivisions`: ISO 3166-2, sorted; empty where not known.
    """

    e164: str
    country: str | None
    line: str | None
    timezones: tuple[str, ...]
    subdivisions: tuple[str, ...]


class NumberError(ValueError):
    """Not a possible phone number; `reason` says in words why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_e164(text: str) -> bool:
    """Whether a text has the form of a number in E.164; it may still be no possible phone number."""
    return _E164.match(text) is not None


@lru_cache(maxsize=65_536)
def number_facts(e164: str) -> NumberFacts:
    """What a number in E.164 form tells. Raises `NumberError` when it is not a possible phone number."""
    if not is_e164(e164):
        raise NumberError("not an E.164 number: write `+`, the country code and the digits, without spaces")
    numbering = plan_of(e164[1:4])
    if numbering is None:
        raise NumberError("not a phone number: no country has this country code")
    digits = e164[1 + len(numbering.code) :]
    if not numbering.keeps(digits):
        digits = _stripped(e164)
        e164 = f"+{numbering.code}{digits}"
    if len(digits) not in numbering.lengths:
        raise NumberError(f"not a possible phone number: {_length_fault(numbering, len(digits))}")
    kind = numbering.kind(digits)
    return NumberFacts(e164, kind.country, kind.line, _timezones(numbering.code, e164, kind), _areas(kind, digits))


@cache
def plan_of(head: str) -> Plan | None:
    """The plan that the first three digits of a number lead to: no calling code begins another."""
    return next((found for size in (1, 2, 3) if (found := plan(int(head[:size])))), None)


def _stripped(e164: str) -> str:
    """The national significant number as the library reads it, without a national prefix."""
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        raise NumberError("not a possible phone number") from None


def _length_fault(numbering: Plan, length: int) -> str:
    if length > numbering.longest:
        return f"too long for country code +{numbering.code}"
    if length < min(numbering.lengths):
        return f"too short for country code +{numbering.code}"
    return f"country code +{numbering.code} has no numbers of this length"


def zones_settled(head: str, country: str) -> bool:
    """Whether all numbers of a country that begin with these digits, and whose prefix tells where they are, have the
    same time zones.
    """
    known = _zone_prefixes()
    start, end = bisect_left(known, head), bisect_left(known, head + ":")  # the colon comes next after the nine
    found = {_within(prefix, country) for prefix in {_prefix(f"+{head}"), *known[start:end]}}
    return len(found) == 1


@cache
def _zone_prefixes() -> tuple[str, ...]:
    return tuple(sorted(TIMEZONE_DATA))


def _timezones(code: str, e164: str, kind: Kind) -> tuple[str, ...]:
    if kind.country is None:
        return ()
    if kind.line is None:
        return country_timezones(kind.country)
    return _within(_prefix(e164) if kind.geographic else code, kind.country)


def _prefix(e164: str) -> str:
    """The longest prefix of the number that the time zone data know."""
    sizes = _prefix_sizes()[e164[1:3]]
    return next((head for size in sizes if (head := e164[1 : 1 + size]) in TIMEZONE_DATA), "")


@cache
def _prefix_sizes() -> Mapping[str, tuple[int, ...]]:
    """How long the prefixes in the time zone data are, longest first, by the first two digits of a number."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for prefix in TIMEZONE_DATA:
        heads = [prefix[:2]] if len(prefix) > 1 else [f"{prefix}{digit}" for digit in range(10)]
        for head in heads:
            sizes[head].add(len(prefix))
    return defaultdict(tuple, {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()})


@cache
def _within(prefix: str, country: str) -> tuple[str, ...]:
    """The zones of a prefix cut to the country; all of the country's where the cut leaves nothing."""
    own = country_timezones(country)
    found = {canonical(zone) for zone in TIMEZONE_DATA.get(prefix, ())}
    return tuple(zone for zone in own if zone in found) or own


def _areas(kind: Kind, digits: str) -> tuple[str, ...]:
    return _area_codes().get(digits[:AREA_DIGITS], ()) if kind.country in WITH_AREA_CODES else ()


@cache
def _area_codes() -> Mapping[str, tuple[str, ...]]:
    """North American area code to the subdivisions it serves; codes that serve none are absent."""
    text = resources.files(f"{__package__}.data").joinpath("area_codes.json").read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(text)
    return {area: tuple(subdivisions) for area, subdivisions in table.items()}


@cache
def country_timezones(country: str) -> tuple[str, ...]:
    """The IANA zones in use in a country, sorted; empty for a code that is no country's."""
    if country in _MISSING_ZONES:
        return _MISSING_ZONES[country]
    if country not in countries():  # pytz would take `fr` for FR
        return ()
    return tuple(sorted({canonical(zone) for zone in pytz.country_timezones.get(country, ())}))


@cache
def countries() -> frozenset[str]:
    """Every country that has phone numbers or a time zone, ISO 3166-1 alpha-2 (and AC, TA, XK)."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS) | frozenset(pytz.country_timezones)
