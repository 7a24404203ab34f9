"""Clocks as the standard library reads them, for tests that check the engine's own: one instant at a time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

import pytz

MINUTE, HOUR, DAY = 60, 3_600, 86_400


@cache
def clock(zone: str) -> ZoneInfo:
    """A zone as `zoneinfo` reads it, from the data that the engine reads too."""
    with resources.files(pytz).joinpath("zoneinfo", *zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)


@lru_cache(maxsize=1 << 16)
def local(zone: str, t: int) -> datetime:
    """What calendar and clock on the wall show at an instant."""
    return datetime.fromtimestamp(t, clock(zone))


def shows(zone: str, wall: datetime) -> Iterator[int]:
    """The instants, ascending, at which the clock on the wall shows that second: none, one or two."""
    for fold in (0, 1):
        t = int(wall.replace(tzinfo=clock(zone), fold=fold).timestamp())
        if local(zone, t).replace(tzinfo=None, fold=0) == wall.replace(fold=0) and local(zone, t).fold == fold:
            yield t


def first_from(zone: str, wall: datetime) -> int:
    """The first instant at which the clock shows that second; where it is skipped, the first that exists after it."""
    found = next(shows(zone, wall), None)
    if found is not None:
        return found
    low = int(wall.replace(tzinfo=clock(zone), fold=1).timestamp()) - DAY
    high = low + 2 * DAY
    before = local(zone, low).replace(tzinfo=None) < wall
    assert before
    while high - low > 1:
        middle = (low + high) // 2
        if local(zone, middle).replace(tzinfo=None) < wall:
            low = middle
        else:
            high = middle
    return high


def midnight(zone: str, day: date) -> int:
    """The first instant of a local date, or of the next that exists."""
    return first_from(zone, datetime(day.year, day.month, day.day))


def months_later(moment: datetime, months: int) -> datetime:
    """The same clock time that many months on; the 31st becomes the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def changes(zone: str, start: int, end: int) -> tuple[int, ...]:
    """The clock changes of a zone in a stretch of time, found by looking at it every six hours."""
    found = []
    for low in range(start, end, 6 * HOUR):
        high = low + 6 * HOUR
        if local(zone, low).utcoffset() != local(zone, high).utcoffset():
            before = local(zone, low).utcoffset()
            while high - low > 1:
                middle = (low + high) // 2
                if local(zone, middle).utcoffset() == before:
                    low = middle
                else:
                    high = middle
            found.append(high)
    return tuple(found)


def dates(zone: str, start: int, end: int) -> Iterator[date]:
    """The local dates of a stretch of time, those that clocks skip among them."""
    day, last = local(zone, start).date(), local(zone, end).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
