"""The peers beside us: the same decisions in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sendlaw import Message, Policy
from sendlaw.engine.assemble import assemble
from sendlaw.engine.evaluator import Evaluator
from sendlaw.engine.facts import Facts as OurFacts
from sendlaw.engine.facts import TextFacts, read_facts, read_number
from sendlaw.engine.firing import limit_sends
from sendlaw.engine.frequency import count_at
from sendlaw.engine.kleene import Look
from sendlaw.engine.subject_names import SubjectNames
from sendlaw.policy.model import Limit

from benchmarks.measure import Side, compare, microseconds
from benchmarks.messages import Maker
from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, decision, facts_of
from benchmarks.peers.registry import ADAPTERS, installed, judge_of
from benchmarks.ratios import five_countries, ready
from benchmarks.rows import Row, beside

TIMES = 5
AGREED = 600
QUICK, SLOW = 2000, 150
"""Messages in each round, of a peer that takes less than a tenth of a millisecond for one and of one that takes more:
few at a time say more of what lies in the processor's caches than of rules.
"""
_NAMES = {f"{country}.{rule.name}": rule.name for country, rules in COUNTRIES.items() for rule in rules}


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

    def ask(facts: Facts) -> str:
        return decision(judge(facts))

    size = QUICK if microseconds(Side(_given(maker, SLOW), ask), rounds=3) < 100 else SLOW
    theirs = Side(_given(maker, size), ask)
    whole = compare(theirs, Side(ready(maker, size), policy.evaluate), rounds=7)
    rules = compare(theirs, _rules_alone(policy, maker, size), rounds=7)
    answer = compare(theirs, _same_answer(policy, maker, size), rounds=15)
    told = f"{answer.ratio:.1f}× ({answer.first:.1f} µs against {answer.second:.1f})"
    told += f"; against reasons {rules.ratio:.1f}×, against all of it {whole.ratio:.1f}×"
    yield Row(name, f"≥ {TIMES}×", told, answer.ratio >= TIMES)


def _rules_alone(policy: Policy, maker: Maker, size: int) -> Side:
    """We on derived facts too: number, clock, words and encoding worked out before the watch starts."""
    evaluator = Evaluator(policy.rule_set)
    subjects = frozenset(policy.rule_set.word_lists)

    def prepare() -> list[OurFacts]:
        found = [read_facts(message, read_number(message), policy.index, subjects) for message in ready(maker, size)()]
        for facts in found:
            assert facts.written.encoding.segments and facts.written.found is not None
        return found

    names = SubjectNames(policy.rule_set)
    return Side(prepare, lambda facts: assemble(facts, evaluator.judge(facts), policy.digest, names))


def speaking(evaluator: Evaluator, facts: OurFacts, sent: TextFacts) -> list[str]:
    """What the peers answer: the names of the rules that speak. `sent`: the text with what rules add."""
    plan = evaluator.plan(facts)
    found = plan.speakers(facts, facts.written, facts.at, (), False)
    if not found:
        return []
    if found[0][0] in plan.adding:
        found += plan.speakers(facts, sent, facts.at, (), True)
    rules = [plan.applications[index].rule for index, _ in found]
    return [_NAMES[rule.id] for rule in rules if not isinstance(rule.action, Limit) or _full(rule.action, facts, sent)]


def _full(limit: Limit, facts: OurFacts, sent: TextFacts) -> bool:
    """The generated code only looks whether there is history enough to fill a limit."""
    sends = limit_sends(limit, Look(facts, sent, facts.at, facts.country, None, {}))
    return sends is None or count_at(limit, sends, facts.timezones, facts.at) >= limit.count


def derived(policy: Policy, messages: Iterable[Message]) -> list[tuple[OurFacts, TextFacts]]:
    """Our facts of messages with all that is derived worked out, and the text with what rules add."""
    evaluator, subjects = Evaluator(policy.rule_set), frozenset(policy.rule_set.word_lists)
    found = []
    for message in messages:
        facts = read_facts(message, read_number(message), policy.index, subjects)
        judged = evaluator.judge(facts)
        sent = facts.written if judged is None else facts.written.sent_as(judged[0].text)
        for each in (facts.written, sent):
            assert each.encoding.segments and each.found is not None
        found.append((facts, sent))
    return found


def _same_answer(policy: Policy, maker: Maker, size: int) -> Side:
    """We, once every kind of message was met before: the code for each is made when first asked for."""
    evaluator = Evaluator(policy.rule_set)

    def ask(given: tuple[OurFacts, TextFacts]) -> str:
        return decision(speaking(evaluator, *given))

    for given in derived(policy, ready(Maker(faulty=60), QUICK)()):
        ask(given)
    return Side(lambda: derived(policy, ready(maker, size)()), ask)


def _given(maker: Maker, size: int) -> Callable[[], list[Facts]]:
    return lambda: [facts_of(Message(**data)) for data in maker.batch(size)]
