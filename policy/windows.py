"""Checking sending hours: `only SPANS [except holidays] [in ZONE] [else warn]`."""

from __future__ import annotations

from . import model as m
from . import tree as t
from .places import is_zone, suggest_zone
from .scope import Context
from .vocabulary import DAYS

_DAY = 24 * 60


def check_only(node: t.Only, title: str, context: Context) -> m.Only | None:
    """The meaning of a window; None, with every error reported, if it has none."""
    checked = [_hours(span, context) for span in node.spans]
    hours = tuple(span for span in checked if span is not None)
    zone_known = _zone(node.zone, context)
    names_holidays = any(span.holiday for span in hours)
    if node.except_holidays and names_holidays:
        message = "holidays are left out by `except holidays` and given hours of their own"
        context.scope.error("E412", node.span, message, "write one of the two")
        return None
    needs_calendar = node.except_holidays or names_holidays
    if needs_calendar and context.calendar is None:
        _no_calendar(node, context)
        return None
    if len(hours) < len(checked) or not zone_known:
        return None
    calendar = context.calendar if needs_calendar else None
    window = m.Window(hours, node.except_holidays, node.zone.text if node.zone else None, calendar)
    return m.Only(window, _remark(node, title))


def _remark(node: t.Only, title: str) -> str | None:
    if node.otherwise is None:
        return None
    return node.otherwise.text.value if node.otherwise.text else title


def _no_calendar(node: t.Only, context: Context) -> None:
    if "holidays" in context.scope.lost:
        return
    message = f"the policy `{context.policy}` has no holiday calendar"
    help_text = "add `holidays FR` (the code of the place) beside `recipients`"
    context.scope.error("E506", node.span, message, help_text)


def _zone(zone: t.Name | None, context: Context) -> bool:
    if zone is None or is_zone(zone.text):
        return True
    context.scope.error("E208", zone.span, f"there is no time zone `{zone.text}`", suggest_zone(zone.text))
    return False


def _hours(span: t.DaySpan, context: Context) -> m.Hours | None:
    if not _are_times(span, context):
        return None
    if span.start >= span.end:
        clock = span.span.text.split()[-1]
        message = f"`{clock}` ends before it starts" if span.start > span.end else f"`{clock}` is never open"
        context.scope.error("E405", span.span, message, _meant(span))
        return None
    holiday = any(day.text == "holidays" for day in span.days)
    weekdays = [day.text for day in span.days if day.text != "holidays"]
    days = frozenset(day for written in weekdays for day in _days(written))
    if not span.days:
        days = frozenset(range(7))
    return m.Hours(days, holiday, span.start, span.end)


def _meant(span: t.DaySpan) -> str:
    """What hours that end before they start, or at once, are mostly meant for."""
    if span.start == span.end:
        return "write `00:00-24:00` for the whole day, or `deny` where nothing may go"
    days = "".join(f"{day.text} " for day in span.days)
    start, end = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (span.start, span.end))
    if span.end == 0:
        return f"a day ends at 24:00: write `{days}{start}-24:00`"
    return f"hours over midnight are written as two spans: `{days}00:00-{end}, {days}{start}-24:00`"


def _are_times(span: t.DaySpan, context: Context) -> bool:
    wrong = [part for part in (span.start, span.end) if not 0 <= part <= _DAY]
    if wrong or span.start == _DAY:
        clock = span.span.text.split()[-1]
        help_text = "hours run from `00:00` to `24:00`, minutes from `00` to `59`"
        context.scope.error("E306", span.span, f"`{clock}` holds a time of day that does not exist", help_text)
    return not wrong and span.start != _DAY


def _days(written: str) -> list[int]:
    """The weekdays of `mon` or `sat-thu`, Monday being 0; a range may wrap round the week."""
    first, _, last = written.partition("-")
    start = DAYS.index(first)
    length = (DAYS.index(last or first) - start) % 7 + 1
    return [(start + step) % 7 for step in range(length)]
