"""A line for a test that would show what no test shows yet: message fields as they are written in a rule file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..policy import model as m
from ..policy.beforehand import ALWAYS_KNOWN, Known, all_answers
from ..policy.lint_context import known_of
from ..policy.satisfiability import always, impossible
from ..policy.vocabulary import FACTS, TEST_FIELDS, UNITS
from .details import as_written
from .holiday_calendars import HolidayStatus
from .hours import Openness, schedule
from .suggested_facts import (
    PLAIN_BODY,
    has_another,
    has_value,
    holds_entry,
    home_of,
    is_known,
    of_size,
    register_of,
    some_values,
)
from .suggested_rows import row_line
from .test_messages import DEFAULT_DAY

_NOON = 12
_SPELT_OUT = 3
"""Up to how many earlier sends a history is written in full."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a line depends on beside its condition: the rule, and the tables and lists of words of its rule set."""

    rule: m.Rule
    tables: Mapping[str, m.Table]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def known(self) -> Known:
        """What is known of every message that the rule is about."""
        return known_of((self.rule,), all_answers(self.tables))


def condition_line(atom: m.Condition, wanted: bool, around: Around) -> str:
    """Fields that make a condition true or false; in words where no field does, or where no message can."""
    if isinstance(atom, m.Not):
        return condition_line(atom.part, not wanted, around)
    if isinstance(atom, m.OneOf | m.SameAs) and (line := _by_table(atom, wanted, around)):
        return line
    if _never(atom, wanted, around.known):
        return f"{NOBODY}: it is always {'false' if wanted else 'true'} here; leave it out of the rule"
    found = _fields(atom, wanted, around)
    return found or f"a message for which `{as_written(atom)}` is {'true' if wanted else 'false'}"


NOBODY = "no message can show it"
"""How a line begins where there is nothing to try."""


def _never(atom: m.Condition, wanted: bool, known: Known) -> bool:
    """Whether no message makes a condition come to that: its facts are fixed here, stated always, or never so few."""
    match atom:
        case m.IsKnown(term=m.FactTerm(name=name)) if not wanted and name in ALWAYS_KNOWN:
            return True
        case m.CompareNumber(term=term, operator=operator, value=value) if wanted is (operator in ("<", "<=")):
            return value + (operator in ("<=", ">")) <= least(term)
    return impossible(atom, known) if wanted else always(atom, known)


def _by_table(atom: m.OneOf | m.SameAs, wanted: bool, around: Around) -> str:
    """The fields that ask a row of a table that says so; empty where no table is asked."""
    if isinstance(atom, m.SameAs) or not isinstance(atom.term, m.LookupTerm):
        return ""
    found = row_line(atom.term, lambda value: (value in atom.values) is wanted, around.rule, around.tables)
    says = "says so" if wanted else "says otherwise"
    return found or f"{NOBODY}: no row of `{atom.term.table}` {says} here; add one, or leave the condition out"


def _fields(atom: m.Condition, wanted: bool, around: Around) -> str:
    rule = around.rule
    match atom:
        case m.OneOf(term=m.FactTerm(name=name), values=values):
            return has_value(name, min(values, key=str), rule) if wanted else has_another(name, values, rule)
        case m.IsKnown(term=m.FactTerm(name=name)):
            return is_known(name, rule) if wanted else _left_out(name)
        case m.Has(term=m.FactTerm(name=name), value=value):
            return holds_entry(name, value, rule, wanted)
        case m.CompareNumber(term=term, operator=operator, value=value):
            below = value if operator in ("<=", ">") else value - 1
            return number_line(term, below + ((operator in (">", ">=")) is wanted), around)
        case m.SameAs(left=m.FactTerm() as left, right=m.FactTerm() as right):
            return _same(left, right, wanted, rule)
        case m.Mentions() | m.StartsWith() | m.EndsWith() | m.Matches() | m.MentionsFact():
            return _with_text(atom, wanted, around)
        case _:
            return ""


