"""Classes of numbers for whole columns: two levels of plain arrays, filled as beginnings of numbers are met.

The first level is indexed by how long a number is and its first six digits, the second by the next three. What either
says is `class_of_head`'s answer, which is proven for every number that begins so.
"""

from __future__ import annotations

from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from .number_classes import LONG, SHORT, NumberClass, class_of_head
from .text_columns import INLINE, Mask, Texts, Words

Codes = NDArray[np.int32]
Halves = NDArray[np.uint32]

ALONE = 0
"""Stands for the class of a number that has to be asked for itself, or is none. Codes of classes count from 1."""

_MOST_DIGITS = 15
_TOO_LONG = 1 + _MOST_DIGITS + 1
"""The bytes that longer numbers are said to have."""
_UNSEEN, _BY_ITSELF, _FIRST_BLOCK = 0, -1, 2
_TRIPLES = 1 << 10
_HEADS = _TRIPLES * _TRIPLES
_TO_HEAD, _TO_SIZE = np.uint32(10), np.uint32(20)

_PLUS_AND_ZEROS, _ZEROS = np.uint32(0x3030302B), np.uint64(0x3030303030303030)
_NO_PLUS, _NO_DIGIT = np.uint32(0x7676767F), np.uint64(0x7676767676767676)
"""Bytes that carry into a byte's highest bit when added to anything but 0; to anything from 10 on."""
_HIGHEST, _ALL_HIGHEST = np.uint32(0x80808080), 0x8080808080808080


def _within(before: int) -> Words:
    """By how long a number is: the highest bits of those of eight bytes that belong to it, `before` bytes in."""
    sizes = (min(max(size - before, 0), 8) for size in range(_TOO_LONG + 1))
    return np.array([_ALL_HIGHEST & (256**size - 1) for size in sizes], np.uint64)


_MIDDLE_WITHIN, _TAIL_WITHIN = _within(4), _within(INLINE)
_THIRD_WITHIN = np.array([256 ** min(max(size - 1 - SHORT, 0), 3) - 1 for size in range(_TOO_LONG + 1)], np.uint32)
"""By how long a number is: which of its seventh, eighth and ninth digit it has."""


class NumberTable:
    """Gives numbers the codes of their classes. One serves all policies and threads; it only grows."""

    def __init__(self) -> None:
        self.classes: list[NumberClass | None] = [None]
        self._codes: dict[NumberClass, int] = {}
        # Zeros are given out by the system page by page, so only the pages of numbers that were met take memory.
        self._short: Codes = np.zeros((_TOO_LONG + 1) * _HEADS, np.int32)
        self._short[0] = _BY_ITSELF
        self._long: Codes = np.zeros((4, _TRIPLES), np.int32)
        self._blocks = 0
        self._lock = Lock()

    def codes(self, texts: Texts) -> Codes:
        """For each number the place of its class in `classes`, or `ALONE`; that too for what is no number."""
        sizes = np.minimum(texts.sizes, np.uint32(_TOO_LONG))
        first, middle = texts.first ^ _PLUS_AND_ZEROS, texts.middle ^ _ZEROS
        middle[texts.long] = texts.long_middle ^ _ZEROS
        wrong = _no_numbers(texts, sizes, first, middle)
        places = sizes << _TO_SIZE
        first >>= np.uint32(8)
        places |= _triples(first) << _TO_HEAD
        places |= _triples(middle.astype(np.uint32))
        if wrong is not None:
            places[wrong] = 0
        found = self._short.take(places)
        if not found.all():
            self._learn(np.unique(places[found == _UNSEEN]))
            found = self._short.take(places)
        deeper = np.flatnonzero(found < _BY_ITSELF)
        if deeper.size:
            found[deeper] = self._deeper(places[deeper], middle[deeper], found[deeper])
        codes: Codes = np.maximum(found, ALONE)
        return codes

    def _deeper(self, places: Halves, middle: Words, found: Codes) -> Codes:
        thirds = _triples((middle >> np.uint64(24)).astype(np.uint32) & _THIRD_WITHIN.take(places >> _TO_SIZE))
        blocks = -found - _FIRST_BLOCK
        long: Codes = self._long[blocks, thirds]
        if not long.all():
            new = np.unique(np.stack((blocks, thirds, places), axis=1)[long == _UNSEEN], axis=0)
            self._learn_long(new.tolist())
            long = self._long[blocks, thirds]
        return long

    def _learn(self, places: Halves) -> None:
        with self._lock:
            for place in places.tolist():
                if self._short[place] == _UNSEEN:
                    digits, head = _beginning(place)
                    found = class_of_head(head, digits)
                    self._short[place] = self._block(digits) if found is None else self._code(found)

    def _learn_long(self, new: list[list[int]]) -> None:
        with self._lock:
            for block, third, place in new:
                digits, head = _beginning(place)
                found = class_of_head(f"{head}{_digits(third)}"[: min(digits, LONG)], digits)
                self._long[block, third] = _BY_ITSELF if found is None else self._code(found)

    def _block(self, digits: int) -> int:
        """The code of a new block of longer beginnings; there are none of a number that has no more digits."""
        if not SHORT < digits <= _MOST_DIGITS:
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
            code = self._codes[found] = len(self.classes) - 1
        return code


@cache
def number_table() -> NumberTable:
    """The one table of this process."""
    return NumberTable()


def _no_numbers(texts: Texts, sizes: Halves, first: Halves, middle: Words) -> Mask | None:
    """Which texts are not a plus and digits; None if all are.

    `first`, `middle`: 0 where there should be the plus, and the values of digits.
    """
    no_plus = first + _NO_PLUS
    no_plus |= first
    no_plus &= _HIGHEST
    no_digit = middle + _NO_DIGIT
    no_digit |= middle
    no_digit &= _MIDDLE_WITHIN.take(sizes)
    tails = texts.tails ^ _ZEROS
    no_tail = ((tails + _NO_DIGIT) | tails) & _TAIL_WITHIN.take(sizes.take(texts.long))
    if not (np.bitwise_or.reduce(no_plus) or np.bitwise_or.reduce(no_digit) or np.bitwise_or.reduce(no_tail)):
        return None
    wrong: Mask = (no_plus != 0) | (no_digit != 0)
    wrong[texts.long] |= no_tail != 0
    return wrong


_SUM = np.uint32((100 << 22) + (10 << 14) + (1 << 6))


def _triples(digits: Halves) -> Halves:
    """Three digits, one in each of the lower bytes, as a number of ten bits: no two triples are given the same.

    Multiplied, 100 times the first, 10 times the second and the third add up from bit 22 on. Of what else the product
    holds, only 2 ** 30 times 10 times the third reaches so far: of that the highest bit remains where the third is odd.
    """
    found = digits & np.uint32(0xFFFFFF)
    found *= _SUM
    found >>= np.uint32(22)
    return found


def _digits(triple: int) -> str:
    """The three digits of which `_triples` made this."""
    return f"{triple ^ (triple & 1) << 9:03}"


def _beginning(place: int) -> tuple[int, str]:
    """How many digits the numbers have that stand here in the first level, and their first six."""
    size, head = divmod(place, _HEADS)
    return size - 1, _digits(head // _TRIPLES) + _digits(head % _TRIPLES)
