"""Checking decision tables: their shape, the kinds of their columns, and that no two rows are for the same
keys.
"""

from __future__ import annotations

from collections.abc import Callable

from . import model as m
from . import tree as t
from .diagnostics import Related
from .places import is_place, suggest_place
from .scope import Scope, alternatives, listed
from .terms import NOUNS
from .texts import check_language
from .values import UNDOCUMENTED, check_subject
from .vocabulary import CATEGORIES, CHANNELS, SENDER_TYPES

_KEY_WORDS = {"sender_type": SENDER_TYPES, "category": CATEGORIES, "channel": CHANNELS}
_PLACE_KEYS = frozenset({"country", "place", "subdivision"})


def check_table(node: t.Table, policy: str, scope: Scope) -> m.Table:
    """The meaning of a table; rows with errors, all reported, are left out."""
    names = (*node.keys, *node.columns)
    _check_names(node, names, scope)
    rows = [row for row in node.rows if _has_all_cells(row, names, node, scope)]
    for place, name in enumerate(names):
        column = [row.cells[place] for row in rows]
        scope.column_kinds[node.name.text, name.text] = _check_column(name, column, node, scope)
        if place < len(node.keys):
            _check_key_words(name.text, column, scope)
    checked = [_row(row, len(node.keys), scope) for row in rows]
    table = tuple(row for row in checked if row is not None)
    _check_same_keys(node, table, scope)
    keys, columns = tuple(key.text for key in node.keys), tuple(column.text for column in node.columns)
    return m.Table(node.span, node.name.text, policy, keys, columns, table)


def _check_names(node: t.Table, names: tuple[t.Name, ...], scope: Scope) -> None:
    seen: dict[str, t.Name] = {}
    for name in names:
        first = seen.setdefault(name.text, name)
        if first is not name:
            scope.twice("columns", name.text, name.span, first.span)


def _has_all_cells(row: t.Row, names: tuple[t.Name, ...], node: t.Table, scope: Scope) -> bool:
    if len(row.cells) == len(names):
        return True
    message = f"this row has {len(row.cells)} cells, the table `{node.name.text}` has {len(names)} columns"
    scope.error("E307", row.span, message, f"write one cell each for {listed(name.text for name in names)}")
    return False


def _kind(cell: t.Cell) -> str | None:
    """The kind of a cell; None for `*` and `undocumented`, which stand in any column."""
    if isinstance(cell, t.Path) and cell.text != UNDOCUMENTED:
        return "place" if cell.text[:1].isupper() else "choice"
    kinds: dict[type, str] = {t.Text: "text", t.Number: "number", t.Duration: "duration", t.Day: "day"}
    return kinds.get(type(cell))


def _check_column(name: t.Name, column: list[t.Cell], node: t.Table, scope: Scope) -> str:
    """The kind of the column, that of its first cell that has one; empty if none has."""
    first = next((cell for cell in column if _kind(cell) is not None), None)
    kind = _kind(first) if first is not None else None
    if first is None or kind is None:
        return ""
    if kind in ("duration", "day"):
        message = f"the column `{name.text}` of `{node.name.text}` holds {NOUNS[kind]}"
        scope.error("E308", first.span, message, "a cell holds a place, a word, a number or a text in double quotes")
        return ""
    for cell in column:
        other = _kind(cell)
        if other is not None and other != kind:
            message = f"this cell is {NOUNS[other]}, the column `{name.text}` holds {NOUNS[kind]}"
            related = (Related(first.span, "the first cell of the column"),)
            scope.error("E308", cell.span, message, "all cells of a column are of one kind", related)
    return kind


def _check_key_words(key: str, column: list[t.Cell], scope: Scope) -> None:
    checks: dict[str, Callable[[t.Name, Scope], object]] = {
        "subject": check_subject,
        "language": check_language,
    }
    for cell in column:
        if not isinstance(cell, t.Path) or cell.text == UNDOCUMENTED:
            continue
        name = t.Name(cell.span, cell.text)
        if key in _KEY_WORDS and name.text not in _KEY_WORDS[key]:
            known = _KEY_WORDS[key]
            help_text = alternatives(name.text, known)
            scope.error("E202", name.span, f"the key `{key}` is never `{name.text}`", help_text)
        elif key in checks:
            checks[key](name, scope)
        elif key in _PLACE_KEYS and not name.text[:1].isupper() and name.text != "none":
            scope.error("E206", name.span, f"`{name.text}` is no place", suggest_place(name.text.upper()))


def _row(row: t.Row, keys: int, scope: Scope) -> m.TableRow | None:
    cells = [_cell(cell, scope) for cell in row.cells]
    stars = [cell for cell in row.cells[keys:] if isinstance(cell, t.Star)]
    for star in stars:
        scope.error(
            "E308",
            star.span,
            "`*` stands for any key, and this is a value",
            f"write the value, or `{UNDOCUMENTED}`",
        )
    values = tuple(cell for cell in cells[keys:] if cell is not None)
    if len(values) < len(cells) - keys:
        return None
    return m.TableRow(row.span, tuple(cells[:keys]), values)


def _cell(cell: t.Cell, scope: Scope) -> m.Constant | None:
    if isinstance(cell, t.Text | t.Number):
        return cell.value
    if not isinstance(cell, t.Path):
        return None
    if len(cell.parts) > 1:
        scope.error(
            "E308",
            cell.span,
            f"`{cell.text}` is not a value",
            "a cell holds a place, a word, a number or a text",
        )
    elif cell.text[:1].isupper() and not is_place(cell.text):
        hint = suggest_place(cell.text)
        if cell.text in scope.groups:
            hint = "write one row for each place of the group"
        scope.error("E206", cell.span, f"there is no place called `{cell.text}`", hint)
    return {"yes": True, "no": False}.get(cell.text, cell.text)


def _check_same_keys(node: t.Table, rows: tuple[m.TableRow, ...], scope: Scope) -> None:
    seen: dict[tuple[object, ...], m.TableRow] = {}
    for row in rows:
        first = seen.setdefault(row.keys, row)
        if first is not row:
            related = (Related(first.span, "the first row"),)
            message = f"the table `{node.name.text}` has two rows for the same keys"
            scope.error("E311", row.span, message, "leave one out", related)
