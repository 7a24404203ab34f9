"""What the tests of rules do not show: rules, conditions and boundaries that none of them tries from both sides.

Worked out from the rules and the messages of the tests, with the interpreter's own notion of where a rule speaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..policy import model as m
from ..policy import tree as t
from .coverage_points import Kind, Point, Seen, points_of
from .explanation import facts_of
from .facts import Facts, TextFacts
from .firing import adds_text, fire
from .interpreter import Interpreter
from .kleene import Look, holds
from .message import MessageError
from .policy import Policy
from .suggested_lines import Around
from .testing import CaseResult

KINDS: tuple[Kind, ...] = ("rule", "condition", "boundary")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of a rule that no test shows, in words, and a line for a test that would."""

    rule: m.Rule
    kind: Kind
    what: str
    line: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each kind how many points are shown and how many there are; and those that are not, by rule."""

    counts: Mapping[Kind, tuple[int, int]]
    gaps: tuple[Gap, ...]

    def model_dump(self) -> dict[str, Any]:
        """The coverage as plain JSON data."""
        counts = {kind: {"shown": shown, "of": every} for kind, (shown, every) in self.counts.items()}
        return {"counts": counts, "gaps": [_gap_data(gap) for gap in self.gaps]}


def _gap_data(gap: Gap) -> dict[str, Any]:
    span = gap.rule.span
    where = {"file": span.source.name, "line": span.line, "rule": gap.rule.id}
    return {**where, "kind": gap.kind, "what": gap.what, "try": gap.line}


def measure(policy: Policy, rules: Sequence[m.Rule], results: Iterable[CaseResult]) -> Coverage:
    """What the tests with these results show of the rules, and what they do not."""
    words = policy.rule_set.word_lists
    points = {rule.id: points_of(Around(rule, policy.rule_set.tables, words)) for rule in rules}
    totals = Counter(point.kind for found in points.values() for point in found)
    for result in results:
        _strike(policy, rules, points, result)
    gaps = tuple(Gap(rule, p.kind, p.what, p.line) for rule in rules for p in points[rule.id])
    missing = Counter(gap.kind for gap in gaps)
    return Coverage({kind: (totals[kind] - missing[kind], totals[kind]) for kind in KINDS}, gaps)


def _strike(policy: Policy, rules: Sequence[m.Rule], points: dict[str, list[Point]], result: CaseResult) -> None:
    """Takes away the points that one test shows."""
    facts = _facts(policy, result)
    if facts is None:
        return
    for instant in _instants(result, facts):
        shown = _Shown(policy, facts, instant)
        for rule in rules:
            if points[rule.id]:
                seen = list(shown.seen(rule))
                points[rule.id] = [point for point in points[rule.id] if not any(map(point.shown, seen))]


def _facts(policy: Policy, result: CaseResult) -> Facts | None:
    if result.message is None:
        return None
    try:
        return facts_of(policy, result.message)
    except MessageError:
        return None


def _instants(result: CaseResult, facts: Facts) -> Iterator[int]:
    """The time of the message; where the test says until when it waits, also that instant and the last before it."""
    yield facts.at
    says = any(isinstance(expect.value, t.Moment) for expect in result.case.expects)
    if says and result.passed and result.verdict is not None and result.verdict.until is not None:
        until = int(result.verdict.until.timestamp())
        yield from (until - 1, until)


class _Shown:
    """The rules as one message shows them at one instant."""

    def __init__(self, policy: Policy, facts: Facts, t: int) -> None:
        self._facts, self._t = facts, t
        self._tables = policy.rule_set.tables
        self._interpreter = Interpreter(policy.rule_set)
        text = self._interpreter.state(facts, t).text
        same = text == facts.message.body
        self._final = facts.written if same else TextFacts(text, policy.index, facts.country)

    def seen(self, rule: m.Rule) -> Iterator[Seen]:
        """The rule in each place and of each subject. Where another replaces it, or it has no subject, it is silent."""
        in_force = self._interpreter.in_force(rule, self._facts, self._t)
        for place in self._interpreter.places(rule, self._facts):
            text = self._facts.written if adds_text(rule) else self._final
            look = Look(self._facts, text, self._t, place, None, self._tables)
            subjects = self._facts.subjects if rule.per_subject else (None,)
            if not subjects:
                yield Seen(look, in_force, asked=False, applies=False, spoke=False)
            for subject in subjects:
                yield self._one(rule, look.about(subject), in_force)

    def _one(self, rule: m.Rule, look: Look, in_force: bool) -> Seen:
        if self._interpreter.replaced(rule, look.place, look):
            return Seen(look, in_force, asked=False, applies=False, spoke=False)
        subjects = () if look.subject is None else (look.subject,)
        spoke = in_force and fire(rule, look, subjects) is not None
        return Seen(look, in_force, asked=True, applies=_applies(rule, look), spoke=spoke)


def _applies(rule: m.Rule, look: Look) -> bool:
    excused = rule.unless is not None and holds(rule.unless, look) is True
    return not excused and (rule.when is None or holds(rule.when, look) is not False)
