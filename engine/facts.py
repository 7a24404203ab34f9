"""What is known of a message before any rule is asked: its number, its sender, its consent, its text.

`None` stands for a fact that is not known; what cannot apply is known to be `"none"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from ..policy.characters import known
from ..policy.vocabulary import SENDER_TYPES
from .encoding import Encoding, encode
from .finds import Forms, Found
from .links import links, phone_numbers, shorteners
from .message import Earlier, Message, MessageError
from .numbers import NumberError, NumberFacts, number_facts
from .text import digest
from .words import WordIndex
from .zones import canonical

_DIGITS = re.compile(r"[0-9]+\Z")
_LATIN = re.compile(r"[A-Za-z]")
_E164 = re.compile(r"\+[1-9][0-9]{1,14}\Z")

SHORT_CODE_DIGITS = 9
"""The longest short code, in India; more digits are a phone number."""
_NO_SHORT_CODE = (
    f"a short code has 3 to {SHORT_CODE_DIGITS} digits: write a phone number as `+`, the country code and the digits"
)

REGISTERED: dict[str, tuple[str, ...]] = {
    "alphanumeric": ("sender_id:{country}", "dlt:header"),
    "short_code": ("short_code:{country}",),
    "long_code": ("sender_id:{country}", "10dlc"),
    "toll_free": ("toll_free:verified",),
}
"""Which registrations cover a type of sender. `dlt:header` counts in India, `10dlc` in the US and its territories."""
_ONLY_IN = {"dlt:header": ("IN",), "10dlc": ("US", "PR", "VI", "GU", "AS", "MP")}


_Made = TypeVar("_Made")


class _Lazy(Generic[_Made]):
    """An attribute that is worked out when first asked for, and a plain one from then on."""

    def __init__(self, make: Callable[[Any], _Made]) -> None:
        self.__doc__ = make.__doc__
        self._make = make

    def __get__(self, owner: object, _: type) -> _Made:
        made = owner.__dict__[self._make.__name__] = self._make(owner)
        return made


class TextFacts:
    """What can be read off a text; each is worked out once, when first asked for."""

    def __init__(self, text: str, index: WordIndex, country: str | None) -> None:
        self.text = text
        self._index = index
        self._country = country
        self._sent: TextFacts | None = None

    def sent_as(self, text: str) -> TextFacts:
        """The facts of the text that rules made of this one; those asked for last are kept."""
        sent = self._sent
        if sent is None or sent.text != text:
            sent = self._sent = TextFacts(text, self._index, self._country)
        return sent

    @_Lazy
    def found(self) -> dict[str, Found]:
        """The word lists and phrases that occur, by key."""
        return self._index.search(self.forms)

    @_Lazy
    def forms(self) -> Forms:
        """The forms in which words are looked for."""
        return Forms(self.text)

    @_Lazy
    def encoding(self) -> Encoding:
        """How the text is encoded as SMS, and its segments."""
        return encode(self.text, languages=self._index.alphabets.get(self._country or "", ()))

    def encoded(self, channel: str) -> Encoding:
        """How it is encoded on a channel, and its segments there."""
        return self.encoding if channel == "sms" else encode(self.text, channel)

    @_Lazy
    def links(self) -> tuple[str, ...]:
        """The hosts of its links."""
        return links(self.text)

    @_Lazy
    def shorteners(self) -> tuple[str, ...]:
        """Those of them that are public link shorteners."""
        return shorteners(self.links)

    @_Lazy
    def phone_numbers(self) -> tuple[str, ...]:
        """The phone numbers written in it."""
        return phone_numbers(self.text, self._country)

    @_Lazy
    def digest(self) -> str:
        """SHA-256 of its NFC UTF-8 form."""
        return digest(self.text)


@dataclass(slots=True)
class Facts:
    """The facts of one message. `at` in whole epoch seconds; `subdivisions` empty where none is known."""

    message: Message
    at: int
    number: NumberFacts
    country: str
    subdivisions: tuple[str, ...]
    timezones: tuple[str, ...]
    sender_type: str
    sender_country: str | None
    sender_line: str | None
    registrations: tuple[str, ...]
    consent: str | None
    subjects: tuple[str, ...]
    history: tuple[Earlier, ...] | None
    written: TextFacts

    @property
    def registered(self) -> bool:
        """Whether the registrations cover this type of sender in the recipient's country."""
        return is_registered(self.sender_type, self.country, self.registrations)

    @property
    def consent_at(self) -> int | None:
        """The second in which consent was given or last confirmed."""
        at = self.message.consent.at
        return None if at is None else seconds(at)

    @property
    def consent_covers(self) -> tuple[str, ...] | None:
        """What the consent names beyond the ordinary."""
        return self.message.consent.covers

    def register(self, place: str) -> bool | None:
        """Whether the number is listed in the do-not-contact register of a place."""
        entry = self.message.registers.get(place)
        return None if entry is None else entry.listed

    def register_checked(self, place: str) -> date | None:
        """The day that register was asked."""
        entry = self.message.registers.get(place)
        return None if entry is None else entry.checked


def seconds(moment: datetime) -> int:
    """The whole second a moment falls in, in epoch seconds. No message speaks of moments before 1971."""
    return int(moment.timestamp())


