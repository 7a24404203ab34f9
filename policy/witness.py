"""A message that shows a finding: the facts by the names that rules use, and a text that holds what it must."""

from __future__ import annotations

from . import model as m
from .beforehand import OTHER
from .satisfiability import Search

_HALVES_OF_A_DAY = 2 * 86_400
_BY_CALENDAR = ("month", "year")


def witness(search: Search) -> dict[str, object] | None:
    """The facts of the message a search has found, in words; None if it found none.

    A fact that is not known is null; conditions on texts and lists stand as written, true or false. An age that is
    asked for in months and in days is left out: how many days a month has is another question.
    """
    if search.found is None:
        return None
    units = {(atom.term.name, atom.unit in _BY_CALENDAR) for atom in search.found if isinstance(atom, m.CompareAge)}
    open_ages = {fact for fact, by_calendar in units if by_calendar and (fact, False) in units}
    return {
        _name(atom): _value(atom, value)
        for atom, value in search.found.items()
        if not (isinstance(atom, m.CompareAge) and atom.term.name in open_ages)
    }


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
    if atom.unit in _BY_CALENDAR:
        return f"{halves / 2:g} months"
    days = halves / _HALVES_OF_A_DAY
    return f"{days:g} days" if days >= 1 else f"{halves / 2:g} seconds"
