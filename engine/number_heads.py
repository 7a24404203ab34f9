"""Beginnings of numbers and the classes they settle, kept for the whole process: for numbers that come one by one.

What `number_classes` proves of a beginning holds for every campaign, so it is worked out once. For whole columns of
numbers there is `number_table`.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Final

from .number_classes import LONG, SHORT, NumberClass, short_class

SHORT_HEAD: Final = slice(1 + SHORT)
LONG_HEAD: Final = slice(1 + LONG)
AFTER_SHORT: Final = slice(1 + SHORT, None)
"""Parts of a number in E.164, the plus included. Made once, since to make one costs as much as to look one up."""

DEEPER, ALONE = 0, -1
"""In place of a code: it takes the longer beginning; it takes the number itself. Codes count from 1."""

_MOST_DIGITS = 15
_MOST_HEADS = 1 << 18

Heads = list[dict[str, int]]
"""By the length of a number's text: its beginnings and their codes."""


class NumberHeads:
    """Codes of classes by beginnings of numbers: `short[len(to)][to[SHORT_HEAD]] or long[len(to)][to[LONG_HEAD]]`.

    A beginning that was not met before is a `KeyError` there; `code` learns it. Threads may share one, and what it
    keeps is bounded. The code of a class never changes.
    """

    def __init__(self) -> None:
        self.short: Heads = [{} for _ in range(_MOST_DIGITS + 2)]
        self.long: Heads = [{} for _ in range(_MOST_DIGITS + 2)]
        self.classes: list[NumberClass | None] = [None]
        self._codes: dict[NumberClass | None, int] = {None: ALONE}
        self._kept = 0
        self._lock = Lock()

    def code(self, e164: str) -> int:
        """The code of the class of a number in the form of E.164, or `ALONE` where its beginnings do not settle it."""
        found, is_short = short_class(e164)
        with self._lock:
            if found not in self._codes:
                self.classes.append(found)
                self._codes[found] = len(self.classes) - 1
            code = self._codes[found]
            self._keep(e164, code, is_short)
        return code

    def _keep(self, e164: str, code: int, is_short: bool) -> None:
        if self._kept >= _MOST_HEADS:
            self._kept = 0
            for heads in (*self.long, *self.short):
                heads.clear()
        self._kept += 1
        if not is_short:  # first, so that whoever is sent on to the longer beginning finds it
            self.long[len(e164)][e164[LONG_HEAD]] = code
        self.short[len(e164)][e164[SHORT_HEAD]] = code if is_short else DEEPER


@cache
def number_heads() -> NumberHeads:
    """The one memory of this process."""
    return NumberHeads()
