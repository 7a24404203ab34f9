"""What is known of a message before a condition is tried on it: values of facts, and the tables that rules look up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from . import model as m
from .vocabulary import FACTS

Domains = Mapping[str, frozenset[m.Constant]]
"""What is known of facts beforehand: by name, all values they can have; none where the fact is not known."""

OTHER = "\0other"
"""Stands for all values that nothing names."""

ALWAYS_KNOWN = frozenset(
    (
        *("answers", "body", "body.links", "body.phone_numbers", "body.shorteners", "body.unencodable"),
        *("category", "channel", "encoding", "recipient.country", "recipient.number", "registrations", "segments"),
        *("sender.id", "sender.registered", "sender.shared", "sender.type", "subjects"),
    )
)
"""Facts that every message states, or that follow from what it states."""

_Key = tuple[m.Constant | None, ...]


def finder(table: m.Table) -> Callable[[_Key], m.TableRow | None]:
    """A function from values of the keys to the row they find: the most specific, further left first."""
    rows: Mapping[_Key, m.TableRow] = {row.keys: row for row in reversed(table.rows)}
    shapes = sorted(
        {tuple(key is not None for key in keys) for keys in rows}, key=lambda shape: (-sum(shape), _left(shape))
    )

    def find(key: _Key) -> m.TableRow | None:
        masked = (tuple(one if kept else None for one, kept in zip(key, shape, strict=True)) for shape in shapes)
        return next((rows[one] for one in masked if one in rows), None)

    return find


def _left(shape: tuple[bool, ...]) -> tuple[bool, ...]:
    return tuple(not kept for kept in shape)


class Answers:
    """A table as rules put questions to it."""

    def __init__(self, table: m.Table) -> None:
        self._table = table
        self._find = finder(table)
        self._cells: dict[tuple[str, _Key], m.Constant | None] = {}
        self._alike: dict[tuple[int, str], Mapping[m.Constant, object]] = {}

    def cell(self, column: str, keys: _Key) -> m.Constant | None:
        """What the table says; None where a key is not known, or no row has them."""
        if (column, keys) not in self._cells:
            row = None if None in keys else self._find(keys)
            self._cells[column, keys] = None if row is None else row.values[self._table.columns.index(column)]
        return self._cells[column, keys]

    def alike(self, place: int, column: str) -> Mapping[m.Constant, object]:
        """The values that its rows name for one of its keys, each with what tells apart the answers for it."""
        if (place, column) not in self._alike:
            at = self._table.columns.index(column)
            rows: dict[m.Constant, set[object]] = {}
            for row in self._table.rows:
                if (key := row.keys[place]) is not None:
                    rows.setdefault(key, set()).add((row.keys[:place], row.keys[place + 1 :], row.values[at]))
            self._alike[place, column] = {key: frozenset(answers) for key, answers in rows.items()}
        return self._alike[place, column]

    def cells(self, column: str) -> set[m.Constant]:
        """All that stands in a column of values."""
        place = self._table.columns.index(column)
        return {row.values[place] for row in self._table.rows}


@dataclass(frozen=True)
class Known:
    """All values that some facts can have, by name, and the tables by theirs; a table that is absent says anything."""

    values: Domains = field(default_factory=dict)
    tables: Mapping[str, Answers] = field(default_factory=dict)

    def but(self, fact: str, values: Iterable[m.Constant]) -> Known:
        """The same, with other values of one fact."""
        return Known({**self.values, fact: frozenset(values)}, self.tables)

    def knows(self, fact: str) -> bool:
        """Whether every message that is meant has a value for the fact."""
        return bool(self.values[fact]) if fact in self.values else fact in ALWAYS_KNOWN

    def may_lack(self, fact: str) -> bool:
        """Whether a message that is meant may have none."""
        return not self.knows(fact)


def all_answers(tables: Mapping[str, m.Table]) -> dict[str, Answers]:
    """The tables of a rule set, made ready for questions."""
    return {name: Answers(table) for name, table in tables.items()}


def fact_of(term: m.Term) -> m.FactTerm | None:
    """The fact that a term is, measures or counts."""
    fact = term.fact if isinstance(term, m.LengthTerm | m.CountTerm) else term
    return fact if isinstance(fact, m.FactTerm) and fact.name in FACTS else None
