"""Cells as codes: the classes of a column of numbers, the statuses of a column of consents."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..policy.vocabulary import CONSENT_STATUSES
from .number_table import ALONE, Codes, number_table

NOT_KNOWN = len(CONSENT_STATUSES)
"""The code of a consent of which no status is told."""
AS_CAMPAIGN = NOT_KNOWN + 1
"""The code of a consent that the table does not speak of."""
STATUSES = AS_CAMPAIGN + 1
"""How many codes of statuses there are."""

_LENGTHS = {len(status): code for code, status in enumerate(CONSENT_STATUSES)}
assert len(_LENGTHS) == len(CONSENT_STATUSES), "statuses are told apart by their lengths"
_LONGEST = 255
_BY_LENGTH = np.array([_LENGTHS.get(length, ALONE) for length in range(_LONGEST + 1)], np.int32)
"""The code of the one status that has so many letters."""


def class_codes(column: pl.Series) -> Codes:
    """The code of the class of each number in `number_table`, or `ALONE`."""
    if column.dtype != pl.String:
        return np.full(len(column), ALONE, np.int32)
    numbers = column.cast(pl.Int64, strict=False).fill_null(0).to_numpy()
    # What is read as a positive integer begins with a digit or a plus, which sorts before all digits.
    given = (column < "0").fill_null(False).to_numpy()
    return number_table().codes(numbers, _sizes(column) - np.uint8(1), given)


def status_codes(column: pl.Series) -> Codes:
    """The code of each status, or `ALONE` where it is none."""
    if column.dtype == pl.Null:
        return np.full(len(column), NOT_KNOWN, np.int32)
    if isinstance(column.dtype, pl.Categorical | pl.Enum):
        column = column.cast(pl.String)
    if column.dtype != pl.String:
        return np.full(len(column), ALONE, np.int32)
    codes = _BY_LENGTH.take(_sizes(column))
    if column.null_count():
        codes[column.is_null().to_numpy()] = NOT_KNOWN
    equal = 0
    for status in CONSENT_STATUSES:
        equal += int((column == status).sum())
        if equal + column.null_count() == len(column):
            return codes
    codes[~column.is_in(CONSENT_STATUSES).fill_null(True).to_numpy()] = ALONE
    return codes


def _sizes(column: pl.Series) -> NDArray[np.uint8]:
    """The bytes in each text, at most 255; 0 for none."""
    sizes = column.str.len_bytes().fill_null(0).to_numpy()
    short: NDArray[np.uint8] = np.minimum(sizes, _LONGEST).astype(np.uint8)
    return short
