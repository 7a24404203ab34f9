"""Windows and limits at one instant, and the instants at which they may turn, by the standard library's clocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sendlaw.engine.holiday_calendars import HolidayStatus, status
from sendlaw.engine.message import Message
from sendlaw.policy import model as m

from .naive_clock import DAY, changes, dates, local, midnight, shows

EPOCH = 719_163
"""The ordinal of 1 January 1970."""
NO, YES = HolidayStatus.NO, HolidayStatus.YES
REGIONAL, UNKNOWN = HolidayStatus.REGIONAL, HolidayStatus.UNKNOWN


def _open(window: m.Window, moment: datetime, holiday: bool) -> bool:
    minute = moment.hour * 60 + moment.minute
    if holiday and window.except_holidays:
        return False
    if holiday and any(span.holiday for span in window.hours):
        return any(span.holiday and span.start <= minute < span.end for span in window.hours)
    return any(moment.weekday() in span.days and span.start <= minute < span.end for span in window.hours)


def _on_clock(window: m.Window, parts: tuple[str, ...], moment: datetime) -> tuple[str, bool]:
    """`open`, `closed`, `regional` (closed in some places for a holiday) or `unknown`; and whether it may be open."""
    plain, holiday = _open(window, moment, False), _open(window, moment, True)
    if plain is holiday:
        return ("open" if plain else "closed"), plain
    day = UNKNOWN if window.calendar is None else status(window.calendar, parts, moment.toordinal())
    if day in (NO, YES):
        opens = plain if day is NO else holiday
        return ("open" if opens else "closed"), opens
    return ("regional" if day is REGIONAL else "unknown"), True


def _clocks(window: m.Window, zones: tuple[str, ...]) -> tuple[str, ...]:
    return zones if window.zone is None else (window.zone,)


def closed(window: m.Window, zones: tuple[str, ...], parts: tuple[str, ...], t: int) -> frozenset[str] | None:
    """None where it is open in all zones; else what would have to be known for a firmer answer, of the firmest."""
    found = {_on_clock(window, parts, local(zone, t))[0] for zone in _clocks(window, zones)}
    if found == {"open"}:
        return None
    missing = {"closed": frozenset[str](), "regional": frozenset({"recipient.subdivision"})}
    missing["unknown"] = frozenset({"holidays"})
    return next(names for kind, names in missing.items() if kind in found)


def leniently_open(window: m.Window, zones: tuple[str, ...], parts: tuple[str, ...], t: int) -> bool:
    """Whether it would be open in all zones if all that is not known spoke for it."""
    return all(_on_clock(window, parts, local(zone, t))[1] for zone in _clocks(window, zones))


def sends(limit: m.Limit, message: Message, subject: str | None, texts: set[str]) -> list[int]:
    """The earlier sends that equal the message in every key written; what is missing equals every value.

    Names are equal in whatever case, width and spacing they are written.
    """
    own: dict[str, set[str | None]] = {
        "brand": {message.brand.name},
        "sender": {message.sender},
        "campaign": {message.campaign},
    }
    own |= {"category": {message.category}, "subject": {subject}, "text": {*texts}}
    found = []
    for entry in message.history or ():
        theirs: dict[str, set[str | None]] = {
            "brand": {entry.brand},
            "sender": {entry.sender},
            "campaign": {entry.campaign},
        }
        theirs |= {"category": {entry.category}, "text": {entry.text}}
        theirs["subject"] = {None} if entry.subjects is None else set(entry.subjects)
        if all(_equal(own[key], theirs[key]) for key in limit.keys):
            found.append(int(entry.at.timestamp() // 1))
    return found


def _equal(own: Iterable[str | None], theirs: Iterable[str | None]) -> bool:
    left, right = set(map(_plainly, own)), set(map(_plainly, theirs))
    return None in left or None in right or bool(left & right)


def _plainly(value: str | None) -> str | None:
    if value is None:
        return None
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value).casefold()).strip()


def count(limit: m.Limit, sent: list[int], zones: tuple[str, ...], t: int) -> int:
    """How many of the earlier sends count at t; by the calendar, on the clock where they are most."""
    if limit.seconds is not None:
        return sum(s <= t < s + limit.seconds for s in sent)
    past = [s for s in sent if s <= t]
    return max(sum(_period(limit, zone, s) == _period(limit, zone, t) for s in past) for zone in zones)


def _period(limit: m.Limit, zone: str, t: int) -> tuple[int, ...]:
    day = local(zone, t).date()
    periods = {"day": (day.toordinal(),), "week": day.isocalendar()[:2], "month": (day.year, day.month)}
    return periods[limit.calendar or "day"]


def instants(action: m.Action, zones: tuple[str, ...], sent: list[int], start: int, end: int) -> Iterator[int]:
    """All instants in a stretch of time at which a window may open or a limit turn."""
    match action:
        case m.Limit(seconds=int() as seconds):
            yield from (t for s in sent for t in (s, s + seconds) if start <= t <= end)
        case m.Limit():
            days = 35 * DAY if not sent else max(max(sent) - start, 0) + 35 * DAY
            yield from (s for s in sent if start <= s <= end)
            for zone in zones:
                yield from (midnight(zone, day) for day in dates(zone, start, min(start + days, end)))
        case m.Only(window=window):
            edges = {0, *(span.start for span in window.hours)}
            for zone in _clocks(window, zones):
                yield from (t for t in _shown(zone, edges, start, end) if start <= t <= end)


def _shown(zone: str, minutes: set[int], start: int, end: int) -> Iterator[int]:
    """The instants at which a clock shows one of these minutes, and those at which it is changed."""
    yield from changes(zone, start // DAY * DAY, end)
    for day in dates(zone, start, end):
        midnight_utc = (day.toordinal() - EPOCH) * DAY
        before, after = local(zone, midnight_utc - 2 * DAY).utcoffset(), local(zone, midnight_utc + 2 * DAY).utcoffset()
        if before == after and before is not None:  # no zone changes its clocks twice in four days
            yield from (midnight_utc + 60 * minute - int(before.total_seconds()) for minute in minutes)
            continue
        for minute in minutes:
            yield from shows(zone, datetime(day.year, day.month, day.day) + timedelta(minutes=minute))
