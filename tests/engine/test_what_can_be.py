"""What the linter calls impossible no message makes true; and the messages that it shows do exist."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sendlaw.engine.explanation import facts_of
from sendlaw.engine.kleene import Look, holds
from sendlaw.engine.message import Message, MessageError
from sendlaw.engine.policy import Policy
from sendlaw.policy import model as m
from sendlaw.policy.beforehand import OTHER, Known, all_answers
from sendlaw.policy.satisfiability import always, impossible, search
from sendlaw.policy.source import Source

from .random_messages import random_message

TABLES = """
  table rate (category) -> (n) { promotional | 1  political | undocumented  * | 2 }
  table who (sender_type, country) -> (ok) { alphanumeric | FR | yes  alphanumeric | * | no  * | US | undocumented }
"""
FAMILIES = (
    (
        *("sender.type is alphanumeric", "sender.type is long_code", "sender.line is mobile", "sender.line is none"),
        *("sender.line is toll_free", "sender.line is known", "sender.type is toll_free", 'sender.id starts with "+"'),
        *("sender.type is short_code", "length of sender.id > 9", "length of sender.id < 6"),
    ),
    (
        *("channel is sms", "channel is rcs", "channel is mms", "encoding is gsm7", "encoding is ucs2"),
        *("count of body.unencodable > 0", 'body.unencodable has "ж"', "segments > 1", "length of body < 36"),
        *("length of body < 5", "segments is 3", "length of body > 80", "segments > 3", "encoding is utf8"),
    ),
    (
        *("category is political", "subjects has political", "count of subjects is 0", "subjects has gambling"),
        *("count of subjects > 1", "subject is gambling", "subject is political", "category is promotional"),
    ),
    (
        *('registrations has "10dlc"', 'registrations has "sender_id:{country}"', 'registrations has "sender_id:FR"'),
        *("count of registrations is 0", "count of registrations < 2", "sender.registered"),
    ),
    (
        *("recipient.subdivisions has US-FL", "recipient.subdivisions has US-NY", "recipient.country is US"),
        *("recipient.country is FR", "count of recipient.subdivisions is 1", "recipient.subdivisions is known"),
        *('recipient.timezones has "Europe/Paris"', "count of recipient.timezones > 1"),
        *("sender.country is recipient.country", "sender.country is FR", "brand.country is sender.country"),
    ),
    (
        *('body starts with "Sol"', 'body starts with "Soldes"', 'body starts with "STOP"', 'body ends with "P"'),
        *(
            'body ends with "STOP"',
            "length of body is 4",
            "length of body < 3",
            "length of body > 6",
            'body ends with "! "',
        ),
    ),
    (
        *(
            "count of body.links is 0",
            "count of body.shorteners > 0",
            'body.links has "bit.ly"',
            "count of body.links > 1",
        ),
        *('body.shorteners has "bit.ly"', 'body.links has "example.com"', "count of body.shorteners > 1"),
    ),
    (
        *('brand.name is "ACME"', 'brand.name starts with "AC"', "length of brand.name is 4", "brand.name is known"),
        *('brand.name ends with "X"', 'brand.name starts with "B"', "length of brand.name > 5"),
    ),
    (
        *("rate(category).n > 1", "rate(category).n is undocumented", "rate(category).n <= 1", "category is political"),
        *("category is promotional", "rate(category).n is known", "rate(category).n < 5", "category is emergency"),
    ),
    (
        *("who(sender.type, recipient.country).ok is yes", "who(sender.type, recipient.country).ok is known"),
        *("sender.type is alphanumeric", "recipient.country is FR", "who(sender.type, recipient.country).ok is no"),
        *("recipient.country is US", "who(sender.type, recipient.country).ok is undocumented"),
        *("who(sender.type, sender.country).ok is yes", "sender.country is recipient.country"),
    ),
    (
        "consent.age > 2 months",
        "consent.age < 40 days",
        "consent.age > 1 year",
        "consent.age < 300 days",
        "consent is known",
    ),
)
PARTS = tuple(dict.fromkeys(part for family in FAMILIES for part in family))


def _checked() -> tuple[Policy, Mapping[str, m.Condition]]:
    rules = "\n".join(f'rule r{n} "R{n}" {{ when {part} deny basis house }}' for n, part in enumerate(PARTS))
    text = f'policy P "P" {{ recipients anywhere languages en {TABLES} {rules} }}'
    policy = Policy.from_sources([Source("a.policy", text)], bundled=False)
    found = {rule.name: rule.when for rule in policy.rule_set.rules if rule.when is not None}
    return policy, {part: found[f"r{n}"] for n, part in enumerate(PARTS)}


POLICY, CONDITIONS = _checked()
KNOWN = Known({}, all_answers(POLICY.rule_set.tables))


def looks(message: Mapping[str, Any]) -> Iterator[Look]:
    """What conditions are asked of: the message, about each of its subjects."""
    try:
        facts = facts_of(POLICY, Message.model_validate(message))
    except MessageError:
        return
    if facts is not None:
        for subject in facts.subjects or (None,):
            yield Look(facts, facts.written, facts.at, facts.country, subject, POLICY.rule_set.tables)


def near(rng: random.Random) -> dict[str, Any]:
    """A random message whose text, lists and sender are of the kind that the conditions ask for."""
    message = random_message(rng)
    message["body"] = "".join(
        rng.sample(("Sol", "des", "STOP", "ж" * rng.choice((1, 40)), "! ", "P"), rng.randrange(5))
    )
    if rng.random() < 0.4:
        message["body"] += rng.choice((" https://bit.ly/a", " http://example.com/b http://bit.ly/c", "x" * 90))
    names = ("10dlc", "sender_id:FR", "short_code:US", "sender_id:US")
    message["registrations"] = rng.sample(names, rng.randrange(4))
    message["subjects"] = rng.sample(("gambling", "political", "gifts"), rng.randrange(3))
    return message


LOOKS = [look for seed in range(900) for look in looks(near(random.Random(seed)))]


@st.composite
def conditions(draw: st.DrawFn) -> m.Condition:
    """A conjunction or disjunction of some conditions of one family, some of them negated."""
    family = draw(st.sampled_from(FAMILIES))
    parts = draw(st.lists(st.sampled_from(family), min_size=1, max_size=4, unique=True))
    asked = [CONDITIONS[part] for part in parts]
    asked = [m.Not(one.span, one) if draw(st.booleans()) else one for one in asked]
    span = asked[0].span
    return m.And(span, tuple(asked)) if draw(st.booleans()) else m.Or(span, tuple(asked))


@given(conditions())
def test_no_message_makes_true_what_is_called_impossible(condition: m.Condition) -> None:
    if impossible(condition, KNOWN):
        assert [look.facts.message for look in LOOKS if holds(condition, look) is True] == []
    if always(condition, KNOWN):
        assert [look.facts.message for look in LOOKS if holds(condition, look) is False] == []


@pytest.mark.parametrize("family", FAMILIES, ids=[family[0] for family in FAMILIES])
def test_whatever_two_conditions_come_to_in_a_message_is_looked_for(family: tuple[str, ...]) -> None:
    pairs = [(CONDITIONS[one], CONDITIONS[other]) for one in family for other in family if one < other]
    for pair in pairs:
        met = {tuple(holds(one, look) for one in pair) for look in LOOKS}
        assert met <= looked_for(pair)


def looked_for(asked: Sequence[m.Condition]) -> set[tuple[bool | None, ...]]:
    """All that conditions come to in the messages that a search tries."""
    tried: set[tuple[bool | None, ...]] = set()

    def seen(outcomes: Sequence[bool | None]) -> bool:
        tried.add(tuple(outcomes))
        return False

    search(asked, seen, KNOWN)
    return tried


# ---- a message that is shown is one that exists


SENDERS = (
    "ACME",
    "36123",
    "+33700000000",
    "+18445550123",
    "+33123456789",
    "+12025550199",
    "+80012345678",
    "ACMESTOREFR",
)
NUMBERS = {"FR": "+33639980001", "US": "+18005550123", OTHER: "+447400123457"}


def by_name(found: Mapping[m.Condition, object]) -> dict[str, Any]:
    """The values found, by what they are values of."""
    named: dict[str, Any] = {}
    for atom, value in found.items():
        span = atom.term.span if isinstance(atom, m.OneOf | m.CompareNumber | m.IsKnown) else atom.span
        named[" ".join(span.text.split())] = value
    return named


def sender_of(named: Mapping[str, Any]) -> str:
    """The first sender of this type and line that is a number or is not, as it must be."""
    wanted = {
        name: named[name] for name in ("sender.type", "sender.line", 'sender.id starts with "+"') if name in named
    }
    length = named.get("length of sender.id")
    fitting = (one for one in SENDERS if wanted.items() <= SAID_OF[one].items())
    return next((one for one in fitting if length in (None, len(one))), "")


def message_of(named: Mapping[str, Any]) -> dict[str, Any]:
    """A message with these values."""
    country = named.get("recipient.country", "FR")
    message: dict[str, Any] = {
        "to": NUMBERS[country],
        "sender": sender_of(named),
        "category": named.get("category", "promotional"),
        "channel": named.get("channel", "sms"),
        "body": body_of(named),
        "subjects": entries("subjects", named, ("gifts", "health", "energy_renovation")),
        "registrations": entries("registrations", named, ("dlt:entity", "dlt:header", "authority:US")),
        "at": NOON,
        "brand": {"name": text_of("brand.name", named)},
    }
    if message["category"] == "political" and "political" not in message["subjects"]:
        message["subjects"] = message["subjects"][: max(0, named.get("count of subjects", 3) - 1)]
    return message


def entries(fact: str, named: Mapping[str, Any], fillers: tuple[str, ...]) -> list[str]:
    """A list with the entries it must have, and as many as it must."""
    asked = {
        name.split(" has ")[1].strip('"'): value for name, value in named.items() if name.startswith(f"{fact} has")
    }
    held = [entry for entry, value in asked.items() if value]
    judged = named.get("subject") if fact == "subjects" else None
    if judged is not None and judged not in held:
        held.append("loans" if judged == OTHER else judged)
    wanted = named.get(f"count of {fact}", len(held))
    return [*held, *fillers][:wanted]


def text_of(fact: str, named: Mapping[str, Any]) -> str | None:
    """A text that begins, ends and is as long as it must."""
    about = {name: value for name, value in named.items() if fact in name.split()}
    if None in about.values():
        return None
    whole = named.get(fact)
    if isinstance(whole, str) and whole != OTHER:
        return whole
    begins = max(
        (quoted(name) for name, value in about.items() if " starts with " in name and value), key=len, default=""
    )
    ends = max((quoted(name) for name, value in about.items() if " ends with " in name and value), key=len, default="")
    length = named.get(f"length of {fact}")
    least = len(begins) + len(ends)
    if length is None:
        return f"{begins}z~z{ends}"
    if length >= least:
        return f"{begins}{'z' * (length - least)}{ends}"
    return begins + ends[least - length :]


def quoted(name: str) -> str:
    return name.partition('"')[2][:-1]


def body_of(named: Mapping[str, Any]) -> str:
    return text_of("body", named) or ""


def _said_of(sender: str) -> dict[str, Any]:
    (look,) = looks({"to": NUMBERS["FR"], "sender": sender, "category": "emergency", "body": "", "at": NOON})
    facts = look.facts
    plus = sender.startswith("+")
    return {"sender.type": facts.sender_type, "sender.line": facts.sender_line, 'sender.id starts with "+"': plus}


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAID_OF = {sender: _said_of(sender) for sender in SENDERS}
SHOWN = [FAMILIES[place] for place in (0, 2, 5, 7, 8)]
"""Families whose facts a message can be made to have, whatever they are."""


@given(st.data())
def test_a_message_that_is_shown_makes_the_condition_true(data: st.DataObject) -> None:
    family = data.draw(st.sampled_from(SHOWN))
    parts = data.draw(st.lists(st.sampled_from(family), min_size=1, max_size=4, unique=True))
    asked = tuple(
        m.Not(CONDITIONS[part].span, CONDITIONS[part]) if data.draw(st.booleans()) else CONDITIONS[part]
        for part in parts
    )
    found = search((m.And(asked[0].span, asked),), lambda one: one[0] is True, KNOWN).found
    if found is None:
        return
    message = message_of(by_name(found))
    assume(message["sender"])  # of some lines no sender is at hand
    assert any(all(holds(one, look) is True for one in asked) for look in looks(message)), (found, message)
