"""What of a message still decides, once its campaign and its recipient's country are known, as a key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial

from .message import Message
from .number_classes import NumberClass

Part = Callable[[Message], Hashable]

_PARTS: dict[str, Part] = {
    "to": lambda message: message.to,
    "recipient.language": lambda message: message.recipient.language,
    "recipient.age_at_least": lambda message: message.recipient.age_at_least,
    "consent.status": lambda message: message.consent.status,
    "consent.method": lambda message: message.consent.method,
    "consent.at": lambda message: message.consent.at,
    "consent.double": lambda message: message.consent.double,
    "consent.covers": lambda message: message.consent.covers,
    "history": lambda message: message.history is None,
}
_IN_EVERY_KEY = frozenset({"at", "recipient.timezone", "recipient.subdivision", "recipient.line"})
_REGISTERS = "registers."


class Keys:
    """Makes keys of messages of one campaign to one country: messages of the same key get the same verdict.

    `asks`: the recipient's facts that rules may still ask, by the names that messages give them.
    """

    def __init__(self, asks: Iterable[str]) -> None:
        asked = frozenset(asks)
        self.asks_number = "to" in asked
        self._asks_history = "history" in asked
        self._parts = tuple(_part(name) for name in sorted(asked - _IN_EVERY_KEY))

    def of(self, message: Message, number: NumberClass) -> Hashable | None:
        """The key of a message; None for one that is better judged by itself, since no other is like it."""
        if self.asks_number or (self._asks_history and message.history):
            return None
        stated = message.recipient
        place = (message.at, message.at.utcoffset(), stated.timezone, stated.subdivision)
        return (number, place, *[part(message) for part in self._parts])


def _part(name: str) -> Part:
    if name.startswith(_REGISTERS):
        return partial(_register, name.removeprefix(_REGISTERS))
    return _PARTS[name]


def _register(place: str, message: Message) -> Hashable:
    entry = message.registers.get(place)
    return None if entry is None else (entry.listed, entry.checked)
