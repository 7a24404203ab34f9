"""Ages against durations (`consent.age <= 2 years`): months and years by the calendar, the rest elapsed.

Instants are whole UTC epoch seconds. An age at t is the time from a start to t. Compared with a duration it
is t against a threshold, start + duration, which for months and years depends on the zone of the
recipient's clock.
"""

from __future__ import annotations

import operator as op
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date

from ..policy.vocabulary import UNITS
from .zones import FAR, instants, local, segment

_DAY = 86_400
_EPOCH_ORDINAL = 719_163
_MONTHS = {"month": 1, "year": 12}

_COMPARE: dict[str, Callable[[int, int], bool]] = {"<": op.lt, "<=": op.le, ">": op.gt, ">=": op.ge}
_AFTER = ("<=", ">")
"""Operators whose answer changes one second after the threshold; the others' changes at it."""


def _months_later(ordinal: int, months: int) -> int | None:
    """The same day of a later month, or that month's last; None beyond the last year dates can have."""
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return None
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).toordinal()


def _first_from(zone: str, ordinal: int, second: int) -> int:
    """The first instant of a wall-clock second; if clocks skip it, the first that exists after it."""
    found = instants(zone, ordinal, second)
    if found:
        return found[0]
    wall = (ordinal - _EPOCH_ORDINAL) * _DAY + second
    start, end, offset = segment(zone, wall - _DAY)
    while start + offset < wall:
        start, end, offset = segment(zone, end)
    return start


def _by_calendar(start: int, months: int, zone: str) -> int:
    ordinal, second = local(zone, start)
    later = _months_later(ordinal, months)
    return FAR if later is None else _first_from(zone, later, second)


def threshold(start: int, count: int, unit: str, zones: tuple[str, ...]) -> tuple[int, int] | None:
    """The earliest and the latest instant, over the zones, of `start` plus `count` of a unit (`day`, `year`).

    Units up to weeks are elapsed time: both are equal and no zone is asked. Months and years keep the local
    clock time; the 31st or February 29 becomes the last day of a shorter month, a time that clocks skip the
    first instant after it, a repeated one its first occurrence. None: by the calendar, but no zone is known.
    """
    seconds = UNITS[unit]
    if seconds is not None:
        return start + count * seconds, start + count * seconds
    found = [_by_calendar(start, count * _MONTHS[unit], zone) for zone in zones]
    return (min(found), max(found)) if found else None


def compare(start: int, operator: str, count: int, unit: str, zones: tuple[str, ...], t: int) -> bool | None:
    """Whether the age at `t` stands in that relation (`<`, `<=`, `>`, `>=`) to the duration, in all zones.

    None, which is unknown, where zones disagree or are needed and missing, and before `start`.
    """
    bounds = threshold(start, count, unit, zones)
    if bounds is None or t < start:
        return None
    answers = {_COMPARE[operator](t, bound) for bound in bounds}
    return answers.pop() if len(answers) == 1 else None


def flips(start: int, operator: str, count: int, unit: str, zones: tuple[str, ...]) -> tuple[int, ...]:
    """The instants, ascending, at which `compare` may change its answer; between two it is constant."""
    bounds = threshold(start, count, unit, zones)
    if bounds is None:
        return ()
    late = int(operator in _AFTER)
    return tuple(sorted({start, *(bound + late for bound in bounds)}))
