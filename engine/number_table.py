"""Classes of numbers for whole columns: two levels of plain arrays, filled as beginnings of numbers are met.

The first level is indexed by how many digits a number has and its first six, the second by the next three. What either
says is `class_of_head`'s answer, which is proven for every number that begins so.
"""

from __future__ import annotations

from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from .number_classes import LONG, SHORT, NumberClass, class_of_head

Integers = NDArray[np.int64]
Codes = NDArray[np.int32]

ALONE = -1
"""Stands for the class of a number that has to be asked for itself, or is none."""

_MOST_DIGITS = 15
_HEADS = 10**SHORT
_TAILS = 10 ** (LONG - SHORT)
_UNSEEN, _BY_ITSELF, _FIRST_BLOCK = 0, -1, 2
_DIVISORS = np.array([*(10.0 ** max(digits - SHORT, 0) for digits in range(_MOST_DIGITS + 1)), np.inf])
"""By digits: what leaves the first six. Both sides of the division are exact as floats and the quotient is below a
million, so rounding, by less than 6e-11, cannot carry it up to a whole number, which is 1e-9 away or more."""

_AFTER_LONG = np.array([10 ** max(digits - LONG, 0) for digits in range(_MOST_DIGITS + 1)])
_WITHIN_LONG = np.array([10 ** min(max(digits - SHORT, 0), LONG - SHORT) for digits in range(_MOST_DIGITS + 1)])
"""By digits: what leaves the first nine, and how many of the second level follow the first six."""
_BASES = np.arange(_MOST_DIGITS + 2, dtype=np.int32) * np.int32(_HEADS)
"""By digits: where the beginnings of such numbers stand in the first level; 0 is the place of what is no number."""


class NumberTable:
    """Gives numbers the codes of their classes. One serves all policies and threads; it only grows."""

    def __init__(self) -> None:
        self.classes: list[NumberClass] = []
        self._codes: dict[NumberClass, int] = {}
        # Zeros are given out by the system page by page, so only the pages of numbers that were met take memory.
        self._short: Codes = np.zeros((_MOST_DIGITS + 1) * _HEADS, np.int32)
        self._short[0] = _BY_ITSELF
        self._long: Codes = np.zeros((4, _TAILS), np.int32)
        self._blocks = 0
        self._lock = Lock()

    def codes(self, numbers: Integers, digits: NDArray[np.uint8], given: NDArray[np.bool_]) -> Codes:
        """For each number the place of its class in `classes`, or `ALONE`.

        `numbers`: the digits as an integer; `digits`: how many there should be, `given`: whether it is a number at
        all. Where another number of digits is found, and where it is no number, the answer is `ALONE`.
        """
        sizes = np.minimum(digits, _MOST_DIGITS + 1)
        with np.errstate(invalid="ignore"):  # what is no number may be too long for an integer; it is masked
            quotients = numbers / _DIVISORS.take(sizes)
            heads = quotients.astype(np.int32)
        places = heads + _BASES.take(sizes)
        places *= given & (quotients >= _HEADS // 10) & (quotients < _HEADS)
        found = self._short.take(places)
        unseen = found == _UNSEEN
        if unseen.any():
            self._learn(np.unique(places[unseen]))
            found = self._short.take(places)
        deeper = np.flatnonzero(found < _BY_ITSELF)
        if deeper.size:
            found[deeper] = self._deeper(numbers[deeper], sizes[deeper], heads[deeper], found[deeper])
        codes: Codes = np.maximum(found - 1, ALONE)
        return codes

    def _deeper(self, numbers: Integers, sizes: NDArray[np.uint8], heads: Codes, found: Codes) -> Codes:
        tails = numbers // _AFTER_LONG.take(sizes) - heads * _WITHIN_LONG.take(sizes)
        blocks = -found - _FIRST_BLOCK
        long: Codes = self._long[blocks, tails]
        unseen = long == _UNSEEN
        if unseen.any():
            places = np.unique(np.stack((blocks, tails, sizes, heads), axis=1)[unseen], axis=0)
            self._learn_long(places.tolist())
            long = self._long[blocks, tails]
        return long

    def _learn(self, places: Codes) -> None:
        with self._lock:
            for place in places.tolist():
                if self._short[place] == _UNSEEN:
                    size, head = divmod(place, _HEADS)
                    found = class_of_head(str(head), size)
                    self._short[place] = self._block(size) if found is None else self._code(found)

    def _learn_long(self, places: list[list[int]]) -> None:
        with self._lock:
            for block, tail, size, head in places:
                width = min(size - SHORT, LONG - SHORT)
                found = class_of_head(f"{head}{tail:0{width}}", size)
                self._long[block, tail] = _BY_ITSELF if found is None else self._code(found)

    def _block(self, size: int) -> int:
        """The code of a new block of longer beginnings; there are none of a number that has no more digits."""
        if size <= SHORT:
            return _BY_ITSELF
        if self._blocks == len(self._long):
            self._long = np.concatenate((self._long, np.zeros_like(self._long)))
        self._blocks += 1
        return -(self._blocks - 1 + _FIRST_BLOCK)

    def _code(self, found: NumberClass) -> int:
        """The code of a class, counted from 1."""
        code = self._codes.get(found)
        if code is None:
            self.classes.append(found)
            code = self._codes[found] = len(self.classes)
        return code


@cache
def number_table() -> NumberTable:
    """The one table of this process."""
    return NumberTable()
