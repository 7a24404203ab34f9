"""Columns of texts as Arrow lays them out in memory: the sizes and first bytes of many texts at a time, as integers.

Arrow tells of each text either where among the bytes of all it begins, or in 16 bytes how long it is, its first four
bytes, and the next eight or, of a text too long for that, where the whole stands. NumPy reads both as integers, without
an object for any text.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final, Protocol

import nanoarrow
import numpy as np
from numpy.typing import NDArray

assert sys.byteorder == "little", "polars is made for no other machines"

INLINE: Final = 12
"""The bytes of a text that `first` and `middle` hold."""

Words = NDArray[np.uint64]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

_VIEWS: Final = "vu"
_OFFSETS: Final = {"u": np.int32, "U": np.int64}
"""The layouts by the names that Arrow's C interface gives them."""
_MOST_BYTES = 1 << 31
_UPPER = np.uint64(0xFFFFFFFF_00000000)
_MOST_CUTS = 64
"""From how many changes of buffer on texts are read by buffer, not in their order."""
_BEFORE, _READ = 4, 24
_WITHIN: Final = np.array([256 ** max(size - 4, 0) - 1 for size in range(INLINE + 1)], np.uint64)
"""By size: the bytes of `middle` that belong to the text."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Some texts of a column, as integers; bytes stand in them from the lowest up.

    `heads`: how many bytes each text has, 0 where there is none, and in the upper half its first four, or of shorter
    texts whatever stands behind. `middle`: the next eight bytes, zeros behind the end; nothing of use where there are
    more. `long`: which texts have more; `long_middle`: of these the same eight bytes, `tails`: the eight after them,
    with whatever stands behind the end. `missing`: where there is no text; None if all are.
    """

    heads: Words
    middle: Words
    long: Rows
    long_middle: Words
    tails: Words
    missing: Mask | None

    @property
    def sizes(self) -> NDArray[np.uint32]:
        """How many bytes each text has."""
        return self.heads.view(np.uint32)[::2]

    @property
    def first(self) -> NDArray[np.uint32]:
        """The first four bytes of each."""
        return self.heads.view(np.uint32)[1::2]


class TextColumn:
    """A column of texts: a polars Series or whatever else gives itself out by Arrow's C stream interface."""

    def __init__(self, column: Any) -> None:
        stream = nanoarrow.c_array_stream(column)
        kind = stream.get_schema().format
        self._pieces = [_piece(array.view(), kind) for array in stream if array.length]
        self._starts = [0, *accumulate(piece.size for piece in self._pieces)]

    def texts(self, start: int, stop: int) -> Texts:
        """The texts from one place to another."""
        found = []
        for number in range(max(bisect_right(self._starts, start) - 1, 0), len(self._pieces)):
            begin = self._starts[number]
            if begin >= stop:
                break
            piece = self._pieces[number]
            found.append(piece.texts(max(start - begin, 0), min(stop - begin, piece.size)))
        return found[0] if len(found) == 1 else _joined(found)


def is_texts(column: Any) -> bool:
    """Whether `TextColumn` can read what gives itself out by Arrow's C stream interface."""
    kind = nanoarrow.c_array_stream(column).get_schema().format
    return kind == _VIEWS or kind in _OFFSETS


class _Piece(Protocol):
    size: int

    def texts(self, start: int, stop: int) -> Texts:
        """Those from one place to another."""


def _piece(view: Any, kind: str) -> _Piece:
    start, stop = view.offset, view.offset + view.length
    missing = _missing(_buffer(view, 0), start, stop)
    if kind == _VIEWS:
        return _Views(_buffer(view, 1).view(np.uint32).reshape(-1, 4)[start:stop], view, missing)
    offsets = _buffer(view, 1).view(_OFFSETS[kind])[start : stop + 1]
    return _Offsets(offsets, _Bytes(_buffer(view, 2)), missing)


def _buffer(view: Any, number: int) -> NDArray[np.uint8]:
    return np.frombuffer(view.buffer(number), np.uint8)


def _missing(bits: NDArray[np.uint8], start: int, stop: int) -> Mask | None:
    if not bits.size:
        return None
    byte, bit = divmod(start, 8)
    there = np.unpackbits(bits[byte:], count=stop - 8 * byte, bitorder="little")[bit:]
    return None if there.all() else there == 0


