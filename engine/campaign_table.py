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
from .campaign_codes import NO_STATUS, STATUSES
from .campaign_columns import field_of, fields_told, is_sure, row_of
from .campaign_sheet import Part, Sheet
from .campaign_told import Judged, Schema, Told, outcome_schema
from .message import MessageError
from .number_table import ALONE, Codes, number_table

if TYPE_CHECKING:
    from .campaign import Campaign

_CHUNK = 1 << 16
"""Rows that are looked at together: few enough for the processor's cache, enough to be worth a thread."""
_MOST_PARTS = 16
"""How many of them one thread takes at a time."""
_BY_ITSELF, _UNSEEN, _FIRST_OWN = -1, -2, -3
"""In place of a code: yet to be judged by itself; of a class yet to be judged; the first of a table's own outcomes."""
_CLASS, _STATUS, _ROW = "#class", "#status", "#row"
_Mask = NDArray[np.bool_]
_Rows = NDArray[np.intp]


class CampaignTable:
    """What a campaign keeps for tables: the outcomes met so far, by code. Threads may share one."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        rules = {NO_COUNTRY_RULE, *(rule.id for rule in campaign.policy.rule_set.rules)}
        self.schema: Schema = outcome_schema(rules)
        self._outcomes: list[Judged] = []
        self._told = Told.of([], self.schema)
        self._known: dict[frozenset[str], Codes] = {}
        self._lock = Lock()

    def judge(self, sheet: Sheet) -> pl.DataFrame:
        """The outcome of each row, in the same order. Where no row is malformed, the column `error` is left out."""
        parts = list(sheet.parts(_CHUNK))
        if len(parts) < 2:
            return self._judge_parts(parts) if parts else pl.DataFrame(schema=self.schema)
        workers = pl.thread_pool_size()
        size = min(-(-len(parts) // (2 * workers)), _MOST_PARTS)
        stretches = [parts[start : start + size] for start in range(0, len(parts), size)]
        with ThreadPoolExecutor(workers) as threads:
            found = list(threads.map(self._judge_parts, stretches))
        some = any("error" in frame.columns for frame in found)
        return pl.concat(found, how="diagonal" if some else "vertical")

    def _judge_parts(self, parts: Sequence[Part]) -> pl.DataFrame:
        own = _Own()
        codes = np.concatenate([self._codes(part, own) for part in parts])
        told = self._told
        if own.judged:
            codes = np.where(codes <= _FIRST_OWN, np.int32(told.height + _FIRST_OWN) - codes, codes)
            told = told.and_of(own.judged)
        return told.spread(codes)

    def _codes(self, part: Part, own: _Own) -> Codes:
        """The code of the outcome of each row, or of the table's own outcomes."""
        classes, rest = self._sharing(part), self._rest(part)
        if rest:
            codes = np.full(part.height, _BY_ITSELF, np.int32)
            plain = (classes != ALONE) & (part.statuses != NO_STATUS)
            for rows in _groups(part, rest, classes, plain):
                codes[rows] = own.add(self._judge(part.frame.row(int(rows[0]), named=True)))
        else:
            codes = self._shared(part, classes * np.int32(STATUSES) + part.statuses)
        alone = np.flatnonzero(codes == _BY_ITSELF)
        if alone.size:
            codes[alone] = [own.add(self._judge(cells)) for cells in part.frame[alone].iter_rows(named=True)]
        return codes

    def _judge(self, cells: Mapping[str, Any]) -> Judged:
        try:
            return self._campaign.judge_row(row_of(cells))
        except MessageError as error:
            return error

    # ---- numbers and statuses alone

    def _shared(self, part: Part, places: _Rows) -> Codes:
        """The code of the outcome that recipients of this class and status share, or `_BY_ITSELF`.

        `places`: one for each class and status.
        """
        told = fields_told(part.sheet.names)
        codes = self._known_up_to(told, int(places.max(initial=0))).take(places)
        if codes.min(initial=0) == _UNSEEN:
            self._learn(part, told, places, np.flatnonzero(codes == _UNSEEN))
            codes = self._known[told].take(places)
        return codes

    def _known_up_to(self, told: frozenset[str], place: int) -> Codes:
        known = self._known.get(told)
        if known is not None and place < len(known):
            return known
        with self._lock:
            before = self._known.get(told, np.full(STATUSES, _BY_ITSELF, np.int32))
            classes = max(place, 64) // STATUSES * 2
            more = np.full((classes, STATUSES), _UNSEEN, np.int32)
            more[:, NO_STATUS] = _BY_ITSELF
            self._known[told] = np.concatenate((before, more.ravel()[len(before) :]))
        return self._known[told]

    def _learn(self, part: Part, told: frozenset[str], places: _Rows, unseen: _Rows) -> None:
        """Judges one recipient of each class and status that was not met before."""
        new, first = np.unique(places[unseen], return_index=True)
        rows = part.frame[unseen[first]].iter_rows(named=True)
        with self._lock:
            known = self._known[told]
            found: list[tuple[int, int]] = []
            for place, cells in zip(new.tolist(), rows, strict=True):
                if known[place] == _UNSEEN:
                    self._outcomes.append(self._judge_alone(part.sheet, cells))
                    found.append((place, len(self._outcomes) - 1))
            self._told = self._told.and_of(self._outcomes[self._told.height :])
            for place, code in found:  # last, so that whoever finds a code finds its outcome
                known[place] = code

    def _judge_alone(self, sheet: Sheet, cells: Mapping[str, Any]) -> Judged:
        try:
            if len(cells) == 1:
                return self._campaign.judge_plain(cells["to"])
            if len(cells) == 2 and sheet.status is not None:
                return self._campaign.judge_plain(cells["to"], cells[sheet.status])
            return self._campaign.judge_alone(row_of(cells))
        except MessageError as error:
            return error

    # ---- what else decides

    def _sharing(self, part: Part) -> Codes:
        """The class of each number; recipients of countries where a rule asks for the number itself share none."""
        if not self._campaign.policy.asks_numbers:
            return part.classes
        dated = "at" not in part.sheet.names
        countries = _countries(part).items()
        asked = [code for code, country in countries if self._campaign.asks_number(country, dated=dated)]
        return np.where(np.isin(part.classes, asked), np.int32(ALONE), part.classes)

    def _rest(self, part: Part) -> list[str]:
        """The columns beside number and status that count: those that a rule asks for, or that may be malformed."""
        sheet = part.sheet
        names = [name for name in sheet.names if name not in ("to", sheet.status)]
        unsure = [name for name in names if name == "at" or not is_sure(part.frame[name])]
        if len(unsure) == len(names):
            return names
        dated = "at" not in names
        countries = set(_countries(part).values())
        asked = {name for country in countries for name in self._campaign.residue(country, dated=dated).asks}
        return [name for name in names if name in unsure or field_of(name) in asked]


