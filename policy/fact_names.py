"""What people call a fact before they have read how the language calls it."""

from __future__ import annotations

from .vocabulary import FACTS

OTHER_NAMES = {
    "to": "recipient.number",
    "from": "sender.id",
    "sender": "sender.id",
    "recipient": "recipient.country",
    "brand": "brand.name",
    "country": "recipient.country",
    "subdivision": "recipient.subdivisions",
    "recipient.subdivision": "recipient.subdivisions",
    "recipient.state": "recipient.subdivisions",
    "recipient.timezone": "recipient.timezones",
    "recipient.zone": "recipient.timezones",
    "recipient.type": "recipient.line",
    "recipient.age": "recipient.age_at_least",
    "language": "recipient.language",
    "text": "body",
    "message": "body",
    "body.text": "body",
    "body.encoding": "encoding",
    "body.segments": "segments",
    "links": "body.links",
    "sender_type": "sender.type",
    "sender_country": "sender.country",
    "sender_shared": "sender.shared",
    "consent.at": "consent.age",
    "registers": "register",
    "register.checked": "register.age",
    "type": "sender.type",
    "message.category": "category",
    "message.body": "body",
    "topic": "subject",
}
"""Names people try first, and what the language calls them."""
_COUNTED = {
    "link": "body.links",
    "url": "body.links",
    "urls": "body.links",
    "characters": "body",
    "chars": "body",
    "letters": "body",
    "segment": "segments",
}
"""What is counted by other names, as in `number of characters`."""


def fact_meant(name: str) -> str:
    """The fact that another name stands for; empty where none is plain."""
    if name in OTHER_NAMES:
        return OTHER_NAMES[name]
    last = name.rpartition(".")[2]
    endings = [known for known in FACTS if known.rpartition(".")[2] == last]
    return endings[0] if len(endings) == 1 else ""


def size_of(name: str) -> str:
    """How the size of a fact is asked for, as in `length of body` or `count of body.links`; empty where it has none."""
    name = _COUNTED.get(name, name)
    fact = FACTS.get(name) or FACTS.get(fact_meant(name))
    if fact is None:
        return ""
    if fact.kind == "text":
        return f"length of {fact.name}"
    if fact.kind in ("list", "places", "choices"):
        return f"count of {fact.name}"
    return fact.name if fact.kind == "number" else ""
