"""Windows as the generated code asks them: open or not, remembering how long the last answer holds."""

from __future__ import annotations

from ..policy.model import Window
from .hours import lasts

_MOST_REMEMBERED = 16_384
_HOUR = 3600

_Asked = tuple[tuple[str, ...], tuple[str, ...], int]


class Shutter:
    """Whether a window is open. Messages are mostly judged close to one another in time, so one answer serves many.

    An answer is remembered for each hour, so that a deferral, which asks about now and then, displaces none. Threads
    may share one: what is remembered is replaced as a whole, and is the same whoever works it out.
    """

    __slots__ = ("_remembered", "_window")

    def __init__(self, window: Window) -> None:
        self._window = window
        self._remembered: dict[_Asked, tuple[int, int, bool]] = {}

    def __call__(self, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int) -> bool:
        """Whether it is known to be open at `t` in all the zones."""
        key = (zones, subdivisions, t // _HOUR)
        known = self._remembered.get(key)
        if known is not None and known[0] <= t < known[1]:
            return known[2]
        opened, until = lasts(self._window, zones, subdivisions, t)
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered = {}
        self._remembered[key] = (t, until, opened)
        return opened
