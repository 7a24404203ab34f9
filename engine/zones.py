"""Local time: IANA zones as tables of whole epoch seconds, read from the data pytz ships.

Instants are UTC epoch seconds (`t`), offsets are seconds east of UTC, dates are proleptic Gregorian
ordinals as `datetime.date.toordinal` gives them. pytz itself reads only the 32-bit part of its files, which
ends in 2037; this module reads the 64-bit part, and for the rule that holds after the last listed change the
standard library's `zoneinfo` over the same file. So all dates a message may carry (1971 to 2199) keep their
clock changes.
"""

from __future__ import annotations

import json
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytz

FAR = 1 << 40
"""Stands for never: an instant some 34,000 years away, before (negated) or after all others."""

_DAY = 86_400
_EPOCH_ORDINAL = 719_163
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WIDEST_OFFSET = _DAY
_RULE_END = 7_289_654_400  # 2201-01-01: a year beyond the last that a message may carry
_RULE_STEP = 14 * _DAY  # a yearly rule changes twice, weeks apart: no step of this length holds two changes


class Table(NamedTuple):
    """The clock changes of a zone: `offsets[i]` holds from `starts[i]` until before `starts[i + 1]`."""

    starts: tuple[int, ...]
    offsets: tuple[int, ...]


@cache
def _aliases() -> dict[str, str]:
    text = resources.files(f"{__package__}.data").joinpath("zone_aliases.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)
    return table


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether `name` is a known IANA zone, old names included. Case counts, as in the IANA database."""
    return name in pytz.all_timezones_set


def canonical(name: str) -> str:
    """The name in use for a zone: `Asia/Kolkata` for `Asia/Calcutta`. Other names return as they are."""
    return _aliases().get(name, name)


def _block_length(header: tuple[int, ...], time_size: int) -> int:
    isut, isstd, leap, times, types, chars = header
    return times * (time_size + 1) + types * 6 + chars + leap * (time_size + 4) + isstd + isut


def _listed(data: bytes) -> tuple[Table, bool]:
    """The changes a zone file lists (TZif, RFC 9636, section 3), and whether a yearly rule follows them."""
    first = struct.unpack(">6I", data[20:44])
    base = 44 + _block_length(first, time_size=4)
    header = struct.unpack(">6I", data[base + 20 : base + 44])
    times, types = header[3], header[4]
    base += 44
    starts = struct.unpack_from(f">{times}q", data, base)
    used = data[base + 8 * times : base + 9 * times]
    kinds = [struct.unpack_from(">i", data, base + 9 * times + 6 * kind)[0] for kind in range(types)]
    footer = data[base + _block_length(header, time_size=8) :]
    offsets = (kinds[0], *(kinds[kind] for kind in used))
    return _merged((-FAR, *starts), offsets), b"," in footer


def _merged(starts: tuple[int, ...], offsets: tuple[int, ...]) -> Table:
    """The same changes without those that keep the offset (only the name or the DST flag changed)."""
    kept = [i for i in range(len(starts)) if i == 0 or offsets[i] != offsets[i - 1]]
    return Table(tuple(starts[i] for i in kept), tuple(offsets[i] for i in kept))


def _library_offset(zone: ZoneInfo, t: int) -> int:
    offset = datetime.fromtimestamp(t, zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _rule_changes(zone: ZoneInfo, start: int) -> Iterator[tuple[int, int]]:
    """The changes after `start` that the zone's yearly rule makes, found by halving between samples."""
    before = _library_offset(zone, start)
    for t in range(start + _RULE_STEP, _RULE_END, _RULE_STEP):
        after = _library_offset(zone, t)
        if after != before:
            low = t - _RULE_STEP
            sought = range(low, t)
            change = low + bisect_left(sought, True, key=lambda at: _library_offset(zone, at) == after)
            yield change, after
        before = after


def _resource(zone: str) -> bytes:
    if not is_zone(zone):
        raise ValueError(f"`{zone}` is not an IANA time zone such as Europe/Paris")
    return resources.files(pytz).joinpath("zoneinfo", *zone.split("/")).read_bytes()


@cache
def _table(zone: str) -> tuple[Table, bool]:
    return _listed(_resource(zone))


@cache
def transitions(zone: str) -> Table:
    """All clock changes of a zone until the end of 2200. Raises `ValueError` for an unknown zone."""
    table, has_rule = _table(zone)
    if not has_rule:
        return table
    library = ZoneInfo.from_file(BytesIO(_resource(zone)), key=zone)
    later = list(_rule_changes(library, table.starts[-1]))
    starts = (*table.starts, *(start for start, _ in later))
    return _merged(starts, (*table.offsets, *(offset for _, offset in later)))


_LAST: dict[str, tuple[int, int, int]] = {}
"""By zone, the stretch last asked for: most messages are judged close to one another in time."""


def segment(zone: str, t: int) -> tuple[int, int, int]:
    """The stretch of constant offset that holds `t`: its start, its end (excluded), its offset.

    The start is `-FAR` before the first change, the end `FAR` after the last.
    """
    last = _LAST.get(zone)
    if last is not None and last[0] <= t < last[1]:
        return last
    table, has_rule = _table(zone)
    if has_rule and t >= table.starts[-1]:
        table = transitions(zone)
    index = max(bisect_right(table.starts, t) - 1, 0)
    end = table.starts[index + 1] if index + 1 < len(table.starts) else FAR
    found = _LAST[zone] = (table.starts[index], end, table.offsets[index])
    return found


def offset_at(zone: str, t: int) -> int:
    """Seconds east of UTC at `t`. Raises `ValueError` for an unknown zone."""
    return segment(zone, t)[2]


def local(zone: str, t: int) -> tuple[int, int]:
    """The local date as an ordinal, and the second of that day by the wall clock (0 to 86,399)."""
    days, second = divmod(t + segment(zone, t)[2], _DAY)
    return days + _EPOCH_ORDINAL, second


def _nearby(zone: str, wall: int) -> Iterator[tuple[int, int, int]]:
    """The stretches in which a wall clock, given as if it were UTC, may stand."""
    start, end, offset = segment(zone, wall - _WIDEST_OFFSET)
    yield start, end, offset
    while end <= wall + _WIDEST_OFFSET:
        start, end, offset = segment(zone, end)
        yield start, end, offset


def instants(zone: str, ordinal: int, second: int) -> tuple[int, ...]:
    """All instants at which the local wall clock shows that second of that date, ascending.

    None where clocks skip it, two where they repeat it.
    """
    wall = (ordinal - _EPOCH_ORDINAL) * _DAY + second
    _, end, offset = segment(zone, wall - _WIDEST_OFFSET)
    if wall + _WIDEST_OFFSET < end:
        return (wall - offset,)
    return tuple(wall - offset for start, end, offset in _nearby(zone, wall) if start <= wall - offset < end)


def midnight(zone: str, ordinal: int) -> int:
    """The first instant of the local date; of the next that exists, where clocks skip the whole date."""
    found = instants(zone, ordinal, 0)
    if found:
        return found[0]
    wall = (ordinal - _EPOCH_ORDINAL) * _DAY
    return next(start for start, _, offset in _nearby(zone, wall) if start + offset >= wall)


def seconds(moment: datetime) -> int:
    """The whole second a moment falls in, in epoch seconds. No message speaks of moments before 1971."""
    since = moment - _EPOCH  # whole seconds of a difference are at hand; `timestamp` divides
    return since.days * _DAY + since.seconds


def as_datetime(zone: str, t: int) -> datetime:
    """The instant as a datetime with the zone's fixed offset at that instant, for exact ISO 8601 text."""
    offset = segment(zone, t)[2]
    return datetime.fromtimestamp(t, _fixed(offset) if offset else UTC)


@cache
def _fixed(offset: int) -> timezone:
    return timezone(timedelta(seconds=offset))
