"""How many sends one limit lets through while the period of another lasts: bounds for all zones and clock changes."""

from __future__ import annotations

from functools import cache

from . import model as m

DAY = 86_400
_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31) * 2
CLOCK_CHANGE = 3 * 3600
"""How far clocks turn at most within a month or two: an hour nearly everywhere, two on Antarctic stations."""

_DAYS = {"day": 1, "week": 7, "month": 31}
_INSIDE = {("day", "day"), ("day", "week"), ("day", "month"), ("week", "week"), ("month", "month")}
_TOUCHED = {
    ("day", "day"): 1,
    ("day", "week"): 7,
    ("day", "month"): 31,
    ("week", "day"): 1,
    ("week", "week"): 1,
    ("week", "month"): 6,
    ("month", "day"): 1,
    ("month", "week"): 2,
    ("month", "month"): 1,
}
"""How many periods of the first kind a period of the second touches at most."""


def longest(limit: m.Limit) -> int:
    """The most seconds that the period of a limit lasts."""
    return limit.seconds if limit.seconds is not None else _DAYS[limit.calendar or "day"] * DAY + CLOCK_CHANGE


def full_whenever(stricter: m.Limit, limit: m.Limit) -> bool:
    """Whether one limit is full whenever another is, whatever was sent: what fills the one counts for the other."""
    if stricter.count > limit.count:
        return False
    if stricter.seconds is not None:
        return stricter.seconds >= longest(limit)
    return (limit.calendar, stricter.calendar) in _INSIDE


def most_sends(stricter: m.Limit, limit: m.Limit) -> int:
    """The most sends that a limit lets through, of those it speaks to, in any period of another one."""
    if stricter.seconds is not None:
        return stricter.count * -(-longest(limit) // stricter.seconds)
    period = stricter.calendar or "day"
    if limit.calendar is not None:
        return stricter.count * _TOUCHED[period, limit.calendar]
    return stricter.count * _touched(period, (limit.seconds or 0) + CLOCK_CHANGE)


@cache
def _touched(period: str, seconds: int) -> int:
    """How many calendar periods so many seconds of local time touch at most."""
    if seconds < 2:
        return 1
    whole = seconds - 2  # a second of the first period, and one of the last
    if period != "month":
        return whole // (_DAYS[period] * DAY) + 2
    between = 0
    while _shortest(between + 1) * DAY <= whole:
        between += 1
    return between + 2


def _shortest(months: int) -> int:
    """The fewest days that so many months in a row have."""
    years, rest = divmod(months, 12)
    starts = range(12)
    return 365 * years + min(sum(_DAYS_OF_MONTHS[start : start + rest]) for start in starts)
