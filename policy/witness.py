"""A message that shows a finding: the facts by the names that rules use, and a text that holds what it must."""

from __future__ import annotations

from . import model as m
from .satisfiability import OTHER, Search

_HALVES_OF_A_DAY = 2 * 86_400


def witness(search: Search) -> dict[str, object] | None:
    """The facts of the message a search has found, in words; None if it found none.

    A fact that is not known is null; conditions on texts and lists stand as written, true or false.
    """
    if search.found is None:
        return None
    return {_name(atom): _value(atom, value) for atom, value in search.found.items()}


def _name(atom: m.Condition) -> str:
    match atom:
        case m.OneOf(term=term) | m.CompareNumber(term=term) | m.CompareAge(term=term) | m.IsKnown(term=term):
            return " ".join(term.span.text.split())
    return " ".join(atom.span.text.split())


def _value(atom: m.Condition, value: object) -> object:
    if value == OTHER:
        return "another"
    if isinstance(atom, m.CompareAge) and isinstance(value, int):
        return _age(atom, value)
    return value


def _age(atom: m.CompareAge, halves: int) -> str:
    if atom.unit in ("month", "year"):
        return f"{halves / 2:g} months"
    days = halves / _HALVES_OF_A_DAY
    return f"{days:g} days" if days >= 1 else f"{halves / 2:g} seconds"
