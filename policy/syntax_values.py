"""What is meant by hours, days, dates, numbers and zones that are written in another way than rule files write them."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from math import ceil, floor

from .places import zones_in
from .syntax_place import Meant
from .vocabulary import DAYS, UNITS

_HOUR = r"(\d{1,2})(?:[:.h](\d\d))?\s*([ap]m|h|uhr)?"
_HOURS = re.compile(rf"(?:from\s+)?{_HOUR}\s*(?:[-–—]|to\b|until\b|till\b|and\b|bis\b|à)\s*{_HOUR}", re.I)
_ONE_HOUR = re.compile(rf"{_HOUR}(?=\s|\Z)", re.I)
_SETS_OF_DAYS = {"weekdays": "mon-fri", "workdays": "mon-fri", "weekends": "sat-sun", "weekend": "sat-sun"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS_OF_DATE = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
_AS_WRITTEN_HERE = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS_OF_DATE = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Z][a-z]{2})[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})\b")
_YEAR_FIRST = "write the year first, then month and day: `2026-03-01`"
_FRACTION = re.compile(rf"(?<![\w.:/-])(\d+(?:[.,' \u00a0\u202f_]\d+)+)(?:\s+({'|'.join(UNITS)})s?\b)?")
_GROUPS_OF_THREE = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f_]\d{3})+")
_SMALLER = {
    "year": (12, "month"),
    "month": (30, "day"),
    "week": (7, "day"),
    "day": (24, "hour"),
    "hour": (60, "minute"),
    "minute": (60, "second"),
}
"""How many of the next smaller unit are one; a part of a month is told in days of the ordinary month."""
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""Numbers in words, each in its place."""


def number_meant(written: str) -> str:
    """The digits of a number in words, in quotes, or with a unit; empty where there are none."""
    bare = written.strip('"').strip()
    if bare in NUMBERS:
        return str(NUMBERS.index(bare))
    digits = re.match(r"\d+(?=\s*\Z|\s*[a-z]+\Z)", bare)
    return digits.group() if digits else ""


def hours_meant(text: str, start: int) -> Meant | None:
    """Where the hours that stand at a place of a text end, and how they are written; None where none do."""
    both = _HOURS.match(text, start)
    if both:
        first, last = _clock(*both.groups()[:3]), _clock(*both.groups()[3:])
        return Meant(start, start + len(both.group().rstrip()), f"write `{first}-{last}`") if first and last else None
    one = _ONE_HOUR.match(text, start)
    if one:
        opening = _clock(*one.groups()) or "08:00"
        told = f"write when it opens and when it closes: `{opening}-20:00`"
        return Meant(start, start + len(one.group().rstrip()), told)
    return None


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    hours = int(hour)
    if half and half.lower() in ("am", "pm") and hours <= 12:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    return f"{hours:02}:{minute or '00'}" if hours <= 24 else ""


def days_meant(word: str) -> str:
    """How the days of a word such as `Monday-Friday` or `weekdays` are written; nothing where it is none."""
    folded = word.lower()
    if folded in _SETS_OF_DAYS:
        return f"write `{_SETS_OF_DAYS[folded]}`"
    short = [part[:3] for part in folded.split("-")]
    if len(short) <= 2 and all(part in DAYS for part in short):
        return f"write `{'-'.join(short)}`"
    return (
        "leave it out: hours without days are those of every day" if folded in ("daily", "everyday", "always") else ""
    )


def date_meant(text: str, start: int) -> Meant | None:
    """Where the date round a place of a text begins and ends, and how it is written; None where there is none."""
    begin = start
    while begin > 0 and text[begin - 1] in "0123456789./-":
        begin -= 1
    digits = _DIGITS_OF_DATE.match(text, begin)
    if digits and digits.end() > start and not _AS_WRITTEN_HERE.fullmatch(digits.group()):
        return Meant(begin, digits.end(), _in_digits(int(digits[1]), int(digits[3]), int(digits[4])))
    month = re.search(r"[A-Z][a-z]{2,8}\s+\Z", text[max(0, start - 12) : start])
    start -= len(month.group()) if month else 0
    words = _WORDS_OF_DATE.match(text, start)
    if words and words[2].lower() in _MONTHS:
        day = int(words[1] or words[3] or 1)
        told = _written(int(words[4]), _MONTHS.index(words[2].lower()) + 1, day)
        return Meant(start, words.end(), told)
    return None


def _in_digits(first: int, month: int, last: int) -> str:
    """Year, month, day are plain; of a day and a month, only where one of them can be no month."""
    if first > 31:
        return _written(first, month, last)
    if last > 31 and first > 12:
        return _written(last, month, first)
    if last > 31 and month > 12:
        return _written(last, first, month)
    return _YEAR_FIRST


def _written(year: int, month: int, day: int) -> str:
    try:
        return f"write `{date(year, month, day).isoformat()}`"
    except ValueError:
        return _YEAR_FIRST


def zone_meant(word: str) -> str:
    """The name of a time zone of which only the city, or an abbreviation, is written."""
    cities = zones_in(word) if word.upper() not in ("UTC", "GMT") else []
    if cities:
        return f"write `{cities[0]}`"
    return "write a city of the zone, as in `Europe/Paris`: it knows when clocks change"


def whole_number_meant(text: str, start: int) -> Meant | None:
    """What is meant by a number with a fraction, or with signs between its thousands; None where there is none."""
    for found in _FRACTION.finditer(text, max(0, start - 40), start + 40):
        if found.start() < start < found.end(1):
            if _GROUPS_OF_THREE.fullmatch(found[1]):
                return Meant(found.start(), found.end(1), f"write `{re.sub('[^0-9]', '', found[1])}`")
            parts = re.fullmatch(r"(\d+)[.,](\d+)", found[1])
            number = Fraction(f"{parts[1]}.{parts[2]}") if parts else None
            told = _whole(number, found[2], text[: found.start()]) if number is not None else ""
            return Meant(found.start(), found.end() if found[2] else found.end(1), told) if told else None
    return None


def _whole(number: Fraction, unit: str | None, before: str) -> str:
    if unit is None:
        below = re.search(r"(?:<=|>)\s*\Z", before)
        return f"numbers are whole: write `{floor(number) if below else ceil(number)}`"
    while number.denominator > 1 and unit in _SMALLER:
        factor, unit = _SMALLER[unit]
        number *= factor
    count = ceil(number)
    return f"write `{count} {unit}{'s' * (count != 1)}`"
