"""The eight rules of five countries as plain data, and the derived facts they ask about: what every peer is given.

Peers are not charged for phone numbers, clocks, words and encodings: they get what our engine works out by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from sendlaw import Message
from sendlaw.engine.numbers import number_facts
from sendlaw.engine.zones import local

from benchmarks.handwritten import LAWS, WORDS, judge

Facts = dict[str, Any]
Operator = Literal["==", "!=", "<", ">", "<=", ">="]
Judge = Callable[[Facts], Iterable[str]]
"""From facts to the names of the rules that speak."""


class Test(NamedTuple):
    """A fact compared with a constant."""

    fact: str
    operator: Operator
    value: str | int | bool


class Rule(NamedTuple):
    """A rule speaks where all of `always` hold and, if there are any, one of `either`."""

    name: str
    always: tuple[Test, ...]
    either: tuple[Test, ...] = ()


EFFECTS: Mapping[str, str] = {
    "brief": "warn",
    "consent": "deny",
    "gambling": "deny",
    "hours": "defer",
    "landline": "deny",
    "name": "deny",
    "seldom": "defer",
    "way_out": "append",
}
_MARKETING = Test("category", "==", "promotional")
_LINES = ("unknown", "fixed", "premium", "shared_cost", "uan", "pager", "voicemail")


def rules(country: str) -> tuple[Rule, ...]:
    """The eight rules of one country."""
    law = LAWS[country]
    return (
        Rule("brief", (_MARKETING, Test("segments", ">", law.segments))),
        Rule("consent", (_MARKETING, *(Test("consent", "!=", status) for status in sorted(law.consents)))),
        Rule("gambling", (Test("gambling", "==", True),)),
        Rule(
            "hours",
            (_MARKETING,),
            (
                Test("minute", "<", law.opens),
                Test("minute", ">=", law.closes),
                Test("weekday", ">=", law.days),
            ),
        ),
        Rule("landline", (), tuple(Test("line", "==", line) for line in _LINES)),
        Rule(
            "name",
            (Test("sender_type", "==", "alphanumeric"),),
            (Test("sender_length", ">", law.longest_name), Test("sender_fits", "==", False)),
        ),
        Rule("seldom", (_MARKETING, Test("recent", ">=", law.limit))),
        Rule("way_out", (_MARKETING, Test("says_stop", "==", False))),
    )


COUNTRIES: Mapping[str, tuple[Rule, ...]] = {country: rules(country) for country in LAWS}


def facts_of(message: Message) -> Facts:
    """What a peer is told of a message. The number must have one time zone."""
    number = number_facts(message.to)
    found = WORDS.scan(message.body)
    at = int(message.at.timestamp())
    day, second = local(number.timezones[0], at)
    sender = message.sender
    return {
        "country": number.country,
        "line": number.line or "unknown",
        "category": message.category,
        "consent": message.consent.status,
        "minute": second // 60,
        "weekday": (day - 1) % 7,
        "recent": sum(0 < at - int(sent.at.timestamp()) + 1 <= 7 * 86_400 for sent in _same(message)),
        "gambling": "gambling" in found or "gambling" in message.subjects,
        "says_stop": '"STOP"' in found,
        "segments": judge(message).segments,
        "sender_type": "number" if sender.startswith("+") or sender.isdigit() else "alphanumeric",
        "sender_length": len(sender),
        "sender_fits": sender.isascii() and sender.isalnum() and not sender.isdigit(),
    }


def _same(message: Message) -> Iterator[Any]:
    return (sent for sent in message.history or () if sent.category == message.category)


def decision(spoken: Iterable[str]) -> str:
    """The strictest of what the rules that speak do."""
    effects = {EFFECTS[name] for name in spoken}
    return "deny" if "deny" in effects else "defer" if "defer" in effects else "allow"


def infix(rule: Rule, conjunction: str, disjunction: str, shown: Callable[[Test], str]) -> str:
    """A rule as an expression of a language that has `and`, `or` and comparisons."""
    parts = [shown(test) for test in rule.always]
    if rule.either:
        parts.append(f"({disjunction.join(shown(test) for test in rule.either)})")
    return conjunction.join(parts)


def literal(value: str | int | bool) -> str:
    """A constant as most languages write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def plain(test: Test, prefix: str = "") -> str:
    """A test as most languages write it."""
    return f"{prefix}{test.fact} {test.operator} {literal(test.value)}"


def listing(country: str) -> str:
    """A CEL program that lists the names of a country's rules, empty for each that is silent."""
    asked = (f'({infix(rule, " && ", " || ", plain)}) ? "{rule.name}" : ""' for rule in COUNTRIES[country])
    return f"[{', '.join(asked)}]"
