"""Which facts tell of one another, as one list: what no message is, whatever it says.

The linter reads it; `ties` adds what holds between conditions on one text, one list or one table. A relation only
rules out what the engine never finds; what is not written here is taken as free.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import model as m
from .beforehand import fact_of
from .vocabulary import FACTS

Seen = Mapping[str, object]
"""Values by the names of what has them: `channel`, `count of body.links`, `subjects has political`."""

_MOST_UNITS, _FEWEST_LETTERS = 70, 33
"""UTF-16 units in a lone segment of UCS-2; letters of two units each in a part, the fewest a full part can hold."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Names of facts, and whether a message can have these values of them; those not asked for are not handed in."""

    names: tuple[str, ...]
    fits: Callable[[Seen], bool]


# ---- facts by name


def _sender_line(seen: Seen) -> bool:
    """A name or a short code has no line, and only free numbers have that of a free number."""
    kind, line = seen["sender.type"], seen["sender.line"]
    if kind in ("alphanumeric", "short_code"):
        return line == "none"
    return line is None or (line == "toll_free" if kind == "toll_free" else line not in ("none", "toll_free"))


def _as_sent(seen: Seen) -> bool:
    """SMS alone has alphabets of its own, and only what they lack forces another one."""
    channels = [seen["channel"]] if "channel" in seen else ["sms", "other"]
    words = [seen["encoding"]] if "encoding" in seen else ["gsm7", "ucs2", "utf8"]
    lacking = seen.get("count of body.unencodable")
    return any(
        (channel == "sms") is (word != "utf8") and (lacking is None or bool(lacking) is (word == "ucs2"))
        for channel in channels
        for word in words
    )


def most_segments(length: int) -> int:
    """The most segments that a text of so many characters takes, in any encoding."""
    return 1 if 2 * length <= _MOST_UNITS else -(-length // _FEWEST_LETTERS)


def fewest_letters(segments: int) -> int:
    """The fewest characters that can take so many segments."""
    return max(0, _FEWEST_LETTERS * (segments - 1) + 1, _MOST_UNITS // 2 + 1) if segments > 1 else 0


def _segments(seen: Seen) -> bool:
    """A text takes no more segments than its letters can fill; one that is not an SMS or RCS is one."""
    segments, length = seen.get("segments"), seen.get("length of body")
    one = segments in (None, 1) or seen.get("channel") not in ("mms", "imessage")
    return one and (not _numbers(segments, length) or segments <= most_segments(length))  # type: ignore[operator,arg-type]


def _shorteners(seen: Seen) -> bool:
    """Shortened links are links."""
    few, all_links = seen["count of body.shorteners"], seen["count of body.links"]
    return not _numbers(few, all_links) or few <= all_links  # type: ignore[operator]


def _political(seen: Seen) -> bool:
    """A political message is about politics, whether it says so or not."""
    return seen["category"] != "political" or seen["subjects has political"] is True


def _registered(seen: Seen) -> bool:
    """Who has registered nothing is not registered."""
    return not (seen["sender.registered"] is True and seen["count of registrations"] == 0)


def _number_of_sender(seen: Seen) -> bool:
    """A long code and a free number are written with a plus sign, a short code in digits alone, and few of them."""
    kind, plus, length = seen.get("sender.type"), seen.get('sender.id starts with "+"'), seen.get("length of sender.id")
    if kind == "short_code":
        return plus is not True and (not isinstance(length, int) or length <= LONGEST_SHORT_CODE)
    return plus is not False or kind not in ("long_code", "toll_free")


def _numbers(*values: object) -> bool:
    return all(isinstance(value, int) for value in values)


RELATIONS = (
    Relation(("sender.type", "sender.line"), _sender_line),
    Relation(("sender.type", 'sender.id starts with "+"', "length of sender.id"), _number_of_sender),
    Relation(("channel", "encoding", "count of body.unencodable"), _as_sent),
    Relation(("channel", "segments", "length of body"), _segments),
    Relation(("count of body.shorteners", "count of body.links"), _shorteners),
    Relation(("category", "subjects has political"), _political),
    Relation(("sender.registered", "count of registrations"), _registered),
)

LONGEST_SHORT_CODE = 9
"""Digits; the engine takes more for a phone number."""

LEAST = {"segments": 1, "length of sender.id": 1}
"""The least of numbers that are never 0."""

NEVER: Mapping[str, frozenset[str]] = {"recipient.line": frozenset({"none"})}
"""Words of a fact that no message has: a recipient has a number, and so a line."""


def topics(condition: m.Condition) -> frozenset[object]:
    """What the truth of a condition without parts hangs on, roughly; what has no topic in common is independent."""
    match condition:
        case m.Mentions() | m.MentionsFact() | m.Matches():
            return frozenset({condition})
        case m.SameAs(left=left, right=right):
            return _topics_of(left) | _topics_of(right)
        case m.CompareAge(term=term, unit=unit):
            return frozenset({(term.name, unit in ("month", "year"))})
        case m.And() | m.Or() | m.Not():
            return frozenset()
    return _topics_of(condition.term)


def _topics_of(term: m.Term) -> frozenset[object]:
    if isinstance(term, m.LookupTerm):
        return frozenset().union(*map(_topics_of, term.arguments))
    fact = fact_of(term)
    return frozenset() if fact is None else frozenset({_TOPICS.get(fact.name, fact.name)})


def _topic_names() -> dict[str, str]:
    """For each fact in a relation a name that it shares with all that the relation speaks of, and so on."""
    groups = [{_fact_in(name) for name in relation.names} for relation in RELATIONS]
    groups += [{"subject", "subjects"}, {"recipient.country", "recipient.subdivisions"}]
    shared: dict[str, str] = {}
    for group in groups:
        joined = {shared.get(name, name) for name in group}
        shared |= {name: min(joined) for name in group}
        shared |= {name: min(joined) for name, topic in shared.items() if topic in joined}
    return shared


def _fact_in(name: str) -> str:
    return next(fact for fact in name.split() if fact in FACTS)


_TOPICS = _topic_names()
