"""The explanation tells of the same rules as the verdict, on every message of the bundled tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sendlaw.engine.explanation import Explanation, explain
from sendlaw.engine.message import Message
from sendlaw.engine.policy import default_policy
from sendlaw.engine.test_messages import SettingError, build_message, reply_of

from .meaning import message, policy, written


def messages() -> Iterator[Message]:
    """The messages of the bundled tests, each once."""
    seen = set[str]()
    for test in default_policy().rule_set.tests:
        for case in test.cases:
            if reply_of(case) is None:
                try:
                    message = build_message(case)
                except SettingError:
                    continue
                if message.model_dump_json() not in seen:
                    seen.add(message.model_dump_json())
                    yield message


MOST = 300
"""How many messages are explained: spread evenly over all tests, so that this stays quick however many there are."""


@pytest.fixture(scope="module")
def explanations() -> list[Explanation]:
    found = list(messages())
    return [explain(default_policy(), message) for message in found[:: -(-len(found) // MOST)]]


def spoken(explanation: Explanation) -> set[tuple[str, str]]:
    return {(entry.rule.id, entry.place) for entry in explanation.looked_at if entry.effect != "silent"}


def test_the_rules_that_speak_are_the_reasons_of_the_verdict(explanations: list[Explanation]) -> None:
    assert len(explanations) > 100
    for explanation in explanations:
        verdict = explanation.verdict
        if verdict.country is None:
            continue
        reasons = {(reason.rule, reason.place) for reason in verdict.reasons}
        if "recipient.subdivision" in verdict.missing:
            # of several states the recipient may be in, a verdict names the strictest rule alone
            assert reasons <= spoken(explanation)
        else:
            assert reasons == spoken(explanation)


def test_what_speaks_comes_first_the_strictest_before_the_others(explanations: list[Explanation]) -> None:
    order = ["deny", "defer", "prepend", "append", "warn", "pace", "silent"]
    for explanation in explanations:
        effects = [order.index(entry.effect) for entry in explanation.looked_at]
        assert effects == sorted(effects)


def test_every_rule_is_looked_at_or_counted(explanations: list[Explanation]) -> None:
    rules = {rule.id for rule in default_policy().rule_set.rules}
    for explanation in explanations:
        looked_at = {entry.rule.id for entry in explanation.looked_at}
        assert looked_at <= rules
        assert len(looked_at) + explanation.elsewhere == len(rules)


WIDE = written('rule a "A" { when subject is gambling deny GUIDE }', "anywhere", "W", "")
LICENSED = written(
    'rule a "A" { when subject is gambling and registrations has "entity:FR"'
    " require recipient.age_at_least >= 18 replaces W.a LAW }"
)


@pytest.mark.parametrize(
    ("subjects", "why"),
    [
        (["gambling"], "replaced by P.a"),
        (["alcohol"], "its `when` does not hold"),
        (["alcohol", "gambling"], "its `when` does not hold; for gambling replaced by P.a"),
    ],
)
def test_a_rule_replaced_for_some_subjects_says_so(subjects: list[str], why: str) -> None:
    licensed = {"registrations": ["entity:FR"], "recipient": {"age_at_least": 18}}
    explanation = explain(policy(WIDE, LICENSED), message(subjects=subjects, **licensed))
    (looked,) = [entry for entry in explanation.looked_at if entry.rule.id == "W.a"]
    assert (looked.effect, looked.why) == ("silent", why)