def sender_type_of(message: Message) -> str:
    """The type of the sender ID: the stated one, else read off its form."""
    if message.sender_type is not None:
        return _stated_type(message, message.sender_type)
    sender = message.sender
    if sender.startswith("+"):
        return "toll_free" if _sender_number(message).line == "toll_free" else "long_code"
    digits = _digits(sender)
    if digits > SHORT_CODE_DIGITS:
        raise MessageError("sender", _NO_SHORT_CODE)
    return "short_code" if digits == len(sender) and _DIGITS.match(sender) else "alphanumeric"


def _digits(sender: str) -> int:
    """How many digits a sender without letters has, whatever stands between them; 0 for one with letters."""
    if _LATIN.search(sender):
        return 0
    chars = known(sender)
    return 0 if any(map(str.isalpha, chars)) else sum(map(str.isdigit, chars))


def _stated_type(message: Message, stated: str) -> str:
    """The stated type, which must be what the sender is: otherwise rules for the one would be evaded as the other."""
    sender = message.sender
    if stated in ("long_code", "toll_free"):
        line = _sender_number(message).line
        if line is not None and (line == "toll_free") is not (stated == "toll_free"):
            meant = "toll_free" if line == "toll_free" else "long_code"
            raise MessageError(
                "sender_type", f"`{stated}` does not fit the sender, whose line is {line}: write `{meant}`"
            )
    elif sender.startswith("+") and _digits(sender):
        meant = "toll_free" if _sender_number(message).line == "toll_free" else "long_code"
        raise MessageError("sender_type", f"`{stated}` does not fit the sender, a phone number: write `{meant}`")
    elif _digits(sender) > SHORT_CODE_DIGITS:
        raise MessageError("sender", _NO_SHORT_CODE)
    elif stated == "short_code" and not _DIGITS.match(sender):
        raise MessageError("sender_type", "a short code is written in digits alone: write `alphanumeric`")
    elif stated == "alphanumeric" and _DIGITS.match(sender):
        raise MessageError("sender_type", "digits alone are no name: write `short_code`")
    return stated


def read_number(message: Message) -> NumberFacts:
    """What the recipient's number tells. Raises `MessageError` for what is not a possible phone number."""
    try:
        return number_facts(message.to)
    except NumberError as error:
        raise MessageError("to", str(error)) from None


def _sender_number(message: Message) -> NumberFacts:
    if not _E164.match(message.sender):
        raise MessageError("sender", "not an E.164 number: write `+`, the country code and the digits")
    try:
        return number_facts(message.sender)
    except NumberError as error:
        raise MessageError("sender", str(error)) from None


Texts = Callable[[str, WordIndex, str | None], TextFacts]
"""Whoever makes the facts of a text that goes to a country: anew, or from memory."""


def read_facts(
    message: Message, number: NumberFacts, index: WordIndex, subject_words: frozenset[str], texts: Texts = TextFacts
) -> Facts:
    """The facts of a message whose number belongs to a country; `subject_words` are the lists that name a subject.

    Raises `MessageError` where sender and sender type do not fit together.
    """
    country = number.country
    assert country is not None
    sender_type = sender_type_of(message)
    sender_country, sender_line = _sender(message, sender_type)
    written = texts(message.body, index, country)
    stated, consent = message.recipient, message.consent.status
    subdivisions = number.subdivisions
    if stated.subdivision is not None and stated.subdivision.startswith(f"{country}-"):
        subdivisions = tuple(sorted({*subdivisions, stated.subdivision}))
    timezones = number.timezones if stated.timezone is None else (canonical(stated.timezone),)
    # By position, in the order of the fields: by name it takes twice as long.
    return Facts(
        message,
        seconds(message.at),
        number,
        country,
        subdivisions,
        timezones,
        sender_type,
        sender_country,
        sender_line,
        message.registrations,
        None if consent == "unknown" else consent,
        _subjects(message, written, subject_words),
        message.history,
        written,
    )


@lru_cache(maxsize=4096)
def is_registered(sender_type: str, country: str, registrations: tuple[str, ...]) -> bool:
    """Whether the registrations cover a type of sender in a country."""
    assert sender_type in SENDER_TYPES
    names = (name for name in REGISTERED[sender_type] if country in _ONLY_IN.get(name, (country,)))
    return any(name.format(country=country) in registrations for name in names)


def _sender(message: Message, sender_type: str) -> tuple[str | None, str | None]:
    """Country and line of the sender; the line of anything but an E.164 number is none."""
    if sender_type in ("long_code", "toll_free"):
        number = _sender_number(message)
        return number.country or message.sender_country or "none", number.line
    if sender_type == "alphanumeric":
        return message.sender_country or "none", "none"
    return message.sender_country, "none"


def _subjects(message: Message, written: TextFacts, subject_words: frozenset[str]) -> tuple[str, ...]:
    words = written.found
    if not (words or message.subjects or message.category == "political"):
        return ()
    found = {*message.subjects, *(subject_words & words.keys())} if words else {*message.subjects}
    if message.category == "political":
        found.add("political")
    return tuple(sorted(found))
