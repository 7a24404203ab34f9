"""Windows as the generated code asks them: open or not, remembering how long the last answer holds."""

from __future__ import annotations

from collections.abc import Callable

from ..policy.model import Window
from .hours import lasts

_MOST_REMEMBERED = 16_384
_HOUR = 3600

_Asked = tuple[tuple[str, ...], tuple[str, ...], int]


Remembered = dict[_Asked, tuple[int, int, tuple[bool, ...]]]
"""From when and until when an answer surely holds, and the answer."""
Shutters = Callable[[tuple[str, ...], tuple[str, ...], int], tuple[bool, ...]]
"""For each window, whether it is known to be open at an instant in all the zones, given also the subdivisions."""


def shutters(windows: tuple[Window, ...], remembered: Remembered | None = None) -> Shutters:
    """Says which of some windows are open. Most messages are judged close to one another in time: one answer serves
    many.

    An answer is remembered for each hour, so that a deferral, which asks about now and then, displaces none. Threads
    may share it: what is remembered, and may be seen in `remembered`, is the same whoever works it out.
    """
    kept: Remembered = {} if remembered is None else remembered
    last: tuple[tuple[str, ...], tuple[str, ...], int, int, tuple[bool, ...]] = ((), (), 0, 0, ())

    def opened(zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int) -> tuple[bool, ...]:
        nonlocal last
        same, alike, since, until, answer = last  # as one, for another thread may replace it
        if since <= t < until and zones is same and subdivisions is alike:
            return answer
        key = (zones, subdivisions, t // _HOUR)
        known = kept.get(key)
        if known is None or not known[0] <= t < known[1]:
            if len(kept) >= _MOST_REMEMBERED:
                kept.clear()
            known = kept[key] = _stretch(windows, zones, subdivisions, t)
        last = (zones, subdivisions, *known)
        return known[2]

    return opened


def _stretch(
    windows: tuple[Window, ...], zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int
) -> tuple[int, int, tuple[bool, ...]]:
    """From when, in the hour of `t`, and until when the answer at `t` surely holds, and the answer."""
    start = until = t - t % _HOUR
    while until <= t:
        start = until
        found = [lasts(window, zones, subdivisions, start) for window in windows]
        until = min(end for _, end in found)
    return start, until, tuple(is_open for is_open, _ in found)
