"""The peers beside us: the same decisions in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sendlaw import Message, Policy
from sendlaw.engine.assemble import assemble
from sendlaw.engine.evaluator import Evaluator
from sendlaw.engine.facts import Facts as OurFacts
from sendlaw.engine.facts import read_facts, read_number

from benchmarks.measure import Side, compare
from benchmarks.messages import Maker
from benchmarks.peers.eight_rules import Facts, Judge, decision, facts_of
from benchmarks.peers.registry import ADAPTERS, installed, judge_of
from benchmarks.ratios import five_countries, ready
from benchmarks.rows import Row, beside

TIMES = 5
AGREED = 600
SIZE = 150


def disagreements(policy: Policy, judge: Judge, messages: Sequence[Message]) -> int:
    """On how many messages a peer names other rules, or decides otherwise, than we do."""
    wrong = 0
    for message in messages:
        ours, theirs = policy.evaluate(message), set(judge(facts_of(message)))
        named = {reason.rule.split(".")[1] for reason in ours.reasons}
        wrong += named != theirs or decision(theirs) != ours.decision
    return wrong


def peers() -> Iterator[Row]:
    """Every peer that is installed against us; those that are not, by name."""
    policy, versions = five_countries(), installed()
    messages = [Message(**data) for data in Maker(faulty=60, seed=5).batch(AGREED)]
    for name in ADAPTERS:
        if name in versions:
            yield from _peer(f"{name} {versions[name]}", judge_of(name), policy, messages)
        else:
            yield beside(name, "not installed")


def _peer(name: str, judge: Judge, policy: Policy, messages: Sequence[Message]) -> Iterator[Row]:
    wrong = disagreements(policy, judge, messages)
    if wrong:
        yield beside(name, f"cannot express the rules: other verdicts on {wrong} of {len(messages)} messages")
        return
    maker = Maker()
    theirs = Side(_given(maker), lambda facts: decision(judge(facts)))
    whole = compare(theirs, Side(ready(maker, SIZE), policy.evaluate), rounds=7)
    rules = compare(theirs, _rules_alone(policy, maker), rounds=7)
    told = f"{whole.ratio:.1f}× ({whole.first:.0f} µs); rules alone {rules.ratio:.1f}×"
    yield Row(name, f"≥ {TIMES}×", told, whole.ratio >= TIMES)


def _rules_alone(policy: Policy, maker: Maker) -> Side:
    """We on derived facts too: number, clock, words and encoding worked out before the watch starts."""
    evaluator = Evaluator(policy.rule_set)
    subjects = frozenset(policy.rule_set.word_lists)

    def prepare() -> list[OurFacts]:
        found = [read_facts(message, read_number(message), policy.index, subjects) for message in ready(maker, SIZE)()]
        for facts in found:
            assert facts.written.encoding.segments and facts.written.found is not None
        return found

    return Side(prepare, lambda facts: assemble(facts, *evaluator.judge(facts), policy.digest))


def _given(maker: Maker) -> Callable[[], list[Facts]]:
    return lambda: [facts_of(Message(**data)) for data in maker.batch(SIZE)]
