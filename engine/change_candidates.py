"""What might be otherwise about a message, one thing at a time: the candidates from which `changes` seeks.

Each is either the sender's choice (another time, other words, another sender) or a fact worded as a condition: what
is not so must not be stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..policy import model as m
from ..policy.vocabulary import COVERS
from ..policy.walk import walk
from .facts import Facts
from .kleene import entry
from .zones import as_datetime, offset_at

Data = dict[str, Any]
"""A message as plain data, of the contract's shape."""

CHOICE, FACT = "choice", "fact"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may be otherwise: in words, what it touches, and how it is done to a message's data.

    `kind`: the sender's `choice`, or a `fact`. Changes that touch the same cannot be made together. `cost` orders
    changes of one number: the lower, the less it asks.
    """

    what: str
    kind: str
    touches: frozenset[str]
    cost: int
    apply: Callable[[Data], None] = field(compare=False, repr=False)


def sets(what: str, path: str, value: Any, cost: int, kind: str = FACT, needs: str = "") -> Change:
    """A change that sets one field, by its dotted path."""
    touched = frozenset({path, needs} - {""})
    return Change(what, kind, touched, cost, lambda data: put(data, tuple(path.split(".")), value))


def put(data: Data, path: tuple[str, ...], value: Any) -> None:
    """Sets a nested field, making what is missing on the way."""
    for part in path[:-1]:
        if data.get(part) is None:
            data[part] = {}
        data = data[part]
    data[path[-1]] = value


def at_time(facts: Facts, t: int) -> Change:
    """Sent at another instant, told on the recipient's clock."""
    moment = as_datetime(min(facts.timezones, default="UTC"), t)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    offset = f"{moment:%z}"
    told = f"sent on {moment:%A} {moment:%Y-%m-%d} at {clock} ({offset[:3]}:{offset[3:5]})"
    return sets(told, "at", moment, 1, CHOICE)


def fact_candidates(facts: Facts, rules: Mapping[str, tuple[m.Rule, str]]) -> Iterator[Change]:
    """Facts about recipient, brand and registrations; `rules` are those that protect the recipient, with a place."""
    yield from _consent(facts)
    yield from _brand(facts)
    yield from _recipient(facts, [rule for rule, _ in rules.values()])
    yield from _registers(facts, rules)
    yield from _registrations(facts, rules)
    message = facts.message
    if message.history is None:
        yield sets("if nothing was sent to the recipient before, and that is known", "history", (), 2)
    if message.answers is None:
        yield sets("if it answers a request of the recipient", "answers", "request", 6)
    if message.sender_shared:
        yield sets("if the short code is the sender's own", "sender_shared", False, 6)
    for subject in message.subjects:
        told = f"if the message is not about {subject.replace('_', ' ')}"
        left = tuple(other for other in message.subjects if other != subject)
        yield sets(told, "subjects", left, 6, needs=f"about {subject}")


_METHODS = {"written": "in writing", "online": "online", "handset": "from the handset", "purchase": "by a purchase"}


def _consent(facts: Facts) -> Iterator[Change]:
    message = facts.message
    consent = message.consent
    again = " again" if consent.status == "opted_out" else ""
    statuses = {
        "opted_in": (f"if the recipient has opted in{again}", 3),
        "existing_customer": ("if the recipient is a customer who did not refuse", 4),
    }
    for status, (told, cost) in statuses.items():
        if consent.status != status and not (again and status != "opted_in"):
            yield sets(told, "consent.status", status, cost)
    for cost, (method, told) in enumerate(_METHODS.items(), 4):
        if consent.method != method:
            yield sets(f"if the recipient consented {told}", "consent.method", method, cost)
    # Of a customer, `at` is the end of the relation.
    began = "the relation last ended" if consent.status == "existing_customer" else "the consent was given or confirmed"
    yield sets(f"if {began} on {message.at:%Y-%m-%d}", "consent.at", message.at, 4)
    if not consent.double:
        yield sets("if the consent was confirmed a second time", "consent.double", True, 5)
    for cover in COVERS:
        if cover not in (consent.covers or ()):
            told = f"if the consent covers {cover} expressly"
            yield sets(told, "consent.covers", (*(consent.covers or ()), cover), 5)


_STOP, _NAME = "36111", "Brand"
"""What stands for a number for refusals, and for a name, that are not given."""


