"""Random conditions over the whole vocabulary, with values of the right kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from sendlaw.policy.vocabulary import FACTS, Fact

from .generate_names import COUNTRIES, LANGUAGES, STATES, SUBJECTS, Names, some

OPERATORS = ("<", "<=", ">", ">=")
NEVER_NONE = {"recipient.country", "brand.country"}
HAS = {
    "body.links": ('"example.com"', '"bit.ly"'),
    "body.shorteners": ('"bit.ly"',),
    "body.phone_numbers": ('"+33639980001"', '"+33123456789"'),
    "body.unencodable": ('"é"', '"س"', '"−"'),
    "subjects": ("gambling", "gifts", "political"),
    "registrations": ('"sender_id:{country}"', '"10dlc"', '"short_code:{country}"'),
    "recipient.timezones": ('"Europe/Paris"', '"Asia/Calcutta"', '"America/New_York"'),
}
ENDS = {
    "starts": {"body": ('"(광고)"', '"Soldes"', '"ACME"'), "sender.id": ('"ACME"', '"AD-"', '"+3"')},
    "ends": {"body": ('"!"', '"STOP"', '"today"'), "sender.id": ('"-AD"', '"!"', '"3"')},
}
"""What a text is asked to start or end with, so that some do; of other facts `"A"` and `"9"`."""
FAVOURED = ("body", "subject", "consent.age", "register.age", "register", "sender.id", "consent", "category")
"""Facts drawn more often, for there is more to ask of them."""
UNITS = {"seconds": 40_000_000, "minutes": 900_000, "hours": 9000, "days": 700, "weeks": 90, "months": 30, "years": 3}
"""Units of a duration, and about how many of each the oldest consents count."""


def text(r: Random) -> str:
    """A quoted text that is not empty."""
    return json.dumps(
        "".join(r.choice(("a", "STOP", " ", '"', "\\", "#", "é", "中", "|", "\t", "\n")) for _ in range(4)) + ".",
        ensure_ascii=False,
    )


def condition(r: Random, names: Names, adds: bool = False, depth: int = 2) -> list[str]:
    """The tokens of a condition; `adds` leaves out what a rule that adds text may not ask."""
    roll = r.random()
    if depth and roll < 0.3:
        word = r.choice(("and", "or"))
        tokens = _operand(r, names, adds, depth)
        for _ in range(r.randint(1, 3)):
            tokens += [word, *_operand(r, names, adds, depth)]
        return tokens
    if depth and roll < 0.4:
        return ["not", "(", *condition(r, names, adds, depth - 1), ")"]
    return _predicate(r, names, adds)


def _operand(r: Random, names: Names, adds: bool, depth: int) -> list[str]:
    if r.random() < 0.4:
        return ["(", *condition(r, names, adds, depth - 1), ")"]
    return _predicate(r, names, adds)


def _predicate(r: Random, names: Names, adds: bool) -> list[str]:
    if names.tables and r.random() < 0.15:
        return _lookup(r, names)
    names_of_facts = FAVOURED if r.random() < 0.3 else tuple(FACTS)
    fact = r.choice([FACTS[name] for name in names_of_facts if not (adds and FACTS[name].judges_added_text)])
    if r.random() < 0.1:
        return [fact.name, "is", *_maybe_not(r), "known"]
    return _BY_KIND[fact.kind](r, fact, names, adds)


def _maybe_not(r: Random) -> list[str]:
    return ["not"] if r.random() < 0.3 else []


def _lookup(r: Random, names: Names) -> list[str]:
    head = [r.choice(names.tables), "(", r.choice(("recipient.country", "brand.country")), ",", "sender.type", ")"]
    if r.random() < 0.5:
        return [*head, ".", "support", "is", *_maybe_not(r), r.choice(("yes", "no", "undocumented"))]
    return [*head, ".", "most", r.choice(OPERATORS), str(r.randint(0, 200))]


def _is(r: Random, name: str, values: tuple[str, ...]) -> list[str]:
    if r.random() < 0.5:
        return [name, "is", *_maybe_not(r), r.choice(values)]
    listed = [token for value in some(r, values) for token in (value, ",")][:-1]
    return [name, "is", *_maybe_not(r), "one", "of", "(", *listed, ")"]


def _text(r: Random, fact: Fact, names: Names, adds: bool) -> list[str]:
    if fact.name == "body" and r.random() < 0.5:
        value = (
            r.choice(names.words) if names.words and r.random() < 0.6 else r.choice(('"STOP"', "brand.name", '"sale"'))
        )
        return ["body", "mentions", value]
    if r.random() < 0.3 and not (adds and fact.name == "body"):
        return ["length", "of", fact.name, r.choice(OPERATORS), str(r.randint(0, 20))]
    return r.choice(
        (
            [fact.name, "starts", "with", r.choice(ENDS["starts"].get(fact.name, ('"A"', '"+1"')))],
            [fact.name, "ends", "with", r.choice(ENDS["ends"].get(fact.name, ('"E"', '"9"')))],
            [fact.name, "matches", r.choice(('"[A-Za-z0-9]*"', '"[A-Z -]+"', '"[^a-z]*[0-9]+"'))],
            [fact.name, "is", *_maybe_not(r), r.choice(('"ACME"', '"spring"', '"36179"'))],
            [fact.name, "is", "brand.name"],
        )
    )


def _number(r: Random, fact: Fact, names: Names, adds: bool) -> list[str]:
    if r.random() < 0.3:
        return _is(r, fact.name, ("1", "2", "18"))
    return [fact.name, r.choice(OPERATORS), str(r.randint(0, 21))]


def _yes_no(r: Random, fact: Fact, names: Names, adds: bool) -> list[str]:
    return r.choice(([fact.name], [fact.name, "is", "yes"], [fact.name, "is", "not", "no"]))


def _place(r: Random, fact: Fact, names: Names, adds: bool) -> list[str]:
    if r.random() < 0.15:
        return [fact.name, "is", *_maybe_not(r), "brand.country"]
    none = () if fact.name in NEVER_NONE else ("none",)
    return _is(r, fact.name, (*COUNTRIES, *names.groups, *none))


def _list(r: Random, fact: Fact, names: Names, adds: bool) -> list[str]:
    if r.random() < 0.4:
        return ["count", "of", fact.name, r.choice(OPERATORS), str(r.randint(0, 3))]
    return [fact.name, "has", r.choice(HAS[fact.name])]


def _age(r: Random, fact: Fact, names: Names, adds: bool) -> list[str]:
    unit = r.choice(tuple(UNITS))
    return [fact.name, r.choice(OPERATORS), str(r.randint(2, UNITS[unit])), unit]


_BY_KIND: dict[str, Callable[[Random, Fact, Names, bool], list[str]]] = {
    "text": _text,
    "number": _number,
    "yes_no": _yes_no,
    "choice": lambda r, fact, names, adds: _is(r, fact.name, fact.words),
    "place": _place,
    "language": lambda r, fact, names, adds: _is(r, fact.name, tuple(f'"{code}"' for code in LANGUAGES)),
    "duration": _age,
    "subject": lambda r, fact, names, adds: _is(r, fact.name, (*SUBJECTS, *names.words)),
    "list": _list,
    "places": lambda r, fact, names, adds: [fact.name, "has", r.choice(STATES)],
    "choices": lambda r, fact, names, adds: ["consent", "covers", r.choice(fact.words)],
    "record": lambda r, fact, names, adds: [fact.name, "is", *_maybe_not(r), "known"],
}
