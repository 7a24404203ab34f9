"""Sending hours: whether a window is open, when it opens and closes, and how that is said in words.

Instants are whole UTC epoch seconds, a window speaks of minutes on the local wall clock. A window is first
laid out as 28 plans, one for each weekday and each thing that can be known of a date (`HolidayStatus`). A
plan is a row of pieces that fill the local day. Within one day and one stretch of constant offset, seconds
of the wall clock and of UTC run side by side, so a piece, cut at the end of that stretch, is exact in UTC:
minutes that clocks skip fall into no stretch, minutes they repeat into two.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from ..policy.model import Hours, Window
from ..policy.vocabulary import DAYS
from .holiday_calendars import Holidays, HolidayStatus, holiday_dates
from .identity import by_identity
from .zones import local, segment

_DAY = 86_400
_WEEK = 7 * _DAY
_EPOCH_ORDINAL = 719_163
_ZONES_SHOWN = 3
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Openness(Enum):
    """Whether a message may go out. `UNKNOWN`: that turns on a missing fact, and the window stays shut."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


Plan = tuple[tuple[int, Openness], ...]
"""The pieces of a local day: the second of the day each ends at (the last: 86,400), and what it is."""


class Stretch(NamedTuple):
    """What a window is at an instant, on one clock, and an instant until which that surely holds."""

    openness: Openness
    until: int


def _opens(window: Window, weekday: int, minute: int, holiday: bool) -> bool:
    """Whether the window is open in that minute of a date that is, or is not, a public holiday."""
    if holiday and window.except_holidays:
        return False
    by_name = holiday and any(span.holiday for span in window.hours)
    return any(
        span.start <= minute < span.end and (span.holiday if by_name else weekday in span.days) for span in window.hours
    )


def _judged(ordinary: bool, holiday: bool, status: HolidayStatus, lenient: bool) -> Openness:
    """A regional holiday shuts: what holds in any place the recipient may be, holds. No data: unknown. Judged
    leniently, only what is known shuts.
    """
    if lenient and status in (HolidayStatus.REGIONAL, HolidayStatus.UNKNOWN):
        return Openness.OPEN if ordinary or holiday else Openness.CLOSED
    if ordinary != holiday and status is HolidayStatus.UNKNOWN:
        return Openness.UNKNOWN
    opens = {
        HolidayStatus.NO: ordinary,
        HolidayStatus.YES: holiday,
        HolidayStatus.REGIONAL: ordinary and holiday,
        HolidayStatus.UNKNOWN: ordinary,
    }
    return Openness.OPEN if opens[status] else Openness.CLOSED


def _edges(window: Window) -> list[int]:
    """The minutes of the day at which spans of the window begin or end, midnight before and after among them."""
    return sorted({0, 1440} | {minute for span in window.hours for minute in (span.start, span.end)})


def _plan(window: Window, weekday: int, status: HolidayStatus, lenient: bool) -> Plan:
    pieces: list[tuple[int, Openness]] = []
    for start, end in pairwise(_edges(window)):
        ordinary, holiday = (_opens(window, weekday, start, kind) for kind in (False, True))
        openness = _judged(ordinary, holiday, status, lenient)
        if pieces and pieces[-1][1] is openness:
            pieces.pop()
        pieces.append((end * 60, openness))
    return tuple(pieces)


class Schedule:
    """A window laid out for speed. Make it once per window; `schedule` keeps them. `lenient`: only what is known shuts
    it, as a guideline's.
    """

    def __init__(self, window: Window, lenient: bool = False) -> None:
        self.window = window
        self.edges = tuple(60 * minute for minute in _edges(window))
        self.plans = {
            status: tuple(_plan(window, weekday, status, lenient) for weekday in range(7)) for status in HolidayStatus
        }
        self.holidays_matter = any(plans != self.plans[HolidayStatus.NO] for plans in self.plans.values())
        self._uncalendared = self.plans[self.status(None, 0)]

    def holidays(self, subdivisions: tuple[str, ...]) -> Holidays | None:
        """The calendar for a recipient in these subdivisions; None where holidays make no difference."""
        if not self.holidays_matter or self.window.calendar is None:
            return None
        return holiday_dates(self.window.calendar, subdivisions)

    def status(self, holidays: Holidays | None, ordinal: int) -> HolidayStatus:
        """What is known of a local date. A window that asks for holidays without a calendar knows nothing."""
        if holidays is not None:
            return holidays.status(ordinal)
        return HolidayStatus.UNKNOWN if self.holidays_matter else HolidayStatus.NO

    def plan(self, holidays: Holidays | None, ordinal: int) -> Plan:
        """The pieces of a local date."""
        plans = self._uncalendared if holidays is None else self.plans[holidays.status(ordinal)]
        return plans[(ordinal - 1) % 7]

    def clocks(self, zones: tuple[str, ...]) -> tuple[str, ...]:
        """The zones in all of which it must be open: the window's own alone, where it names one."""
        return zones if self.window.zone is None else (self.window.zone,)


