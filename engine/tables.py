"""Looking a value up in a decision table: the most specific row that fits."""

from __future__ import annotations

from collections.abc import Sequence

from ..policy.model import Constant, Table, TableRow


def cell(table: Table, column: str, arguments: Sequence[Constant | None]) -> Constant | None:
    """The cell for these arguments; None where an argument is unknown or no row fits.

    Of several rows that fit, the one with the fewest `*` wins; where that is equal, the one more specific further left.
    """
    if any(argument is None for argument in arguments):
        return None
    first = arguments[0]
    fitting = [row for row in table.rows if row.keys[0] in (None, first) and _fits(row, arguments)]
    if not fitting:
        return None
    best = min(fitting, key=lambda row: (row.keys.count(None), [key is None for key in row.keys]))
    return best.values[table.columns.index(column)]


def _fits(row: TableRow, arguments: Sequence[Constant | None]) -> bool:
    return all(key is None or key == argument for key, argument in zip(row.keys, arguments, strict=True))
