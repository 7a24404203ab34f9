"""The value of a fact and the truth of a condition, in Kleene's three-valued logic: True, False, or None for unknown.

This is the meaning of conditions in language.md's words: plain, without haste. The compiler must agree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from ..policy import model as m
from ..policy.vocabulary import FACTS
from . import ages, patterns
from .encoding import Encoding
from .facts import Facts, TextFacts
from .links import domain_matches
from .mentions import mentions
from .tables import cell
from .zones import canonical, midnight

Truth = bool | None

_OPERATORS: dict[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


class Look(NamedTuple):
    """What a condition is asked of: the facts, the text to judge, an instant, a place, and one subject at most.

    `told`: whether anyone will read why a rule did what it did; words that nobody reads are left out.
    """

    facts: Facts
    text: TextFacts
    t: int
    place: str
    subject: str | None
    tables: Mapping[str, m.Table]
    told: bool = True

    def about(self, subject: str | None) -> Look:
        """The same, about another subject."""
        return Look(self.facts, self.text, self.t, self.place, subject, self.tables, self.told)

    def aloud(self) -> Look:
        """The same, for somebody to read."""
        return self._replace(told=True)

    def at(self, place: str) -> Look:
        """The same, at another place."""
        return Look(self.facts, self.text, self.t, place, self.subject, self.tables, self.told)


_VALUES: dict[str, Callable[[Look], Any]] = {
    "recipient.number": lambda look: look.facts.message.to,
    "recipient.country": lambda look: look.facts.country,
    "recipient.subdivisions": lambda look: look.facts.subdivisions or None,
    "recipient.line": lambda look: look.facts.number.line,
    "recipient.timezones": lambda look: look.facts.timezones or None,
    "recipient.language": lambda look: look.facts.message.recipient.language,
    "recipient.age_at_least": lambda look: look.facts.message.recipient.age_at_least,
    "sender.id": lambda look: look.facts.message.sender,
    "sender.type": lambda look: look.facts.sender_type,
    "sender.country": lambda look: look.facts.sender_country,
    "sender.line": lambda look: look.facts.sender_line,
    "sender.shared": lambda look: look.facts.message.sender_shared,
    "sender.registered": lambda look: look.facts.registered,
    "brand.name": lambda look: look.facts.message.brand.name,
    "brand.country": lambda look: look.facts.message.brand.country,
    "brand.stop": lambda look: look.facts.message.brand.stop,
    "body": lambda look: look.text.text,
    "body.links": lambda look: look.text.links,
    "body.shorteners": lambda look: look.text.shorteners,
    "body.phone_numbers": lambda look: look.text.phone_numbers,
    "body.unencodable": lambda look: _encoding(look).unencodable,
    "channel": lambda look: look.facts.message.channel,
    "category": lambda look: look.facts.message.category,
    "subject": lambda look: look.subject,
    "subjects": lambda look: look.facts.subjects,
    "campaign": lambda look: look.facts.message.campaign,
    "answers": lambda look: look.facts.message.answers or "none",
    "registrations": lambda look: look.facts.registrations,
    "encoding": lambda look: _encoding(look).word,
    "segments": lambda look: _encoding(look).segments,
    "consent": lambda look: look.facts.consent,
    "consent.method": lambda look: look.facts.message.consent.method,
    "consent.age": lambda look: _consent_age(look),
    "consent.double": lambda look: look.facts.message.consent.double,
    "consent.covers": lambda look: look.facts.consent_covers,
    "register": lambda look: look.facts.register(look.place),
    "register.age": lambda look: _register_age(look),
    "history": lambda look: look.facts.history,
}
assert set(_VALUES) == set(FACTS) - {"consent.status", "register.listed"}


def value(term: m.Term, look: Look) -> Any:
    """The value of a term; None where it is not known."""
    match term:
        case m.FactTerm():
            return _VALUES[term.name](look)
        case m.LengthTerm() | m.CountTerm():
            whole = value(term.fact, look)
            return None if whole is None else len(whole)
        case m.LookupTerm():
            return cell(look.tables[term.table], term.column, [value(part, look) for part in term.arguments])
        case m.ConstantTerm():
            return term.value


def holds(condition: m.Condition, look: Look) -> Truth:
    """Whether a condition holds: True, False, or None where an unknown fact decides."""
    return _HOLDS[type(condition)](condition, look)


def _one_of(condition: m.OneOf, look: Look) -> Truth:
    known = value(condition.term, look)
    return None if known is None else known in condition.values or _is_language(condition, known)


def _compare_number(condition: m.CompareNumber, look: Look) -> Truth:
    number = _number(condition.term, look)
    return None if number is None else _OPERATORS[condition.operator](number, condition.value)


def _same_as(condition: m.SameAs, look: Look) -> Truth:
    left, right = value(condition.left, look), value(condition.right, look)
    return None if left is None or right is None else bool(left == right)


def _mentions_fact(condition: m.MentionsFact, look: Look) -> Truth:
    wanted = value(condition.fact, look)
    return None if wanted is None else mentions(look.text.text, wanted, look.text.forms)


def _of_text(test: Callable[[Any, str], bool]) -> Callable[[Any, Look], Truth]:
    """A condition on a text that may not be known."""

    def holds_of(condition: Any, look: Look) -> Truth:
        known = value(condition.term, look)
        return None if known is None else test(condition, known)

    return holds_of


def _has(condition: m.Has, look: Look) -> Truth:
    if condition.term.name in WHEREABOUTS:
        return WHEREABOUTS[condition.term.name](condition.value, look.facts)
    known = value(condition.term, look)
    if known is None:
        return None
    wanted = entry(condition, look.facts.country)
    if condition.term.name in ("body.links", "body.shorteners"):
        return any(domain_matches(host, wanted) for host in known)
    return wanted in known


def _number(term: m.Term, look: Look) -> int | None:
    """A number; a cell that says `undocumented` is none, and so unknown."""
    known = value(term, look)
    return known if isinstance(known, int) else None


def conjunction(parts: Iterator[Truth]) -> Truth:
    """Kleene's `and`: false if any part is, else unknown if any part is."""
    result: Truth = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            result = None
    return result


