"""The minutes of a week that a window is open, as bits of one number: bit 0 is Monday 00:00."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import and_

import pytz

from . import model as m

DAY = 24 * 60
WEEK = 7 * DAY
FULL = (1 << WEEK) - 1


def open_minutes(window: m.Window) -> int:
    """The minutes that are open in an ordinary week, on the clock of the window."""
    minutes = 0
    for span in window.hours:
        for day in span.days:
            minutes |= ((1 << (span.end - span.start)) - 1) << (day * DAY + span.start)
    return minutes


def in_utc(window: m.Window, zone: str, day: date) -> int:
    """The minutes that are open for a recipient in a zone, in UTC, with the zone's offset of that day."""
    offset = pytz.timezone(window.zone or zone).utcoffset(datetime(day.year, day.month, day.day))
    turn = int(offset.total_seconds()) // 60 % WEEK
    minutes = open_minutes(window)
    return (minutes >> turn | minutes << (WEEK - turn)) & FULL


def ever_open(windows: Iterable[m.Window], zones: Iterable[str], year: int) -> bool:
    """Whether there is a minute, in winter or in summer, at which all windows are open in all zones."""
    pairs = [(window, zone) for window in windows for zone in zones]
    days = (date(year, 1, 15), date(year, 7, 15))
    return any(reduce(and_, (in_utc(window, zone, day) for window, zone in pairs), FULL) for day in days)


def always_open(window: m.Window) -> bool:
    """Whether a window has no closed minute, on any day."""
    holidays = window.except_holidays or any(span.holiday for span in window.hours)
    return not holidays and open_minutes(window) == FULL
