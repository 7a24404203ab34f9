"""The reference sender: what is judged, kept, dispatched, and never dispatched twice."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sendlaw.engine.pipeline.clock import as_seconds
from sendlaw.engine.pipeline.gateway import history_entry
from sendlaw.engine.pipeline.providers.base import UnavailableError

from .judges import NOON, OPENS, Line, message


def test_an_allowed_message_leaves_with_the_text_of_the_verdict(line: Line) -> None:
    outcome = line.run().submit(message())
    assert (outcome.kind, outcome.detail) == ("sent", "p1")
    assert [envelope.text for envelope in line.provider.taken] == ["allow STOP"]
    assert line.provider.taken[0].at == as_seconds(NOON)


@pytest.mark.parametrize(("body", "kind"), [("deny", "denied"), ("defer", "deferred"), ("unfit", "unfit")])
def test_what_is_not_allowed_does_not_leave(line: Line, body: str, kind: str) -> None:
    assert line.run().submit(message(body=body)).kind == kind
    assert line.provider.taken == []


def test_a_message_needs_an_id(line: Line) -> None:
    for id in (None, ""):
        outcome = line.run().submit(message(id))
        assert (outcome.kind, outcome.field) == ("unfit", "id")
    assert line.provider.taken == []


@pytest.mark.parametrize("body", ["allow", "deny", "defer", "refuse"])
def test_a_second_run_sends_nothing_again(line: Line, body: str) -> None:
    first = line.run().submit(message(body=body))
    taken = list(line.provider.taken)
    second = line.run().submit(message(body=body))
    assert second.kind == "already"
    assert second.state == first.kind
    assert line.provider.taken == taken


def test_the_same_id_in_another_campaign_is_another_message(line: Line) -> None:
    line.run("one").submit(message())
    assert line.run("two").submit(message()).kind == "sent"


def test_the_same_id_twice_in_one_run_is_named(line: Line) -> None:
    run = line.run()
    assert [run.submit(message()).kind for _ in range(3)] == ["sent", "repeated", "repeated"]
    assert line.provider.ids == ["m1"]


def test_the_same_id_twice_in_a_second_run_is_named_too(line: Line) -> None:
    line.run().submit(message())
    run = line.run()
    assert [run.submit(message()).kind for _ in range(2)] == ["already", "repeated"]


@pytest.mark.parametrize(
    "other",
    [
        {"body": "allow more"},
        {"to": "+33639981243"},
        {"sender": "OTHER"},
        {"category": "transactional"},
        {"brand": {"name": "Other"}},
        {"channel": "mms"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_same_id_with_another_content_is_not_sent(line: Line, other: dict[str, str]) -> None:
    line.run().submit(message())
    outcome = line.run().submit(message(**other))
    assert outcome.kind == "conflict"
    assert outcome.detail == "the same id came with another content"
    assert line.provider.ids == ["m1"]


def test_a_fact_learnt_later_does_not_make_another_message(line: Line) -> None:
    line.run().submit(message())
    later = message(consent={"status": "opted_in"}, at=NOON + timedelta(days=1), history=[])
    assert line.run().submit(later).kind == "already"


def test_history_comes_from_the_store(line: Line) -> None:
    run = line.run()
    kinds = [run.submit(message(f"m{n}", "limit 2")).kind for n in range(4)]
    assert kinds == ["sent", "sent", "denied", "denied"]
    assert line.judge.asked[0].history == ()


def test_history_of_another_recipient_does_not_count(line: Line) -> None:
    run = line.run()
    run.submit(message("m1", "limit 1"))
    assert run.submit(message("m2", "limit 1", to="+33639981243")).kind == "sent"


def test_a_stated_history_is_joined_with_the_stored_one(line: Line) -> None:
    run = line.run()
    run.submit(message("m1"))
    same = {"at": NOON, "category": "promotional", "sender": "ACME"}
    older = {**same, "at": NOON - timedelta(days=1)}
    assert run.submit(message("m2", "limit 2", history=[same])).kind == "sent"
    assert run.submit(message("m3", "limit 3", history=[same, older])).kind == "denied"


def test_denied_deferred_and_refused_messages_are_no_history(line: Line) -> None:
    run = line.run()
    for body in ("deny", "defer", "refuse"):
        run.submit(message(body, body))
    assert run.submit(message("m", "limit 1")).kind == "sent"


def test_a_history_entry_says_what_the_limits_ask_for(line: Line) -> None:
    line.run().submit(message(brand={"name": "Acme"}, campaign="autumn", body="allow é"))
    entry = history_entry(line.store.dispatched("+33639981242")[0])
    assert (entry.at, entry.category, entry.sender) == (NOON, "promotional", "ACME")
    assert (entry.brand, entry.campaign, entry.subjects) == ("Acme", "autumn", None)
    assert entry.text == hashlib.sha256("allow é".encode()).hexdigest()


def test_stored_consent_counts_where_the_message_states_none(line: Line) -> None:
    run = line.run()
    run.submit(message("m1", consent={"status": "opted_in", "at": NOON}))
    run.submit(message("m2"))
    assert line.judge.asked[1].consent.status == "opted_in"
    assert line.judge.asked[1].consent.at == NOON


def test_a_stored_opt_out_outlives_every_later_import(line: Line) -> None:
    run = line.run()
    run.submit(message("m1", consent={"status": "opted_out", "at": NOON}))
    later = NOON + timedelta(days=9)
    again = message("m2", at=later, consent={"status": "opted_in", "at": later - timedelta(days=1)})
    assert line.run(now=later).submit(again).kind == "denied"
    assert line.run("other", later).submit(message("m3")).kind == "denied"


def test_an_opt_out_from_one_brand_leaves_the_other_alone(line: Line) -> None:
    run = line.run()
    run.submit(message("m1", brand={"name": "Acme"}, consent={"status": "opted_out"}))
    assert run.submit(message("m2", brand={"name": "ACME "})).kind == "denied"
    assert run.submit(message("m3", brand={"name": "Other"})).kind == "sent"
    assert run.submit(message("m4")).kind == "denied"


def test_a_deferred_message_waits_and_is_judged_again_at_the_time_of_the_clock(line: Line) -> None:
    line.run().submit(message(body="defer"))
    assert list(line.run(now=OPENS - timedelta(seconds=1)).release_due()) == []
    later = OPENS + timedelta(hours=1)
    assert [outcome.kind for outcome in line.run(now=later).release_due()] == ["sent"]
    assert line.judge.asked[-1].at == later
    assert line.provider.taken[0].at == as_seconds(later)
    assert list(line.run(now=later).release_due()) == []
    assert line.run(now=later).submit(message(body="defer")).kind == "already"
    assert line.provider.ids == ["m1"]


def test_a_deferral_is_no_permission(line: Line) -> None:
    line.run().submit(message(body="defer"))
    line.run().submit(message("m2", consent={"status": "opted_out"}))
    assert [outcome.kind for outcome in line.run(now=OPENS).release_due()] == ["denied"]
    assert list(line.run(now=OPENS).release_due()) == []


def test_a_refusal_that_a_later_file_tells_of_stops_what_waits(line: Line) -> None:
    waiting: dict[str, Any] = {"body": "defer", "consent": {"status": "opted_in"}}
    line.run().submit(message(**waiting))
    run = line.run(now=OPENS)
    assert run.submit(message(**{**waiting, "consent": {"status": "opted_out"}})).kind == "already"
    assert [outcome.kind for outcome in run.release_due()] == ["denied"]


def test_a_waiting_message_does_not_take_back_newer_consent(line: Line) -> None:
    line.run().submit(message(body="defer", consent={"status": "none"}))
    news = {"status": "opted_in", "at": NOON + timedelta(hours=1)}
    line.run().submit(message("m2", at=NOON + timedelta(hours=2), consent=news))
    list(line.run(now=OPENS).release_due())
    line.run().submit(message("m3", at=OPENS))
    assert [each.consent.status for each in line.judge.asked] == ["none", "opted_in", "none", "opted_in"]


def test_a_run_does_not_release_what_it_deferred_itself(line: Line) -> None:
    run = line.run(now=OPENS + timedelta(days=1))
    assert run.submit(message(body="defer")).kind == "deferred"
    assert list(run.release_due()) == []


def test_a_run_releases_only_its_own_campaign(line: Line) -> None:
    line.run("one").submit(message(body="defer"))
    assert list(line.run("two", OPENS).release_due()) == []


def test_the_earliest_deferral_is_released_first(line: Line) -> None:
    for n in range(3):
        line.run().submit(message(f"m{n}", "defer"))
    assert [outcome.id for outcome in line.run(now=OPENS).release_due()] == ["m0", "m1", "m2"]


def test_a_refusal_of_the_provider_is_kept_and_final(line: Line) -> None:
    outcome = line.run().submit(message(body="allow refuse"))
    assert (outcome.kind, outcome.detail) == ("refused", "unknown sender")
    assert line.run().submit(message(body="allow refuse")).state == "refused"


@pytest.mark.parametrize("body", ["allow", "defer"])
def test_a_message_that_no_provider_took_is_as_before(line: Line, body: str) -> None:
    later = OPENS + timedelta(hours=1)
    if body == "defer":
        line.run().submit(message(body=body))
    line.provider.is_away = True
    with pytest.raises(UnavailableError):
        list(line.run(now=later).release_due()) or line.run().submit(message(body=body))
    line.provider.is_away = False
    run = line.run(now=later)
    kinds = [outcome.kind for outcome in run.release_due()] + [run.submit(message(body=body)).kind]
    assert kinds == (["sent"] if body == "allow" else ["sent", "already"])
    assert line.provider.ids == ["m1"]


def test_a_message_cut_off_at_the_provider_counts_as_sent_for_limits(line: Line) -> None:
    with pytest.raises(ConnectionError):
        line.run().submit(message(body="allow die"))
    assert line.run().submit(message("m2", "limit 1")).kind == "denied"