@by_identity
def _strict(window: Window) -> Schedule:
    return Schedule(window)


@by_identity
def _lenient(window: Window) -> Schedule:
    return Schedule(window, lenient=True)


def schedule(window: Window, lenient: bool = False) -> Schedule:
    """The layout of a window, made at first need."""
    return _lenient(window) if lenient else _strict(window)


def _stretch(laid: Schedule, zone: str, holidays: Holidays | None, t: int) -> Stretch:
    _, end, offset = segment(zone, t)
    days, second = divmod(t + offset, _DAY)
    for until, openness in laid.plan(holidays, days + _EPOCH_ORDINAL):
        if second < until:
            ends = t + until - second
            return Stretch(openness, ends if ends < end else end)
    raise AssertionError("a plan fills its day")


def is_open(window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int) -> Openness:
    """Whether the window is open at `t` in all zones the recipient may be in (or in the window's own zone).

    Closed in one is closed, whatever is unknown in others. Without any zone it is unknown.
    """
    laid = schedule(window)
    clocks = laid.clocks(zones)
    holidays = laid.holidays(subdivisions)
    answer = Openness.OPEN if clocks else Openness.UNKNOWN
    for zone in clocks:
        openness = _stretch(laid, zone, holidays, t).openness
        if openness is Openness.CLOSED:
            return openness
        if openness is Openness.UNKNOWN:
            answer = openness
    return answer


def lasts(window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int) -> tuple[bool, int]:
    """Whether the window is known to be open at `t`, and an instant until which the answer surely holds."""
    laid = schedule(window)
    holidays = laid.holidays(subdivisions)
    found = [_stretch(laid, zone, holidays, t) for zone in laid.clocks(zones)]
    opened = bool(found) and all(stretch.openness is Openness.OPEN for stretch in found)
    return opened, min((stretch.until for stretch in found), default=t + 1)


def steady_until(window: Window, zones: tuple[str, ...], t: int) -> int:
    """An instant after `t` until which no clock meets an edge of the window or changes: all stays as it is."""
    laid = schedule(window)
    return min((_next_edge(laid, zone, t) for zone in laid.clocks(zones)), default=t + 1)


def _next_edge(laid: Schedule, zone: str, t: int) -> int:
    _, end, offset = segment(zone, t)
    second = (t + offset) % _DAY
    return min(end, t + laid.edges[bisect_right(laid.edges, second)] - second)


def next_opening(
    window: Window,
    zones: tuple[str, ...],
    subdivisions: tuple[str, ...],
    t: int,
    horizon: int,
    lenient: bool = False,
) -> int | None:
    """The earliest instant from `t` to `horizon`, both included, at which the window is open; None if never.

    Unknown is not open; with `lenient`, it is. Raises `ValueError` for a zone that does not exist.
    """
    laid = schedule(window, lenient)
    holidays = laid.holidays(subdivisions)
    clocks = list(laid.clocks(zones))
    if not clocks:
        return None
    if laid.holidays_matter:
        return _first_open(laid, clocks, holidays, t, horizon)
    while t <= horizon:
        # Hours that stay shut for a week on clocks that do not change stay shut until one does.
        found = _first_open(laid, clocks, None, t, min(t + _WEEK, horizon))
        if found is not None or t + _WEEK > horizon:
            return found
        change = min(segment(zone, t)[1] for zone in clocks)
        t = change if change > t + _WEEK else t + _WEEK
    return None


def _first_open(laid: Schedule, clocks: list[str], holidays: Holidays | None, t: int, horizon: int) -> int | None:
    """The first instant from `t` to `horizon` that is open on all clocks. Puts the clock that shut last first: of
    several, two are mostly what keeps a window shut, and the others need not be asked.
    """
    while t <= horizon:
        for position, zone in enumerate(clocks):
            stretch = _stretch(laid, zone, holidays, t)
            if stretch.openness is not Openness.OPEN:
                t = stretch.until
                clocks.insert(0, clocks.pop(position))
                break
        else:
            return t
    return None


def next_closing(
    window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int, horizon: int
) -> int | None:
    """The first instant after `t`, at most `horizon`, at which the window is no longer open.

    None if it is not open at `t`, or stays open to the horizon.
    """
    laid = schedule(window)
    clocks = laid.clocks(zones)
    holidays = laid.holidays(subdivisions)
    now = t
    while clocks and now <= horizon:
        found = [_stretch(laid, zone, holidays, now) for zone in clocks]
        if any(stretch.openness is not Openness.OPEN for stretch in found):
            return now if now > t else None
        now = min(stretch.until for stretch in found)
    return None


