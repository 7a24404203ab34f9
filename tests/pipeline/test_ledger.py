"""Consent and history of ledger and message joined: the stricter counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.message import Consent, Earlier
from sendlaw.engine.pipeline.clock import as_seconds
from sendlaw.engine.pipeline.ledger import (
    STRICTEST_FIRST,
    StoredConsent,
    binding,
    brand_key,
    join_consent,
    join_history,
    learn,
)

from .judges import NOON

AT = as_seconds(NOON)
MAY = datetime(2026, 5, 1, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def consent(status: Any, **fields: Any) -> Consent:
    return Consent(status=status, **fields)


def stored(status: Any, stated_at: datetime = MAY, **fields: Any) -> StoredConsent:
    return StoredConsent(consent(status, **fields), as_seconds(stated_at))


CONSENTS = st.builds(
    Consent,
    status=st.sampled_from([*STRICTEST_FIRST, "unknown"]),
    at=st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    double=st.none() | st.booleans(),
)
STORED = st.builds(StoredConsent, CONSENTS.filter(lambda known: known.status != "unknown"), st.integers(AT - 10**8, AT))


@pytest.mark.parametrize("weaker", STRICTEST_FIRST)
@pytest.mark.parametrize("stricter", STRICTEST_FIRST)
def test_the_stricter_status_counts_on_either_side(weaker: str, stricter: str) -> None:
    expected = min(weaker, stricter, key=STRICTEST_FIRST.index)
    assert join_consent(consent(weaker), [stored(stricter)]).status == expected
    assert join_consent(consent(stricter), [stored(weaker)]).status == expected


@pytest.mark.parametrize("status", STRICTEST_FIRST)
def test_unknown_counts_as_not_stated(status: str) -> None:
    assert join_consent(Consent(), [stored(status, at=MAY)]) == consent(status, at=MAY)
    assert join_consent(consent(status, at=MAY), [None]) == consent(status, at=MAY)


def test_two_statements_of_one_status_join_field_by_field() -> None:
    one = consent("opted_in", at=JUNE, covers=["night", "calls"], double=True)
    other = stored("opted_in", at=MAY, covers=["night"], double=False, method="online")
    assert join_consent(one, [other]) == consent("opted_in", at=MAY, covers=["night"], double=False, method="online")


@given(CONSENTS, STORED)
def test_joined_consent_is_never_looser_than_what_is_stored(stated: Consent, known: StoredConsent) -> None:
    joined = join_consent(stated, [known])
    assert STRICTEST_FIRST.index(joined.status) <= STRICTEST_FIRST.index(known.consent.status)


@given(CONSENTS)
def test_no_message_ends_a_stored_opt_out(stated: Consent) -> None:
    known = learn(stated, AT, stored("opted_out"))
    assert known is not None
    assert known.consent.status == "opted_out"


@given(CONSENTS, STORED)
def test_learning_the_same_twice_changes_nothing_more(stated: Consent, known: StoredConsent) -> None:
    once = learn(stated, AT, known)
    assert learn(stated, AT, once) == once


@pytest.mark.parametrize(
    ("stated", "known", "kept"),
    [
        (Consent(), None, None),
        (Consent(), stored("opted_in"), "opted_in"),
        (consent("opted_in"), None, "opted_in"),
        (consent("none"), stored("opted_in"), "none"),
        (consent("opted_out"), stored("opted_in"), "opted_out"),
        (consent("opted_in"), stored("none"), "none"),
        (consent("opted_in", at=MAY), stored("none", stated_at=MAY), "none"),
        (consent("opted_in", at=MAY + timedelta(seconds=1)), stored("none", stated_at=MAY), "opted_in"),
        (consent("opted_in", at=NOON), stored("none"), "opted_in"),
        (consent("opted_in", at=NOON + timedelta(seconds=1)), stored("none"), "none"),
        (consent("opted_in", at=JUNE), stored("opted_out"), "opted_out"),
    ],
)
def test_a_looser_statement_is_news_only_when_given_after_the_stored_one(
    stated: Consent, known: StoredConsent | None, kept: str | None
) -> None:
    learned = learn(stated, AT, known)
    assert (learned.consent.status if learned else None) == kept


def test_a_renewed_consent_takes_the_later_date_and_keeps_what_it_does_not_say() -> None:
    known = learn(consent("opted_in", at=JUNE), AT, stored("opted_in", at=MAY, method="written"))
    assert known == StoredConsent(consent("opted_in", at=JUNE, method="written"), AT)


def test_an_older_statement_does_not_take_back_a_renewal() -> None:
    known = learn(consent("opted_in", at=MAY), AT, stored("opted_in", at=JUNE))
    assert known == StoredConsent(consent("opted_in", at=JUNE), AT)


@pytest.mark.parametrize(
    ("known", "brand", "statuses"),
    [
        ({"acme": "opted_in"}, "acme", ["opted_in"]),
        ({"acme": "opted_out"}, "other", []),
        ({"": "opted_out"}, "acme", ["opted_out"]),
        ({"": "none"}, "acme", []),
        ({"acme": "opted_out", "other": "opted_in"}, "", ["opted_out"]),
        ({"acme": "opted_in", "": "opted_out"}, "acme", ["opted_in", "opted_out"]),
    ],
)
def test_opt_outs_count_where_a_brand_is_not_named(known: dict[str, str], brand: str, statuses: list[str]) -> None:
    found = binding({key: stored(status) for key, status in known.items()}, brand)
    assert [each.consent.status for each in found if each] == statuses


@pytest.mark.parametrize("name", ["ACME", "acme", " Acme ", "ＡＣＭＥ"])
def test_a_brand_is_the_same_however_it_is_written(name: str) -> None:
    assert brand_key(name) == "acme"


def earlier(at: datetime = MAY, **fields: Any) -> Earlier:
    return Earlier(**{"at": at, "category": "promotional", "sender": "ACME", **fields})


def test_history_not_stated_is_what_the_ledger_knows() -> None:
    assert join_history(None, []) == ()
    assert join_history(None, [earlier()]) == (earlier(),)
    assert join_history((), [earlier()]) == (earlier(),)


def test_the_same_send_counts_once_and_keeps_what_either_side_knows() -> None:
    joined = join_history((earlier(subjects=["loans"]),), [earlier(brand="Acme")])
    assert joined == (earlier(brand="Acme", subjects=["loans"]),)


@pytest.mark.parametrize(
    "other",
    [{"at": JUNE}, {"sender": "OTHER"}, {"category": "transactional"}, {"brand": "Other"}],
    ids=["time", "sender", "category", "brand"],
)
def test_sends_that_differ_both_count(other: dict[str, Any]) -> None:
    assert len(join_history((earlier(**{"brand": "Acme", **other}),), [earlier(brand="Acme")])) == 2


def test_two_stated_sends_of_one_second_are_two() -> None:
    assert len(join_history((earlier(), earlier()), [earlier()])) == 2
