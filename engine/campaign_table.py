"""A campaign over columns: a table of recipients in, a table of outcomes out, with the same answers as row by row.

Numbers become codes of their classes and consents codes of their statuses; each combination that occurs is judged once
and its outcome spread over the rows. What else the table tells makes groups of equal rows. What is not so simple is
judged row by row: numbers that only the library can tell, recipients with a history, cells that are malformed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .assemble import NO_COUNTRY_RULE
from .campaign_codes import AS_CAMPAIGN, NOT_KNOWN, STATUSES, class_codes, status_codes
from .campaign_columns import check_columns, field_of, fields_told, is_sure, row_of, status_column
from .message import MessageError
from .number_table import ALONE, Codes, number_table
from .outcome import Outcome

if TYPE_CHECKING:
    from .campaign import Campaign

DECISIONS = pl.Enum(["allow", "defer", "deny"])
UNTIL = pl.Datetime("us", "UTC")
_CHUNK = 1 << 16
"""Rows that are looked at together: few enough for the processor's cache, enough to be worth a thread."""
_UNSEEN = -2
_CLASS, _STATUS, _ROW = "#class", "#status", "#row"
_Judged = Outcome | MessageError
_Mask = NDArray[np.bool_]
_Rows = NDArray[np.intp]


class CampaignTable:
    """What a campaign keeps for tables: the outcomes met so far, by code. Threads may share one."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        rules = {NO_COUNTRY_RULE, *(rule.id for rule in campaign.policy.rule_set.rules)}
        self.schema: dict[str, pl.DataType | type[pl.DataType]] = {
            "decision": DECISIONS,
            "until": UNTIL,
            "rule": pl.Enum(sorted(rules)),
            "error": pl.String,
        }
        self._outcomes: list[_Judged] = []
        self._told = self._frame([])
        self._known: dict[frozenset[str], Codes] = {}
        self._lock = Lock()

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The outcome of each row, in the same order. Raises `MessageError` for a column that does not belong."""
        check_columns(frame.columns)
        chunks = [frame.slice(start, _CHUNK) for start in range(0, frame.height, _CHUNK)]
        if len(chunks) < 2:
            return self._chunk(frame)
        with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
            return pl.concat(list(threads.map(self._chunk, chunks)))

    def _chunk(self, chunk: pl.DataFrame) -> pl.DataFrame:
        classes, statuses = class_codes(chunk["to"]), _statuses(chunk)
        plain = (classes != ALONE) & (statuses != ALONE)
        self._leave_out_numbers(plain, classes, dated="at" not in chunk.columns)
        rest = self._rest(chunk, classes)
        own = _Own()
        if rest:
            codes = np.full(chunk.height, ALONE, np.int32)
            own.places = np.full(chunk.height, ALONE, np.int32)
            for rows in _groups(chunk, rest, classes, statuses, plain):
                own.places[rows] = own.add(self._judge(chunk.row(int(rows[0]), named=True)))
        else:
            codes = self._shared(chunk, np.where(plain, classes * np.int32(STATUSES) + statuses + 1, 0))
        self._one_by_one(chunk, codes, own)
        return self._spread(codes, own)

    def _one_by_one(self, chunk: pl.DataFrame, codes: Codes, own: _Own) -> None:
        """Judges the rows that have no outcome so far."""
        left = codes == ALONE if own.places is None else (codes == ALONE) & (own.places == ALONE)
        rows = np.flatnonzero(left)
        if rows.size:
            own.places = np.full(chunk.height, ALONE, np.int32) if own.places is None else own.places
            own.places[rows] = [own.add(self._judge(cells)) for cells in chunk[rows].iter_rows(named=True)]

    def _spread(self, codes: Codes, own: _Own) -> pl.DataFrame:
        told = self._told
        if own.places is not None:
            codes = np.where(own.places == ALONE, codes, own.places + np.int32(told.height))
            told = told.vstack(self._frame(own.judged))
        return told[pl.Series(codes.astype(np.uint32))]

    def _frame(self, judged: Sequence[_Judged]) -> pl.DataFrame:
        return pl.DataFrame([_cells(one) for one in judged], schema=self.schema, orient="row")

    def _judge(self, cells: Mapping[str, Any], *, alone: bool = False) -> _Judged:
        judge = self._campaign.judge_alone if alone else self._campaign.judge_row
        try:
            return judge(row_of(cells))
        except MessageError as error:
            return error

    # ---- numbers and statuses alone

    def _shared(self, chunk: pl.DataFrame, places: Codes) -> Codes:
        """The code of the outcome that recipients of this class and status share, or `ALONE`.

        `places`: one for each class and status, 0 for recipients who share theirs with nobody.
        """
        told = fields_told(chunk.columns)
        codes = self._known_up_to(told, int(places.max(initial=0))).take(places)
        unseen = np.flatnonzero(codes == _UNSEEN)
        if unseen.size:
            self._learn(chunk, told, places, unseen)
            codes = self._known[told].take(places)
        return codes

    def _known_up_to(self, told: frozenset[str], place: int) -> Codes:
        known = self._known.get(told)
        if known is not None and place < len(known):
            return known
        with self._lock:
            before = self._known.get(told, np.full(1, ALONE, np.int32))
            more = np.full(max(2 * place + 1024 - len(before), 0), _UNSEEN, np.int32)
            self._known[told] = np.concatenate((before, more))
        return self._known[told]

    def _learn(self, chunk: pl.DataFrame, told: frozenset[str], places: Codes, unseen: _Rows) -> None:
        """Judges one recipient of each class and status that was not met before."""
        new, first = np.unique(places[unseen], return_index=True)
        rows = chunk[unseen[first]].iter_rows(named=True)
        with self._lock:
            known = self._known[told]
            found: list[tuple[int, int]] = []
            for place, cells in zip(new.tolist(), rows, strict=True):
                if known[place] == _UNSEEN:
                    self._outcomes.append(self._judge(cells, alone=True))
                    found.append((place, len(self._outcomes) - 1))
            self._told = self._told.vstack(self._frame(self._outcomes[self._told.height :]))
            for place, code in found:  # last, so that whoever finds a code finds its outcome
                known[place] = code

    # ---- what else decides

    def _leave_out_numbers(self, plain: _Mask, classes: Codes, *, dated: bool) -> None:
        """Recipients of countries where a rule asks for the number itself share nothing."""
        known = number_table().classes
        if self._campaign.policy.asks_numbers:
            for code in np.unique(classes[plain]).tolist():
                if self._campaign.asks_number(known[code].country, dated=dated):
                    plain &= classes != code

    def _rest(self, chunk: pl.DataFrame, classes: Codes) -> list[str]:
        """The columns beside number and status that count: those that a rule asks for, or that may be malformed."""
        names = [name for name in chunk.columns if name not in ("to", status_column(chunk.schema))]
        unsure = [name for name in names if name == "at" or not is_sure(chunk[name])]
        if len(unsure) == len(names):
            return names
        known, dated = number_table().classes, "at" not in names
        countries = {known[code].country for code in np.unique(classes[classes != ALONE]).tolist()} - {None}
        asked = {name for code in countries if code for name in self._campaign.residue(code, dated=dated).asks}
        return [name for name in names if name in unsure or field_of(name) in asked]