def _same(left: m.FactTerm, right: m.FactTerm, wanted: bool, rule: m.Rule) -> str:
    """Two facts with one value, or with two; where one is the recipient's country, the other is set alone."""
    if left.name == "recipient.country":
        left, right = right, left
    if right.name == "recipient.country":
        home = home_of(rule)
        return has_value(left.name, home, rule) if wanted else has_another(left.name, frozenset({home}), rule)
    common = [value for value in some_values(left.name, rule) if value in some_values(right.name, rule)]
    if not common:
        return ""
    first = has_value(left.name, common[0], rule)
    second = has_value(right.name, common[0], rule) if wanted else has_another(right.name, frozenset(common[:1]), rule)
    return f"{first}  {second}" if first and second else ""


def _left_out(name: str) -> str:
    if name == "history":
        return "history unknown"
    settable = {field.field for field in TEST_FIELDS.values()}
    return f"a message without {FACTS[name].missing_name}" if FACTS[name].missing_name in settable else ""


_Text = m.Mentions | m.StartsWith | m.EndsWith | m.Matches | m.MentionsFact


def _with_text(atom: _Text, wanted: bool, around: Around) -> str:
    name = atom.term.name
    field = {"body": "body", "sender.id": "from", "recipient.number": "to"}.get(name, name)
    match atom:
        case m.Mentions(words=str() as words) if wanted and (phrase := _phrase(words, around)):
            return f'{field} "… {phrase} …"'
        case m.Mentions(words=str() as words):
            return f"{field} with{'' if wanted else 'out'} a word of `{words}`"
        case m.Mentions(phrase=phrase):
            return f'{field} "… {phrase} …"' if wanted else f"{field} without “{phrase}”"
        case m.StartsWith(text=text):
            return f'{field} "{text}…"' if wanted else f"{field} that starts otherwise than “{text}”"
        case m.EndsWith(text=text):
            return f'{field} "…{text}"' if wanted else f"{field} that ends otherwise than “{text}”"
        case m.Matches(pattern=pattern):
            return f"{field} that {'fits' if wanted else 'does not fit'} “{pattern}” from beginning to end"
        case m.MentionsFact(fact=fact):
            value = has_another(fact.name, frozenset(), around.rule)
            return f'{value}  body "{"… other …" if wanted else PLAIN_BODY}"' if value else ""


def _phrase(words: str, around: Around) -> str:
    """A phrase of a list, in a language of the policy's if it has one."""
    languages = around.words.get(words, {})
    ordered = sorted(languages, key=lambda code: (code not in around.rule.languages, code))
    phrases = [phrase for code in ordered for phrase in languages[code] if "*" not in phrase]
    return phrases[0] if phrases else ""


def least(term: m.Term) -> int:
    """The least number that a term can be: a text takes a segment, and a sender ID a character."""
    at_least_one = ("segments", "sender.id", "recipient.number")
    fact = term.fact if isinstance(term, m.LengthTerm) else term
    return int(isinstance(fact, m.FactTerm) and fact.name in at_least_one)


def number_line(term: m.Term, number: int, around: Around) -> str:
    """A field of that number or length, or the row of a table that holds it."""
    match term:
        case m.FactTerm(name=name) if found := has_value(name, number, around.rule):
            return found
        case m.LengthTerm() | m.CountTerm() if found := of_size(term, number, around.rule):
            return found
        case m.LookupTerm(table=table, column=column):
            found = row_line(term, lambda value: value == number, around.rule, around.tables)
            return found or f"{NOBODY}: no row of `{table}` has {number} in `{column}` here; compare with one that does"
        case _:
            return f"a message whose {' '.join(term.span.text.split())} is {number}"


def threshold_line(atom: m.CompareAge, beyond: bool, rule: m.Rule) -> str:
    """A day from which the age, at the time of tests that state none, lies just before or just beyond what is asked."""
    field = "consent.at"
    if atom.term.name == "register.age":
        field = f"registers.{register_of(rule)}.checked"
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
