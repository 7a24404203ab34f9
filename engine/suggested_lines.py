"""A line for a test that would show what no test shows yet: message fields as they are written in a rule file."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ..policy import model as m
from ..policy.vocabulary import FACTS, TEST_FIELDS, UNITS
from .details import as_written
from .holiday_calendars import HolidayStatus
from .hours import Openness, schedule
from .test_messages import DEFAULT_DAY

_NOON = 12
_SPELT_OUT = 3
"""Up to how many earlier sends a history is written in full."""


def condition_line(atom: m.Condition, wanted: bool, rule: m.Rule) -> str:
    """Fields that make a condition true or false; in words where no single field does."""
    found = _fields(atom, wanted, rule)
    return found or f"a message for which `{as_written(atom)}` is {'true' if wanted else 'false'}"


def _fields(atom: m.Condition, wanted: bool, rule: m.Rule) -> str:
    match atom:
        case m.Not(part=part):
            return _fields(part, not wanted, rule)
        case m.OneOf(term=m.FactTerm(name=name), values=values):
            return _one_of(name, values, wanted, rule)
        case m.IsKnown(term=m.FactTerm(name=name)):
            return "" if wanted else _left_out(name)
        case m.Mentions() | m.StartsWith() | m.EndsWith():
            return _with_text(atom, wanted)
        case m.Has(term=m.FactTerm(name="registrations" | "consent.covers" as name), value=value):
            entry = f'"{value}"' if name == "registrations" else value
            return f"{name} {entry}" if wanted else f"without {name} {entry}"
        case _:
            return ""


def _one_of(name: str, values: frozenset[m.Constant], wanted: bool, rule: m.Rule) -> str:
    named = (field for field in TEST_FIELDS.values() if field.field == FACTS[name].missing_name)
    field = TEST_FIELDS.get(name) or next(named, None)
    spelt = sorted("yes" if v is True else "no" if v is False else str(v) for v in values)
    if name == "register":
        place = min((*rule.places.countries, *rule.places.subdivisions), default="FR")
        return f"registers.{place}.listed {spelt[0] if wanted else _other(spelt)}"
    if name == "subject":
        return f"subjects {spelt[0] if wanted else 'another'}"
    if field is None:
        return ""
    if field.kind == "yes_no":
        return f"{field.name} {spelt[0] if wanted else _other(spelt)}"
    if field.words:
        chosen = spelt if wanted else [word for word in field.words if word not in (*spelt, "unknown")]
        return f"{field.name} {chosen[0]}" if chosen else ""
    return ""


def _other(spelt: list[str]) -> str:
    return "no" if spelt[0] == "yes" else "yes"


def _left_out(name: str) -> str:
    settable = {field.field for field in TEST_FIELDS.values()}
    return f"a message without {FACTS[name].missing_name}" if FACTS[name].missing_name in settable else ""


def _with_text(atom: m.Mentions | m.StartsWith | m.EndsWith, wanted: bool) -> str:
    field = {"body": "body", "sender.id": "from"}.get(atom.term.name)
    if field is None:
        return ""
    match atom:
        case m.Mentions(words=str() as words):
            return f"{field} with{'' if wanted else 'out'} a word of `{words}`"
        case m.Mentions(phrase=phrase):
            return f'{field} "… {phrase} …"' if wanted else f"{field} without “{phrase}”"
        case m.StartsWith(text=text):
            return f'{field} "{text}…"' if wanted else f"{field} that starts otherwise than “{text}”"
        case m.EndsWith(text=text):
            return f'{field} "…{text}"' if wanted else f"{field} that ends otherwise than “{text}”"


def number_line(term: m.Term, number: int) -> str:
    """A field of that number or length."""
    match term:
        case m.FactTerm(name="recipient.age_at_least"):
            return f"recipient.age_at_least {number}"
        case m.LengthTerm(fact=m.FactTerm(name="sender.id")):
            return f'from "{"A" * number}"' if number <= 40 else f"from a sender ID of {number} characters"
        case m.FactTerm(name="segments"):
            return f"body of {number} segments"
        case _:
            return f"a message whose {' '.join(term.span.text.split())} is {number}"


def threshold_line(atom: m.CompareAge, beyond: bool, rule: m.Rule) -> str:
    """A day from which the age, at the time of tests that state none, lies just before or just beyond what is asked."""
    field = "consent.at"
    if atom.term.name == "register.age":
        place = min((*rule.places.countries, *rule.places.subdivisions), default="FR")
        field = f"registers.{place}.checked"
    seconds = UNITS[atom.unit]
    if seconds is not None and seconds < 86_400:
        noon = datetime.combine(date.fromordinal(DEFAULT_DAY), datetime.min.time()) + timedelta(hours=_NOON)
        moment = noon - timedelta(seconds=atom.count * seconds + (60 if beyond else -60))
        return f"{field} {moment:%Y-%m-%d %H:%M}"
    return f"{field} {_earlier(atom) + timedelta(days=0 if beyond else 1)}"


def _earlier(atom: m.CompareAge) -> date:
    """The usual day of tests, less a duration of days or more."""
    day = date.fromordinal(DEFAULT_DAY)
    seconds = UNITS[atom.unit]
    if seconds is not None:
        return day - timedelta(days=atom.count * (seconds // 86_400))
    months = day.year * 12 + day.month - 1 - atom.count * (12 if atom.unit == "year" else 1)
    return day.replace(year=max(months // 12, 1), month=months % 12 + 1)


def limit_line(rule: m.Rule, limit: m.Limit, count: int) -> str:
    """A history of that many sends within the period, and what is then expected."""
    expected = f"expect {'no ' if count < limit.count else ''}defer by {rule.name}"
    if count > _SPELT_OUT:
        return f"history [ … ] of {count} sends  {expected}"
    step = timedelta(seconds=min(3600, (limit.seconds or 86_400) // (count + 1)))
    noon = datetime.combine(date.fromordinal(DEFAULT_DAY), datetime.min.time()) + timedelta(hours=_NOON)
    times = [noon - step * (number + 1) for number in reversed(range(count))]
    entries = ", ".join(f"{time:%Y-%m-%d %H:%M} promotional" for time in times)
    return f"history [{f' {entries} ' if entries else ''}]  {expected}"


def day_line(rule: m.Rule, ordinal: int, effect: str, in_force: bool) -> str:
    """A time on that day at which the rule would speak, as far as the hour decides, and what is then expected."""
    minute = _NOON * 60
    if isinstance(rule.action, m.Only):
        minute = _shut_minute(rule.action.window, (ordinal - 1) % 7)
    expected = f"expect {'' if in_force else 'no '}{effect} by {rule.name}"
    return f"at {date.fromordinal(ordinal)} {minute // 60:02}:{minute % 60:02}  {expected}"


def _shut_minute(window: m.Window, weekday: int) -> int:
    start = 0
    for until, openness in schedule(window).plans[HolidayStatus.NO][weekday]:
        if openness is not Openness.OPEN:
            return start // 60
        start = until
    return _NOON * 60
