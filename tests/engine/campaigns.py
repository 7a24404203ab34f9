"""Campaigns drawn at random with their recipients, and each recipient judged in both ways: shared, and by itself."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sendlaw import MessageError, Policy
from sendlaw.engine.campaign import ROW_FIELDS, Campaign
from sendlaw.engine.outcome import Outcome, deciding_rule
from sendlaw.engine.verdict import Verdict

from .random_messages import NUMBERS, random_message

Row = dict[str, Any]
_MALFORMED: tuple[Row, ...] = (
    {"to": "+33612"},
    {"to": "33612345678"},
    {"to": "+3361234567a"},
    {"to": "+33６12345678"},
    {"to": None},
    {"to": 33612345678},
    {"to": "+999123456789"},
    {"to": "+33612345678", "consent": {"status": "yes"}},
    {"to": "+33612345678", "consent": "yes"},
    {"to": "+33612345678", "consent": {"stauts": "none"}},
    {"to": "+33612345678", "recipient": {"timezone": "Europe/Pariss"}},
    {"to": "+33612345678", "recipient": {"age_at_least": 200}},
    {"to": "+33612345678", "history": [{}]},
    {"to": "+33612345678", "registers": {"FR": {"listed": "no"}}},
    {"to": "+33612345678", "at": "2026-11-24T12:00:00"},
    {"to": "+336", "consent": "yes", "at": "soon"},
)


def draw_campaign(rng: random.Random) -> tuple[Row, list[Row]]:
    """A campaign's message, and messages from which its recipients are put together: few, so that many agree."""
    message = random_message(rng)
    donors = [message, *(random_message(rng) for _ in range(3))]
    for name in ("to", *rng.sample(ROW_FIELDS[2:], rng.randrange(4))):
        if rng.random() < 0.6:
            message = {key: value for key, value in message.items() if key != name}
    return message, donors


def draw_rows(rng: random.Random, donors: list[Row], count: int) -> Iterator[Row]:
    """Recipients: each like an earlier one but for one thing, as far as may be, so that wrong sharing shows."""
    numbers = rng.sample(NUMBERS, 3)
    earlier: list[Row] = [{"to": number} for number in numbers]
    for _ in range(count):
        if rng.random() < 0.02:
            yield rng.choice(_MALFORMED)
            continue
        row = _changed(rng, rng.choice(earlier[:3] if rng.random() < 0.5 else earlier[-9:]), donors)
        row["to"] = _another(rng, row["to"] if rng.random() < 0.9 else rng.choice(numbers))
        earlier.append(row)
        yield row


def _changed(rng: random.Random, row: Row, donors: list[Row]) -> Row:
    """The same row with one field left out, or as a donor states it, wholly or in one part."""
    name, donor = rng.choice(ROW_FIELDS[1:]), rng.choice(donors)
    rest = {key: value for key, value in row.items() if key != name}
    if name not in donor or rng.random() < 0.2:
        return rest
    value = donor[name]
    if isinstance(value, dict) and value and isinstance(row.get(name, {}), dict) and rng.random() < 0.7:
        part = rng.choice(sorted(value))
        return {**rest, name: {**row.get(name, {}), part: value[part]}}
    return {**rest, name: value["status"] if name == "consent" and rng.random() < 0.3 else value}


def _another(rng: random.Random, number: str) -> str:
    """A number that begins like this one, or the same."""
    return number if rng.random() < 0.5 else f"{number[:-3]}{rng.randrange(1000):03}"


def whole(message: Row, row: Row) -> Row:
    """The whole message to one recipient, as a sender without campaigns would write it."""
    stated = dict(row)
    if isinstance(stated.get("consent"), str):
        stated["consent"] = {"status": stated["consent"]}
    return {**message, **stated}


def by_itself(policy: Policy, message: Row) -> Verdict | tuple[str, str]:
    """The verdict on one message, or the field and reason of its error."""
    try:
        return policy.evaluate(message)
    except MessageError as error:
        return error.field, error.reason


def shared(campaign: Campaign, row: Row) -> Outcome | tuple[str, str]:
    """The outcome of a recipient in a campaign, in the quick way where the row allows it."""
    try:
        if set(row) <= {"to", "consent"} and not isinstance(row.get("consent"), dict):
            return campaign.judge(**row)
        return campaign.judge_row(row)
    except MessageError as error:
        return error.field, error.reason


def compare(policy: Policy, seed: int, rows: int, seen: Counter[str], verdicts: int = 1) -> None:
    """Judges `rows` recipients of one drawn campaign in both ways; of every `verdicts`-th the whole verdict too."""
    rng = random.Random(seed)
    message, donors = draw_campaign(rng)
    try:
        campaign = policy.campaign(message)
    except MessageError:
        seen["no campaign"] += 1
        return
    stated = {**message, "at": campaign.message.at}
    for number, row in enumerate(draw_rows(rng, donors, rows)):
        expected, found = by_itself(policy, whole(stated, row)), shared(campaign, row)
        told = (seed, number, message, row)
        if not isinstance(expected, Verdict) or not isinstance(found, Outcome):
            seen["malformed"] += 1
            assert found == expected, told
            continue
        seen[expected.decision] += 1
        assert (found.decision, found.until) == (expected.decision, expected.until), told
        assert found.rule == deciding_rule(expected), told
        if number % verdicts == 0:
            assert found.verdict == expected, told
