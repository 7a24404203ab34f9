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

    def opened(zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int) -> tuple[bool, ...]:
        key = (zones, subdivisions, t // _HOUR)
        known = kept.get(key)
        if known is not None and known[0] <= t < known[1]:
            return known[2]
        found = [lasts(window, zones, subdivisions, t) for window in windows]
        answer = tuple(is_open for is_open, _ in found)
        if len(kept) >= _MOST_REMEMBERED:
            kept.clear()
        kept[key] = (t, min(until for _, until in found), answer)
        return answer

    return opened
