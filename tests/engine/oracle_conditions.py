"""What conditions mean, written from the language's definition without the engine's own: a condition is the set of
truths it may have, and what is not known may have both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from typing import Any

import re2
from sendlaw.engine.encoding import Encoding
from sendlaw.engine.facts import Facts, TextFacts
from sendlaw.engine.links import domain_matches
from sendlaw.engine.mentions import mentions
from sendlaw.engine.zones import canonical
from sendlaw.policy import model as m
from sendlaw.policy.vocabulary import UNITS

from .naive_clock import first_from, local, midnight, months_later

TRUE, FALSE, EITHER = frozenset({True}), frozenset({False}), frozenset({True, False})
Truths = frozenset[bool]


@dataclass(frozen=True)
class View:
    """From where a condition is looked at."""

    facts: Facts
    text: TextFacts
    t: int
    place: str
    subject: str | None
    tables: dict[str, m.Table]

    def about(self, subject: str | None) -> View:
        return replace(self, subject=subject)


# ---- values: None is unknown

_MESSAGE: dict[str, Callable[[Any], Any]] = {
    "recipient.number": lambda message: message.to,
    "recipient.language": lambda message: message.recipient.language,
    "recipient.age_at_least": lambda message: message.recipient.age_at_least,
    "sender.id": lambda message: message.sender,
    "sender.shared": lambda message: message.sender_shared,
    "brand.name": lambda message: message.brand.name,
    "brand.country": lambda message: message.brand.country,
    "brand.stop": lambda message: message.brand.stop,
    "channel": lambda message: message.channel,
    "category": lambda message: message.category,
    "campaign": lambda message: message.campaign,
    "answers": lambda message: "none" if message.answers is None else message.answers,
    "registrations": lambda message: message.registrations,
    "consent": lambda message: None if message.consent.status == "unknown" else message.consent.status,
    "consent.method": lambda message: message.consent.method,
    "consent.double": lambda message: message.consent.double,
    "consent.covers": lambda message: message.consent.covers,
    "history": lambda message: message.history,
}
_NUMBER: dict[str, Callable[[Facts], Any]] = {
    "recipient.country": lambda facts: facts.country,
    "recipient.line": lambda facts: facts.number.line,
    "recipient.subdivisions": lambda facts: facts.subdivisions if facts.subdivisions else None,
    "recipient.timezones": lambda facts: facts.timezones if facts.timezones else None,
    "sender.type": lambda facts: facts.sender_type,
    "sender.country": lambda facts: facts.sender_country,
    "sender.line": lambda facts: facts.sender_line,
    "sender.registered": lambda facts: facts.registered,
    "subjects": lambda facts: facts.subjects,
}
_TEXT: dict[str, Callable[[TextFacts], Any]] = {
    "body": lambda text: text.text,
    "body.links": lambda text: text.links,
    "body.shorteners": lambda text: text.shorteners,
    "body.phone_numbers": lambda text: text.phone_numbers,
}
_ENCODED: dict[str, Callable[[Encoding], Any]] = {
    "body.unencodable": lambda encoding: encoding.unencodable,
    "encoding": lambda encoding: {"GSM-7": "gsm7", "UCS-2": "ucs2", "UTF-8": "utf8"}[encoding.name],
    "segments": lambda encoding: encoding.segments,
}
_MISSING = {
    "recipient.subdivisions": "recipient.subdivision",
    "recipient.timezones": "recipient.timezone",
    "sender.country": "sender_country",
    "consent.age": "consent.at",
    "register": "registers",
    "register.age": "registers",
}
"""By which name of a message's field a fact is missed, where it is not its own."""


