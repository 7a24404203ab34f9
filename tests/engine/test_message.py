"""A malformed message raises one exception that names the field and the reason, from a dict and from keywords alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from sendlaw import Message, MessageError, evaluate
from sendlaw.engine import message
from sendlaw.engine.message import parse_message
from sendlaw.policy import vocabulary

BASE: dict[str, Any] = {"to": "+33612345678", "sender": "ACME", "category": "promotional", "body": "x"}

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"body": 3}, "body", "must be a text, not a number"),
    ({"body": None}, "body", "must be a text, not null"),
    ({"body": "a\x00b"}, "body", "NUL"),
    ({"body": "\ud83d"}, "body", "surrogate"),
    ({"category": "promotonal"}, "category", "did you mean `promotional`?"),
    ({"category": None}, "category", "must be one of promotional"),
    ({"channel": "fax"}, "channel", "is not one of sms, mms, rcs, imessage"),
    ({"to": "+1800FLOWERS"}, "to", "not an E.164 number"),
    ({"to": "+33 6 12 34 56 78"}, "to", "without spaces"),
    ({"to": "0612345678"}, "to", "not an E.164 number"),
    ({"at": "2026-11-24T22:14:00"}, "at", "has no offset"),
    ({"at": "tomorrow"}, "at", "is not a time"),
    ({"at": "2026-02-30T10:00:00Z"}, "at", ""),
    ({"at": 1_700_000_000}, "at", "written as a string"),
    ({"at": "1900-01-01T00:00:00Z"}, "at", "outside 1971 to 2199"),
    ({"sender": ""}, "sender", "must not be empty"),
    ({"sender_shared": "no"}, "sender_shared", "must be true or false"),
    ({"subjects": "gambling"}, "subjects", "must be a list, not a text"),
    ({"consent": {"status": "yes"}}, "consent.status", "`yes` is not one of"),
    ({"consent": "opted_in"}, "consent", "must be an object"),
    ({"consent": {"state": "opted_in"}}, "consent.state", "no such field"),
    ({"history": [{"at": "2026-01-01T00:00:00Z", "category": "promotional"}]}, "history.0.sender", "is required"),
    ({"registers": {"France": {"listed": False}}}, "registers.France", "is not a country"),
    ({"recipient": {"timezone": "Paris"}}, "recipient.timezone", "not an IANA time zone"),
    ({"recipient": {"subdivision": "FL"}}, "recipient.subdivision", "ISO 3166-2"),
    ({"recipient": {"subdivision": "US-XX"}}, "recipient.subdivision", "has 57 of US, such as `US-AK`"),
    ({"recipient": {"subdivision": "US-FO"}}, "recipient.subdivision", "such as `US-FL`"),
    ({"recipient": {"subdivision": "DE-ZZZ"}}, "recipient.subdivision", "those of DE are `DE-BB`, `DE-BE`"),
    ({"recipient": {"subdivision": "GB-SCO"}}, "recipient.subdivision", "did you mean `GB-SCT`?"),
    ({"recipient": {"subdivision": "CA-ONT"}}, "recipient.subdivision", "did you mean `CA-ON`?"),
    ({"recipient": {"subdivision": "us-fl"}}, "recipient.subdivision", "did you mean `US-FL`?"),
    ({"registers": {"US-FO": {"listed": False}}}, "registers.US-FO", "such as `US-FL`"),
    ({"registers": {"UK": {"listed": False}}}, "registers.UK", "did you mean `GB`?"),
    ({"sender_country": "XX"}, "sender_country", "ISO 3166-1"),
    ({"brand": {"country": "UK"}}, "brand.country", "did you mean `GB`?"),
    ({"recipient": {"language": "FRENCH"}}, "recipient.language", "BCP 47"),
    ({"recipient": {"age_at_least": "18"}}, "recipient.age_at_least", "must be a whole number"),
    ({"brand": {"country": "France"}}, "brand.country", "ISO 3166-1"),
    ({"subject": "gambling"}, "subject", "no such field; did you mean `subjects`?"),
    ({"consnet": {}}, "consnet", "did you mean `consent`?"),
    ({"brand": {"stopp": "36179"}}, "brand.stopp", "did you mean `stop`?"),
    ({"colour": "red"}, "colour", "no such field"),
]


@pytest.mark.parametrize(("change", "field", "reason"), WRONG, ids=lambda part: str(part)[:40])
def test_what_is_wrong_is_named(change: dict[str, Any], field: str, reason: str) -> None:
    for attempt in (parse_message, evaluate, lambda data: Message(**data)):
        with pytest.raises(MessageError) as caught:
            attempt({**BASE, **change})
        assert (caught.value.field, reason in caught.value.reason) == (field, True), caught.value.reason


@pytest.mark.parametrize("code", ["US-FL", "US-PR", "DE-HH", "GB-SCT", "FR-75C", "NO-55", "IN-OD"])
def test_a_subdivision_of_the_standard_is_one(code: str) -> None:
    assert parse_message({**BASE, "recipient": {"subdivision": code}}).recipient.subdivision == code


@pytest.mark.parametrize("missing", ["to", "sender", "category", "body"])
def test_required_fields(missing: str) -> None:
    with pytest.raises(MessageError) as caught:
        evaluate({name: value for name, value in BASE.items() if name != missing})
    assert (caught.value.field, caught.value.reason) == (missing, "is required")


@pytest.mark.parametrize("data", [None, 7, "text", [BASE], b"bytes"])
def test_a_message_is_an_object(data: Any) -> None:
    with pytest.raises(MessageError, match="a message is an object"):
        evaluate(data)


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"to": "+3361"}, "to", "not a possible phone number"),
        ({"to": "+999123456789"}, "to", ""),
        ({"sender": "ACME", "sender_type": "long_code"}, "sender", "not an E.164 number"),
        ({"sender": "+33"}, "sender", ""),
        ({"sender": "0033639980002"}, "sender", "write a phone number as `+`"),
        ({"sender": "+33639980002", "sender_type": "alphanumeric"}, "sender_type", "write `long_code`"),
        ({"sender": "+18445550123", "sender_type": "short_code"}, "sender_type", "write `toll_free`"),
        ({"sender": "ACME", "sender_type": "short_code"}, "sender_type", "write `alphanumeric`"),
        ({"sender": "36123", "sender_type": "alphanumeric"}, "sender_type", "write `short_code`"),
        ({"sender": "+1800FLOWERS"}, "sender", "not an E.164 number"),
    ],
)
def test_numbers_that_cannot_be_are_input_errors_and_no_verdicts(
    change: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(MessageError) as caught:
        evaluate({**BASE, **change})
    assert caught.value.field == field
    assert reason in caught.value.reason


def test_a_message_without_a_time_is_sent_now() -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    assert before <= Message(**BASE).at <= datetime.now(UTC)


def test_the_time_is_echoed_with_its_offset() -> None:
    at = "2026-11-24T22:14:00+05:45"
    assert evaluate({**BASE, "at": at}).model_dump()["at"] == at


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Message(**BASE).body = "y"


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (message.Category, vocabulary.CATEGORIES),
        (message.SenderType, vocabulary.SENDER_TYPES),
        (message.Channel, vocabulary.CHANNELS),
        (message.Status, vocabulary.CONSENT_STATUSES),
        (message.Method, vocabulary.CONSENT_METHODS),
        (message.Answer, vocabulary.ANSWERS),
    ],
)
def test_messages_and_rules_use_the_same_words(shape: Any, words: tuple[str, ...]) -> None:
    assert get_args(shape) == words
