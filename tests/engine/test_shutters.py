"""What generated code remembers of windows: no answer for another moment, place or zone, and none without bound."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from sendlaw.engine.hours import lasts
from sendlaw.engine.policy import Policy
from sendlaw.engine.shutters import Remembered, shutters
from sendlaw.policy.model import Window
from sendlaw.policy.source import Source

from .meaning import judged, policy, told, written

RULES = written('rule a "A" { only 08:30-21:30 LAW }')
HALF_OPEN = [("08:15", "defer"), ("08:29:59", "defer"), ("08:30", "allow"), ("08:45", "allow"), ("21:45", "defer")]


def window(text: str) -> Window:
    """The window of a rule, as the checker makes it."""
    (rule,) = policy(written(f'rule a "A" {{ only {text} LAW }}')).rule_set.rules
    found = rule.action.window  # type: ignore[union-attr]
    assert isinstance(found, Window)
    return found


@pytest.mark.parametrize("order", list(permutations(HALF_OPEN, 3)))
def test_an_answer_serves_its_own_stretch_in_whatever_order_it_is_asked(order: tuple[tuple[str, str], ...]) -> None:
    rules = Policy.from_sources([Source("a.policy", RULES)], bundled=False)
    for clock, decision in (*order, *order[::-1]):
        assert told(judged(rules, {"at": f"2026-11-24T{clock}+01:00"})).startswith(decision), order


def test_zones_do_not_answer_for_one_another() -> None:
    rules = Policy.from_sources([Source("a.policy", RULES)], bundled=False)
    at = "2026-11-24T20:45:00+01:00"
    for zone, decision in (("Europe/Paris", "allow"), ("Asia/Tokyo", "defer"), ("Europe/Paris", "allow")):
        assert told(judged(rules, {"at": at, "recipient": {"timezone": zone}})).startswith(decision)


def test_what_is_remembered_is_bounded_and_stays_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.shutters._MOST_REMEMBERED", 10)
    hours = window("08:30-21:30")
    kept: Remembered = {}
    asked, zones = shutters((hours,), kept), ("Europe/Paris",)
    for t in range(1_795_000_000, 1_795_000_000 + 100 * 1800, 1800):
        assert asked(zones, (), t) == (lasts(hours, zones, (), t)[0],)
        assert 0 < len(kept) <= 10


def test_the_last_answer_is_no_answer_for_other_zones_places_or_moments() -> None:
    """Zones and subdivisions that are equal but not the same, others, and moments on both sides of both edges."""
    hours = window("08:30-21:30")
    asked = shutters((hours,))
    day = 1_795_474_800  # midnight in Paris
    moments = [day + second for second in (0, 30_599, 30_600, 43_200, 77_399, 77_400, 86_399)]
    places = [
        (zones, subdivisions)
        for zones in (("Europe/Paris",), ("Europe/Paris",)[:], ("Asia/Tokyo",), ("Europe/Paris", "Asia/Tokyo"))
        for subdivisions in ((), ("FR-75",))
    ]
    for (zones, subdivisions), t in [*product(places, moments), *product(places[::-1], moments[::-1])]:
        assert asked(zones, subdivisions, t) == (lasts(hours, zones, subdivisions, t)[0],)
    assert asked(("Europe/Paris",), (), day + 43_200) == (True,)
    assert asked(("Europe/Paris",), (), day + 100) == (False,)