def fact(name: str, view: View) -> Any:
    """What is known of a fact."""
    if name in _MESSAGE:
        return _MESSAGE[name](view.facts.message)
    if name in _NUMBER:
        return _NUMBER[name](view.facts)
    if name in _TEXT:
        return _TEXT[name](view.text)
    if name in _ENCODED:
        return _ENCODED[name](view.text.encoded(view.facts.message.channel))
    if name == "subject":
        return view.subject
    if name == "register":
        asked = view.facts.message.registers.get(view.place)
        return None if asked is None else asked.listed
    start = age_start(name, view)
    return None if start is None or start > view.t else view.t - start


def age_start(name: str, view: View) -> int | None:
    """From when an age counts: the second of the consent, or the first of the day on which a register was asked."""
    if name == "consent.age":
        given = view.facts.message.consent.at
        return None if given is None else int(given.timestamp() // 1)
    asked = view.facts.message.registers.get(view.place)
    if asked is None or asked.checked is None:
        return None
    return min(midnight(zone, asked.checked) for zone in view.facts.timezones)


def term_value(term: m.Term, view: View) -> Any:
    """What is known of what a condition looks at."""
    match term:
        case m.FactTerm():
            return fact(term.name, view)
        case m.ConstantTerm():
            return term.value
        case m.LengthTerm() | m.CountTerm():
            whole = fact(term.fact.name, view)
            return None if whole is None else len(whole)
        case m.LookupTerm():
            return _cell(view.tables[term.table], term, view)


def _cell(table: m.Table, term: m.LookupTerm, view: View) -> Any:
    """The most specific row: the fewest `*`, and where that is equal, the one specific further left."""
    asked = [term_value(part, view) for part in term.arguments]
    if None in asked:
        return None
    rows = [row for row in table.rows if all(k in (None, a) for k, a in zip(row.keys, asked, strict=True))]
    rows.sort(key=lambda row: (sum(k is None for k in row.keys), tuple(k is None for k in row.keys)))
    return rows[0].values[table.columns.index(term.column)] if rows else None


# ---- truths


def truths(condition: m.Condition, view: View) -> Truths:
    """The truths a condition may have."""
    match condition:
        case m.And():
            return frozenset(all(each) for each in product(*(truths(part, view) for part in condition.parts)))
        case m.Or():
            return frozenset(any(each) for each in product(*(truths(part, view) for part in condition.parts)))
        case m.Not():
            return frozenset(not each for each in truths(condition.part, view))
        case m.IsKnown():
            return TRUE if term_value(condition.term, view) is not None else FALSE
        case m.SameAs():
            return _known(lambda left, right: left == right, condition.left, condition.right, view=view)
        case m.MentionsFact():
            return _known(lambda name: mentions(view.text.text, name), condition.fact, view=view)
        case m.CompareAge():
            return _age(condition, view)
        case m.Has(term=m.FactTerm(name="recipient.subdivisions"), value=state):
            return _in_state(state, view.facts)
        case m.Has(term=m.FactTerm(name="recipient.timezones"), value=zone):
            # On one of the clocks, and it is not known on which.
            return frozenset(clock == canonical(zone) for clock in view.facts.timezones) or EITHER
        case m.CompareNumber():
            # A cell that says `undocumented` is no number, and so unknown.
            return _known(_comparing(condition), condition.term, view=view)
        case _:
            return _known(lambda known: _atom(condition, known, view), condition.term, view=view)


def _known(test: Callable[..., bool | None], *terms: m.Term, view: View) -> Truths:
    found = [term_value(term, view) for term in terms]
    answer = None if None in found else test(*found)
    return EITHER if answer is None else frozenset({bool(answer)})


def _comparing(condition: m.CompareNumber) -> Callable[[Any], bool | None]:
    bound = condition.value
    signs = {"<": lambda n: n < bound, "<=": lambda n: n <= bound, ">": lambda n: n > bound, ">=": lambda n: n >= bound}
    return lambda known: signs[condition.operator](known) if isinstance(known, int) else None


def _atom(condition: Any, known: Any, view: View) -> bool:
    match condition:
        case m.OneOf(values=values):
            speaks = isinstance(condition.term, m.FactTerm) and condition.term.name == "recipient.language"
            return known in values or (speaks and known.partition("-")[0] in values)
        case m.Mentions(words=words, phrase=phrase):
            return (words if words is not None else f'"{phrase}"') in view.text.found
        case m.StartsWith():
            return str(known)[: len(condition.text)] == condition.text
        case m.EndsWith():
            return (
                len(known) >= len(condition.text) and str(known)[len(known) - len(condition.text) :] == condition.text
            )
        case m.Matches():
            return re2.fullmatch(condition.pattern, known) is not None
        case m.Has():
            return _has(condition, known, view)
    raise AssertionError(condition)


def _has(condition: m.Has, known: Any, view: View) -> bool:
    wanted = condition.value.replace("{country}", view.facts.country)
    if condition.term.name in ("body.links", "body.shorteners"):
        return any(domain_matches(host, wanted) for host in known)
    return wanted in known


def _in_state(state: str, facts: Facts) -> Truths:
    """Known to be in it; known to be elsewhere; or one of several places the recipient may be."""
    if state[:2] != facts.country:
        return FALSE
    possible = set(facts.subdivisions)
    if possible == {state}:
        return TRUE
    return FALSE if possible and state not in possible else EITHER


def _age(condition: m.CompareAge, view: View) -> Truths:
    start = age_start(condition.term.name, view)
    if start is None or view.t < start:
        return EITHER
    found = set()
    for due in thresholds(condition, start, view.facts.timezones):
        found.add({"<": view.t < due, "<=": view.t <= due, ">": view.t > due, ">=": view.t >= due}[condition.operator])
    return frozenset(found) if len(found) == 1 else EITHER


def thresholds(condition: m.CompareAge, start: int, zones: tuple[str, ...]) -> list[int]:
    """When the age reaches the duration, on each of the recipient's clocks."""
    seconds = UNITS[condition.unit]
    if seconds is not None:
        return [start + condition.count * seconds]
    months = condition.count * {"month": 1, "year": 12}[condition.unit]
    return [_later(zone, local(zone, start), months) for zone in zones]


def _later(zone: str, moment: datetime, months: int) -> int:
    return first_from(zone, months_later(moment.replace(tzinfo=None, fold=0), months))


# ---- what is missing


def missing(condition: m.Condition, view: View) -> frozenset[str]:
    """The facts, by the names of the message's fields, for want of which a condition may have both truths."""
    return frozenset(_missing(condition, view)) if truths(condition, view) == EITHER else frozenset()


def _missing(condition: m.Condition, view: View) -> Iterator[str]:
    match condition:
        case m.And() | m.Or():
            for part in condition.parts:
                yield from missing(part, view)
        case m.Not():
            yield from missing(condition.part, view)
        case m.SameAs():
            yield from (*_lacking(condition.left, view), *_lacking(condition.right, view))
        case m.MentionsFact():
            yield from _lacking(condition.fact, view)
        case m.Has(term=m.FactTerm(name="recipient.subdivisions" | "recipient.timezones" as name)):
            yield _MISSING[name]
        case m.CompareAge() if fact(condition.term.name, view) is not None:
            yield "recipient.timezone"
        case m.CompareNumber(term=m.LookupTerm(table=table)) if term_value(condition.term, view) is not None:
            yield table
        case _:
            yield from _lacking(getattr(condition, "term"), view)  # noqa: B009


def _lacking(term: m.Term, view: View) -> Iterator[str]:
    if term_value(term, view) is not None:
        return
    match term:
        case m.FactTerm():
            yield _MISSING.get(term.name, term.name)
        case m.LengthTerm() | m.CountTerm():
            yield from _lacking(term.fact, view)
        case m.LookupTerm():
            unknown = [name for part in term.arguments for name in _lacking(part, view)]
            yield from unknown or [term.table]
