"""Automata of digit patterns against `re`, and what they say of all continuations against trying each."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.digits import Automaton, State

_ATOMS = st.sampled_from(["0", "1", "7", r"\d", "[13]", "[0-5]", "[02-47-9]", "[9]"])
_COUNTS = st.sampled_from(["", "", "?", "{2}", "{1,3}", "{0,2}", "*", "+"])


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    rows = st.lists(st.tuples(inner, _COUNTS).map("".join), min_size=1, max_size=3).map("".join)
    return st.lists(rows, min_size=1, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})")


PATTERNS = st.recursive(_ATOMS, _joined, max_leaves=8)
DIGITS = st.text("0123456789", max_size=7)


def after(automaton: Automaton, digits: str) -> State:
    state = automaton.start
    for digit in digits:
        state = automaton.step(state, digit)
    return state


@given(pattern=PATTERNS, text=DIGITS)
@settings(max_examples=120, deadline=None)
def test_whole_texts_match_as_in_re(pattern: str, text: str) -> None:
    expected = re.fullmatch(pattern, text) is not None
    automaton = Automaton(pattern)
    assert automaton.settled(after(automaton, text), 0) is expected


@given(pattern=PATTERNS, text=DIGITS)
@settings(max_examples=120, deadline=None)
def test_beginnings_match_as_in_re(pattern: str, text: str) -> None:
    expected = re.match(pattern, text) is not None
    automaton = Automaton(pattern, whole=False)
    assert automaton.settled(after(automaton, text), 0) is expected


@given(pattern=PATTERNS, head=st.text("0179", max_size=4), rest=st.integers(0, 2), whole=st.booleans())
@settings(max_examples=80, deadline=None)
def test_what_is_settled_holds_for_all_that_follows(pattern: str, head: str, rest: int, whole: bool) -> None:
    find = re.compile(pattern).fullmatch if whole else re.compile(pattern).match
    answers = {find(head + "".join(tail)) is not None for tail in product("0123456789", repeat=rest)}
    automaton = Automaton(pattern, whole)
    assert automaton.settled(after(automaton, head), rest) is (answers.pop() if len(answers) == 1 else None)


@given(pattern=PATTERNS, head=DIGITS, tail=DIGITS)
@settings(max_examples=80, deadline=None)
def test_where_no_match_may_go_on_what_follows_changes_nothing(pattern: str, head: str, tail: str) -> None:
    automaton = Automaton(pattern)
    found, longer = re.match(pattern, head), re.match(pattern, head + tail)
    if not automaton.may_go_on(after(automaton, head), len(tail)):
        assert (found and found.end()) == (longer and longer.end())


@given(pattern=PATTERNS, head=st.text("0179", max_size=3), rest=st.integers(0, 2))
@settings(max_examples=80, deadline=None)
def test_a_match_may_go_on_where_some_longer_beginning_matches(pattern: str, head: str, rest: int) -> None:
    tails = ("".join(tail) for size in range(1, rest + 1) for tail in product("0123456789", repeat=size))
    some = any(re.fullmatch(pattern, head + tail) for tail in tails)
    automaton = Automaton(pattern)
    assert automaton.may_go_on(after(automaton, head), rest) is some


def test_an_end_holds_only_where_the_digits_end() -> None:
    automaton = Automaton(r"([2-9]\d{2})$|1")
    assert automaton.settled(after(automaton, "234"), 0) is True
    assert automaton.settled(after(automaton, "234"), 1) is False
    assert automaton.settled(after(automaton, "23"), 1) is True
    assert automaton.may_go_on(after(automaton, "23"), 1) and not automaton.may_go_on(after(automaton, "23"), 2)


@pytest.mark.parametrize("pattern", ["a", "1(?=2)", "(1", "1)", "[a-c]", "1{", ".", r"\w", "[12", "*"])
def test_other_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        Automaton(pattern)
