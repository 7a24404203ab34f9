"""Which rows of a table the rules can ever find, and which questions find none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from . import model as m
from .beforehand import OTHER
from .places import is_country
from .vocabulary import FACTS

MOST_QUESTIONS = 50_000


def questions(table: m.Table, lookup: m.LookupTerm, places: m.Places) -> list[tuple[m.Constant, ...]]:
    """All values of the keys with which a rule can look a cell up; empty if they are too many to try.

    Where a key can be anything, those named in the table stand for themselves, and one more for all others.
    """
    values = []
    for place, argument in enumerate(lookup.arguments):
        named = {key for row in table.rows if (key := row.keys[place]) is not None}
        values.append(sorted(_values(argument, places) or {*named, OTHER}, key=str))
    return [*product(*values)] if prod(map(len, values)) <= MOST_QUESTIONS else []


def _values(argument: m.Term, places: m.Places) -> set[m.Constant] | None:
    """All values an argument can have; None if they cannot be listed."""
    if isinstance(argument, m.ConstantTerm):
        return {argument.value}
    fact = FACTS.get(argument.name) if isinstance(argument, m.FactTerm) else None
    if fact is None:
        return None
    if fact.name == "recipient.country" and not places.anywhere:
        return {
            *places.countries,
            *(half for place in places.subdivisions for half in place.split("-") if is_country(half)),
        }
    return {True, False} if fact.kind == "yes_no" else set(fact.words) or None


def cells_named(keys: tuple[m.Constant, ...]) -> Iterator[str]:
    """Values of keys as they are written in a table."""
    for key in keys:
        yield "any other" if key == OTHER else {True: "yes", False: "no"}[key] if isinstance(key, bool) else str(key)
