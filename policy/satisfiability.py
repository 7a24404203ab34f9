"""Whether a condition can ever be true, and whether it can ever be false.

Sound, not complete: what is called constant is constant; what is too large to try is left open. The condition is
tried on every case that can differ: all words of a choice, the numbers round each bound, the values named and one
other, and the fact not known. What texts say and what lists hold is taken as free, which only leaves more open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from . import model as m
from .vocabulary import FACTS, UNITS
from .walk import walk

Domains = Mapping[str, frozenset[m.Constant]]
"""What is known of facts beforehand: by name, all values they can have."""

MOST_CASES = 4_000
OTHER = "\0other"
ALWAYS_KNOWN = frozenset(
    (
        *("answers", "body", "category", "channel", "encoding", "segments"),
        *("recipient.number", "sender.id", "sender.shared", "sender.type"),
    )
)
"""Facts that every message states, or that follow from what it states."""

_Case = dict[object, object]
_MONTHS = {"month": 1, "year": 12}


def impossible(condition: m.Condition, domains: Domains | None = None) -> bool:
    """Whether no message, whatever is known of it, makes the condition true."""
    match condition:
        case m.Not():
            return always(condition.part, domains)
        case m.Or():
            return all(impossible(part, domains) for part in condition.parts)
        case m.And():
            groups = [m.And(condition.span, tuple(group)) for group in _linked(condition.parts)]
            return any(True not in _outcomes(group, domains) for group in groups)
    return True not in _outcomes(condition, domains)


def always(condition: m.Condition, domains: Domains | None = None) -> bool:
    """Whether no message, whatever is known of it, makes the condition false."""
    match condition:
        case m.Not():
            return impossible(condition.part, domains)
        case m.And():
            return all(always(part, domains) for part in condition.parts)
        case m.Or():
            groups = [m.Or(condition.span, tuple(group)) for group in _linked(condition.parts)]
            return any(False not in _outcomes(group, domains) for group in groups)
    return False not in _outcomes(condition, domains)


def constant_parts(condition: m.Condition, domains: Domains | None = None) -> Iterator[tuple[m.Condition, bool]]:
    """The outermost parts of a condition that never vary, each with what it always is."""
    if impossible(condition, domains):
        yield condition, False
    elif always(condition, domains):
        yield condition, True
    elif isinstance(condition, m.And | m.Or):
        for part in condition.parts:
            yield from constant_parts(part, domains)
    elif isinstance(condition, m.Not):
        yield from constant_parts(condition.part, domains)


# ---- several conditions in one message


@dataclass(frozen=True, slots=True)
class Search:
    """The outcome of looking for a message: the facts of the first one found; `complete`: all cases were tried."""

    complete: bool
    found: Mapping[m.Condition, object] | None

    @property
    def none(self) -> bool:
        """Whether there is no such message."""
        return self.complete and self.found is None


def search(
    asked: Sequence[m.Condition],
    wanted: Callable[[Sequence[bool | None]], bool],
    domains: Domains | None = None,
) -> Search:
    """A message for which the conditions come to what is `wanted`; None is unknown.

    What every message states, and what `domains` tell of, is known. That there is none is certain; that there is one
    holds as far as texts and lists are free. The facts found stand under the conditions that ask for them.
    """
    atoms, values = _possible(asked, domains)
    for same, possible in zip(atoms.values(), values, strict=True):
        if len(possible) > 1 and _always_known(same[0], domains or {}):
            possible.remove(None)
    if _too_many(atoms, values):
        return Search(False, None)
    for picked in product(*values):
        case = dict(zip(atoms, picked, strict=True))
        if wanted([_holds(condition, case) for condition in asked]):
            return Search(True, {atom: case[key] for key, same in atoms.items() for atom in same})
    return Search(True, None)


def _always_known(atom: m.Condition, domains: Domains) -> bool:
    term = getattr(atom, "term", None)
    fact = term.fact if isinstance(term, m.LengthTerm | m.CountTerm) else term
    return isinstance(fact, m.FactTerm) and (fact.name in ALWAYS_KNOWN or fact.name in domains)


def asks_about(condition: m.Condition | None) -> frozenset[object]:
    """What a condition's truth hangs on; conditions with nothing in common cannot contradict each other."""
    return frozenset() if condition is None else frozenset(_keys(condition))


# ---- cases


def _linked(parts: Sequence[m.Condition]) -> list[list[m.Condition]]:
    """Parts that speak of the same things, together: others cannot contradict each other."""
    groups: list[tuple[set[object], list[m.Condition]]] = []
    for part in parts:
        keys, members = set(_keys(part)), [part]
        for group in [group for group in groups if group[0] & keys]:
            groups.remove(group)
            keys |= group[0]
            members = group[1] + members
        groups.append((keys, members))
    return [members for _, members in groups]


def _atoms(condition: m.Condition) -> Iterator[m.Condition]:
    for node in walk(condition):
        if isinstance(node, m.Condition) and not isinstance(node, m.And | m.Or | m.Not):
            yield node


def _keys(condition: m.Condition) -> Iterator[object]:
    return (_key(atom) for atom in _atoms(condition))


