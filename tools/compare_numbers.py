"""Compare engine/numbers.py with the phonenumbers library on random numbers of every region and type.

Run: python tools/compare_numbers.py --count 1000000 --seed 1
Prints how many numbers of each kind were compared and every difference; exits 1 when there is one.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import phonenumbers
from phonenumbers import PhoneMetadata, timezone
from phonenumbers.re_util import enable_pattern_cache
from sendlaw.engine.numbers import NumberError, country_timezones, number_facts
from sendlaw.engine.zones import canonical

Answer = tuple[str, str | None, str | None, tuple[str, ...]] | None
"""E.164, country, line and zones; None for a number that is not possible."""

LINES = {
    0: "fixed",
    1: "mobile",
    2: "fixed_or_mobile",
    3: "toll_free",
    4: "premium",
    5: "shared_cost",
    6: "voip",
    7: "personal",
    8: "pager",
    9: "uan",
    10: "voicemail",
}
DESCRIPTIONS = (
    "general_desc",
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
)
DIGITS = "0123456789"


def by_library(e164: str) -> Answer:
    """What the library says, by its public functions alone."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    region = phonenumbers.region_code_for_number(number)
    country = None if region == "001" else region
    zones: tuple[str, ...] = ()
    if country is not None:
        own = country_timezones(country)
        found = {canonical(zone) for zone in timezone.time_zones_for_number(number)}
        zones = tuple(sorted(found & set(own))) or own
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written, country, LINES.get(phonenumbers.number_type(number)), zones


def by_tables(e164: str) -> Answer:
    """What engine/numbers.py says."""
    try:
        facts = number_facts.__wrapped__(e164)
    except NumberError:
        return None
    return facts.e164, facts.country, facts.line, facts.timezones


def _draw(tree: Any, random: Random) -> str:
    """A text that a parsed pattern of digits matches."""
    return "".join(_draw_part(str(kind), value, random) for kind, value in tree)


def _draw_part(kind: str, value: Any, random: Random) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind == "IN":
        return random.choice(_members(value))
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        low, high, part = value
        times = random.randint(low, min(int(high), low + 12))
        return "".join(_draw(part, random) for _ in range(times))
    if kind == "SUBPATTERN":
        return _draw(value[3], random)
    if kind == "BRANCH":
        return _draw(random.choice(value[1]), random)
    raise ValueError(f"a numbering pattern holds {kind}, which this script does not know")


def _members(items: Any) -> str:
    found = ""
    for kind, value in items:
        if str(kind) == "LITERAL":
            found += chr(value)
        elif str(kind) == "RANGE":
            found += "".join(chr(code) for code in range(value[0], value[1] + 1))
        else:
            found += DIGITS
    return found


_parse: Any = vars(re)["_parser"].parse
"""The library's own reading of a regular expression, to draw numbers from."""


@cache
def patterns() -> tuple[tuple[int, Any], ...]:
    """Every pattern of every type of every region, parsed, with its calling code."""
    found = []
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
            descriptions = [getattr(metadata, name) for name in DESCRIPTIONS]
            texts = {item.national_number_pattern for item in descriptions if item is not None}
            found += [(code, _parse(text)) for text in sorted(filter(None, texts))]
    return tuple(found)


def _some_digits(random: Random, low: int, high: int) -> str:
    return "".join(random.choice(DIGITS) for _ in range(random.randint(low, high)))


def _changed(digits: str, random: Random) -> str:
    """The digits with one changed, some cut off or added, or a national prefix put before."""
    how = random.randrange(4)
    if how == 0:
        place = random.randrange(len(digits))
        return digits[:place] + random.choice(DIGITS) + digits[place + 1 :]
    if how == 1:
        return digits[: -random.randint(1, 4)]
    if how == 2:
        return digits + _some_digits(random, 1, 4)
    return random.choice(("0", "1", "8", "00", "01", "06", "044", "15")) + digits


def draw(random: Random) -> str:
    """A random E.164 number: valid, nearly so, random digits behind a code, or random digits alone."""
    code, tree = random.choice(patterns())
    kind = random.randrange(10)
    if kind < 5:
        digits = f"{code}{_draw(tree, random)}"
    elif kind < 8:
        digits = f"{code}{_changed(_draw(tree, random), random)}"
    elif kind < 9:
        digits = f"{code}{_some_digits(random, 3, 13)}"
    else:
        digits = random.choice(DIGITS[1:]) + _some_digits(random, 3, 14)
    return f"+{digits[:15]}"


def differences(count: int, seed: int, seen: Counter[str]) -> Iterator[str]:
    """Each number on which the two disagree, in words; counts in `seen` what was compared."""
    enable_pattern_cache()
    random = Random(seed)
    for _ in range(count):
        e164 = draw(random)
        expected, found = by_library(e164), by_tables(e164)
        seen[_sort_of(expected)] += 1
        if expected != found:
            yield f"{e164}: library {expected}, tables {found}"


def _sort_of(answer: Answer) -> str:
    if answer is None:
        return "not possible"
    return answer[2] or ("possible, not valid" if answer[1] else "of no country")


def main(arguments: list[str] | None = None) -> int:
    """Compare, report, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    seen: Counter[str] = Counter()
    wrong = 0
    for difference in differences(options.count, options.seed, seen):
        wrong += 1
        print(difference)
    print(f"{sum(seen.values())} numbers compared, {wrong} differences: {dict(seen.most_common())}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
