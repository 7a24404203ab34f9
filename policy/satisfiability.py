"""Whether a condition can ever be true, and whether it can ever be false.

Sound, not complete: what is called constant is constant; what is too large to try is left open. The condition is
tried on every case that can differ (`cases`): all words of a choice, the numbers round each bound, the values named and
one other, the cells of a table for all its keys, and the fact not known. What texts say and what lists hold is taken as
free but for what `fact_relations` knows, which only leaves more open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from . import model as m
from .beforehand import Known
from .cases import MOST_STEPS, Case, Truth, atoms_by_key, cases, linked
from .fact_relations import topics

MOST_CASES = 4_000

NOTHING = Known()


def impossible(condition: m.Condition, known: Known = NOTHING) -> bool:
    """Whether no message, whatever is known of it, makes the condition true."""
    match condition:
        case m.Not():
            return always(condition.part, known)
        case m.Or():
            return all(impossible(part, known) for part in condition.parts)
        case m.And():
            groups = [m.And(condition.span, tuple(group)) for group in linked(condition.parts, known)]
            return any(True not in _outcomes(group, known) for group in groups)
    return True not in _outcomes(condition, known)


def always(condition: m.Condition, known: Known = NOTHING) -> bool:
    """Whether no message, whatever is known of it, makes the condition false."""
    match condition:
        case m.Not():
            return impossible(condition.part, known)
        case m.And():
            return all(always(part, known) for part in condition.parts)
        case m.Or():
            groups = [m.Or(condition.span, tuple(group)) for group in linked(condition.parts, known)]
            return any(False not in _outcomes(group, known) for group in groups)
    return False not in _outcomes(condition, known)


def constant_parts(condition: m.Condition, known: Known = NOTHING) -> Iterator[tuple[m.Condition, bool]]:
    """The outermost parts of a condition that never vary, each with what it always is."""
    if impossible(condition, known):
        yield condition, False
    elif always(condition, known):
        yield condition, True
    elif isinstance(condition, m.And | m.Or):
        for part in condition.parts:
            yield from constant_parts(part, known)
    elif isinstance(condition, m.Not):
        yield from constant_parts(condition.part, known)


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
    asked: Sequence[m.Condition], wanted: Callable[[Sequence[bool | None]], bool], known: Known = NOTHING
) -> Search:
    """A message for which the conditions come to what is `wanted`; None is unknown.

    That there is none is certain; that there is one holds as far as texts and lists are free. The facts found stand
    under the conditions that ask for them; the keys of tables, where nothing else asks for them, under `is known`.
    """
    groups = cases(asked, known)
    if groups is None or _too_many(groups):
        return Search(False, None)
    for picked in product(*groups):
        truths = _together(picked)
        if wanted([_holds(condition, truths) for condition in asked]):
            return Search(True, _told(asked, picked))
    return Search(True, None)


def _told(asked: Sequence[m.Condition], picked: Sequence[Case]) -> dict[m.Condition, object]:
    values = {key: value for case in picked for key, value in case.values.items()}
    atoms = atoms_by_key(asked)
    told = {atom: values.pop(key) for key, same in atoms.items() for atom in same[:1]}
    told |= {atom: told[same[0]] for same in atoms.values() for atom in same}
    behind = ((key, value) for key, value in values.items() if isinstance(key, m.FactTerm | m.LookupTerm))
    return told | {m.IsKnown(term.span, term): value for term, value in behind}


def asks_about(condition: m.Condition | None) -> frozenset[object]:
    """What a condition's truth hangs on; conditions with nothing in common cannot contradict each other."""
    atoms = () if condition is None else (atom for same in atoms_by_key((condition,)).values() for atom in same)
    return frozenset().union(*map(topics, atoms))


# ---- cases


def _outcomes(condition: m.Condition, known: Known) -> set[Truth]:
    """All a condition can come to; None is unknown. Everything, where there are too many cases to try."""
    groups = cases((condition,), known)
    if groups is None or _too_many(groups):
        return {True, False, None}
    return {_holds(condition, _together(picked)) for picked in product(*groups)}


def _too_many(groups: Sequence[Sequence[Case]]) -> bool:
    """Whether trying all cases would take too long: each looks at every atom."""
    tried = prod(map(len, groups))
    return tried > MOST_CASES or tried * sum(len(group[0].truths) for group in groups if group) > MOST_STEPS


def _together(picked: Sequence[Case]) -> Mapping[int, Truth]:
    return {atom: truth for case in picked for atom, truth in case.truths.items()}


# ---- truth, as in Kleene's logic


def _holds(condition: m.Condition, truths: Mapping[int, Truth]) -> Truth:
    match condition:
        case m.And():
            return _all([_holds(part, truths) for part in condition.parts])
        case m.Or():
            outcome = _all([_negated(_holds(part, truths)) for part in condition.parts])
            return _negated(outcome)
        case m.Not():
            return _negated(_holds(condition.part, truths))
    return truths[id(condition)]


def _negated(outcome: Truth) -> Truth:
    return None if outcome is None else not outcome


def _all(outcomes: Sequence[Truth]) -> Truth:
    if False in outcomes:
        return False
    return None if None in outcomes else True
