"""From the settings of a test in a rule file to the message it speaks of.

What a test leaves out: `history` is empty; `at` is noon of 15 January 2026 on the recipient's clock, in the first of
their zones by name. A time without zone or offset is on the recipient's clock, which must have one zone only; where
clocks repeat that time, the first is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from ..policy import model as m
from ..policy import tree as t
from ..policy.source import Span
from ..policy.vocabulary import HISTORY_FIELDS, TEST_FIELDS, MessageField
from .message import Message, MessageError, parse_message
from .numbers import NumberError, number_facts
from .text import digest
from .zones import as_datetime, canonical, instants, midnight

DEFAULT_DAY, DEFAULT_SECOND = date(2026, 1, 15).toordinal(), 12 * 3600
"""When a message is sent that states no time: a Thursday at noon, no holiday in most places."""


class SettingError(ValueError):
    """A test whose message cannot be made: the place and the reason."""

    def __init__(self, span: Span, reason: str) -> None:
        super().__init__(reason)
        self.span = span
        self.reason = reason


def build_message(case: m.Case) -> Message:
    """The message a case speaks of. Raises `SettingError` where a time is ambiguous or the message not well formed."""
    settings = {_field_name(setting): setting for setting in case.settings}
    zones = _zones(settings)
    data: dict[str, Any] = {"history": []}
    for name, setting in settings.items():
        if name:
            _put(data, name, _value(setting, zones))
    data.setdefault("at", as_datetime(*_default_time(zones)))
    for entry in data["history"] or ():
        entry.setdefault("sender", data.get("sender"))
    try:
        return parse_message(data)
    except MessageError as error:
        blamed = next((s for name, s in settings.items() if name == error.field), None)
        raise SettingError(case.span if blamed is None else blamed.span, f"the message is wrong: {error}") from None


def reply_of(case: m.Case) -> t.Text | None:
    """The recipient's reply that a case is about, None if it is about a message."""
    for setting in case.settings:
        if setting.field_name.text == "reply" and isinstance(setting.values[0], t.Text):
            return setting.values[0]
    return None


def setting_text(case: m.Case, field: str) -> str | None:
    """The text a case gives to a message field, by the field's name in the contract; None where it gives none."""
    for setting in case.settings:
        if _field_name(setting) == field:
            return _word(setting.values[0])
    return None


def moment(node: t.Moment, zones: tuple[str, ...]) -> datetime:
    """The instant a test speaks of; one without zone or offset is on the only one of the clocks `zones`.

    Raises `SettingError` where there are several clocks or none, and for a time that clocks skip.
    """
    if node.zone is not None and (node.zone.text == "Z" or node.zone.text[0] in "+-"):
        text = f"{node.day}T{node.hour:02}:{node.minute:02}:{node.second:02}{node.zone.text}"
        return datetime.fromisoformat(text)
    zone = _clock(node, zones) if node.zone is None else canonical(node.zone.text)
    found = instants(zone, node.day.toordinal(), (node.hour * 60 + node.minute) * 60 + node.second)
    if not found:
        raise SettingError(node.span, f"`{node.span.text}` does not exist in {zone}: clocks skip it")
    return as_datetime(zone, found[0])


def _clock(node: t.Moment | t.Day, zones: tuple[str, ...]) -> str:
    if len(zones) == 1:
        return zones[0]
    where = f"one of {len(zones)} time zones" if zones else "no time zone that is known"
    raise SettingError(node.span, f"`{node.span.text}` needs a zone or offset: the recipient is in {where}")


def _default_time(zones: tuple[str, ...]) -> tuple[str, int]:
    zone = min(zones, default="UTC")
    return zone, instants(zone, DEFAULT_DAY, DEFAULT_SECOND)[0]


def _zones(settings: Mapping[str, t.Setting]) -> tuple[str, ...]:
    """The clocks of the recipient: the stated one, else those of the number."""
    if "recipient.timezone" in settings:
        return (canonical(_word(settings["recipient.timezone"].values[0])),)
    if "to" not in settings:
        return ()
    try:
        return number_facts(_word(settings["to"].values[0])).timezones
    except NumberError as error:
        raise SettingError(settings["to"].span, f"the message is wrong: to: {error.reason}") from None


def _field_name(setting: t.Setting) -> str:
    """The dotted name of the field in the message contract; empty for `reply`."""
    written = setting.field_name.text
    return TEST_FIELDS[written].field if written in TEST_FIELDS else written


def _put(data: dict[str, Any], name: str, value: object) -> None:
    *path, last = name.split(".")
    for part in path:
        data = data.setdefault(part, {})
    data[last] = value


def _value(setting: t.Setting, zones: tuple[str, ...]) -> object:
    field = TEST_FIELDS.get(setting.field_name.text)
    if field is not None and field.several:
        return [_word(value) for value in setting.values]
    return _one(setting.values[0], field, zones)


def _one(node: t.Value, field: MessageField | None, zones: tuple[str, ...]) -> object:
    match node:
        case t.HistoryList():
            return [_earlier(entry, zones) for entry in node.entries]
        case t.Moment():
            return moment(node, zones)
        case t.Day():
            return _day(node, field, zones)
        case t.Number():
            return node.value
        case _:
            word = _word(node)
            return _WORDS[word](field) if isinstance(node, t.Path) and word in _WORDS else word


def _day(node: t.Day, field: MessageField | None, zones: tuple[str, ...]) -> object:
    """A date; where the field wants an instant, the start of that day on the recipient's clock."""
    if field is None or field.kind != "day_or_moment":
        return node.value
    zone = _clock(node, zones)
    return as_datetime(zone, midnight(zone, node.value.toordinal()))


_WORDS: dict[str, Callable[[MessageField | None], object]] = {
    "yes": lambda field: True,
    "no": lambda field: False,
    "none": lambda field: "none" if field is not None and field.field == "consent.status" else None,
    "unknown": lambda field: "unknown" if field is not None and field.field == "consent.status" else None,
}
"""Words that stand for a value of another type. A sender of no country, and an answer to nothing, are left out."""


def _word(node: t.Value) -> str:
    return node.value if isinstance(node, t.Text) else node.span.text


def _earlier(entry: t.HistoryEntry, zones: tuple[str, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {"at": moment(entry.at, zones), "category": entry.category.text}
    for setting in entry.fields:
        name = HISTORY_FIELDS[setting.field_name.text].field
        word = _word(setting.values[0])
        data[name] = [word] if name == "subjects" else digest(word) if name == "text" else word
    return data
