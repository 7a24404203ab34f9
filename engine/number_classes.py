"""Classes of numbers: from which digits on a number's country, line, zones and subdivisions are decided.

What a number tells is decided by patterns of digits and by tables of prefixes. So a beginning of a number, together
with its length, often settles everything, whatever digits follow. Here that is worked out, not guessed: the patterns
are asked whether all numbers that begin so match, or none do; the tables, whether a longer prefix says otherwise.
What is settled is then asked of `number_facts`, for one number that begins so; it holds for all of them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from .digits import State, automaton
from .number_plans import Alternative, Kind, Plan, alternatives, plan
from .numbers import AREA_DIGITS, WITH_AREA_CODES, number_facts, plan_of, zones_settled

_SHORTEST = 3
"""Digits after which the country calling code is known."""


SHORT, LONG = 6, 9
"""Digits after which most, and nearly all, numbers are settled: the beginnings that tables of numbers keep."""


class NumberClass(NamedTuple):
    """What numbers of a class have in common: `NumberFacts` without the number itself."""

    country: str | None
    line: str | None
    timezones: tuple[str, ...]
    subdivisions: tuple[str, ...]


@lru_cache(maxsize=1 << 17)
def class_of_head(head: str, length: int) -> NumberClass | None:
    """The class of all numbers of `length` digits, country calling code included, that begin with the digits `head`.

    None where they are not all of one class, or that cannot be shown, or where they are no possible numbers.
    """
    numbering = plan_of(head[:_SHORTEST]) if len(head) >= _SHORTEST and head[0] != "0" else None
    if numbering is None or len(head) > length:
        return None
    national, size = head[len(numbering.code) :], length - len(numbering.code)
    if size not in numbering.lengths or not _keeps(numbering, national, size):
        return None
    kind = _kinds(numbering.calling_code, size).kind(national)
    if kind is None or not _places_settled(kind, head, national):
        return None
    return class_of(f"+{head}{'0' * (length - len(head))}")


def short_class(e164: str) -> tuple[NumberClass | None, bool]:
    """The class that the first digits of a number settle, and whether `SHORT` of them do; None where `LONG` do not."""
    digits = e164[1:]
    found = class_of_head(digits[:SHORT], len(digits))
    return (found, True) if found is not None else (class_of_head(digits[:LONG], len(digits)), False)


def class_of(e164: str) -> NumberClass:
    """The class of one number. Raises `NumberError` where it is not a possible number."""
    facts = number_facts(e164)
    return _same(NumberClass(facts.country, facts.line, facts.timezones, facts.subdivisions))


@cache
def _same(found: NumberClass) -> NumberClass:
    """One object for each class."""
    return found


def _keeps(numbering: Plan, national: str, size: int) -> bool:
    """Whether the library leaves all numbers that go on from `national` to `size` digits as they are."""
    pattern = numbering.prefix_pattern
    if pattern is None:
        return True
    prefix = automaton(pattern)
    state = prefix.start
    for digit in national:
        state = prefix.step(state, digit)
    if prefix.may_go_on(state, size - len(national)):
        return False
    return numbering.keeps(national + "0" * (size - len(national)))


def _places_settled(kind: Kind, head: str, national: str) -> bool:
    """Whether the digits that are there decide zones and subdivisions."""
    if kind.country in WITH_AREA_CODES and len(national) < AREA_DIGITS:
        return False
    if kind.country is None or kind.line is None or not kind.geographic:
        return True
    return zones_settled(head, kind.country)


_Alive = tuple[tuple[int, tuple[State, ...]], ...]
"""The alternatives that may still fit, by index, each with the states of its patterns."""


class _Kinds:
    """The alternatives of a plan for numbers of one length, followed digit by digit together."""

    def __init__(self, found: tuple[Alternative, ...], otherwise: Kind, size: int) -> None:
        self._kinds = [alternative.kind for alternative in found]
        self._otherwise = otherwise
        self._size = size
        self._automata = [
            tuple(automaton(pattern, whole) for pattern, whole in _patterns_of(alternative)) for alternative in found
        ]
        self._steps: dict[tuple[_Alive, int, str], _Alive] = {}
        starts = (tuple(pattern.start for pattern in patterns) for patterns in self._automata)
        self._start = self._still(enumerate(starts), size)

    def kind(self, national: str) -> Kind | None:
        """The kind of all numbers that begin so; None where there are several."""
        alive = self._start
        for taken, digit in enumerate(national, 1):
            key = (alive, taken, digit)
            found = self._steps.get(key)
            if found is None:
                found = self._steps[key] = self._step(alive, digit, self._size - taken)
            alive = found
        return self._settled(alive, self._size - len(national))

    def _step(self, alive: _Alive, digit: str, rest: int) -> _Alive:
        moved = (
            (index, tuple(a.step(state, digit) for a, state in zip(self._automata[index], states, strict=True)))
            for index, states in alive
        )
        return self._still(moved, rest)

    def _still(self, moved: object, rest: int) -> _Alive:
        """Those that may still fit, up to the first that surely does."""
        kept = []
        for index, states in moved:  # type: ignore[attr-defined]
            fits = self._fits(index, states, rest)
            if fits is not False:
                kept.append((index, states))
            if fits:
                break
        return tuple(kept)

    def _fits(self, index: int, states: tuple[State, ...], rest: int) -> bool | None:
        answers = [a.settled(state, rest) for a, state in zip(self._automata[index], states, strict=True)]
        if False in answers:
            return False
        return None if None in answers else True

    def _settled(self, alive: _Alive, rest: int) -> Kind | None:
        possible = {self._kinds[index] for index, _ in alive}
        if not alive or not self._fits(*alive[-1], rest):
            possible.add(self._otherwise)
        return possible.pop() if len(possible) == 1 else None


def _patterns_of(alternative: Alternative) -> list[tuple[str, bool]]:
    """The patterns of an alternative, each with whether it is matched as a whole."""
    wholes = [(pattern, True) for pattern in alternative.patterns]
    return [*wholes, (alternative.leading, False)] if alternative.leading else wholes


@cache
def _kinds(calling_code: int, size: int) -> _Kinds:
    numbering = plan(calling_code)
    assert numbering is not None
    return _Kinds(alternatives(numbering, size), numbering.otherwise, size)
