"""Every name in a rule file: what it names, where it stands, and whether it is declared there.

Jumping to a declaration, finding all uses and renaming rest on this one list. Names are taken from the tree, so they
are found in files that do not compile too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from . import tree as t
from .rules_check import rule_id
from .source import Span
from .walk import walk

SymbolKind = Literal["policy", "rule", "source", "words", "table", "column", "place", "fact", "field"]
_OF_SUBJECTS = frozenset({"subject", "subjects"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a name stands for.

    `name` is unique among its kind: `FR.hours` for a rule, `FR.cpce` for a source, `senders.support` for a column.
    A `place` is a country, a subdivision or a group.
    """

    kind: SymbolKind
    name: str

    @property
    def short(self) -> str:
        """The last part of the name, which is what is written where the thing is declared."""
        return self.name.rpartition(".")[2] if self.kind in ("rule", "source", "column") else self.name


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a name stands."""

    symbol: Symbol
    span: Span
    declares: bool = False


def occurrences(file: t.File) -> tuple[Occurrence, ...]:
    """All names in a file, in written order."""
    found = [one for item in file.items for one in _of_item(item)]
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end)))


def _of_item(item: t.Policy | t.PlaceGroup) -> Iterator[Occurrence]:
    if isinstance(item, t.PlaceGroup):
        yield from _of_node(item, "")
        return
    yield Occurrence(Symbol("policy", item.name.text), item.name.span, declares=True)
    for entry in item.entries:
        for node in walk(entry):
            yield from _of_node(node, item.name.text)


def _of_node(node: t.Node, policy: str) -> Iterator[Occurrence]:
    match node:
        case t.Rule():
            yield Occurrence(Symbol("rule", f"{policy}.{node.name.text}"), node.name.span, declares=True)
        case t.Citation():
            yield Occurrence(Symbol("source", f"{policy}.{node.name.text}"), node.name.span, declares=True)
        case t.Words():
            yield Occurrence(Symbol("words", node.name.text), node.name.span, declares=True)
        case t.PlaceGroup():
            yield Occurrence(Symbol("place", node.name.text), node.name.span, declares=True)
            yield from _places(node.places)
        case t.Table():
            yield from _of_table(node)
        case t.Recipients():
            yield from _places(node.places)
        case t.Holidays():
            yield from _places((node.place,))
        case t.Cite():
            yield from (Occurrence(Symbol("source", f"{policy}.{name.text}"), name.span) for name in node.sources)
        case t.Replaces() | t.Expect():
            yield from (one for path in node.rules for one in _of_rule_name(path, policy))
        case t.Setting() | t.Cases():
            yield from _of_settings(node)
        case _:
            yield from _of_condition(node)


def _places(names: Iterable[t.Name]) -> Iterator[Occurrence]:
    return (Occurrence(Symbol("place", name.text), name.span) for name in names)


def _of_table(node: t.Table) -> Iterator[Occurrence]:
    yield Occurrence(Symbol("table", node.name.text), node.name.span, declares=True)
    for column in (*node.keys, *node.columns):
        yield Occurrence(Symbol("column", f"{node.name.text}.{column.text}"), column.span, declares=True)
    for row in node.rows:
        for cell in row.cells:
            yield from _of_value(cell)


def _of_rule_name(path: t.Path, policy: str) -> Iterator[Occurrence]:
    if len(path.parts) > 1:
        yield Occurrence(Symbol("policy", path.parts[0].text), path.parts[0].span)
    yield Occurrence(Symbol("rule", rule_id(path, policy)), path.parts[-1].span)


def _of_settings(node: t.Setting | t.Cases) -> Iterator[Occurrence]:
    if isinstance(node, t.Setting):
        yield from _of_setting(node.field_name, node.values)
        return
    for number, column in enumerate(node.columns):
        values = [row.values[number] for row in node.rows if number < len(row.values)]
        yield from _of_setting(column, values)


def _of_setting(field: t.Path, values: Iterable[t.Value]) -> Iterator[Occurrence]:
    yield Occurrence(Symbol("field", field.text), field.span)
    for value in values:
        yield from _of_value(value, subject=field.text in _OF_SUBJECTS)


def _of_condition(node: t.Node) -> Iterator[Occurrence]:
    match node:
        case t.Length() | t.Count():
            yield from _of_term(node.of)
        case t.Bare() | t.Known():
            yield from _of_term(node.term)
        case t.Compare():
            yield from _of_term(node.term)
            yield from _of_term(node.value)
        case t.Is() | t.Verb():
            yield from _of_term(node.term)
            subject = node.term.span.text in _OF_SUBJECTS or (isinstance(node, t.Verb) and node.verb == "mentions")
            for value in node.values:
                yield from _of_value(value, subject=subject)
        case t.Lookup():
            yield Occurrence(Symbol("table", node.table.text), node.table.span)
            yield Occurrence(Symbol("column", f"{node.table.text}.{node.column.text}"), node.column.span)
            for argument in node.arguments:
                yield from _of_term(argument)


def _of_term(term: t.Term) -> Iterator[Occurrence]:
    if isinstance(term, t.Path):
        yield Occurrence(Symbol("fact", term.text), term.span)


def _of_value(value: t.Value | t.Term | t.Cell, *, subject: bool = False) -> Iterator[Occurrence]:
    """A value that is a name: of a fact where it is dotted, of a place where it is a code, or of a words list."""
    if not isinstance(value, t.Path):
        return
    if len(value.parts) > 1:
        yield from _of_term(value)
    elif value.text[0].isupper():
        yield Occurrence(Symbol("place", value.text), value.span)
    elif subject:
        yield Occurrence(Symbol("words", value.text), value.span)


def asked_by_subject(file: t.File) -> frozenset[tuple[str, int]]:
    """The tables, and the numbers of their keys, that rules of a file ask with `subject`."""
    rules = [rule for item in file.items if isinstance(item, t.Policy) for rule in item.entries]
    lookups = (node for node in walk(rules) if isinstance(node, t.Lookup))
    return frozenset(
        (node.table.text, number)
        for node in lookups
        for number, argument in enumerate(node.arguments)
        if argument.span.text in _OF_SUBJECTS
    )


def subject_cells(tables: Iterable[t.Table], asked: Collection[tuple[str, int]]) -> Iterator[Occurrence]:
    """Names of words lists in the cells of tables that rules ask with `subject`."""
    for table in tables:
        for row in table.rows:
            for number, cell in enumerate(row.cells):
                if (table.name.text, number) in asked and number < len(table.keys):
                    yield from _of_value(cell, subject=True)
