"""A country or subdivision as `sendlaw show` prints it: hours, rules, senders, words, replies, dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from ..engine.holiday_calendars import HolidayStatus, name_of, status
from ..policy import model as m
from ..policy.places import countries
from ..policy.render import visible
from .common import painter
from .show_hours import ADVISED, CLOSED, OPEN, Piece, weeks
from .show_view import rule_head

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "holidays")
_HOLIDAY = 7
_CELL = 30
"""Minutes that one character of a week's picture stands for."""
_SCALE = "0     3     6     9     12    15    18    21    24"
_MOST_HOLIDAYS = 6
_MOST_PHRASES = 20
"""How much is shown of a word list in one language; the rule file, `--json` and `--html` have all of it."""


def place_lines(rule_set: m.RuleSet, place: str, on: date, *, colour: bool) -> Iterator[str]:
    """All that holds in a country (with its subdivisions) or in one subdivision, on a day."""
    protecting = [policy for policy in rule_set.policies if protects(policy.places, place)]
    rules = [rule for rule in rule_set.rules if protects(rule.places, place) and in_force(rule, on)]
    own = [rule for rule in rules if not rule.places.anywhere]
    bold = painter(colour)
    name = countries().get(place[:2], place)
    yield bold(f"{place}  {name if len(place) == 2 else f'in {name}'}, on {on}", bold=True)
    yield f"  policies  {', '.join(f'{policy.name} ({visible(policy.title)})' for policy in protecting)}"
    sections = (
        ("The week by category", _by_category([rule for rule in rules if not in_parts(rule, place)])),
        ("Hours", _hours(rules, colour)),
        ("Senders", _senders(rule_set, place[:2])),
        ("Rules of its own", (line for rule in own for line in _indented(rule_head(rule, colour)))),
        (
            "Rules that hold everywhere",
            (f"  {rule.id}  {visible(rule.title)}" for rule in rules if rule.places.anywhere),
        ),
        ("Replies", _replies(protecting)),
        ("Word lists", _words(rule_set, protecting)),
        ("Next public holidays", _holidays(protecting, place, on)),
    )
    for title, section in sections:
        lines = list(section)
        if lines:
            yield ""
            yield bold(title, bold=True)
            yield from lines


def protects(places: m.Places, place: str) -> bool:
    """Whether a policy holds there: in the place, or for a country in a part of it."""
    if places.anywhere or place[:2] in places.countries or place in places.subdivisions:
        return True
    return len(place) == 2 and any(part.startswith(f"{place}-") for part in places.subdivisions)


def in_force(rule: m.Rule, on: date) -> bool:
    """Whether the rule holds on that day."""
    return (rule.since is None or rule.since <= on) and (rule.before is None or on < rule.before)


def in_parts(rule: m.Rule, place: str) -> bool:
    """Whether the rule holds in parts of the place alone."""
    return not rule.places.anywhere and place[:2] not in rule.places.countries and place not in rule.places.subdivisions


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


# ---- hours


def _hours(rules: list[m.Rule], colour: bool) -> Iterator[str]:
    """Each window as a picture of the week; a rule that another replaces is named with it."""
    replaced = {name: rule.id for rule in rules for name in rule.replaces}
    for rule in rules:
        if isinstance(rule.action, m.Only):
            aside = f", replaced by {replaced[rule.id]} where that applies" if rule.id in replaced else ""
            remark = ", otherwise a warning" if rule.action.warning is not None else ""
            zone = f", clocks of {rule.action.window.zone}" if rule.action.window.zone else ""
            yield f"  {painter(colour)(rule.id, bold=True)}  {visible(rule.title)} ({rule.basis}{remark}{zone}{aside})"
            yield from week_picture(rule.action.window, CLOSED if rule.action.warning is None else ADVISED)


_CHARACTERS = {OPEN: "#", ADVISED: "~", CLOSED: "·"}


def _by_category(rules: list[m.Rule]) -> Iterator[str]:
    """What all windows together leave open; categories that find the same hours share a picture."""
    for week in weeks(rules):
        yield f"  {', '.join(week.categories).replace('_', ' ')}"
        if not week.rules:
            yield f"  {'':9} at any time"
            continue
        yield f"  {'':9} {_SCALE}"
        for cells, group in groupby(range(len(week.days)), key=lambda day: _drawn(week.days[day])):
            yield f"  {_span_name(list(group)):9} {cells}"
    yield f"  {'':9} # open, ~ open with a warning, · closed, + open for a part of the half-hour"


def _drawn(pieces: tuple[Piece, ...]) -> str:
    """A day in half-hours."""
    cells = ""
    for start in range(0, 1440, _CELL):
        states = {state for begin, end, state in pieces if begin < start + _CELL and start < end}
        cells += _CHARACTERS[states.pop()] if len(states) == 1 else "+"
    return cells


