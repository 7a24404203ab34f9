"""Regular expressions over digits as automata: what a pattern says of every number that begins in a given way.

Numbering plans are written as regular expressions of a small kind: digits, classes of digits, groups, choices and
counted repetition. A pattern becomes positions, each a set of digits and the positions that may follow (Glushkov,
"The abstract theory of automata", 1961); a state is the set of positions that may come next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

State = frozenset[int]

_TOKENS = re.compile(r"\[([\d-]+)\]|\\d|\(\?:|[()|?$*+]|\{(\d+)(?:(,)(\d*))?\}|\d")
_ALL = frozenset("0123456789")
_DONE, _DONE_AT_END = 0, 1
_LONGEST = 15
"""Digits in a number: a repetition without an end is one of so many at most."""

Tree = tuple[object, ...]


class Automaton:
    """One pattern, asked digit by digit. `whole`: it matches whole texts; else texts that begin with a match.

    Raises `ValueError` for a pattern outside the small kind.
    """

    __slots__ = ("_allowed", "_following", "_going_on", "_settled", "_steps", "start", "whole")

    def __init__(self, pattern: str, whole: bool = True) -> None:
        self.whole = whole
        self._allowed: list[frozenset[str]] = [frozenset(), frozenset()]
        self._following: list[State] = [frozenset(), frozenset()]
        self._steps: dict[tuple[State, str], State] = {}
        self._going_on: dict[tuple[State, int], bool] = {}
        self._settled: dict[tuple[State, int], bool | None] = {}
        self.start = self._build(_parse(pattern), frozenset({_DONE}))

    def step(self, state: State, digit: str) -> State:
        """The state after one more digit; the empty one where nothing can match any more."""
        key = (state, digit)
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = self._step(state, digit)
        return found

    def settled(self, state: State, rest: int) -> bool | None:
        """Whether all (True) or none (False) of the texts match that go on for `rest` more digits; None: some do."""
        if not state:
            return False
        if rest == 0:
            return _DONE in state or _DONE_AT_END in state
        key = (state, rest)
        if key not in self._settled:
            answers = {self.settled(self.step(state, digit), rest - 1) for digit in _ALL}
            self._settled[key] = answers.pop() if len(answers) == 1 else None
        return self._settled[key]

    def may_go_on(self, state: State, rest: int) -> bool:
        """Whether a match may still end behind the next digit or a later one, where `rest` more are to come."""
        if not state or rest == 0:
            return False
        key = (state, rest)
        found = self._going_on.get(key)
        if found is None:
            found = self._going_on[key] = any(self._ends_later(self.step(state, d), rest - 1) for d in _ALL)
        return found

    def _ends_later(self, state: State, rest: int) -> bool:
        return _DONE in state or (rest == 0 and _DONE_AT_END in state) or self.may_go_on(state, rest)

    def _step(self, state: State, digit: str) -> State:
        if _DONE in state and not self.whole:
            return state
        return frozenset().union(*(self._following[p] for p in state if digit in self._allowed[p]))

    def _build(self, tree: Tree, after: State) -> State:
        """The positions a part of the pattern may begin at, where those of `after` may follow it."""
        kind, *parts = tree
        match kind, parts:
            case "digit", [frozenset() as allowed]:
                self._allowed.append(allowed)
                self._following.append(after)
                return frozenset({len(self._allowed) - 1})
            case "row", _:
                for part in reversed(parts):
                    after = self._build(part, after)  # type: ignore[arg-type]
                return after
            case "choice", _:
                return frozenset().union(*(self._build(part, after) for part in parts))  # type: ignore[arg-type]
            case "repeat", [tuple() as body, int() as low, int() as high]:
                return self._repeat(body, low, high, after)
        return frozenset({_DONE_AT_END})

    def _repeat(self, body: Tree, low: int, high: int, after: State) -> State:
        entry = after
        for _ in range(high - low):
            entry = self._build(body, entry) | after
        for _ in range(low):
            entry = self._build(body, entry)
        return entry


@cache
def automaton(pattern: str, whole: bool = True) -> Automaton:
    """The automaton of a pattern, made once."""
    return Automaton(pattern, whole)


def _parse(pattern: str) -> Tree:
    tokens = _Tokens(pattern)
    tree = tokens.choice()
    if tokens.current is not None:
        raise ValueError(f"unexpected `{tokens.current[0]}` in the pattern {pattern}")
    return tree


class _Tokens:
    """Reads a pattern by recursive descent."""

    def __init__(self, pattern: str) -> None:
        self._rest = _tokens(pattern)
        self.current = next(self._rest, None)

    def choice(self) -> Tree:
        branches = [self._row()]
        while self.current is not None and self.current[0] == "|":
            self._next()
            branches.append(self._row())
        return branches[0] if len(branches) == 1 else ("choice", *branches)

    def _row(self) -> Tree:
        parts = []
        while self.current is not None and self.current[0] not in "|)":
            parts.append(self._repeated())
        return ("row", *parts)

    def _repeated(self) -> Tree:
        part = self._part()
        while self.current is not None and (counts := _counts(self.current)) is not None:
            self._next()
            part = ("repeat", part, *counts)
        return part

    def _part(self) -> Tree:
        found = self._next()
        token = found[0]
        if token in ("(", "(?:"):
            inner = self.choice()
            if self.current is None:
                raise ValueError("a group of the pattern is not closed")
            self._next()
            return inner
        if token == "$":
            return ("end",)
        if found[1] is not None:
            return ("digit", _members(found[1]))
        if token in (r"\d", *_ALL):
            return ("digit", _ALL if token == r"\d" else frozenset(token))
        raise ValueError(f"unexpected `{token}` in a pattern of digits")

    def _next(self) -> re.Match[str]:
        found, self.current = self.current, next(self._rest, None)
        assert found is not None
        return found


def _tokens(pattern: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(pattern):
        found = _TOKENS.match(pattern, at)
        if found is None:
            raise ValueError(f"the pattern {pattern} is no plain pattern of digits: `{pattern[at:]}`")
        yield found
        at = found.end()


def _counts(token: re.Match[str]) -> tuple[int, int] | None:
    """How often the part before is repeated, if the token says so."""
    match token[0][0]:
        case "?":
            return 0, 1
        case "*":
            return 0, _LONGEST
        case "+":
            return 1, _LONGEST
        case "{":
            low = int(token[2])
            return low, low if token[3] is None else int(token[4] or _LONGEST)
    return None


def _members(listed: str) -> frozenset[str]:
    """The digits of a class such as `02-57`."""
    found = set(re.sub(r"\d-\d", "", listed))
    for low, high in re.findall(r"(\d)-(\d)", listed):
        found |= {str(digit) for digit in range(int(low), int(high) + 1)}
    return frozenset(found)
