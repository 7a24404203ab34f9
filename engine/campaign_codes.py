"""The statuses of a column of consents, as codes."""

from __future__ import annotations

from typing import Final

import numpy as np

from ..policy.vocabulary import CONSENT_STATUSES
from .text_columns import INLINE, Rows, Texts, Words

STATUSES: Final = 8
"""How many codes there are."""

_TOP = np.uint64(61)


def _integers(start: int, size: int) -> Words:
    """Some bytes of each status."""
    some = (status.encode()[start : start + size] for status in CONSENT_STATUSES)
    return np.array([int.from_bytes(part, "little") for part in some], np.uint64)


def _factor(heads: Words) -> np.uint64:
    """A number that multiplied by the heads of statuses gives each another code in the highest bits."""
    factors = (np.uint64(0x9E3779B97F4A7C15 * odd % 2**64) for odd in range(1, 10_000, 2))
    return next(factor for factor in factors if len({*(heads * factor >> _TOP).tolist()}) == len(heads))


_LENGTHS = np.array([len(status) for status in CONSENT_STATUSES], np.uint64)
_STATUS_HEADS = _LENGTHS + (_integers(0, 4) << np.uint64(32))
_FACTOR = _factor(_STATUS_HEADS)
_CODES = (_STATUS_HEADS * _FACTOR >> _TOP).astype(np.intp)

_FREE: list[int] = sorted({*range(STATUSES)} - {*_CODES.tolist()})
NOT_KNOWN, AS_CAMPAIGN, NO_STATUS = _FREE
"""The codes of a consent of which no status is told, of one that the table does not speak of, of what is no status."""

_HEADS, _MIDDLES, _TAILS, _TAIL_WITHIN = (np.zeros(STATUSES, np.uint64) for _ in range(4))
_HEADS[_CODES], _MIDDLES[_CODES], _TAILS[_CODES] = _STATUS_HEADS, _integers(4, 8), _integers(INLINE, 8)
_TAIL_WITHIN[_CODES] = [256 ** max(len(status) - INLINE, 0) - 1 for status in CONSENT_STATUSES]


def status_codes(texts: Texts) -> Rows:
    """The code of each status, `NO_STATUS` where it is none."""
    codes = ((texts.heads * _FACTOR) >> _TOP).view(np.intp)
    others = texts.middle != _MIDDLES.take(codes)
    if texts.long.size:
        expected = codes.take(texts.long)
        differ = (texts.tails & _TAIL_WITHIN.take(expected)) != _TAILS.take(expected)
        others[texts.long] = differ | (texts.long_middle != _MIDDLES.take(expected))
    others |= texts.heads != _HEADS.take(codes)
    if others.any():
        codes[others] = NO_STATUS
    if texts.missing is not None:
        codes[texts.missing] = NOT_KNOWN
    return codes
