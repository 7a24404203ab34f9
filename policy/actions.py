"""Checking what a rule does: deny, require, only, limit, pace, append, prepend, warn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from . import model as m
from . import tree as t
from .conditions import check_condition
from .diagnostics import Related
from .scope import Context, alternatives, listed
from .texts import check_filled, check_language, check_placeholders
from .vocabulary import LIMIT_KEYS, PACE_KEYS, UNITS
from .windows import check_only

_CALENDAR_PERIODS = ("day", "week", "month")
_MOST = 1_000_000
"""More messages than any limit or pace means; larger numbers are slips of the pen."""


def check_action(node: t.Action, title: str, context: Context) -> m.Action | None:
    """The meaning of an action; None, with every error reported, if it has none. `title` is its rule's."""
    return _CHECKS[type(node)](node, title, context)


def _deny(node: t.Deny, title: str, context: Context) -> m.Action:
    return m.Deny()


def _require(node: t.Require, title: str, context: Context) -> m.Action | None:
    condition = check_condition(node.condition, context.scope)
    otherwise: m.AddText | m.Warn | None = None
    if isinstance(node.otherwise, t.AddText):
        otherwise = _add_text(node.otherwise, title, context)
        condition = condition if otherwise else None
    elif isinstance(node.otherwise, t.Warn):
        otherwise = _warn(node.otherwise, title, context)
    return None if condition is None else m.Require(condition, otherwise)


def _warn(node: t.Warn, title: str, context: Context) -> m.Warn:
    if node.text is None:
        return m.Warn(title)
    check_filled(node.text, "the remark", context.scope)
    return m.Warn(node.text.value)


def _add_text(node: t.AddText, title: str, context: Context) -> m.AddText | None:
    found: dict[str | None, str] = {}
    valid = True
    for tagged in node.texts:
        language, text = tagged.language, tagged.texts[0]
        valid &= check_filled(text, "the text to add", context.scope)
        valid &= check_placeholders(text, context.scope)
        valid &= language is None or check_language(language, context.scope)
        key = language.text if language else None
        if key in found:
            what = f"for `{key}`" if key else "for any language"
            message = f"`{node.kind}` has two texts {what}"
            context.scope.error("E403", tagged.span, message, "write one text for each language")
            valid = False
        found[key] = text.value
    return m.AddText(node.kind, tuple(found.items())) if valid else None


# ---- limits and paces


def _limit(node: t.Limit, title: str, context: Context) -> m.Limit | None:
    valid = _count(node.count, "limit", context)
    valid &= _recipient_first(node, context)
    keys = tuple(key for key in node.keys if key.text != "recipient")
    valid &= _keys(keys, LIMIT_KEYS, "limit", context)
    period = node.period
    if node.calendar and period.unit not in _CALENDAR_PERIODS:
        hint = f"calendar periods are {listed(f'calendar {unit}' for unit in _CALENDAR_PERIODS)}"
        context.scope.error("E312", period.span, f"a limit cannot count by calendar {period.unit}", hint)
        return None
    seconds = None if node.calendar else _seconds(period, "limit", context)
    if not valid or (seconds is None and not node.calendar):
        return None
    return m.Limit(node.count.value, seconds, period.unit if node.calendar else None, _texts(keys))


def _pace(node: t.Pace, title: str, context: Context) -> m.Pace | None:
    valid = _count(node.count, "pace", context)
    valid &= _keys(node.keys, PACE_KEYS, "pace", context)
    seconds = _seconds(node.period, "pace", context)
    if not valid or seconds is None:
        return None
    return m.Pace(node.count.value, node.segments, seconds, _texts(node.keys))


def _texts(names: Iterable[t.Name]) -> tuple[str, ...]:
    return tuple(name.text for name in names)


def _count(count: t.Number, what: str, context: Context) -> bool:
    if count.value == 0:
        hint = "write `deny` where nothing is allowed" if what == "limit" else "write how many"
        context.scope.error("E407", count.span, f"a {what} of 0 lets nothing through", hint)
    elif count.value > _MOST:
        context.scope.error("E407", count.span, f"a {what} of {count.span.text} limits nothing", f"at most {_MOST}")
    return 0 < count.value <= _MOST


def _recipient_first(node: t.Limit, context: Context) -> bool:
    first, hint = node.keys[0], "write `recipient` and a comma before it: `per recipient, brand`"
    if first.text == "recipient":
        return True
    context.scope.error("E408", first.span, "a limit counts what one recipient gets", hint)
    return False


def _keys(keys: tuple[t.Name, ...], known: tuple[str, ...], what: str, context: Context) -> bool:
    valid, seen = True, dict[str, t.Name]()
    for key in keys:
        first = seen.setdefault(key.text, key)
        if key.text not in known:
            hint = alternatives(key.text, known, "its keys are")
            context.scope.error("E212", key.span, f"a {what} has no key `{key.text}`", hint)
            valid = False
        elif first is not key:
            related = (Related(first.span, "first written here"),)
            context.scope.error("E403", key.span, f"the key `{key.text}` stands twice", "leave one out", related)
            valid = False
    return valid


def _seconds(period: t.Duration, what: str, context: Context) -> int | None:
    unit = UNITS[period.unit]
    if unit is None:
        days = min(period.count * {"month": 30, "year": 365}[period.unit], 400)
        hint = f"units go up to weeks: write `{days} days`"
        hint += " or, for the month on the calendar, `per calendar month`" if what == "limit" else ""
        context.scope.error("E312", period.span, f"the {period.unit}s of a {what} differ in length", hint)
        return None
    if not 0 < period.count * unit <= 400 * 86_400:
        message = f"a {what} over {period.span.text} counts nothing"
        context.scope.error("E407", period.span, message, "write a duration of 1 second to 400 days")
        return None
    return period.count * unit


_CHECKS: dict[type, Callable[[Any, str, Context], m.Action | None]] = {
    t.Deny: _deny,
    t.Require: _require,
    t.Only: lambda node, title, context: check_only(node, title, context),
    t.Limit: _limit,
    t.Pace: _pace,
    t.AddText: _add_text,
    t.Warn: _warn,
}
