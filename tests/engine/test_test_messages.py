"""The messages that tests in rule files speak of: fields, times, history, and what cannot be made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sendlaw.engine.test_messages import SettingError
from sendlaw.engine.text import digest

from .rule_tests import TO_FRANCE, built, result

PARIS = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    "moment, expected",
    [
        ("2026-11-24 22:14", datetime(2026, 11, 24, 21, 14, tzinfo=UTC)),
        ("2026-11-24 22:14:30", datetime(2026, 11, 24, 21, 14, 30, tzinfo=UTC)),
        ("2026-07-01 00:00", datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
        ("2026-11-24 22:14 America/New_York", datetime(2026, 11, 25, 3, 14, tzinfo=UTC)),
        ("2026-11-24 22:14 Asia/Calcutta", datetime(2026, 11, 24, 16, 44, tzinfo=UTC)),
        ("2026-11-24 22:14 UTC", datetime(2026, 11, 24, 22, 14, tzinfo=UTC)),
        ("2026-11-24 22:14Z", datetime(2026, 11, 24, 22, 14, tzinfo=UTC)),
        ("2026-11-24 22:14 +05:30", datetime(2026, 11, 24, 16, 44, tzinfo=UTC)),
        ("2026-11-24 22:14 -03:00", datetime(2026, 11, 25, 1, 14, tzinfo=UTC)),
        # clocks go back on 25 October 2026: the first of two
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_time_of_a_message(moment: str, expected: datetime) -> None:
    assert built(f"{TO_FRANCE} at {moment}").at == expected


def test_a_message_without_a_time_is_sent_at_noon_of_a_fixed_day_on_the_recipients_clock() -> None:
    assert built(TO_FRANCE).at == datetime(2026, 1, 15, 12, 0, tzinfo=PARIS)
    everywhere = TO_FRANCE.replace("+33639981234", "+18005550199")
    assert built(everywhere).at.hour == 12
    assert built(everywhere) == built(everywhere)


def test_a_stated_zone_is_the_recipients_clock() -> None:
    message = built(
        'to "+12025550123" from "ACME" category promotional body "x" recipient.timezone "America/Denver" '
        "at 2026-11-24 22:14"
    )
    assert message.at == datetime(2026, 11, 25, 5, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "settings, reason",
    [
        (f"{TO_FRANCE} at 2026-03-29 02:30", "`2026-03-29 02:30` does not exist in Europe/Paris: clocks skip it"),
        (TO_FRANCE.replace("+33639981234", "+18005550199") + " at 2026-11-24 22:14", "needs a zone or offset"),
        (TO_FRANCE.replace("+33639981234", "+88213300655") + " at 2026-11-24 22:14", "needs a zone or offset"),
        ('from "ACME" category promotional body "x"', "the message is wrong: to: is required"),
        ('to "+33639981234" from "ACME" category promotional', "the message is wrong: body: is required"),
        (TO_FRANCE.replace("+33639981234", "+331"), "the message is wrong: to: not a possible phone number"),
        (TO_FRANCE.replace("Soldes STOP", ""), ""),
    ],
)
def test_a_message_that_cannot_be_made(settings: str, reason: str) -> None:
    if not reason:
        assert built(settings).body == ""
        return
    with pytest.raises(SettingError) as caught:
        built(settings)
    assert reason in caught.value.reason
    told = result(f"{settings} expect allow").differences[0]
    assert reason in told.got
    assert told.span == caught.value.span


def test_every_field_of_a_message_can_be_set() -> None:
    message = built(
        'id "m1" to "+33639981234" sender "36123" sender_type short_code sender_country FR sender_shared yes '
        'brand.name "ACME" brand.country FR brand.stop "36179" registrations "sender_id:FR", "10dlc" channel mms '
        'category political answers request subjects gambling, "health" body "a \\"b\\"" campaign "c" '
        'recipient.timezone "Europe/Paris" recipient.subdivision FR-57 recipient.language fr '
        "recipient.age_at_least 18 consent existing_customer consent.method purchase consent.at 2026-01-02 "
        "consent.double no consent.covers night, calls registers.FR.listed yes registers.FR.checked 2026-01-03 "
        "history unknown at 2026-11-24 22:14"
    )
    assert message.model_dump(mode="json", exclude={"at", "consent"}) == {
        "id": "m1",
        "to": "+33639981234",
        "sender": "36123",
        "sender_type": "short_code",
        "sender_country": "FR",
        "sender_shared": True,
        "brand": {"name": "ACME", "country": "FR", "stop": "36179"},
        "registrations": ["sender_id:FR", "10dlc"],
        "registers": {"FR": {"listed": True, "checked": "2026-01-03"}},
        "channel": "mms",
        "category": "political",
        "answers": "request",
        "subjects": ["gambling", "health"],
        "body": 'a "b"',
        "campaign": "c",
        "recipient": {
            "timezone": "Europe/Paris",
            "subdivision": "FR-57",
            "language": "fr",
            "age_at_least": 18,
        },
        "history": None,
    }
    consent = message.consent
    assert (consent.status, consent.method, consent.double, consent.covers) == (
        "existing_customer",
        "purchase",
        False,
        ("night", "calls"),
    )
    assert consent.at == datetime(2026, 1, 2, 0, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    "setting, field, expected",
    [
        ("answers none", "answers", None),
        ("sender_country none", "sender_country", None),
        ("history []", "history", ()),
        ("sender_shared no", "sender_shared", False),
    ],
)
def test_words_that_stand_for_nothing(setting: str, field: str, expected: object) -> None:
    assert getattr(built(f"{TO_FRANCE} {setting}"), field) == expected


def test_history() -> None:
    history = built(
        f'{TO_FRANCE} history [ 2025-11-20 10:00 promotional, 2025-11-21 10:00Z transactional from "OTHER" brand "B" '
        'campaign "C" subjects gambling text "hé" ]'
    ).history
    assert history is not None
    first, second = history
    assert (first.at, first.category, first.sender) == (
        datetime(2025, 11, 20, 9, 0, tzinfo=UTC),
        "promotional",
        "ACME",
    )
    assert (second.at, second.sender, second.brand, second.campaign) == (
        datetime(2025, 11, 21, 10, 0, tzinfo=UTC),
        "OTHER",
        "B",
        "C",
    )
    assert second.subjects == ("gambling",)
    assert second.text == digest("hé")
