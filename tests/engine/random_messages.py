"""Random messages over the whole message shape, for tests that compare two ways of judging."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sendlaw.policy.vocabulary import ANSWERS, CATEGORIES, CHANNELS, CONSENT_METHODS, CONSENT_STATUSES, SUBJECTS

NUMBERS = (
    *("+33639980001", "+12425550123", "+447700900123", "+4915123456789", "+12145550123", "+13055550124"),
    *("+33612345678", "+33123456789", "+12025550123", "+13055550123", "+18325550123", "+12125550123", "+18005550123"),
    *("+447400123456", "+442079460123", "+4915123456789", "+493012345678", "+918123456789", "+966512345678"),
    *("+27711234567", "+821023456789", "+61412345678", "+79123456789", "+14165550123", "+5511961234567"),
    *("+80012345678", "+34612345678", "+390612345678", "+81312345678", "+971501234567", "+2348021234567"),
)
SENDERS = (
    *("ACME", "ACME-AD", "Bank of X", "12345", "36123", "123456", "7", "+33700000000", "+12025550199", "+18445550123"),
    *("TOOLONGSENDERNAME", "+447400123457", "+4915123456780", "911", "ÉTOILE", "+390612345670"),
)
TEXTS = (
    *("Soldes ! ", "Your code is 123456", "Online casino, bet now! ", "Visit https://bit.ly/abc today", "STOP to end"),
    *("Appelez le 01 23 45 67 89", "(광고) 세일", "تنزيلات", "Vote for Jo", "ca$ino bonus", "C A S I N O", "x" * 150),
    *("[QC] promo", "loan approved http://example.com/a", "whisky −20 %", "STOP au 36179", ""),
)
REGISTRATIONS = (
    *("10dlc", "campaign_verify", "toll_free:verified", "dlt:entity", "dlt:header", "dlt:template"),
    *("sender_id:SA", "sender_id:FR", "short_code:FR", "short_code:US", "authority:FR", "authority:US", "url:SA"),
    *("template:SA", "entity:US-TX", "sender_id:IN"),
)
COUNTRIES = ("FR", "US", "GB", "DE", "IN", "SA", "ZA", "KR")
SUBDIVISIONS = ("US-FL", "US-TX", "US-NY", "US-CA", "DE-BY")
ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/Chicago", "Asia/Calcutta")
START, DAYS = datetime(2024, 6, 1, tzinfo=UTC), 1100


def _some(rng: random.Random, chance: float, value: Any) -> Any:
    return value if rng.random() < chance else None


def _instant(rng: random.Random) -> datetime:
    moment = START + timedelta(seconds=rng.randrange(DAYS * 86_400))
    if rng.random() < 0.04:
        moment = moment.replace(year=rng.choice((2013, 2014, 2015, 2039, 2040, 2041)), day=min(moment.day, 28))
    if rng.random() < 0.5:
        moment = moment.replace(minute=rng.choice((0, 29, 30, 59)), second=rng.choice((0, 0, 59)))
    return moment.astimezone(UTC) if rng.random() < 0.5 else moment


def _history(rng: random.Random, at: datetime) -> list[dict[str, Any]] | None:
    if rng.random() < 0.3:
        return None
    return [_earlier(rng, at) for _ in range(rng.choice((0, 0, 1, 2, 3, 8)))]


def _earlier(rng: random.Random, at: datetime) -> dict[str, Any]:
    back = rng.choice((60, 3600, 86_400, 604_800, 2_600_000))
    seconds = rng.randrange(-back // 20, back)
    entry = {
        "at": (at - timedelta(seconds=seconds)).isoformat(),
        "category": rng.choice(CATEGORIES[:3]),
        "sender": rng.choice(SENDERS),
        "brand": _some(rng, 0.7, rng.choice(("ACME", "Other"))),
        "campaign": _some(rng, 0.5, rng.choice(("spring", "autumn"))),
        "subjects": _some(rng, 0.5, rng.sample(SUBJECTS, rng.randrange(3))),
    }
    entry |= {name: _written(seconds, entry[name]) for name in ("sender", "brand", "campaign") if entry[name]}
    if entry["subjects"]:
        entry["subjects"] = [_written(seconds, subject) for subject in entry["subjects"]]
    return {name: value for name, value in entry.items() if value is not None}


def _written(number: int, name: str) -> str:
    """A name as it is, or as somebody else writes it: in other letters, in wide ones, with other blanks, another."""
    wide = name.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    others = (name.swapcase(), wide, f"{name.replace(' ', '  ')} ", f"{name}s")
    return dict(enumerate(others)).get(number % 9, name)


def _consent(rng: random.Random, at: datetime) -> dict[str, Any]:
    consent = {
        "status": rng.choice((*CONSENT_STATUSES, "opted_in", "opted_in", "existing_customer")),
        "method": _some(rng, 0.5, rng.choice(CONSENT_METHODS)),
        "at": _some(rng, 0.7, (at - timedelta(seconds=rng.randrange(-86_400, 3 * 366 * 86_400))).isoformat()),
        "double": _some(rng, 0.3, rng.random() < 0.5),
        "covers": _some(rng, 0.5, rng.sample(("night", "sundays", "calls"), rng.randrange(3))),
    }
    return {name: value for name, value in consent.items() if value is not None}


def _registers(rng: random.Random, at: datetime) -> dict[str, Any]:
    places = rng.sample((*COUNTRIES, *SUBDIVISIONS[:2]), rng.choice((0, 1, 3, 8)))
    return {place: _register(rng, at) for place in places}


def _register(rng: random.Random, at: datetime) -> dict[str, Any]:
    checked = (at - timedelta(days=rng.randrange(-2, 90))).date().isoformat()
    return {"listed": rng.choice((True, False, False)), "checked": checked}


def random_message(rng: random.Random) -> dict[str, Any]:
    """A well-formed message, as a plain dict; its sender always fits its sender type."""
    at = _instant(rng)
    sender = rng.choice(SENDERS)
    message: dict[str, Any] = {
        "to": rng.choice(NUMBERS),
        "sender": sender,
        "sender_country": _some(rng, 0.5, rng.choice(COUNTRIES)),
        "sender_shared": rng.random() < 0.2,
        "brand": {
            "name": _some(rng, 0.8, "ACME"),
            "country": _some(rng, 0.7, rng.choice(COUNTRIES)),
            "stop": _some(rng, 0.7, "36179"),
        },
        "registrations": rng.sample(REGISTRATIONS, rng.choice((0, 1, 3, 12))),
        "registers": _registers(rng, at),
        "channel": rng.choice((*CHANNELS, "sms", "sms")),
        "category": rng.choice((*CATEGORIES, "promotional", "promotional", "promotional")),
        "answers": _some(rng, 0.2, rng.choice(ANSWERS)),
        "subjects": rng.sample(SUBJECTS, rng.choice((0, 0, 0, 1, 2))),
        "body": "".join(rng.sample(TEXTS, rng.choice((1, 1, 2)))),
        "campaign": _some(rng, 0.5, rng.choice(("spring", "autumn"))),
        "at": at.isoformat(),
        "consent": _consent(rng, at),
        "history": _history(rng, at),
        "recipient": {
            "timezone": _some(rng, 0.1, rng.choice(ZONES)),
            "subdivision": _some(rng, 0.2, rng.choice(SUBDIVISIONS)),
            "language": _some(rng, 0.4, rng.choice(("fr", "en", "fr-CA", "de", "es"))),
            "age_at_least": _some(rng, 0.3, rng.choice((12, 18, 21))),
        },
    }
    if rng.random() < 0.6:
        message |= _welcome(rng, at)
    return {name: value for name, value in message.items() if value is not None}


def _welcome(rng: random.Random, at: datetime) -> dict[str, Any]:
    """Fields that few rules refuse, so that hours, limits and dates get to decide."""
    given = (at - timedelta(seconds=rng.randrange(400 * 86_400))).isoformat()
    return {
        "sender": rng.choice(("ACME", "ACME-AD", "+12025550199", "+33700000000", "36123")),
        "sender_country": None,
        "category": rng.choice(("promotional", "promotional", "transactional", "consent_request")),
        "registrations": rng.sample(REGISTRATIONS, rng.choice((12, len(REGISTRATIONS)))),
        "subjects": rng.sample(("drinks", "gifts", "alcohol"), rng.choice((0, 1))),
        "body": rng.choice(("Soldes !", "Sale today, reply STOP to end", "whisky", "ACME: 20% off. STOP to opt out")),
        "consent": {"status": "opted_in", "at": given, "method": "written", "double": rng.random() < 0.5},
    }
