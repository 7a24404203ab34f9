"""Which row of a decision table gives a cell that is wanted, and the fields of a test by which it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from ..policy import model as m
from .suggested_facts import has_value, some_values
from .tables import cell

_MOST_TRIED = 2_000


def row_line(
    term: m.LookupTerm, accepts: Callable[[m.Constant], bool], rule: m.Rule, tables: Mapping[str, m.Table]
) -> str:
    """The fields with which a table answers so, or, in words, the row to ask; empty where no row says so.

    Rows without `*` come first: they say whom they are for.
    """
    table, tried, named = tables[term.table], 0, ""
    column = table.columns.index(term.column)
    for row in sorted(table.rows, key=lambda row: row.keys.count(None)):
        if not accepts(row.values[column]):
            continue
        named = named or f"a message of the row `{' | '.join(_shown(key) for key in row.keys)}` of `{table.name}`"
        for keys in product(*(_values(term.arguments[at], key, table, at, rule) for at, key in enumerate(row.keys))):
            tried += 1
            found = cell(table, term.column, keys)
            line = _asked(term.arguments, keys, rule) if found is not None and accepts(found) else ""
            if line or tried > _MOST_TRIED:
                return line or named
    return named


def _shown(key: m.Constant | None) -> str:
    return "*" if key is None else {True: "yes", False: "no"}[key] if isinstance(key, bool) else str(key)


def _values(argument: m.Term, key: m.Constant | None, table: m.Table, at: int, rule: m.Rule) -> Iterator[m.Constant]:
    """The values an argument may have in a row: that of its key, or, where any will do, one that no row names."""
    if isinstance(argument, m.ConstantTerm):
        yield from (argument.value,) if key in (None, argument.value) else ()
    elif isinstance(argument, m.FactTerm):
        possible = some_values(argument.name, rule)
        if key is None:
            named = {row.keys[at] for row in table.rows}
            yield from sorted(possible, key=lambda value: value in named)
        elif argument.name != "recipient.country" or rule.places.anywhere or key in possible:
            yield key


def _asked(arguments: tuple[m.Term, ...], keys: tuple[m.Constant, ...], rule: m.Rule) -> str:
    """The fields that set the arguments; empty where one of them sets none, or two set the same otherwise."""
    pairs = zip(arguments, keys, strict=True)
    known = {argument.name: key for argument, key in pairs if isinstance(argument, m.FactTerm)}
    country = str(known.get("recipient.country", ""))
    if "recipient.line" in known:
        known.pop("recipient.country", None)  # one number tells both
    fields: dict[str, str] = {}
    for name, value in known.items():
        line = has_value(name, value, rule, country)
        parts = line.split("  ") if line else [""]
        if not all(part and fields.setdefault(part.split()[0], part) == part for part in parts):
            return ""
    return "  ".join(fields.values())