def _brand(facts: Facts) -> Iterator[Change]:
    brand = facts.message.brand
    if brand.stop is None:
        yield sets("with a number or link for refusals, stated as brand.stop", "brand.stop", _STOP, 1, CHOICE)
    if brand.name is None:
        yield sets("with the brand's name, stated as brand.name", "brand.name", _NAME, 1, CHOICE)
    if brand.country != facts.country:
        yield sets(f"if the brand is established in {facts.country}", "brand.country", facts.country, 5)
    if facts.sender_type == "short_code" and facts.sender_country != facts.country:
        told = f"if the short code is one of {facts.country}"
        yield sets(told, "sender_country", facts.country, 3)


def _recipient(facts: Facts, rules: list[m.Rule]) -> Iterator[Change]:
    stated = facts.message.recipient
    for language in sorted({code for rule in rules for code in rule.languages}):
        if stated.language != language:
            yield sets(f"if the recipient's language is {language}", "recipient.language", language, 3)
    if len(facts.timezones) > 1:
        by_offset = {offset_at(zone, facts.at): zone for zone in reversed(facts.timezones)}
        for zone in sorted(by_offset.values()):
            yield sets(f"if the recipient's clock is that of {zone}", "recipient.timezone", zone, 3)
    if stated.subdivision is None:
        named = {place for rule in rules for place in rule.places.subdivisions if place[:2] == facts.country}
        for place in sorted({*named, *_unnamed(facts.country, named)}):
            yield sets(f"if the recipient is known to be in {place}", "recipient.subdivision", place, 3)
    ages = {node.value + (node.operator == ">") for node in _atoms(rules, m.CompareNumber) if _is_age(node)}
    for age in sorted(ages):
        if (stated.age_at_least or 0) < age:
            yield sets(f"if the recipient is at least {age} years old", "recipient.age_at_least", age, 3)


def _unnamed(country: str, named: set[str]) -> tuple[str, ...]:
    """One subdivision that no policy names, where others are named."""
    if not named:
        return ()
    import holidays  # it loads slowly, and few countries have rules of their subdivisions

    known = (f"{country}-{code}" for code in holidays.list_supported_countries().get(country, ()))
    return tuple(place for place in known if place not in named)[:1]


def _is_age(node: m.CompareNumber) -> bool:
    return isinstance(node.term, m.FactTerm) and node.term.name == "recipient.age_at_least"


def _atoms(rules: list[m.Rule], kind: type[Any]) -> Iterator[Any]:
    return (node for rule in rules for node in walk(rule) if isinstance(node, kind))


def _registers(facts: Facts, rules: Mapping[str, tuple[m.Rule, str]]) -> Iterator[Change]:
    """A register that was not asked, or long ago; one that lists the number stays as it is."""
    asking = {place for rule, place in rules.values() if any(_asks_register(node) for node in walk(rule))}
    for place in sorted(asking):
        if facts.register(place) is not True:
            day = facts.message.at.date()
            told = f"if the do-not-contact register of {place} was asked on {day} and does not list the number"
            answer = {"listed": False, "checked": day}
            yield Change(told, FACT, frozenset({f"registers.{place}"}), 3, _register(place, answer))


def _register(place: str, answer: Data) -> Callable[[Data], None]:
    return lambda data: put(data, ("registers", place), dict(answer))


def _asks_register(node: object) -> bool:
    return isinstance(node, m.FactTerm) and node.name.startswith("register") and node.name != "registrations"


_REGISTERED = {
    "sender_id": "the sender ID is registered in",
    "short_code": "the short code is approved in",
    "template": "the text is registered as a template in",
    "url": "the links are registered in",
    "entity": "the sender itself is registered in",
    "authority": "the sender is an authority that may send emergency messages in",
}


def _registrations(facts: Facts, rules: Mapping[str, tuple[m.Rule, str]]) -> Iterator[Change]:
    """Those that some rule here asks for by name, or that would make the sender a registered one."""
    every = [rule for rule, _ in rules.values()]
    asked = {entry(node, facts.country) for node in _atoms(every, m.Has) if node.term.name == "registrations"}
    if any(node.name == "sender.registered" for node in _atoms(every, m.FactTerm)):
        asked |= {f"sender_id:{facts.country}", f"short_code:{facts.country}"}
    for name in sorted(asked - set(facts.registrations)):
        prefix, _, place = name.partition(":")
        told = f"if {_REGISTERED[prefix]} {place}" if prefix in _REGISTERED else "if the sender is registered"
        yield Change(f"{told} (`{name}`)", FACT, frozenset({f"registration {name}"}), 4, _registration(name))


def _registration(name: str) -> Callable[[Data], None]:
    def apply(data: Data) -> None:
        data["registrations"] = (*data["registrations"], name)

    return apply
