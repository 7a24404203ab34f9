"""durable_rules: one rule set for each country; the facts are asserted, the rules fire, the facts are retracted."""

from __future__ import annotations

import operator
from contextlib import suppress
from functools import reduce
from itertools import count
from typing import Any

from durable.engine import MessageNotHandledException
from durable.lang import assert_fact, m, retract_fact, ruleset, when_all

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, Rule, Test

_COMPARE: dict[str, Any] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def judge() -> Judge:
    """Asserts the facts in the rule set of the country, and takes them back."""
    spoken: list[str] = []
    for country in COUNTRIES:
        _ruleset(country, spoken)
    serial = count(1)

    def ask(facts: Facts) -> list[str]:
        spoken.clear()
        fact = {**facts, "id": next(serial)}
        with suppress(MessageNotHandledException):  # no rule had anything to say
            assert_fact(facts["country"], fact)
        with suppress(MessageNotHandledException):
            retract_fact(facts["country"], fact)
        return list(spoken)

    return ask


def _ruleset(country: str, spoken: list[str]) -> None:
    with ruleset(country):
        for written in COUNTRIES[country]:
            _rule(written, spoken)


def _rule(written: Rule, spoken: list[str]) -> None:
    @when_all(_condition(written))  # type: ignore[untyped-decorator]
    def speak(_: Any) -> None:
        spoken.append(written.name)


def _condition(written: Rule) -> Any:
    parts = [_test(test) for test in written.always]
    if written.either:
        parts.append(reduce(operator.or_, (_test(test) for test in written.either)))
    return reduce(operator.and_, parts)


def _test(test: Test) -> Any:
    return _COMPARE[test.operator](getattr(m, test.fact), test.value)