class _Own:
    """Outcomes that the rows of one table do not share with those of others."""

    def __init__(self) -> None:
        self.judged: list[Judged] = []
        self._known: dict[int, int] = {}

    def add(self, judged: Judged) -> int:
        """The code of an outcome, a new one where it was not met before."""
        place = self._known.setdefault(id(judged), len(self.judged))
        if place == len(self.judged):
            self.judged.append(judged)
        return _FIRST_OWN - place


def _countries(part: Part) -> dict[int, str]:
    """The countries of the classes of numbers that occur, by code."""
    known = ((code, number_table().classes[code]) for code in np.unique(part.classes).tolist())
    return {code: number.country for code, number in known if number is not None and number.country is not None}


def _groups(part: Part, rest: Sequence[str], classes: Codes, plain: _Mask) -> Iterator[NDArray[np.uint32]]:
    """The rows that are equal in all that may decide; those with a history are in none."""
    rows = pl.Series(_ROW, np.arange(part.height, dtype=np.uint32))
    keys = part.frame.select(rest)
    keys = keys.with_columns(pl.Series(_CLASS, classes), pl.Series(_STATUS, part.statuses), rows)
    if "history" in rest:
        plain = plain & _without_history(part.frame["history"])
        keys = keys.with_columns(pl.col("history").is_null())
    groups = keys.filter(pl.Series(plain)).group_by(pl.exclude(_ROW), maintain_order=True).agg(_ROW)[_ROW]
    return (group.to_numpy() for group in groups)


def _without_history(column: pl.Series) -> _Mask:
    empty = column.is_null()
    if isinstance(column.dtype, pl.List):
        empty |= column.list.len().fill_null(0) == 0
    return empty.to_numpy()