def negation(truth: Truth) -> Truth:
    """Kleene's `not`."""
    return None if truth is None else not truth


def missing(condition: m.Condition, look: Look) -> frozenset[str]:
    """The facts for want of which a condition is unknown, by the names a verdict gives them; none if it is known."""
    if holds(condition, look) is not None:
        return frozenset()
    match condition:
        case m.And() | m.Or():
            return frozenset().union(*(missing(part, look) for part in condition.parts))
        case m.Not():
            return missing(condition.part, look)
        case m.SameAs():
            return _unknown(condition.left, look) | _unknown(condition.right, look)
        case m.CompareAge() if value(condition.term, look) is not None:
            return frozenset({FACTS["recipient.timezones"].missing_name})
        case m.MentionsFact():
            return _unknown(condition.fact, look)
        case m.IsKnown():
            return frozenset()
        case m.Has(term=m.FactTerm(name=name)) if name in WHEREABOUTS:
            return frozenset({FACTS[name].missing_name})
        case m.CompareNumber(term=m.LookupTerm(table=table)) if value(condition.term, look) is not None:
            return frozenset({table})
        case _:
            return _unknown(condition.term, look)


def _unknown(term: m.Term, look: Look) -> frozenset[str]:
    if value(term, look) is not None:
        return frozenset()
    match term:
        case m.FactTerm():
            return frozenset({FACTS[term.name].missing_name})
        case m.LengthTerm() | m.CountTerm():
            return _unknown(term.fact, look)
        case m.LookupTerm():
            unknown = frozenset[str]().union(*(_unknown(part, look) for part in term.arguments))
            return unknown or frozenset({term.table})
        case m.ConstantTerm():
            return frozenset()


def mention_key(condition: m.Mentions) -> str:
    """The key under which the word index finds what a condition asks for."""
    return condition.words if condition.words is not None else f'"{condition.phrase}"'


def _is_language(condition: m.OneOf, known: Any) -> bool:
    """`fr` also means `fr-CA`."""
    if not (isinstance(condition.term, m.FactTerm) and condition.term.name == "recipient.language"):
        return False
    return any(known.startswith(f"{language}-") for language in condition.values)


def in_state(state: str, facts: Facts) -> Truth:
    """Whether the recipient is in a state or province: not known where it is one of several they may be in, or where
    none is known; a state of another country is known not to be it.
    """
    if not state.startswith(f"{facts.country}-"):
        return False
    return _among(state, facts.subdivisions)


def in_zone(zone: str, facts: Facts) -> Truth:
    """Whether the recipient is in a time zone, by whichever of its names: not known where it is one of several."""
    return _among(canonical(zone), facts.timezones)


def _among(one: str, possible: tuple[str, ...]) -> Truth:
    """Whether that of the possible places where the recipient is, is this one."""
    if not possible:
        return None
    return None if one in possible and len(possible) > 1 else one in possible


WHEREABOUTS: dict[str, Callable[[str, Facts], Truth]] = {
    "recipient.subdivisions": in_state,
    "recipient.timezones": in_zone,
}
"""The lists of places of which the recipient is in one only, and how `has` asks for it."""


def entry(condition: m.Has, country: str) -> str:
    """The entry that `has` asks for, with the country filled in."""
    return condition.value.replace("{country}", country)


def _encoding(look: Look) -> Encoding:
    return look.text.encoded(look.facts.message.channel)


def _consent_age(look: Look) -> int | None:
    at = look.facts.consent_at
    return None if at is None or at > look.t else look.t - at


def _register_age(look: Look) -> int | None:
    start = register_start(look.facts, look.place)
    return None if start is None or start > look.t else look.t - start


def register_start(facts: Facts, place: str) -> int | None:
    """The instant from which a register's answer ages: the start of the day it was asked, in the earliest zone."""
    day = facts.register_checked(place)
    if day is None:
        return None
    return min((midnight(zone, day.toordinal()) for zone in facts.timezones), default=None)


def _compare_age(condition: m.CompareAge, look: Look) -> Truth:
    consent = condition.term.name == "consent.age"
    start = look.facts.consent_at if consent else register_start(look.facts, look.place)
    if start is None:
        return None
    zones = look.facts.timezones
    return ages.compare(start, condition.operator, condition.count, condition.unit, zones, look.t)


_HOLDS: dict[type, Callable[[Any, Look], Truth]] = {
    m.And: lambda condition, look: conjunction(holds(part, look) for part in condition.parts),
    m.Or: lambda condition, look: negation(conjunction(negation(holds(part, look)) for part in condition.parts)),
    m.Not: lambda condition, look: negation(holds(condition.part, look)),
    m.IsKnown: lambda condition, look: value(condition.term, look) is not None,
    m.OneOf: _one_of,
    m.CompareNumber: _compare_number,
    m.CompareAge: _compare_age,
    m.SameAs: _same_as,
    m.Mentions: lambda condition, look: mention_key(condition) in look.text.found,
    m.MentionsFact: _mentions_fact,
    m.StartsWith: _of_text(lambda condition, text: text.startswith(condition.text)),
    m.EndsWith: _of_text(lambda condition, text: text.endswith(condition.text)),
    m.Matches: _of_text(lambda condition, text: patterns.matches(condition.pattern, text)),
    m.Has: _has,
}
"""How each kind of condition is judged."""
