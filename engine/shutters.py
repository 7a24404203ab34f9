"""Windows as the generated code asks them: open or not, remembering how long the last answer holds."""

from __future__ import annotations

from ..policy.model import Window
from .hours import lasts

_MOST_REMEMBERED = 16_384
_HOUR = 3600

_Asked = tuple[tuple[str, ...], tuple[str, ...], int]


class Shutters:
    """Which of some windows are open. Most messages are judged close to one another in time: one answer serves many.

    An answer is remembered for each hour, so that a deferral, which asks about now and then, displaces none. Threads
    may share it: what is remembered is replaced as a whole, and is the same whoever works it out.
    """

    __slots__ = ("_remembered", "_windows")

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self._windows = windows
        self._remembered: dict[_Asked, tuple[int, int, tuple[bool, ...]]] = {}

    def __call__(self, zones: tuple[str, ...], subdivisions: tuple[str, ...], t: int) -> tuple[bool, ...]:
        """For each window, whether it is known to be open at `t` in all the zones."""
        key = (zones, subdivisions, t // _HOUR)
        known = self._remembered.get(key)
        if known is not None and known[0] <= t < known[1]:
            return known[2]
        found = [lasts(window, zones, subdivisions, t) for window in self._windows]
        opened = tuple(is_open for is_open, _ in found)
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered = {}
        self._remembered[key] = (t, min(until for _, until in found), opened)
        return opened