class _Own:
    """Outcomes that the rows of one table do not share with those of others; `places` says which row has which."""

    def __init__(self) -> None:
        self.judged: list[_Judged] = []
        self.places: Codes | None = None
        self._known: dict[int, int] = {}

    def add(self, judged: _Judged) -> int:
        """The place of an outcome, a new one where it was not met before."""
        place = self._known.setdefault(id(judged), len(self.judged))
        if place == len(self.judged):
            self.judged.append(judged)
        return place


def _statuses(chunk: pl.DataFrame) -> Codes:
    name = status_column(chunk.schema)
    if name is not None:
        return status_codes(chunk[name])
    stated = any(column.startswith("consent") for column in chunk.columns)
    return np.full(chunk.height, NOT_KNOWN if stated else AS_CAMPAIGN, np.int32)


def _groups(
    chunk: pl.DataFrame, rest: Sequence[str], classes: Codes, statuses: Codes, plain: _Mask
) -> Iterator[NDArray[np.uint32]]:
    """The rows that are equal in all that may decide; those with a history are in none."""
    rows = pl.Series(_ROW, np.arange(chunk.height, dtype=np.uint32))
    keys = chunk.select(rest).with_columns(pl.Series(_CLASS, classes), pl.Series(_STATUS, statuses), rows)
    if "history" in rest:
        plain = plain & _without_history(chunk["history"])
        keys = keys.with_columns(pl.col("history").is_null())
    groups = keys.filter(pl.Series(plain)).group_by(pl.exclude(_ROW), maintain_order=True).agg(_ROW)[_ROW]
    return (group.to_numpy() for group in groups)


def _without_history(column: pl.Series) -> _Mask:
    empty = column.is_null()
    if isinstance(column.dtype, pl.List):
        empty |= column.list.len().fill_null(0) == 0
    return empty.to_numpy()


def _cells(judged: _Judged) -> tuple[str | None, Any, str | None, str | None]:
    if isinstance(judged, MessageError):
        return None, None, None, str(judged)
    return judged.decision, judged.until, judged.rule, None
