"""Tables of recipients: which columns there may be, what their cells mean, and the rows they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from ..policy.diagnostics import did_you_mean
from .message import Consent, MessageError, Recipient, Register

CONSENT = ("consent", "consent.status")
"""The columns that may hold the status of the consent alone."""
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "consent": tuple(Consent.model_fields),
    "recipient": tuple(Recipient.model_fields),
}
_PLAIN = ("to", "at", "consent", "recipient", "registers", "history")
_COLUMNS = (*_PLAIN, *(f"{group}.{name}" for group, names in _GROUPS.items() for name in names))
_REGISTER = re.compile(rf"registers\.([^.]+)\.({'|'.join(Register.model_fields)})\Z")


def check_columns(names: Iterable[str]) -> None:
    """Raises `MessageError` for a column that no recipient has, and where a field is told twice or `to` is missing."""
    known = list(names)
    if "to" not in known:
        raise MessageError("to", "the table has no column of this name")
    for name in known:
        if name not in _COLUMNS and not _REGISTER.match(name):
            hint = did_you_mean(name, _COLUMNS)
            raise MessageError(name, "is no column of recipients" + (f"; {hint}" if hint else ""))
    for group in ("consent", "recipient", "registers"):
        parts = [name for name in known if name.startswith(f"{group}.")]
        if parts and group in known:
            raise MessageError(group, f"stands in a column of its own and in {', '.join(parts)}")


def row_of(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The recipient that one row of a table tells of, as `Campaign.judge_row` takes it. An empty cell is not known; an
    empty time is the campaign's.
    """
    row: dict[str, Any] = {}
    for name, value in cells.items():
        match name.split("."):
            case ["at"]:
                row |= {} if value is None else {"at": value}
            case ["registers"]:
                row["registers"] = _filled(value or {})
            case ["recipient"]:
                row["recipient"] = value or {}
            case [_]:
                row[name] = value
            case ["registers", place, part]:
                registers = row.setdefault("registers", {})
                if value is not None:
                    registers.setdefault(place, {})[part] = value
            case [group, part]:
                row.setdefault(group, {}).update({} if value is None else {part: value})
    return row


def _filled(registers: Mapping[str, Any]) -> dict[str, Any]:
    return {place: entry for place, entry in registers.items() if entry is not None}


def is_sure(column: pl.Series) -> bool:
    """Whether the type of a column, and its bounds, leave no cell that could be malformed."""
    kind = column.dtype
    if kind == pl.Boolean or kind == pl.Date:
        return True
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        years = column.dt.convert_time_zone("UTC").dt.year()
        low, high = years.min(), years.max()
        # A year at the edge may be another one on the column's own clock.
        return low is None or (int(low) > 1971 and int(high) < 2199)  # type: ignore[arg-type]
    return False


def field_of(name: str) -> str:
    """The field of a message that a column tells of, as `Residue.asks` names it."""
    found = _REGISTER.match(name)
    return f"registers.{found[1]}" if found else name


def status_column(schema: Mapping[str, pl.DataType]) -> str | None:
    """The column that holds nothing but the status of the consent, if there is one."""
    return next((name for name in CONSENT if name in schema and not isinstance(schema[name], pl.Struct)), None)


def fields_told(names: Iterable[str]) -> frozenset[str]:
    """The fields of a message that the columns speak of, and so replace."""
    return frozenset(name.split(".")[0] for name in names)