class Closure(NamedTuple):
    """Why a window is not open: the clock that decides, and the holiday, if one does (else empty).

    `missing` names the facts that would have to be known for a firmer answer.
    """

    openness: Openness
    zone: str | None
    holiday: str
    missing: tuple[str, ...]


def _piece(plan: Plan, second: int) -> Openness:
    return next(openness for until, openness in plan if second < until)


def _closure(laid: Schedule, zone: str, holidays: Holidays | None, t: int) -> Closure | None:
    ordinal, second = local(zone, t)
    openness = _piece(laid.plan(holidays, ordinal), second)
    if openness is Openness.OPEN:
        return None
    status = laid.status(holidays, ordinal)
    weekday = (ordinal - 1) % 7
    ordinary, holiday = (_piece(laid.plans[s][weekday], second) for s in (HolidayStatus.NO, HolidayStatus.YES))
    if ordinary is holiday or status is HolidayStatus.NO:
        return Closure(openness, zone, "", ())
    name = holidays.name_of(ordinal) if holidays is not None else ""
    missing = ("recipient.subdivision",) if status is HolidayStatus.REGIONAL else ()
    if openness is Openness.UNKNOWN:
        missing = ("holidays",)
    return Closure(openness, zone, name, missing)


def closure(window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int) -> Closure | None:
    """Why the window is not open at `t`; None if it is. Of several clocks the one with the firmest answer."""
    laid = schedule(window)
    clocks = laid.clocks(zones)
    if not clocks:
        return Closure(Openness.UNKNOWN, None, "", ("recipient.timezone",))
    holidays = laid.holidays(subdivisions)
    found = [shut for zone in clocks if (shut := _closure(laid, zone, holidays, t))]
    return min(found, key=lambda c: (c.openness is Openness.UNKNOWN, c.missing), default=None)


def missing_to_open(
    window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int, horizon: int
) -> tuple[str, ...]:
    """The facts for want of which a window stays shut from `t` to `horizon`; none if it does not open anyway."""
    opens = next_opening(window, zones, subdivisions, t, horizon, lenient=True)
    shut = None if opens is None else closure(window, zones, subdivisions, opens)
    return () if shut is None else shut.missing


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _runs(days: frozenset[int]) -> list[tuple[int, int]]:
    """First and last day of each row of days; one over the week's end is one, as in sat–mon."""
    if len(days) == 7:
        return [(0, 6)]
    firsts = sorted(day for day in days if (day - 1) % 7 not in days)
    return [(first, next(d for d in range(first, first + 7) if (d + 1) % 7 not in days) % 7) for first in firsts]


def _days(span: Hours) -> str:
    runs = [DAYS[first] if first == last else f"{DAYS[first]}–{DAYS[last]}" for first, last in _runs(span.days)]
    if len(span.days) == 7 and not span.holiday:
        return ""
    return ", ".join([*runs, "holidays"] if span.holiday else runs) + " "


def describe(window: Window) -> str:
    """The window in short words: `08:00–21:30`, `mon–sat 08:00–22:00, not on holidays`."""
    spans = [f"{_days(span)}{_clock(span.start)}–{_clock(span.end)}" for span in window.hours]
    tail = ", not on holidays" if window.except_holidays else ""
    place = f" in {window.zone}" if window.zone else ""
    return f"{', '.join(spans)}{tail}{place}"


def local_times(zones: tuple[str, ...], t: int) -> str:
    """What clocks show at `t`: `22:14 in Europe/Paris`; of many zones the first three, and how many more."""
    if len(zones) == 1:
        return f"{_clock(local(zones[0], t)[1] // 60)} in {zones[0]}"
    if not zones:
        return "an unknown local time"
    shown = [f"{_clock(local(zone, t)[1] // 60)} in {zone}" for zone in zones[:_ZONES_SHOWN]]
    more = len(zones) - len(shown)
    words = ", ".join(shown)
    return f"{words} and {more} more zone{'s' if more > 1 else ''}" if more else words


def opening_words(zone: str, t: int, now: int) -> str:
    """A later instant, as `Wednesday 08:00`; more than six days off, as `Wednesday 2026-12-02 08:00`."""
    ordinal, second = local(zone, t)
    far = ordinal - local(zone, now)[0] > 6
    day = f"{_WEEKDAYS[(ordinal - 1) % 7]}{f' {date.fromordinal(ordinal)}' if far else ''}"
    return f"{day} {_clock(second // 60)}"
