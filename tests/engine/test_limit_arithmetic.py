"""What the linter counts that a limit lets through in a period of another, against sending whenever it allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.frequency import count_at, frees_at, full
from sendlaw.engine.zones import midnight
from sendlaw.policy.limit_arithmetic import DAY, full_whenever, most_sends
from sendlaw.policy.model import Limit

from .meaning import judged, policy, told, written

HOUR = 3600
ZONES = ("Europe/Paris", "Australia/Lord_Howe", "Asia/Kolkata")
DAYS = (
    *(date(2026, 1, 20) + timedelta(days=n) for n in range(14)),
    *(date(2026, 2, 20) + timedelta(days=n) for n in range(50)),
    *(date(2026, 9, 28) + timedelta(days=n) for n in range(40)),
)
"""Days from which windows reach over the ends of months of all lengths, and over clock changes north and south."""


def elapsed(count: int, seconds: int) -> Limit:
    return Limit(count, seconds, None, ())


def calendar(count: int, period: str) -> Limit:
    return Limit(count, None, period, ())


LIMITS = (
    *(elapsed(1, 12 * HOUR), elapsed(2, DAY), elapsed(1, 2 * DAY), elapsed(1, 7 * DAY)),
    *(calendar(1, "day"), calendar(2, "week"), calendar(1, "month")),
)
PERIODS = (
    *(elapsed(1, 1), elapsed(1, HOUR), elapsed(1, DAY), elapsed(1, 2 * DAY), elapsed(1, 7 * DAY), elapsed(1, 31 * DAY)),
    *(calendar(1, "day"), calendar(1, "week"), calendar(1, "month")),
)


def let_through(stricter: Limit, period: Limit, zone: str, start: int) -> int:
    """The sends of whoever begins at an instant and sends whenever the limit allows, while one period lasts.

    Beginning with an empty history is the best there is: earlier sends only take places.
    """
    sends: tuple[int, ...] = ()
    t: int | None = start
    while t is not None and count_at(period, (*sends, t), (zone,), t) > len(sends):
        sends = (*sends, t)
        t = frees_at(stricter, sends, (zone,), t, t + 40 * DAY)
    return len(sends)


def most_found(stricter: Limit, period: Limit) -> int:
    """The most sends that were let through, from instants round each midnight on."""
    edges = (-HOUR, -1, 0, HOUR // 2)
    starts = ((zone, midnight(zone, day.toordinal()) + edge) for zone in ZONES for day in DAYS for edge in edges)
    return max(let_through(stricter, period, zone, start) for zone, start in starts)


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("stricter", LIMITS, ids=str)
def test_no_more_goes_through_than_is_counted(stricter: Limit, period: Limit) -> None:
    assert most_found(stricter, period) <= most_sends(stricter, period)


KINDS = ("day", "week", "month")
EXACT = [
    *(
        (calendar(1, kind), calendar(1, period))
        for kind in ("day", "week", "month")
        for period in ("day", "week", "month")
    ),
    *(
        (calendar(1, kind), elapsed(1, seconds))
        for kind in ("day", "week", "month")
        for seconds in (HOUR, DAY, 2 * DAY)
    ),
    *((elapsed(1, 12 * HOUR), period) for period in PERIODS[:6]),
    (elapsed(1, DAY), calendar(1, "day")),
    (elapsed(1, 7 * DAY), calendar(1, "month")),
]


@pytest.mark.parametrize(("stricter", "period"), EXACT, ids=str)
def test_what_is_counted_does_go_through(stricter: Limit, period: Limit) -> None:
    assert most_found(stricter, period) == most_sends(stricter, period)


@pytest.mark.parametrize("zone", ZONES)
@given(st.data())
def test_a_limit_is_full_whenever_another_one_is(zone: str, data: st.DataObject) -> None:
    stricter, period = data.draw(st.sampled_from(LIMITS)), data.draw(st.sampled_from(PERIODS))
    period = replace(period, count=data.draw(st.integers(1, 3)))
    start = midnight(zone, data.draw(st.sampled_from(DAYS)).toordinal())
    back = st.integers(0, 40 * 24).map(lambda halves: start - halves * HOUR // 2)
    sends = tuple(sorted(data.draw(st.lists(back, max_size=6))))
    t = start + data.draw(st.sampled_from((-1, 0, HOUR, 23 * HOUR)))
    if full_whenever(stricter, period) and full(period, sends, (zone,), t):
        assert full(stricter, sends, (zone,), t)


def test_a_limit_with_a_condition_may_be_full_of_sends_that_no_other_limit_spoke_to() -> None:
    """Why one a week does not stand for six a month where both ask for a category: a limit counts sends of any."""
    when = "when category is political"
    rules = f"""rule a "A" {{ {when} limit 1 per calendar week per recipient LAW }}
        rule b "B" {{ {when} limit 6 per calendar month per recipient LAW }}"""
    earlier = [
        {"at": f"2026-11-0{day}T12:00:00+01:00", "category": "promotional", "sender": "ACME"} for day in range(2, 8)
    ]
    verdict = judged(policy(written(rules)), {"category": "political", "history": earlier})
    assert told(verdict) == "defer 2026-12-01T00:00:00+01:00; P.b defer"
