"""Hours that several clocks share: some only between the clock changes of one and the other."""

from __future__ import annotations

import pytest
from sendlaw.engine.hours import next_opening
from sendlaw.policy.model import Window

from .test_hours import HORIZON, PARIS, at, window

PARIS_AND_NEW_YORK = ("America/New_York", "Europe/Paris")


@pytest.mark.parametrize(
    ("each", "zones", "when", "expected"),
    [
        # Six hours apart, five and a half are not enough; five apart, in the weeks between the two clock changes, are.
        (window("10:00-15:30"), PARIS_AND_NEW_YORK, "2026-11-24T12:00Z", "2027-03-14T10:00-04:00"),
        (window("10:00-15:30"), PARIS_AND_NEW_YORK, "2027-03-27T15:00Z", "2027-10-31T10:00-04:00"),
        (window("mon 10:00-15:30"), PARIS_AND_NEW_YORK, "2026-03-16T15:00Z", "2026-03-23T10:00-04:00"),
        (window("sat 10:00-15:30"), PARIS_AND_NEW_YORK, "2026-03-28T14:29:59Z", "2026-03-28T10:29:59-04:00"),
        (window("sat 10:00-15:30"), PARIS_AND_NEW_YORK, "2026-03-28T14:30Z", "2026-10-31T10:00-04:00"),
        (window("10:00-15:00"), PARIS_AND_NEW_YORK, "2026-11-24T12:00Z", None),
        # Once a week, and the last second of the week before.
        (window("mon 00:00-00:01"), PARIS, "2026-11-23T00:01+01:00", "2026-11-30T00:00+01:00"),
        (window("mon 00:00-00:01"), PARIS, "2026-11-22T23:59:59+01:00", "2026-11-23T00:00+01:00"),
        (window("02:00-03:00"), ("Europe/Paris", "Africa/Tunis"), "2026-03-29T00:30Z", "2026-10-25T01:00Z"),
    ],
)
def test_hours_that_several_clocks_share_only_between_clock_changes(
    each: Window, zones: tuple[str, ...], when: str, expected: str | None
) -> None:
    found = next_opening(each, zones, (), at(when), at(when) + HORIZON)
    assert found == (None if expected is None else at(expected))
