"""Checking the values that a test gives to message fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from . import tree as t
from .places import is_country, is_language, is_subdivision, is_zone, suggest_place, suggest_zone
from .registrations import registration_problem
from .scope import Scope, alternatives
from .syntax_values import number_meant
from .texts import check_day
from .values import bare, check_subject, yes_or_no
from .vocabulary import CATEGORIES, HISTORY_FIELDS, MessageField

_DATES = "dates are written year-month-day: `2026-03-01`"


def check_field_value(node: t.Value, field: MessageField, scope: Scope) -> None:
    """Report a value that does not fit its message field."""
    _CHECKS[field.kind](node, field, scope)


def check_moment(node: t.Moment, scope: Scope) -> None:
    """Report a date or time of day that does not exist, or an unknown zone."""
    if node.day == date.min:
        scope.error("E305", node.span, f"`{node.span.text}` holds a date that does not exist", _DATES)
    if node.hour > 23 or node.minute > 59 or node.second > 59:
        hint = "times run from `00:00` to `23:59`"
        scope.error("E306", node.span, f"`{node.span.text}` holds a time of day that does not exist", hint)
    if node.zone is not None and node.zone.text[0].isalpha() and node.zone.text != "Z" and not is_zone(node.zone.text):
        scope.error("E208", node.zone.span, f"there is no time zone `{node.zone.text}`", suggest_zone(node.zone.text))


def _wrong(node: t.Value, field: MessageField, scope: Scope, wanted: str) -> None:
    shown = node.span.text if len(node.span.text) <= 40 else "this"
    scope.error("E602", node.span, f"`{field.name}` cannot be `{shown}`", f"write {wanted}")


def _text(node: t.Value, field: MessageField, scope: Scope) -> None:
    if not isinstance(node, t.Text):
        quoted = f'`"{node.span.text}"`'
        _wrong(node, field, scope, quoted if '"' not in node.span.text else "a text in double quotes")


def _phone(node: t.Value, field: MessageField, scope: Scope) -> None:
    digits = node.value if isinstance(node, t.Text) else ""
    if not (digits.startswith("+") and digits[1:].isdigit() and digits.isascii() and len(digits) <= 16):
        meant = "+" + re.sub(r"[\s().-]", "", digits).removeprefix("+").removeprefix("00")
        international = digits.strip().startswith(("+", "00")) and meant[1:].isdigit() and 8 <= len(meant) <= 16
        wanted = 'a number in quotes, with `+` and the country code: `"+33639980001"`'
        _wrong(node, field, scope, f'`"{meant}"`' if international else wanted)


def _name(node: t.Value) -> str:
    return node.text if isinstance(node, t.Path) else ""


def _choice(node: t.Value, field: MessageField, scope: Scope) -> None:
    word = _name(node)
    if word not in field.words:
        message = f"`{field.name}` is never `{word}`" if word else f"`{field.name}` is a word without quotes"
        scope.error("E602", node.span, message, alternatives(word or bare(node.span.text), field.words))


def _yes_no(node: t.Value, field: MessageField, scope: Scope) -> None:
    if _name(node) not in ("yes", "no"):
        meant = yes_or_no(node.span.text)
        _wrong(node, field, scope, f"`{meant}`" if meant else "`yes` or `no`")


def _country(node: t.Value, field: MessageField, scope: Scope) -> None:
    code, quoted = _name(node), bare(node.span.text)
    if not code:
        _wrong(node, field, scope, f"`{quoted}`" if is_country(quoted) else "a country such as `FR`, without quotes")
    elif not is_country(code) and code != "none":
        scope.error("E206", node.span, f"there is no country `{code}`", suggest_place(code))


def _subdivision(node: t.Value, field: MessageField, scope: Scope) -> None:
    code = _name(node)
    if is_subdivision(code):
        return
    if "-" in code:
        scope.error("E206", node.span, f"there is no subdivision `{code}`", suggest_place(code))
        return
    bared = bare(node.span.text)
    _wrong(
        node, field, scope, f"`{bared}`" if is_subdivision(bared) else "a subdivision such as `US-FL`, without quotes"
    )


def _language(node: t.Value, field: MessageField, scope: Scope) -> None:
    code = node.value if isinstance(node, t.Text) else _name(node)
    if not code:
        _wrong(node, field, scope, 'a language such as `fr` or `"pt-BR"`')
    elif not is_language(code):
        scope.error("E207", node.span, f"there is no language `{code}`", "write an ISO 639 code such as `fr`")


def _zone(node: t.Value, field: MessageField, scope: Scope) -> None:
    if not isinstance(node, t.Text):
        zone = node.span.text
        _wrong(node, field, scope, f'`"{zone}"`' if is_zone(zone) else 'a time zone in quotes: `"Europe/Paris"`')
    elif not is_zone(node.value):
        scope.error("E208", node.span, f"there is no time zone `{node.value}`", suggest_zone(node.value))


def _number(node: t.Value, field: MessageField, scope: Scope) -> None:
    if not isinstance(node, t.Number):
        number = number_meant(node.span.text)
        _wrong(node, field, scope, f"`{number}`" if number else "a whole number")


def _moment(node: t.Value, field: MessageField, scope: Scope) -> None:
    if isinstance(node, t.Moment):
        check_moment(node, scope)
    else:
        _wrong(node, field, scope, "a date and a time: `2026-11-24 22:14`")


def _day(node: t.Value, field: MessageField, scope: Scope) -> None:
    if isinstance(node, t.Day):
        check_day(node, scope)
    else:
        _wrong(node, field, scope, "a date: `2026-11-24`")


def _day_or_moment(node: t.Value, field: MessageField, scope: Scope) -> None:
    (_moment if isinstance(node, t.Moment) else _day)(node, field, scope)


def _subject(node: t.Value, field: MessageField, scope: Scope) -> None:
    name = node.value if isinstance(node, t.Text) else _name(node)
    if name:
        check_subject(t.Name(node.span, name), scope)
    else:
        _wrong(node, field, scope, "the name of a subject")


def _registration(node: t.Value, field: MessageField, scope: Scope) -> None:
    if not isinstance(node, t.Text):
        name = f'"{node.span.text}"'
        known = registration_problem(node.span.text) is None
        _wrong(node, field, scope, f"`{name}`" if known else 'a name in double quotes: `"sender_id:SA"`')
    elif problem := registration_problem(node.value):
        scope.error("E210", node.span, *problem)


def _history(node: t.Value, field: MessageField, scope: Scope) -> None:
    if not isinstance(node, t.HistoryList):
        if _name(node) != "unknown":
            _wrong(node, field, scope, "`[ … ]`, or `unknown`")
        return
    for entry in node.entries:
        check_moment(entry.at, scope)
        if entry.category.text not in CATEGORIES:
            help_text = alternatives(entry.category.text, CATEGORIES)
            message = f"there is no category `{entry.category.text}`"
            scope.error("E602", entry.category.span, message, help_text)
        for setting in entry.fields:
            _history_setting(setting, scope)


def _history_setting(node: t.Setting, scope: Scope) -> None:
    name = node.field_name.text
    if name not in HISTORY_FIELDS:
        help_text = alternatives(name, HISTORY_FIELDS, "its fields are")
        scope.error("E601", node.field_name.span, f"an earlier send has no field `{name}`", help_text)
        return
    check_field_value(node.values[0], HISTORY_FIELDS[name], scope)


_CHECKS: dict[str, Callable[[t.Value, MessageField, Scope], None]] = {
    "text": _text,
    "phone": _phone,
    "choice": _choice,
    "choices": _choice,
    "yes_no": _yes_no,
    "country": _country,
    "subdivision": _subdivision,
    "language": _language,
    "zone": _zone,
    "number": _number,
    "moment": _moment,
    "day": _day,
    "day_or_moment": _day_or_moment,
    "subjects": _subject,
    "registrations": _registration,
    "history": _history,
}