def _key(atom: m.Condition) -> object:
    """What an atom's truth hangs on: its term, or, where its values cannot be listed, the atom itself."""
    if isinstance(atom, m.CompareAge):
        return atom.term, atom.unit in _MONTHS
    if isinstance(atom, m.OneOf | m.CompareNumber | m.IsKnown):
        return atom.term
    return atom


def _outcomes(condition: m.Condition, domains: Domains | None) -> set[bool | None]:
    """All a condition can come to; None is unknown. Everything, where there are too many cases to try."""
    atoms, values = _possible((condition,), domains)
    if _too_many(atoms, values):
        return {True, False, None}
    cases = (dict(zip(atoms, case, strict=True)) for case in product(*values))
    return {_holds(condition, case) for case in cases}


def _too_many(atoms: Mapping[object, Sequence[m.Condition]], values: Iterable[Sequence[object]]) -> bool:
    """Whether trying all cases would take too long: each looks at every atom."""
    cases = prod(map(len, values))
    return cases > MOST_CASES or cases * sum(map(len, atoms.values())) > MOST_STEPS


def _possible(
    asked: Iterable[m.Condition], domains: Domains | None
) -> tuple[dict[object, list[m.Condition]], list[list[object]]]:
    """The atoms of all conditions by what their truth hangs on, and for each of those all values, None last."""
    atoms: dict[object, list[m.Condition]] = {}
    for condition in asked:
        for atom in _atoms(condition):
            atoms.setdefault(_key(atom), []).append(atom)
    return atoms, [[*_values(same, domains or {}), None] for same in atoms.values()]


def _values(atoms: Sequence[m.Condition], domains: Domains) -> Iterable[object]:
    """Values of one key that stand for all it can have, as far as these atoms tell them apart."""
    named: set[object] = set()
    for atom in atoms:
        if isinstance(atom, m.OneOf):
            named |= atom.values
        elif isinstance(atom, m.CompareNumber):
            named.add(atom.value)
        elif isinstance(atom, m.CompareAge):
            named.add(_age(atom))
        elif not isinstance(atom, m.IsKnown):
            return (True, False)
    return _all_values(atoms[0], named, domains)


def _all_values(atom: m.Condition, named: set[object], domains: Domains) -> Iterable[object]:
    term = atom.term if isinstance(atom, m.OneOf | m.CompareNumber | m.CompareAge | m.IsKnown) else None
    fact = FACTS.get(term.name) if isinstance(term, m.FactTerm) else None
    if fact is not None and fact.name in domains:
        return domains[fact.name]
    if fact is not None and fact.kind == "yes_no":
        return (True, False)
    if fact is not None and fact.kind == "choice":
        return fact.words
    numbers = {value for value in named if isinstance(value, int) and not isinstance(value, bool)}
    near = {value for number in numbers for value in (number - 1, number, number + 1) if value >= 0}
    only_numbers = bool(numbers) and numbers == named and not isinstance(term, m.LookupTerm)
    return near if only_numbers else {*named, *near, OTHER}


def _age(atom: m.CompareAge) -> int:
    """A bound in half months, or in half seconds: between two bounds there is always an age."""
    months = _MONTHS.get(atom.unit)
    return 2 * atom.count * (months if months is not None else UNITS[atom.unit] or 0)


# ---- truth, as in Kleene's logic


def _holds(condition: m.Condition, case: _Case) -> bool | None:
    match condition:
        case m.And():
            return _all([_holds(part, case) for part in condition.parts])
        case m.Or():
            outcome = _all([_negated(_holds(part, case)) for part in condition.parts])
            return _negated(outcome)
        case m.Not():
            return _negated(_holds(condition.part, case))
        case m.IsKnown():
            return case[_key(condition)] is not None
    value = case[_key(condition)]
    return None if value is None else _atom_holds(condition, value)


def _atom_holds(atom: m.Condition, value: object) -> bool:
    match atom:
        case m.OneOf():
            return value in atom.values or _is_variant(atom, value)
        case m.CompareNumber():
            return isinstance(value, int) and _compare(value, atom.operator, atom.value)
        case m.CompareAge():
            return isinstance(value, int) and _compare(value, atom.operator, _age(atom))
    return bool(value)


def _is_variant(atom: m.OneOf, value: object) -> bool:
    """Whether a language is a regional form of one asked for: `fr` also means `fr-CA`."""
    is_language = isinstance(atom.term, m.FactTerm) and FACTS[atom.term.name].kind == "language"
    return is_language and any(str(value).startswith(f"{language}-") for language in atom.values)


def _compare(left: int, operator: str, right: int) -> bool:
    below, equal = left < right, left == right
    return {"<": below, "<=": below or equal, ">": not below and not equal, ">=": not below}[operator]


def _negated(outcome: bool | None) -> bool | None:
    return None if outcome is None else not outcome


def _all(outcomes: Sequence[bool | None]) -> bool | None:
    if False in outcomes:
        return False
    return None if None in outcomes else True


MOST_STEPS = 400_000
"""Cases times the parts of conditions that each of them looks at."""
