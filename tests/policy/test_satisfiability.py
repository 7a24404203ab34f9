"""Constant conditions against plain enumeration: where all cases can be listed, both agree exactly."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy import model as m
from sendlaw.policy.beforehand import Known
from sendlaw.policy.satisfiability import always, constant_parts, impossible
from sendlaw.policy.source import Source, Span
from sendlaw.policy.vocabulary import CONSENT_STATUSES

STATUSES = CONSENT_STATUSES[:-1]
HERE = Span(Source("a", ""), 0, 0)
STATUS, DOUBLE, AGE = (m.FactTerm(HERE, name) for name in ("consent", "consent.double", "recipient.age_at_least"))
CASES = [
    {STATUS: status, DOUBLE: double, AGE: age}
    for status, double, age in product([*STATUSES, None], [True, False, None], [*range(8), None])
]
Case = dict[m.FactTerm, str | bool | int | None]


def some_condition(r: Random, depth: int = 3) -> m.Condition:
    """A random condition on three facts whose values can all be listed; ages are compared with 1 to 5."""
    if depth and r.random() < 0.6:
        parts = tuple(some_condition(r, depth - 1) for _ in range(r.randint(2, 3)))
        return r.choice((m.And(HERE, parts), m.Or(HERE, parts), m.Not(HERE, parts[0])))
    return r.choice(
        (
            m.OneOf(HERE, STATUS, frozenset(r.sample(STATUSES, r.randint(1, 4)))),
            m.OneOf(HERE, DOUBLE, frozenset({r.random() < 0.5})),
            m.OneOf(HERE, AGE, frozenset({r.randint(1, 5)})),
            m.CompareNumber(HERE, AGE, r.choice(("<", "<=", ">", ">=")), r.randint(1, 5)),
            m.IsKnown(HERE, r.choice((STATUS, DOUBLE, AGE))),
        )
    )


def truth(condition: m.Condition, case: Case) -> float:
    """Kleene's logic in numbers: true is 1, unknown a half, false 0."""
    if isinstance(condition, m.And | m.Or):
        parts = [truth(part, case) for part in condition.parts]
        return min(parts) if isinstance(condition, m.And) else max(parts)
    if isinstance(condition, m.Not):
        return 1 - truth(condition.part, case)
    assert isinstance(condition, m.IsKnown | m.OneOf | m.CompareNumber)
    assert isinstance(condition.term, m.FactTerm)
    value = case[condition.term]
    if isinstance(condition, m.IsKnown):
        return float(value is not None)
    if value is None:
        return 0.5
    if isinstance(condition, m.OneOf):
        return float(value in condition.values)
    return float(eval(f"{value} {condition.operator} {condition.value}"))


def possible(condition: m.Condition) -> set[float]:
    return {truth(condition, case) for case in CASES}


@given(st.randoms(use_true_random=False))
def test_what_is_called_constant_is_constant(r: Random) -> None:
    condition = some_condition(r)
    assert not (impossible(condition) and 1 in possible(condition))
    assert not (always(condition) and 0 in possible(condition))


@given(st.randoms(use_true_random=False))
def test_what_is_constant_is_found(r: Random) -> None:
    atoms = tuple(some_condition(r, 0) for _ in range(r.randint(2, 4)))
    both, either = m.And(HERE, atoms), m.Or(HERE, atoms)
    assert impossible(both) == (1 not in possible(both))
    assert always(either) == (0 not in possible(either))


@given(st.randoms(use_true_random=False))
def test_constant_parts_are_constant(r: Random) -> None:
    for part, value in constant_parts(some_condition(r)):
        assert float(not value) not in possible(part)


def test_a_domain_narrows_a_fact() -> None:
    term = m.FactTerm(HERE, "recipient.country")
    in_france = m.OneOf(HERE, term, frozenset({"FR"}))
    assert not always(in_france)
    assert always(in_france, Known({"recipient.country": frozenset({"FR"})}))
    assert impossible(in_france, Known({"recipient.country": frozenset({"DE", "AT"})}))
