"""What time it is: the pipeline is told by a clock, so that tests and replays choose the time themselves."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time of dispatch."""

    def now(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00Z."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00Z."""
        return int(time.time())


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at `t`, for tests and replays."""

    t: int

    def now(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00Z."""
        return self.t


def as_datetime(t: int) -> datetime:
    """`t`, in whole UTC epoch seconds, as a datetime in UTC."""
    return datetime.fromtimestamp(t, UTC)


def as_seconds(moment: datetime) -> int:
    """A datetime with an offset as whole UTC epoch seconds; a fraction of a second is cut off."""
    return int(moment.timestamp() // 1)
