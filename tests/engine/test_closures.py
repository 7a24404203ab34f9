"""What a shut window says is remembered only for as long as it holds: always what it says when asked afresh."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from sendlaw.engine import closures
from sendlaw.engine.closures import Closed, closed
from sendlaw.engine.identity import by_identity
from sendlaw.policy.model import Calendar, Hours, Window

WEEK = frozenset(range(7))
GERMANY = Calendar("DE", frozenset({date(2026, 11, 24)}))
DAYTIME = Window((Hours(frozenset(range(6)), False, 480, 1200),), True, None, GERMANY)
HOLIDAYS_TOO = Window(
    (Hours(frozenset(range(5)), False, 480, 1200), Hours(frozenset(), True, 600, 900)), False, None, GERMANY
)
FIXED = Window((Hours(WEEK, False, 0, 60), Hours(WEEK, False, 1380, 1440)), False, "Asia/Kathmandu", None)
START = int(datetime(2026, 10, 23, tzinfo=UTC).timestamp())
"""Two days before clocks change in Europe; All Saints' Day, a holiday in some states of Germany, lies ahead."""


def afresh(
    window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int, lenient: bool
) -> Closed | None:
    closures._remembered.clear()
    return closed(window, zones, subdivisions, t, lenient)


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("window", [DAYTIME, HOLIDAYS_TOO, FIXED])
@pytest.mark.parametrize("zones", [("Europe/Berlin",), ("Asia/Kolkata", "Europe/Berlin"), ()])
@pytest.mark.parametrize("subdivisions", [(), ("DE-BY",), ("DE-BE", "DE-BY")])
def test_what_is_remembered_is_what_is_said_afresh(
    window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], lenient: bool
) -> None:
    rng = random.Random(str((zones, subdivisions, lenient)))
    hours = rng.sample(range(24 * 35), 40)
    asked = [START + 3600 * hour + rng.randrange(3600) for hour in hours for _ in range(4)]
    closures._remembered.clear()
    remembered = [closed(window, zones, subdivisions, t, lenient) for t in asked]
    assert remembered == [afresh(window, zones, subdivisions, t, lenient) for t in asked]


def test_a_regional_holiday_is_told_from_the_minute_at_which_it_decides() -> None:
    """Shut all day, but before eight for the hour and after it for the holiday: one stretch, two answers."""
    eight = int(datetime(2026, 10, 31, 7, tzinfo=UTC).timestamp())  # Reformation Day, a Saturday
    before = closed(DAYTIME, ("Europe/Berlin",), (), eight - 1, lenient=True)
    after = closed(DAYTIME, ("Europe/Berlin",), (), eight, lenient=True)
    assert before is not None and after is not None
    assert (before.missing, after.missing) == (frozenset(), frozenset({"recipient.subdivision"}))


def test_a_thing_is_worked_out_once_and_never_mixed_up_with_another() -> None:
    made: list[list[int]] = []

    @by_identity
    def total(numbers: list[int]) -> int:
        made.append(numbers)
        return sum(numbers)

    one, equal = [1, 2], [1, 2]
    assert [total(one), total(one), total(equal)] == [3, 3, 3]
    assert [numbers is one for numbers in made] == [True, False]
    assert [total([number]) for number in range(20_000)] == list(range(20_000))
