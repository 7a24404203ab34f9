"""What is known of a message before any rule is asked: its number, its sender, its consent, its text.

`None` stands for a fact that is not known; what cannot apply is known to be `"none"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from ..policy.characters import known
from ..policy.vocabulary import SENDER_TYPES
from .encoding import Encoding, encode
from .finds import Forms, Found
from .links import links, phone_numbers, shorteners
from .mentions import mentions
from .message import Earlier, Message, MessageError
from .numbers import NumberError, NumberFacts, number_facts
from .patterns import matches
from .text import digest
from .words import WordIndex
from .zones import canonical, seconds

_DIGITS = re.compile(r"[0-9]+\Z")
_LATIN = re.compile(r"[A-Za-z]")
_E164 = re.compile(r"\+[1-9][0-9]{1,14}\Z")
_MOST_REGISTRATIONS, _LONGEST_NAME = 16, 64
"""Registrations of a sender, and characters of one, up to which they are remembered with what they cover."""
_LONGEST_REMEMBERED = 32
"""Characters of a sender ID that is remembered with its facts: longer ones do not recur, and would fill the memory."""

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
        self._name = make.__name__

    def __get__(self, owner: object, _: type) -> _Made:
        made = self._make(owner)
        setattr(owner, self._name, made)
        return made


class TextFacts:
    """What can be read off a text; each is worked out once, when first asked for."""

    _sent: TextFacts | None = None
    _matched: dict[str, bool] | None = None
    _mentioned: tuple[str, bool] | None = None

    def __init__(self, text: str, index: WordIndex, country: str | None) -> None:
        self.text = text
        self._index = index
        self._country = country

    def sent_as(self, text: str) -> TextFacts:
        """The facts of the text that rules made of this one; those asked for last are kept."""
        if text == self.text:
            return self
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

    def matches(self, pattern: str) -> bool:
        """Whether the whole of it matches a rule's regular expression."""
        known = self._matched
        if known is None:
            known = self._matched = {}
        found = known.get(pattern)
        if found is None:
            found = known[pattern] = matches(pattern, self.text)
        return found

    def mentions(self, name: str) -> bool:
        """Whether a name stands in it; the last one asked for, mostly the same brand's, is remembered."""
        last = self._mentioned
        if last is None or last[0] != name:
            last = self._mentioned = name, mentions(self.text, name, self.forms)
        return last[1]

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
    category: str
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
    counted: dict[tuple[str, ...], tuple[int, ...]] | None = field(init=False, default=None, repr=False, compare=False)
    """By the keys of limits, the earlier sends they count (see firing.py), once worked out."""

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


class SenderFacts(NamedTuple):
    """What a sender ID is: its type (vocabulary.SENDER_TYPES), its country and the line; "none" where there is none."""

    type: str
    country: str | None
    line: str | None


def sender_facts(message: Message) -> SenderFacts:
    """The facts of the sender. Raises `MessageError` where the sender ID and what is stated of it do not fit."""
    return _sender_of(message.__dict__)


def _sender_of(given: Mapping[str, Any]) -> SenderFacts:
    """The same, from the fields of the message."""
    sender = given["sender"]
    read = _remembered_sender if len(sender) <= _LONGEST_REMEMBERED else _sender_facts
    return read(sender, given["sender_type"], given["sender_country"])


def _sender_facts(sender: str, stated: str | None, country: str | None) -> SenderFacts:
    kind = _type_of(sender) if stated is None else _stated_type(sender, stated)
    if kind in ("long_code", "toll_free"):
        number = _sender_number(sender)
        return SenderFacts(kind, number.country or country or "none", number.line)
    return SenderFacts(kind, country or "none" if kind == "alphanumeric" else country, "none")


_remembered_sender = lru_cache(maxsize=4096)(_sender_facts)


def _type_of(sender: str) -> str:
    """The type that the form of a sender ID tells."""
    if sender.startswith("+"):
        return "toll_free" if _sender_number(sender).line == "toll_free" else "long_code"
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


def _stated_type(sender: str, stated: str) -> str:
    """The stated type, which must be what the sender is: otherwise rules for the one would be evaded as the other."""
    if stated in ("long_code", "toll_free"):
        line = _sender_number(sender).line
        if line is not None and (line == "toll_free") is not (stated == "toll_free"):
            meant = "toll_free" if line == "toll_free" else "long_code"
            raise MessageError(
                "sender_type", f"`{stated}` does not fit the sender, whose line is {line}: write `{meant}`"
            )
    elif sender.startswith("+") and _digits(sender):
        meant = "toll_free" if _sender_number(sender).line == "toll_free" else "long_code"
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


def _sender_number(sender: str) -> NumberFacts:
    if not _E164.match(sender):
        raise MessageError("sender", "not an E.164 number: write `+`, the country code and the digits")
    try:
        return number_facts(sender)
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
    given = message.__dict__  # its fields, at half the cost of asking a model for each
    kind, sender_country, sender_line = _sender_of(given)
    written = texts(given["body"], index, country)
    stated, consent = given["recipient"].__dict__, given["consent"].status
    subdivisions, timezones = number.subdivisions, number.timezones
    if stated["subdivision"] is not None and stated["subdivision"].startswith(f"{country}-"):
        subdivisions = tuple(sorted({*subdivisions, stated["subdivision"]}))
    if stated["timezone"] is not None:
        timezones = (canonical(stated["timezone"]),)
    declared, words, category = given["subjects"], written.found, given["category"]
    named = words and not subject_words.isdisjoint(words)
    subjects = (
        _subjects(declared, words, subject_words, category) if named or declared or category == "political" else ()
    )
    # By position, in the order of the fields: by name it takes twice as long.
    return Facts(
        message,
        seconds(given["at"]),
        number,
        country,
        category,
        subdivisions,
        timezones,
        kind,
        sender_country,
        sender_line,
        given["registrations"],
        None if consent == "unknown" else consent,
        subjects,
        given["history"],
        written,
    )


def are_few(registrations: tuple[str, ...]) -> bool:
    """Whether a sender's registrations are as few and as short as registrations are: others are not remembered."""
    return len(registrations) <= _MOST_REGISTRATIONS and all(len(name) <= _LONGEST_NAME for name in registrations)


def is_registered(sender_type: str, country: str, registrations: tuple[str, ...]) -> bool:
    """Whether the registrations cover a type of sender in a country."""
    covers = _remembered_covers if are_few(registrations) else _covers
    return covers(sender_type, country, registrations)


def _covers(sender_type: str, country: str, registrations: tuple[str, ...]) -> bool:
    assert sender_type in SENDER_TYPES
    names = (name for name in REGISTERED[sender_type] if country in _ONLY_IN.get(name, (country,)))
    return any(name.format(country=country) in registrations for name in names)


_remembered_covers = lru_cache(maxsize=4096)(_covers)


def _subjects(
    declared: tuple[str, ...], words: Mapping[str, Found], subject_words: frozenset[str], category: str
) -> tuple[str, ...]:
    """What is declared and what the text names, sorted; a political message is about politics."""
    political = {"political"} if category == "political" else ()
    return tuple(sorted({*declared, *(subject_words & words.keys()), *political}))
