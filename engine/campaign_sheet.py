"""A table of recipients as it is judged: its two columns of texts read where they lie, the rest when it is needed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from .campaign_codes import AS_CAMPAIGN, NO_STATUS, NOT_KNOWN, status_codes
from .campaign_columns import check_columns, status_column
from .number_table import ALONE, Codes, number_table
from .text_columns import Rows, TextColumn, is_texts

_MOST_PIECES = 64
"""Pieces of a column beyond which they are put together first."""


class Sheet(ABC):
    """A table of recipients. Raises `MessageError` for a column that does not belong."""

    def __init__(self, schema: pl.Schema, height: int) -> None:
        check_columns(schema.names())
        self.schema = schema
        self.names = schema.names()
        self.height = height
        self.status = status_column(schema)
        self.numbers = self.texts("to")
        self.statuses = None if self.status is None else self.texts(self.status)

    def parts(self, rows: int) -> Iterator[Part]:
        """The table in parts of so many rows."""
        return (Part(self, start, min(start + rows, self.height)) for start in range(0, self.height, rows))

    @abstractmethod
    def frame(self, start: int, stop: int) -> pl.DataFrame:
        """The rows from one place to another."""

    @abstractmethod
    def texts(self, name: str) -> TextColumn | None:
        """A column of texts; None for one that holds anything else."""


class FrameSheet(Sheet):
    """A polars frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        super().__init__(frame.schema, frame.height)

    def frame(self, start: int, stop: int) -> pl.DataFrame:
        return self._frame.slice(start, stop - start)

    def texts(self, name: str) -> TextColumn | None:
        return _texts(self._frame[name])


class ArrowSheet(Sheet):
    """A pyarrow table, of which no more is made a polars frame than is needed."""

    def __init__(self, table: Any) -> None:
        self._table = table
        super().__init__(pl.DataFrame(table.slice(0, 0)).schema, table.num_rows)

    def frame(self, start: int, stop: int) -> pl.DataFrame:
        return pl.DataFrame(self._table.slice(start, stop - start))

    def texts(self, name: str) -> TextColumn | None:
        column = self._table.column(name)
        if not is_texts(column):
            return _texts(pl.DataFrame(self._table.select([name]))[name])
        return TextColumn(column.combine_chunks() if column.num_chunks > _MOST_PIECES else column)


def _texts(column: pl.Series) -> TextColumn | None:
    if isinstance(column.dtype, pl.Categorical | pl.Enum):
        column = column.cast(pl.String)
    if column.dtype != pl.String:
        return None
    return TextColumn(column.rechunk() if column.n_chunks() > _MOST_PIECES else column)


class Part:
    """Some rows of a table."""

    def __init__(self, sheet: Sheet, start: int, stop: int) -> None:
        self.sheet = sheet
        self.height = stop - start
        self._start, self._stop = start, stop

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The rows themselves."""
        return self.sheet.frame(self._start, self._stop)

    @cached_property
    def classes(self) -> Codes:
        """The code of the class of each number in `number_table`, or `ALONE`."""
        numbers = self.sheet.numbers
        if numbers is None:
            return np.full(self.height, ALONE, np.int32)
        return number_table().codes(numbers.texts(self._start, self._stop))

    @cached_property
    def statuses(self) -> Rows:
        """The code of the status of each consent."""
        if self.sheet.statuses is not None:
            return status_codes(self.sheet.statuses.texts(self._start, self._stop))
        return np.full(self.height, self._one_status(), np.intp)

    def _one_status(self) -> int:
        """The code of the status that all rows have, where no column of texts tells it."""
        sheet = self.sheet
        if sheet.status is not None:
            return NOT_KNOWN if sheet.schema[sheet.status] == pl.Null else NO_STATUS
        return NOT_KNOWN if any(name.startswith("consent") for name in sheet.names) else AS_CAMPAIGN
