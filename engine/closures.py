"""What a window says of a message while it is shut: why, when it opens, and how that is told.

From one edge of a window to the next all of it stays the same but what the clocks show, and messages are mostly judged
close to one another in time; so it is remembered for each hour, for as long as it surely holds.
"""

from __future__ import annotations

from typing import NamedTuple

from ..policy.model import Window
from .hours import Closure, closure, describe, missing_to_open, next_opening, opening_words, steady_until

HORIZON = 400 * 86_400
"""How far a deferral reaches, in seconds."""
_MOST_REMEMBERED = 16_384
_HOUR = 3600


class Closed(NamedTuple):
    """Why a window is shut; the facts for want of which it is, or stays so; the instant it opens, None if it never
    does; the window in words, and when it opens.
    """

    shut: Closure
    missing: frozenset[str]
    opens: int | None
    hours: str
    later: str


_Asked = tuple[int, bool, tuple[str, ...], tuple[str, ...], int]
_remembered: dict[_Asked, tuple[Window, int, int, Closed]] = {}


def closed(
    window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int, lenient: bool
) -> Closed | None:
    """What a window says at `t`; None if it is open. `lenient`: what is not known does not keep it shut for ever, as
    a guideline's.
    """
    key = (id(window), lenient, zones, subdivisions, t // _HOUR)
    known = _remembered.get(key)
    if known is not None and known[0] is window and known[1] <= t < known[2]:
        return known[3]
    shut = closure(window, zones, subdivisions, t)
    if shut is None:
        return None
    found = _closed(window, zones, subdivisions, t, lenient, shut)
    if found.opens is not None:  # one that never opens within reach of this instant may within that of a later one
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = (window, t, steady_until(window, zones, t), found)
    return found


def _closed(
    window: Window, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int, lenient: bool, shut: Closure
) -> Closed:
    unknown, words, end = frozenset(shut.missing), describe(window), t + HORIZON
    opens = next_opening(window, zones, subdivisions, t, end, lenient and not unknown)
    if opens is None:
        lacking = frozenset(missing_to_open(window, zones, subdivisions, t, end)) - unknown
        wanting = f" for want of {', '.join(sorted(lacking))}" if lacking else ""
        return Closed(shut, unknown | lacking, None, words, f"never opens{wanting}")
    zone = window.zone or next(iter(zones), "UTC")
    return Closed(shut, unknown, opens, words, f"next opening {opening_words(zone, opens, t)}")
