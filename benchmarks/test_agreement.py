"""What is timed against each other says the same: hand-written Python, the compiled rules, and every installed peer."""

from __future__ import annotations

import pytest
from sendlaw import Message, Policy
from sendlaw.engine.evaluator import Evaluator

from benchmarks.comparison import derived, disagreements, speaking
from benchmarks.handwritten import judge
from benchmarks.messages import FAULTS, Maker
from benchmarks.peers.eight_rules import decision
from benchmarks.peers.registry import installed, judge_of
from benchmarks.ratios import five_countries

COUNT = 5_000


@pytest.fixture(scope="module")
def policy() -> Policy:
    return five_countries()


def test_the_answer_that_peers_are_timed_against_is_the_verdicts(policy: Policy) -> None:
    evaluator = Evaluator(policy.rule_set)
    messages = [Message(**data) for data in Maker(faulty=60, seed=7).batch(400)]
    for message, (facts, sent) in zip(messages, derived(policy, messages), strict=True):
        verdict, named = policy.evaluate(message), speaking(evaluator, facts, sent)
        assert sorted(named) == sorted(reason.rule.split(".")[1] for reason in verdict.reasons)
        assert decision(named) == verdict.decision


def test_handwritten_python_and_the_rule_file_agree(policy: Policy) -> None:
    decisions, rules = set[str](), set[str]()
    for data in Maker(faulty=60, seed=11).batch(COUNT):
        message = Message(**data)
        verdict, judgement = policy.evaluate(message), judge(message)
        named = [reason.rule for reason in verdict.reasons]
        ours = (verdict.decision, named, verdict.text, verdict.encoding, verdict.segments)
        by_hand = [rule for rule, _ in judgement.reasons]
        theirs = (judgement.decision, by_hand, judgement.text, judgement.encoding, judgement.segments)
        assert ours == theirs, data
        decisions.add(verdict.decision)
        rules.update(rule.split(".")[1] for rule in named)
    assert decisions == {"allow", "defer", "deny"}
    assert len(rules) == len(FAULTS), "every rule but that about landlines had something to say"


@pytest.mark.parametrize(("line", "number"), [("fixed", "+33123456789"), ("fixed", "+442079460123")])
def test_landlines_too(policy: Policy, line: str, number: str) -> None:
    message = Message(**(Maker(faulty=0).batch(1)[0] | {"to": number, "sender": "ACME"}))
    assert ("deny", f"the line is {line}") == (judge(message).decision, judge(message).reasons[-1][1])
    assert [reason.rule for reason in policy.evaluate(message).reasons] == [rule for rule, _ in judge(message).reasons]


@pytest.mark.parametrize("name", installed())
def test_a_peer_agrees(policy: Policy, name: str) -> None:
    messages = [Message(**data) for data in Maker(faulty=60, seed=12).batch(300)]
    assert disagreements(policy, judge_of(name), messages) == 0