class _Views:
    """Texts in 16 bytes each: size, first four, and eight more or the number of a buffer and the place there."""

    def __init__(self, rows: NDArray[np.uint32], view: Any, missing: Mask | None) -> None:
        self.size = len(rows)
        self._rows = rows
        self._view = view
        self._data: dict[int, _Bytes] = {}
        self._missing = missing

    def texts(self, start: int, stop: int) -> Texts:
        rows, missing = self._rows[start:stop], _part(self._missing, start, stop)
        if missing is not None:
            rows = np.where(missing[:, np.newaxis], np.uint32(0), rows)
        words = rows.view(np.uint64)
        heads, middle = words[:, 0].copy(), words[:, 1]
        long = np.flatnonzero(heads.view(np.uint32)[::2] > INLINE)
        if not long.size:
            return Texts(heads, middle, long, middle[:0], middle[:0], missing)
        read = self._read(rows[:, 2][long], rows[:, 3][long].astype(np.intp))
        return Texts(heads, middle, long, read[:, 1], read[:, 2], missing)

    def _read(self, buffers: NDArray[np.uint32], places: Rows) -> Words:
        cuts = np.flatnonzero(buffers[1:] != buffers[:-1]) + 1
        if not cuts.size:
            return self._bytes(int(buffers[0])).read(places)
        words: Words = np.empty((len(places), _READ // 8), np.uint64)
        if cuts.size < _MOST_CUTS:
            for start, stop in pairwise((0, *cuts.tolist(), len(places))):
                words[start:stop] = self._bytes(int(buffers[start])).read(places[start:stop])
        else:
            for number in np.flatnonzero(np.bincount(buffers)).tolist():
                here = np.flatnonzero(buffers == number)
                words[here] = self._bytes(number).read(places[here])
        return words

    def _bytes(self, number: int) -> _Bytes:
        found = self._data.get(number)
        if found is None:
            found = self._data[number] = _Bytes(_buffer(self._view, 2 + number))
        return found


class _Offsets:
    """Texts one after another, and where each begins."""

    def __init__(self, offsets: NDArray[Any], data: _Bytes, missing: Mask | None) -> None:
        self.size = len(offsets) - 1
        self._offsets = offsets
        self._data = data
        self._missing = missing

    def texts(self, start: int, stop: int) -> Texts:
        offsets = self._offsets[start : stop + 1].astype(np.intp, copy=False)
        missing = _part(self._missing, start, stop)
        sizes = offsets[1:] - offsets[:-1]
        if missing is not None:
            sizes[missing] = 0
        words = self._data.read(offsets[:-1])
        heads = words[:, 0] & _UPPER
        heads |= np.minimum(sizes, _MOST_BYTES).view(np.uint64)
        long = np.flatnonzero(sizes > INLINE)
        middle = words[:, 1] & _WITHIN.take(sizes, mode="clip")
        return Texts(heads, middle, long, middle[long], words[:, 2][long], missing)


class _Bytes:
    """Bytes of which a few are read at many places at once."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        pad = np.zeros(_READ, np.uint8)
        if data.size < _READ:
            data = np.concatenate((data, pad))
        self._last = data.size - _READ
        self._windows = _windows(data)
        self._before = _windows(np.concatenate((pad, data[:_READ])))
        self._behind = _windows(np.concatenate((data[-_READ:], pad)))

    def read(self, places: Rows) -> Words:
        """Of each place the four bytes before it and the twenty that begin there; zeros beyond the ends."""
        starts = places - _BEFORE
        if starts.min() >= 0 and starts.max() <= self._last:
            found = self._windows[starts]
        else:
            found = self._windows[np.maximum(np.minimum(starts, self._last), 0)]
            before, behind = np.flatnonzero(starts < 0), np.flatnonzero(starts > self._last)
            found[before] = self._before[np.maximum(starts[before] + _READ, 0)]
            found[behind] = self._behind[np.minimum(starts[behind] - self._last, _READ)]
        words: Words = found.view(np.uint64).reshape(-1, _READ // 8)
        return words


def _windows(data: NDArray[np.uint8]) -> NDArray[np.void]:
    """The bytes from each place on, as many as are read; all share the memory of `data`."""
    return np.ndarray((data.size - _READ + 1,), f"V{_READ}", data, strides=(1,))


def _part(missing: Mask | None, start: int, stop: int) -> Mask | None:
    return None if missing is None else missing[start:stop]


def _joined(parts: Sequence[Texts]) -> Texts:
    """The texts of several pieces of a column as those of one."""
    begins = accumulate((len(part.middle) for part in parts), initial=0)
    missing = [np.zeros(len(part.middle), np.bool_) if part.missing is None else part.missing for part in parts]
    return Texts(
        np.concatenate([part.heads for part in parts]),
        np.concatenate([part.middle for part in parts]),
        np.concatenate([part.long + begin for part, begin in zip(parts, begins, strict=False)]),
        np.concatenate([part.long_middle for part in parts]),
        np.concatenate([part.tails for part in parts]),
        None if all(part.missing is None for part in parts) else np.concatenate(missing),
    )
