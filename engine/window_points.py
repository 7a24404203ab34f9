"""The edges of sending hours: the last and first minute on either side, and whether an instant stands on one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..policy import model as m
from ..policy.vocabulary import DAYS
from .holiday_calendars import HolidayStatus
from .hours import Openness, Schedule, is_open, schedule
from .kleene import Look
from .test_messages import DEFAULT_DAY
from .zones import local

_DAY_MINUTES, _WEEK_MINUTES = 1440, 10_080
_SEARCHED_DAYS = 400


@dataclass(frozen=True, slots=True)
class Edge:
    """A minute beside an edge of a window, on the clock: on ordinary days, or on public holidays.

    `minutes` counts from Monday 00:00, one for each day on which the edge stands; on holidays, from midnight.
    """

    window: m.Window
    minutes: frozenset[int]
    holiday: bool
    open: bool
    told: str
    at: str

    def hit(self, look: Look) -> bool:
        """Whether the instant stands in that minute on one clock of the recipient, and is judged as it should be."""
        facts, laid = look.facts, schedule(self.window)
        holidays = laid.holidays(facts.subdivisions)
        openness = is_open(self.window, facts.timezones, facts.subdivisions, look.t)
        if (openness is Openness.OPEN) is not self.open:
            return False
        wanted = HolidayStatus.YES if self.holiday else HolidayStatus.NO
        for zone in laid.clocks(facts.timezones):
            ordinal, second = local(zone, look.t)
            minute = second // 60 if self.holiday else (ordinal - 1) % 7 * _DAY_MINUTES + second // 60
            if minute in self.minutes and laid.status(holidays, ordinal) is wanted:
                return True
        return False


def window_edges(window: m.Window, rule: m.Rule) -> Iterator[Edge]:
    """Each edge of each span, as the minute before it and the minute it stands at; each pair of sides once."""
    laid = schedule(window)
    start = _first_day(rule)
    for span in window.hours:
        if span.days:
            yield from _ordinary(laid, span, start)
        if span.holiday:
            yield from _on_holidays(laid, span, start)
    if window.except_holidays:
        yield from _closed_holiday(laid, start)


def _ordinary(laid: Schedule, span: m.Hours, start: int) -> Iterator[Edge]:
    """Where the spans of two days or hours meet, there is no edge."""
    for minute, opens in ((span.start, True), (span.end, False)):
        weekly = [(day * _DAY_MINUTES + minute) % _WEEK_MINUTES for day in sorted(span.days)]
        turns = [w for w in weekly if _open(laid, w) is opens and _open(laid, w - 1) is not opens]
        for step, is_opened in ((-1, not opens), (0, opens)):
            places = [(w + step) % _WEEK_MINUTES for w in turns]
            if places:
                yield _edge(laid, places, is_opened, step, start)


def _open(laid: Schedule, week_minute: int) -> bool:
    day, minute = divmod(week_minute % _WEEK_MINUTES, _DAY_MINUTES)
    return _opened(laid, HolidayStatus.NO, day, minute)


def _opened(laid: Schedule, status: HolidayStatus, weekday: int, minute: int) -> bool:
    pieces = laid.plans[status][weekday]
    return next(openness for until, openness in pieces if minute * 60 < until) is Openness.OPEN


def _edge(laid: Schedule, places: list[int], is_opened: bool, step: int, start: int) -> Edge:
    clock = _clock(places[0])
    weekdays = {place // _DAY_MINUTES for place in places}
    told = f"{_days(weekdays)}{clock}, the {_side(is_opened, step)}"
    ordinal = _day(laid, HolidayStatus.NO, start, weekdays)
    return Edge(laid.window, frozenset(places), False, is_opened, told, _at(laid, ordinal, clock))


def _days(weekdays: set[int]) -> str:
    """`mon–fri ` or `tue, sat `; empty for every day."""
    first, last = min(weekdays), max(weekdays)
    if len(weekdays) == 7:
        return ""
    if len(weekdays) == last - first + 1 > 2:
        return f"{DAYS[first]}–{DAYS[last]} "
    return f"{', '.join(DAYS[day] for day in sorted(weekdays))} "


def _side(is_opened: bool, step: int) -> str:
    return f"{'first' if step == 0 else 'last'} minute {'allowed' if is_opened else 'refused'}"


def _on_holidays(laid: Schedule, span: m.Hours, start: int) -> Iterator[Edge]:
    ordinal = _day(laid, HolidayStatus.YES, start, set(range(7)))
    for minute, opens in ((span.start, True), (span.end, False)):
        for step, is_opened in ((-1, not opens), (0, opens)):
            place = minute + step
            if 0 <= place < _DAY_MINUTES and _opened(laid, HolidayStatus.YES, 0, place) is is_opened:
                told = f"{_clock(place)} on a public holiday, the {_side(is_opened, step)}"
                at = _at(laid, ordinal, _clock(place))
                yield Edge(laid.window, frozenset({place}), True, is_opened, told, at)


def _closed_holiday(laid: Schedule, start: int) -> Iterator[Edge]:
    """Any minute of a holiday that would be open on another day of all the week."""
    open_days = {day for span in laid.window.hours for day in span.days}
    minutes = {minute for span in laid.window.hours for minute in range(span.start, span.end)}
    if minutes:
        clock = _clock(min(12 * 60, max(minutes)) if 12 * 60 in minutes else min(minutes))
        at = _at(laid, _day(laid, HolidayStatus.YES, start, open_days), clock)
        told = "a public holiday, refused at an hour that is open on other days"
        yield Edge(laid.window, frozenset(minutes), True, False, told, at)


# ---- a day to try it on


def _first_day(rule: m.Rule) -> int:
    """The day that tests without a time speak of, or the nearest on which the rule is in force."""
    day = DEFAULT_DAY
    if rule.before is not None:
        day = min(day, rule.before.toordinal() - 8)
    return day if rule.since is None else max(day, rule.since.toordinal())


def _day(laid: Schedule, wanted: HolidayStatus, start: int, weekdays: set[int]) -> int:
    """The first such day; the start where none is found, as where a place has no holidays on record."""
    holidays = laid.holidays(())
    for ordinal in range(start, start + _SEARCHED_DAYS):
        if (ordinal - 1) % 7 in weekdays and laid.status(holidays, ordinal) is wanted:
            return ordinal
    return start


def _clock(minute: int) -> str:
    minute %= _DAY_MINUTES
    return f"{minute // 60:02}:{minute % 60:02}"


def _at(laid: Schedule, ordinal: int, clock: str) -> str:
    zone = f" {laid.window.zone}" if laid.window.zone else ""
    return f"at {date.fromordinal(ordinal)} {clock}{zone}"
