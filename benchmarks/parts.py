"""Where the time of one message goes, and how much of it libraries take: what no work on our own code can save."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sendlaw import Message, Policy
from sendlaw.engine.assemble import assemble
from sendlaw.engine.encoding import encode
from sendlaw.engine.evaluator import Evaluator
from sendlaw.engine.facts import Facts, read_facts, read_number
from sendlaw.engine.message_json import message_from_json
from sendlaw.engine.subject_names import SubjectNames
from sendlaw.engine.verdict import Verdict

from benchmarks.handwritten import judge
from benchmarks.measure import Side, microseconds
from benchmarks.messages import Maker
from benchmarks.ratios import ready
from benchmarks.rows import Row, beside


def parts() -> Iterator[Row]:
    """The steps of `check` for a message whose text is new, under all bundled rules, in one process."""
    policy, maker = Policy.load(), Maker()
    for message in ready(Maker(seed=2))():
        policy.evaluate(message)
    core = Message.__pydantic_validator__.validate_json
    steps: dict[str, tuple[Callable[[], Sequence[Any]], Callable[[Any], object]]] = {
        "reading a line of JSON": (_lines(maker), message_from_json),
        "– of that pydantic's core, with its objects made": (_lines(maker), core),
        "the facts: number, sender, subjects, the search for words": (ready(maker), _reader(policy)),
        "– of that the search for words": (_bodies(maker), policy.index.scan),
        "the encoding": (_bodies(maker), encode),
        "the rules: V(at), and the earliest instant": (_facts(policy, maker), Evaluator(policy.rule_set).judge),
        "the verdict": (_judged(policy, maker), lambda given: assemble(*given)),
        "writing it as JSON": (_verdicts(policy, maker), Verdict.model_dump_json),
    }
    for name, (prepare, act) in steps.items():
        yield beside(name, f"{microseconds(Side(prepare, act)):.1f} µs")
    whole = microseconds(Side(_lines(maker), lambda line: _whole(policy, line)))
    yield beside("all of it", f"{whole:.1f} µs; two processors at this pace judge {2e6 / whole:,.0f} a second")
    given = policy.evaluate(ready(maker)()[0])
    hand = microseconds(Side(_lines(maker), lambda line: _by_hand(given, line)))
    yield beside("reading, eight rules written by hand, and writing", f"{hand:.1f} µs; at this pace {2e6 / hand:,.0f}")


def _whole(policy: Policy, line: bytes) -> str:
    message = message_from_json(line)
    assert message is not None
    return policy.evaluate(message).model_dump_json()


def _by_hand(verdict: Verdict, line: bytes) -> str:
    """What eight rules in plain Python would take in the same place; the verdict that is written is another's."""
    message = message_from_json(line)
    assert message is not None
    judge(message)
    return verdict.model_dump_json()


def _lines(maker: Maker) -> Callable[[], Sequence[bytes]]:
    return lambda: [json.dumps(data, ensure_ascii=False).encode() for data in maker.batch(2000)]


def _bodies(maker: Maker) -> Callable[[], Sequence[str]]:
    return lambda: [str(data["body"]) for data in maker.batch(2000)]


def _reader(policy: Policy) -> Callable[[Message], Facts]:
    subjects = frozenset(policy.rule_set.word_lists)
    return lambda message: read_facts(message, read_number(message), policy.index, subjects)


def _facts(policy: Policy, maker: Maker) -> Callable[[], list[Facts]]:
    read = _reader(policy)

    def prepare() -> list[Facts]:
        found = [read(message) for message in ready(maker)()]
        for facts in found:
            assert facts.written.encoding.segments
        return found

    return prepare


def _judged(policy: Policy, maker: Maker) -> Callable[[], list[Any]]:
    evaluator, names = Evaluator(policy.rule_set), SubjectNames(policy.rule_set)
    return lambda: [(facts, evaluator.judge(facts), policy.digest, names) for facts in _facts(policy, maker)()]


def _verdicts(policy: Policy, maker: Maker) -> Callable[[], list[Verdict]]:
    return lambda: [policy.evaluate(message) for message in ready(maker)()]
