"""Messages made for measuring. Texts carry a serial number, so that none is seen twice unless asked for."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import phonenumbers
from sendlaw.engine.numbers import NumberError, number_facts
from sendlaw.engine.zones import instants

FIVE = ("FR", "US", "GB", "DE", "IN")
TUESDAY = date(2026, 11, 24)
_PHRASES = (
    "your order is on its way",
    "we saved a place for you",
    "new shoes have come in for the winter",
    "20% off everything in the shop",
    "the table is laid for two at eight",
    "bring a friend and both get a cake",
    "the parcel waits at the counter",
    "our doors open early on the day",
    "see the whole list at https://shop.example.com/w",
)
_WIDE = ("à bientôt", "schöne Grüße", "réservé", "café ☕", "नमस्ते", "it’s here")
_SENDERS: Mapping[str, str] = {"US": "+12015550199", "IN": "ACMEIN"}
_REGISTRATIONS: Mapping[str, tuple[str, ...]] = {
    "US": ("10dlc",),
    "IN": ("dlt:entity", "dlt:header", "dlt:template", "url:IN"),
}
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)

Data = dict[str, Any]
Fault = Callable[[random.Random, Data], None]


@cache
def regions() -> tuple[str, ...]:
    """The regions that have mobile numbers of one country, sorted: nearly all that the phone library knows."""
    return tuple(sorted(region for region in phonenumbers.SUPPORTED_REGIONS if _example(region)))


@cache
def _example(region: str) -> str | None:
    for kind in _MOBILE:
        number = phonenumbers.example_number_for_type(region, kind)
        if number is not None:
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            facts = number_facts(e164)
            if facts.country == region and facts.timezones:
                return e164
    return None


def fresh_number(rng: random.Random, region: str) -> str:
    """A number of a region that differs from the library's example in its last digits."""
    example = _example(region)
    assert example is not None
    for _ in range(50):
        number = f"{example[:-3]}{rng.randrange(1000):03}"
        if _is_mobile(number, region):
            return number
    return example


def _is_mobile(number: str, region: str) -> bool:
    try:
        facts = number_facts(number)
    except NumberError:
        return False
    return facts.country == region and facts.line in ("mobile", "fixed_or_mobile")


@dataclass(slots=True)
class Maker:
    """Makes messages to some regions; `faulty` of a hundred have something that a rule objects to.

    `texts_last`: for how many messages in a row those of a category have the same text, faults in texts apart.
    """

    regions: Sequence[str] = FIVE
    faulty: int = 20
    pool: int = 40
    seed: int = 1
    texts_last: int = 1
    _made: int = field(init=False, default=0)
    _texts: dict[str, str] = field(init=False, default_factory=dict)
    _rng: random.Random = field(init=False)
    _numbers: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)
        self._numbers = {region: [fresh_number(self._rng, region) for _ in range(self.pool)] for region in self.regions}

    def batch(self, size: int) -> list[Data]:
        """As many new messages, as plain dicts."""
        return [self._message() for _ in range(size)]

    def _message(self) -> Data:
        rng = self._rng
        region = rng.choice(self.regions)
        data = _well(rng, region, rng.choice(self._numbers[region]))
        if self._made % self.texts_last == 0:
            self._texts.clear()
        self._made += 1
        data["body"] = self._texts.setdefault(data["category"], data["body"])
        if rng.randrange(100) < self.faulty:
            rng.choice(FAULTS)(rng, data)
        return data


_SERIAL = count(100_000)


def _well(rng: random.Random, region: str, number: str) -> Data:
    marketing = rng.random() < 0.6
    body = f"ACME: {next(_SERIAL)}, " + ". ".join(rng.sample(_PHRASES, rng.randrange(1, 4)))
    if rng.random() < 0.15:
        body += f" {rng.choice(_WIDE)}"
    return {
        "to": number,
        "sender": _SENDERS.get(region, "ACME"),
        "category": "promotional" if marketing else "transactional",
        "body": f"{body}. STOP to 36179" if marketing else body,
        "at": _local(rng, number, 10, 18).isoformat(),
        "consent": {"status": "opted_in", "method": "written", "double": True, "at": "2026-10-01T12:00:00+00:00"},
        "brand": {"name": "ACME", "country": region, "stop": "36179"},
        "registrations": list(_REGISTRATIONS.get(region, ())),
        "history": _history(rng, rng.choice((0, 0, 0, 1))),
    }


def _local(rng: random.Random, number: str, first: int, last: int) -> datetime:
    """A second of one Tuesday, from hour `first` until before hour `last` on the recipient's first clock."""
    second = rng.randrange(first * 3600, last * 3600)
    zone = number_facts(number).timezones[0]
    return datetime.fromtimestamp(instants(zone, TUESDAY.toordinal(), second)[0], UTC)


def _history(rng: random.Random, size: int) -> list[Data]:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    return [
        {
            "at": (start - timedelta(minutes=rng.randrange(5000))).isoformat(),
            "category": "promotional",
            "sender": "ACME",
            "brand": "ACME",
        }
        for _ in range(size)
    ]


def _night(rng: random.Random, data: Data) -> None:
    data["at"] = _local(rng, data["to"], 22, 24).isoformat()


def _unasked(rng: random.Random, data: Data) -> None:
    data["consent"] = {"status": rng.choice(("none", "unknown"))}


def _often(rng: random.Random, data: Data) -> None:
    data["history"] = _history(rng, 6)


def _no_way_out(rng: random.Random, data: Data) -> None:
    data["body"] = data["body"].removesuffix(". STOP to 36179")


def _bad_name(rng: random.Random, data: Data) -> None:
    data["sender"] = rng.choice(("ACME SHOES", "LONGSENDERNAME", "A.C.M.E"))


def _gambling(rng: random.Random, data: Data) -> None:
    data["body"] = f"Online {rng.choice(('casino', 'c4s1no', 'poker'))}! {data['body']}"


def _long(rng: random.Random, data: Data) -> None:
    data["body"] = f"{' '.join(rng.sample(_PHRASES, 5))} {_WIDE[4]} {' '.join(_PHRASES)} {data['body']}"


FAULTS: tuple[Fault, ...] = (_night, _unasked, _often, _no_way_out, _bad_name, _gambling, _long)
