"""Countries, subdivisions, languages and time zones that a rule file may name.

Countries are those of ISO 3166-1 as the time zone data lists them, and three with telephone numbers of their
own that ISO leaves out or reserves. Subdivisions are those of ISO 3166-2: a code that nobody has would count as a
place where no recipient ever is.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

import pytz

from .diagnostics import did_you_mean
from .subdivisions import CODES

_BESIDE_ISO = {"XK": "Kosovo", "AC": "Ascension Island", "TA": "Tristan da Cunha"}
_OFTEN_WRITTEN = {
    "UK": "GB",
    "EL": "GR",
    "EN": "GB",
    "KO": "KR",
    "SP": "ES",
    "JA": "JP",
    "USA": "US",
    "UAE": "AE",
    "KSA": "SA",
    "PRC": "CN",
    "AMERICA": "US",
    "BRITAIN": "GB",
    "GREAT_BRITAIN": "GB",
    "UNITED_KINGDOM": "GB",
    "ENGLAND": "GB",
    "SCOTLAND": "GB",
    "WALES": "GB",
    "HOLLAND": "NL",
    "KOREA": "KR",
    "SOUTH_KOREA": "KR",
    "NORTH_KOREA": "KP",
    "TURKIYE": "TR",
    "CZECHIA": "CZ",
    "BURMA": "MM",
    "IVORY_COAST": "CI",
    "MACEDONIA": "MK",
    "SWAZILAND": "SZ",
}
_SUBDIVISION = re.compile(r"([A-Z]{2})-([A-Z0-9]{1,3})\Z")
_MOST_SHOWN = 16
"""So many subdivisions are told where none is near the one that was written: those of most countries."""
_LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]{2,8})*\Z")

# ISO 639-1, and the languages of ISO 639-3 that business messages are written in and 639-1 lacks.
_LANGUAGE_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml
    mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd
    se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi
    vo wa wo xh yi yo za zh zu
    ast bal bem ber bho ceb ckb cmn cnr doi fil gsw haw hil hmn ilo kmr kok kri lua luo mai mni mos nan pap
    prs sat scn snk tet tpi tzm war yue zgh
"""
LANGUAGES = frozenset(re.findall(r"[a-z]+", _LANGUAGE_CODES))


@cache
def countries() -> dict[str, str]:
    """Every country code with the country's English name."""
    return {**{str(code): str(name) for code, name in pytz.country_names.items()}, **_BESIDE_ISO}


def is_country(code: str) -> bool:
    """Whether this is a country code such as `FR`."""
    return code in countries()


@cache
def _codes() -> dict[str, str]:
    return dict(re.findall(r"^([A-Z]{2}): (.*(?:\n .*)*)", CODES, re.MULTILINE))


@cache
def subdivisions(country: str) -> frozenset[str]:
    """The codes of a country's subdivisions, without the country before them; none where it has none."""
    return frozenset(_codes().get(country, "").split())


def is_subdivision(code: str) -> bool:
    """Whether this is a subdivision of ISO 3166-2, such as `US-FL`."""
    match = _SUBDIVISION.match(code)
    return match is not None and match.group(2) in subdivisions(match.group(1))


def is_place(code: str) -> bool:
    """Whether this is a country or a subdivision."""
    return is_country(code) or is_subdivision(code)


def suggest_place(word: str, groups: frozenset[str] = frozenset()) -> str:
    """A help text for an unknown place: the code that was probably meant."""
    if meant := place_meant(word):
        return meant
    if _SUBDIVISION.match(word):
        return _suggest_subdivision(*word.split("-"))
    if groups and (near := did_you_mean(word, groups)):
        return near
    return "write an ISO 3166-1 code such as `FR`, a subdivision such as `US-FL`, or the name of a group"


def _suggest_subdivision(country: str, code: str) -> str:
    """The nearest code of the country; compared without the country, which all of them share."""
    if not is_country(country):
        return f"`{country}` is not the code of a country"
    known = subdivisions(country)
    if not known:
        return f"ISO 3166-2 has no subdivisions of {country}"
    if near := get_close_matches(code, sorted(known), n=10, cutoff=0.6):
        best = max(near, key=lambda one: one[:2] == code[:2])
        return f"did you mean `{country}-{best}`?"
    if len(known) <= _MOST_SHOWN:
        return f"those of {country} are {', '.join(f'`{country}-{one}`' for one in sorted(known))}"
    example = min(known, key=lambda one: (one[0] != code[0], one))
    return f"ISO 3166-2 has {len(known)} of {country}, such as `{country}-{example}`"


def place_meant(word: str) -> str:
    """A help text with the code of a place that is written in another way: its name, three letters, small letters."""
    name = re.sub(r"[\s_-]+", "_", word.strip()).upper()
    if name in _OFTEN_WRITTEN:
        return f"did you mean `{_OFTEN_WRITTEN[name]}`?"
    code = name.replace("_", "-")
    code = _OFTEN_WRITTEN.get(code[:2], code[:2]) + code[2:]
    if is_place(code):
        return f"did you mean `{code}`?"
    if name in _three_letters():
        return f"did you mean `{_three_letters()[name]}`?"
    near = get_close_matches(name, _by_name(), n=1, cutoff=0.82) if 4 <= len(name) <= 40 else []
    return f"write `{_by_name()[near[0]]}` for {countries()[_by_name()[near[0]]]}" if near else ""


@cache
def _by_name() -> dict[str, str]:
    """Country codes by English name in capitals, with `_` for blanks."""
    return {re.sub(r"[\s_-]+", "_", name).upper(): code for code, name in countries().items()}


@cache
def _three_letters() -> dict[str, str]:
    """Country codes by ISO 3166-1 alpha-3, of the countries that have a holiday calendar."""
    from holidays.registry import COUNTRIES  # it loads slowly, and only mistakes need it

    return {entry[2]: entry[1] for entry in COUNTRIES.values() if is_country(entry[1])}


def is_language(code: str) -> bool:
    """Whether this is a BCP 47 language of ISO 639, such as `fr`, `pt-BR` or `zh-Hant`."""
    match = _LANGUAGE.match(code)
    return match is not None and match.group(1) in LANGUAGES


def is_zone(name: str) -> bool:
    """Whether the time zone data knows this name."""
    return name in pytz.all_timezones_set


def zones_in(city: str) -> list[str]:
    """The time zones that are called after a city, in any case and with blanks: `New York`."""
    folded = city.casefold().replace(" ", "_")
    return [zone for zone in pytz.common_timezones if folded in (zone.rpartition("/")[2].casefold(), zone.casefold())]


def suggest_zone(name: str) -> str:
    """A help text for an unknown time zone."""
    near = zones_in(name) or (get_close_matches(name, pytz.all_timezones, n=1, cutoff=0.85) if len(name) <= 60 else [])
    return f"did you mean `{near[0]}`?" if near else "write an IANA name such as `Europe/Paris`"


def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country; none where the zone data know none."""
    return tuple(pytz.country_timezones.get(country, ()))


def has_holidays(place: str) -> bool:
    """Whether the holiday library has a calendar for this country or subdivision."""
    import holidays  # it loads slowly, and few rule files need it

    country, _, subdivision = place.partition("-")
    calendar = getattr(holidays, country, None) if is_country(country) else None
    if calendar is None:
        return False
    return not subdivision or subdivision in getattr(calendar, "subdivisions", ())
