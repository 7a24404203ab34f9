"""Limits: how many earlier sends count at an instant, whether a limit is full, and when a place frees.

Instants are whole UTC epoch seconds. `sends` are the instants of the earlier sends that a limit counts,
ascending, as `matching` gives them. In elapsed time a send at s counts from s until before s + seconds. In
a calendar period it counts from s on, as long as the local date lies in the same day, week (from Monday) or
month as that of s.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Set
from datetime import date

from ..policy.model import Limit
from .message import Earlier
from .text import name_key
from .zones import local, seconds, segment

_DAY = 86_400
_LONGEST_PERIOD = 33 * _DAY  # a month of 31 days, and room for clock changes

_NAMES = frozenset({"brand", "sender", "campaign", "subject"})
"""Keys whose values are names that people write: who spells one otherwise gets no second allowance."""

_FIELDS = {"subject": "subjects"}
"""Keys that an earlier send holds under another name."""

Wanted = Mapping[str, str | Set[str] | None]
"""What a message has for each key of a limit (vocabulary.LIMIT_KEYS); None or absent: not known.

`subject` is the one being judged; `text` is the SHA-256 of the text, or a set of them, any of which is equal.
"""


def matching(history: Iterable[Earlier], keys: tuple[str, ...], message_keys: Wanted) -> tuple[int, ...]:
    """The instants, ascending, of the earlier sends equal to the message in every key the limit names."""
    wanted = [(_FIELDS.get(key, key), key, value) for key in keys if (value := message_keys.get(key)) is not None]
    moments: list[int] = []
    for entry in history:
        given = entry.__dict__  # its fields, at half the cost of asking a model for each
        for field, key, value in wanted:
            found = given[field]
            # What is unknown, on either side, equals anything.
            if found is not None and found != value and not _same(key, found, value):
                break
        else:
            moments.append(seconds(given["at"]))
    return tuple(sorted(moments))


def _same(key: str, found: str | tuple[str, ...], wanted: str | Set[str]) -> bool:
    """Whether two values that are not written alike are the same: a name in any case, width and spacing."""
    own = {wanted} if isinstance(wanted, str) else wanted
    theirs = (found,) if isinstance(found, str) else found
    if not own.isdisjoint(theirs):
        return True
    return key in _NAMES and not {*map(name_key, own)}.isdisjoint(map(name_key, theirs))


def _period(calendar: str, ordinal: int) -> int:
    """A number that two dates share if they lie in the same calendar period."""
    if calendar == "day":
        return ordinal
    if calendar == "week":
        return (ordinal - 1) // 7
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month


def _next_period(calendar: str, ordinal: int) -> int:
    """The first date of the period after the one the date lies in."""
    if calendar == "day":
        return ordinal + 1
    if calendar == "week":
        return ordinal + 7 - (ordinal - 1) % 7
    later = date.fromordinal(ordinal).replace(day=1).toordinal() + 31
    return date.fromordinal(later).replace(day=1).toordinal()


def _rolling(seconds: int, sends: tuple[int, ...], t: int) -> int:
    return bisect_right(sends, t) - bisect_right(sends, t - seconds)


def _in_period(calendar: str, sends: tuple[int, ...], zone: str, t: int) -> int:
    now = _period(calendar, local(zone, t)[0])
    recent = sends[bisect_left(sends, t - _LONGEST_PERIOD) : bisect_right(sends, t)]
    return sum(_period(calendar, local(zone, send)[0]) == now for send in recent)


def count_at(limit: Limit, sends: tuple[int, ...], zones: tuple[str, ...], t: int) -> int:
    """How many sends count at `t`; by the calendar, in the zone where they are most (0 without any zone)."""
    if limit.seconds is not None:
        return _rolling(limit.seconds, sends, t)
    return max((_in_period(limit.calendar or "day", sends, zone, t) for zone in zones), default=0)


def full(limit: Limit, sends: tuple[int, ...], zones: tuple[str, ...], t: int) -> bool | None:
    """Whether no further message may go at `t`, in one zone or more; None: a zone is needed, none known."""
    if limit.calendar is not None and not zones:
        return None
    return count_at(limit, sends, zones, t) >= limit.count


def _period_until(calendar: str, zone: str, t: int) -> int:
    """An instant until which, on this clock, the period of `t` surely lasts."""
    _, end, _ = segment(zone, t)
    ordinal, second = local(zone, t)
    return min(end, t - second + (_next_period(calendar, ordinal) - ordinal) * _DAY)


def _frees_in_period(limit: Limit, sends: tuple[int, ...], zones: tuple[str, ...], t: int, horizon: int) -> int | None:
    calendar = limit.calendar or "day"
    while zones and t <= horizon:
        shut = [
            _period_until(calendar, zone, t) for zone in zones if _in_period(calendar, sends, zone, t) >= limit.count
        ]
        if not shut:
            return t
        t = max(shut)
    return None


def _frees_rolling(limit: Limit, seconds: int, sends: tuple[int, ...], t: int, horizon: int) -> int | None:
    if t <= horizon and _rolling(seconds, sends, t) < limit.count:
        return t
    for send in sends:
        at = send + seconds
        if t < at <= horizon and _rolling(seconds, sends, at) < limit.count:
            return at
    return None


def frees_at(limit: Limit, sends: tuple[int, ...], zones: tuple[str, ...], t: int, horizon: int) -> int | None:
    """The earliest instant from `t` to `horizon`, both included, at which the limit is not full, or None.

    Sends after `t` count from their own instants on. A calendar limit without any zone never frees.
    """
    if limit.seconds is not None:
        return _frees_rolling(limit, limit.seconds, sends, t, horizon)
    return _frees_in_period(limit, sends, zones, t, horizon)