def week_picture(window: m.Window, outside: str = CLOSED) -> Iterator[str]:
    """A window as rows of half-hours: `#` open, `·` closed or, where `outside` says so, `~` open with a warning, `+`
    open for a part of it; equal days share a row.
    """
    holidays = window.except_holidays or any(span.holiday for span in window.hours)
    days = range(_HOLIDAY + 1 if holidays else _HOLIDAY)
    yield f"  {'':9} {_SCALE}"
    for cells, group in groupby(days, key=lambda day: _cells(window, day, _CHARACTERS[outside])):
        named = list(group)
        yield f"  {_span_name(named):9} {cells}"


def _span_name(days: list[int]) -> str:
    if len(days) == 1:
        return _DAYS[days[0]]
    if days[-1] == _HOLIDAY:
        return f"{_DAYS[days[0]]}, hol." if len(days) == 2 else f"{_DAYS[days[0]]}-{_DAYS[days[-2]]}+h"
    return f"{_DAYS[days[0]]}-{_DAYS[days[-1]]}"


def _cells(window: m.Window, day: int, outside: str) -> str:
    spans = _spans(window, day)
    return "".join(_cell(spans, start, outside) for start in range(0, 1440, _CELL))


def _cell(spans: list[m.Hours], start: int, outside: str) -> str:
    minutes = sum(any(span.start <= minute < span.end for span in spans) for minute in range(start, start + _CELL))
    return "#" if minutes == _CELL else "+" if minutes else outside


def _spans(window: m.Window, day: int) -> list[m.Hours]:
    """The spans of a weekday (0 to 6), or of a public holiday."""
    if day != _HOLIDAY:
        return [span for span in window.hours if day in span.days]
    return [] if window.except_holidays else [span for span in window.hours if span.holiday]


# ---- senders, replies, words, dates


def _senders(rule_set: m.RuleSet, country: str) -> Iterator[str]:
    for table, rows in country_rows(rule_set, country):
        for row in rows:
            keys = "".join(f" {shown(key)}" for key in row.keys[1:])
            values = ", ".join(f"{c} {shown(v)}" for c, v in zip(table.columns, row.values, strict=True))
            yield f"  {table.name}{keys}: {values}"


def country_rows(rule_set: m.RuleSet, country: str) -> Iterator[tuple[m.Table, list[m.TableRow]]]:
    """The country's rows of every table whose first key is a country; where it has none, those for all others."""
    for table in rule_set.tables.values():
        if table.keys[0] == "country":
            own = [row for row in table.rows if row.keys[0] == country]
            yield table, own or [row for row in table.rows if row.keys[0] is None]


def shown(value: m.Constant | None) -> str:
    """A cell as it is written in a table."""
    if value is None:
        return "*"
    return str(value) if not isinstance(value, bool) else "yes" if value else "no"


def _replies(policies: list[m.Policy]) -> Iterator[str]:
    for policy in policies:
        for reply in policy.replies:
            yield f"  {reply.kind:7} {reply.language}  {visible(', '.join(reply.words))}  ({policy.name})"
            if reply.say is not None:
                yield f"          answer: {visible(reply.say)}"


def _words(rule_set: m.RuleSet, policies: list[m.Policy]) -> Iterator[str]:
    """All lists, whose languages are always searched, with how much each language of these policies adds; and what they
    list in the languages of the place itself.
    """
    languages = sorted({language for policy in policies for language in policy.languages})
    own = sorted({language for policy in policies if not policy.places.anywhere for language in policy.languages})
    for name, phrases in rule_set.word_lists.items():
        counts = [f"{language} {len(phrases[language])}" for language in languages if language in phrases]
        others = len([language for language in phrases if language not in languages])
        told = ", ".join([*counts, *([f"{others} further languages"] if others else [])])
        yield f"  {name}  {told}"
        for language in own:
            if listed := phrases.get(language):
                more = f" and {len(listed) - _MOST_PHRASES} more" if len(listed) > _MOST_PHRASES else ""
                yield f"    {language}: {visible(', '.join(listed[:_MOST_PHRASES]))}{more}"


def _holidays(policies: list[m.Policy], place: str, on: date) -> Iterator[str]:
    for day, name, regional in holidays_ahead(policies, place, on):
        yield f"  {day:%a} {day}  {visible(name)}{' (in parts of the country)' if regional else ''}"


def holidays_ahead(policies: list[m.Policy], place: str, on: date) -> Iterator[tuple[date, str, bool]]:
    """The next few public holidays within a year: day, name, and whether only parts of the country keep it."""
    subdivisions = (place,) if len(place) > 2 else ()
    for calendar in [policy.calendar for policy in policies if policy.calendar is not None]:
        found = 0
        for day in (on + timedelta(days=offset) for offset in range(366)):
            known = status(calendar, subdivisions, day.toordinal())
            if known in (HolidayStatus.YES, HolidayStatus.REGIONAL) and found < _MOST_HOLIDAYS:
                found += 1
                name = name_of(calendar, subdivisions, day.toordinal())
                yield day, name, known is HolidayStatus.REGIONAL
