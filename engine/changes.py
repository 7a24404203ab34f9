"""What would change a verdict: the smallest changes that turn a refusal or a deferral into leave to send.

Candidates are tried one by one, then in pairs, then in larger sets if nothing smaller was found; each set is
judged by the policy itself before it is told, and no part of it can be left out. Pure; how long it takes is bounded
by the number of messages judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from ..policy import model as m
from .change_candidates import Change, Data, at_time, fact_candidates
from .change_texts import sender_candidates, text_candidates
from .closures import HORIZON
from .explanation import facts_of
from .facts import Facts
from .interpreter import age_changes, conditions
from .message import Message, MessageError, parse_message
from .policy import Policy
from .unmovable import why_unmoved
from .verdict import Verdict
from .zones import midnight

MOST_JUDGED = 2000
"""Messages judged for one answer: under two seconds."""
MOST_PROPOSALS = 8
_SIZES, _ALWAYS = 6, 2
"""The most changes in one set, beside a wait; and the size up to which larger sets are sought though one is found."""
_ALIKE = 2
"""How many proposals are told that change the same fields, to other values."""
_BEAM = 12
"""Sets of one size that are looked into further: those that leave the fewest obstacles."""
_MOST_DATES = 12
_NO_COUNTRY = "the number in `to` belongs to no country, and no rule speaks for it"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes that together let the message pass, and the verdict on the message so changed.

    `sets`: the fields that differ, by dotted name, with their new values.
    """

    changes: tuple[Change, ...]
    verdict: Verdict
    sets: Mapping[str, Any]

    def model_dump(self) -> dict[str, Any]:
        """The proposal as plain JSON data."""
        changes = [{"what": change.what, "kind": change.kind} for change in self.changes]
        return {"changes": changes, "sets": dict(self.sets), "text": self.verdict.text}


@dataclass(frozen=True, slots=True)
class Answer:
    """The proposals, the smallest first; the rules that refuse whatever was tried; how many messages were judged.

    `why`: for those of these rules of which it is certain, why nothing a sender can change or state moves them.
    """

    proposals: tuple[Proposal, ...]
    unmoved: tuple[str, ...]
    judged: int
    why: Mapping[str, str] = field(default_factory=dict)

    def model_dump(self) -> dict[str, Any]:
        """The answer as plain JSON data."""
        proposals = [proposal.model_dump() for proposal in self.proposals]
        return {"proposals": proposals, "unmoved": list(self.unmoved), "why": dict(self.why), "judged": self.judged}


def what_would_allow(policy: Policy, message: Message | Mapping[str, Any]) -> Answer:
    """The smallest changes after which the message may be sent at once; none for one that may be, or that nothing
    helps. Raises `MessageError` for a malformed message."""
    message = parse_message(message)
    verdict, facts = policy.evaluate(message), facts_of(policy, message)
    if verdict.allowed:
        return Answer((), (), 1)
    if facts is None:
        unmoved = tuple(sorted({reason.rule for reason in verdict.reasons}))
        return Answer((), unmoved, 1, dict.fromkeys(unmoved, _NO_COUNTRY))
    return _Search(policy, facts, verdict).run()


@dataclass(slots=True)
class _Node:
    """A set of changes, the message with them, and its verdict."""

    changes: tuple[Change, ...]
    verdict: Verdict
    obstacles: frozenset[tuple[str, str, str]]

    @property
    def rank(self) -> tuple[int, int]:
        return len(self.obstacles), sum(change.cost for change in self.changes)


@dataclass(slots=True)
class _Search:
    policy: Policy
    facts: Facts
    base: Verdict
    judged: int = 1
    moved: set[tuple[str, str]] = field(default_factory=set)
    found: dict[frozenset[Change], Proposal] = field(default_factory=dict)

    def run(self) -> Answer:
        data = self.facts.message.model_dump()
        candidates = self._candidates()
        frontier = [_Node((), self.base, _obstacles(self.base))]
        self._settle(frontier[0], data)
        for size in range(1, _SIZES + 1):
            if size > _ALWAYS and self.found:
                break
            frontier = self._grown(frontier, candidates, data)
        refusing = {(reason.rule, reason.place) for reason in self.base.reasons if reason.effect == "deny"}
        stuck = tuple(sorted({rule for rule, _ in refusing - self.moved}))
        rules = {rule.id: rule for rule in self.policy.rule_set.rules if rule.id in stuck}
        told = {name: why_unmoved(rule, self.facts, self.base) for name, rule in sorted(rules.items())}
        why = {name: reason for name, reason in told.items() if reason}
        return Answer(tuple(_chosen(self.found.values())), stuck, self.judged, why)

    def _grown(self, frontier: list[_Node], candidates: list[Change], data: Data) -> list[_Node]:
        """The sets one larger that clear, or at least shift, some obstacle; those that allow are settled."""
        grown: dict[frozenset[Change], _Node] = {}
        for node in frontier:
            for change in candidates:
                changes = frozenset((*node.changes, change))
                if changes in grown or not _together(node.changes, change) or self._known(changes):
                    continue
                new = self._judged((*node.changes, change), data)
                if new is not None and node.obstacles - new.obstacles:
                    grown[changes] = new
        kept = [node for node in grown.values() if not self._settle(node, data)]
        return sorted(kept, key=lambda node: node.rank)[:_BEAM]

    def _settle(self, node: _Node, data: Data) -> bool:
        """Whether the set needs no more: it allows. One that only has to wait is settled with the wait; it grows on."""
        verdict = node.verdict
        if verdict.allowed:
            return self._propose(node, data)
        if verdict.until is not None:
            wait = at_time(self.facts, int(verdict.until.timestamp()))
            if _together(node.changes, wait):
                later = self._judged((*node.changes, wait), data)
                if later is not None and later.verdict.allowed:
                    self._propose(later, data)
        return False

    def _propose(self, node: _Node, data: Data) -> bool:
        """Keeps a set that allows, unless a smaller one within it does."""
        changes = frozenset(node.changes)
        if not self._known(changes) and not self._too_large(node, data):
            ordered = tuple(sorted(node.changes, key=lambda change: (change.kind, change.cost, change.what)))
            changed = _made(data, node.changes)
            self.found[changes] = Proposal(ordered, node.verdict, dict(_differences(data, changed)))
        return True

    def _too_large(self, node: _Node, data: Data) -> bool:
        for change in node.changes:
            fewer = tuple(other for other in node.changes if other is not change)
            smaller = self._judged(fewer, data) if fewer else None
            if smaller is not None and smaller.verdict.allowed:
                return True
        return False

    def _known(self, changes: frozenset[Change]) -> bool:
        """Whether a set within this one allows already."""
        return any(found <= changes for found in self.found)

    def _judged(self, changes: tuple[Change, ...], data: Data) -> _Node | None:
        """The verdict with these changes; None where no such message can be, or enough have been judged."""
        if self.judged >= MOST_JUDGED:
            return None
        self.judged += 1
        try:
            verdict = self.policy.evaluate(_made(data, changes))
        except MessageError:
            return None
        node = _Node(changes, verdict, _obstacles(verdict))
        left = {(rule, place) for rule, place, _ in node.obstacles}
        self.moved |= {(rule, place) for rule, place, _ in _obstacles(self.base)} - left
        return node

    # ---- candidates

    def _candidates(self) -> list[Change]:
        facts = self.facts
        rules = {rule.id: (rule, places[0]) for rule, places in self._places() if places}
        protecting = [rule for rule, _ in rules.values()]
        found = [
            *self._times(),
            *fact_candidates(facts, rules),
            *text_candidates(facts, protecting, self.policy.index),
            *sender_candidates(facts, protecting, self.policy.rule_set.tables),
        ]
        return sorted(dict.fromkeys(found), key=lambda change: (change.cost, change.what))

    def _places(self) -> Iterator[tuple[m.Rule, tuple[str, ...]]]:
        for rule in self.policy.rule_set.rules:
            yield rule, self.policy.interpreter.places(rule, self.facts)

    def _times(self) -> Iterator[Change]:
        """The next instants at which a rule begins, ends, or turns with an age; openings come with deferrals."""
        facts, instants = self.facts, set[int]()
        for rule, places in self._places():
            days = [day for day in (rule.since, rule.before) if day is not None and places]
            instants |= {midnight(zone, day.toordinal()) for zone in facts.timezones for day in days}
            for place in places:
                for condition in conditions(rule):
                    instants |= set(age_changes(condition, facts, place))
        later = sorted(t for t in instants if facts.at < t <= facts.at + HORIZON)
        return (at_time(facts, t) for t in later[:_MOST_DATES])


def _obstacles(verdict: Verdict) -> frozenset[tuple[str, str, str]]:
    """What stands in the way: rule, place and the values that decided; of windows and limits, which change with time
    alone, rule and place."""
    kept = (reason for reason in verdict.reasons if reason.effect in ("deny", "defer"))
    return frozenset((r.rule, r.place, r.detail if r.effect == "deny" else "") for r in kept)


def _together(changes: tuple[Change, ...], change: Change) -> bool:
    return not any(change.touches & other.touches for other in changes)


def _made(data: Data, changes: tuple[Change, ...]) -> Data:
    changed = deepcopy(data)
    for change in changes:
        change.apply(changed)
    return changed


def _chosen(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """The smallest, of those that change the same things only a few."""
    alike = Counter[tuple[str, ...]]()
    chosen = 0
    for proposal in sorted(found, key=_size):
        touched = tuple(sorted(name.partition(" ")[0] for change in proposal.changes for name in change.touches))
        alike[touched] += 1
        if alike[touched] <= _ALIKE and chosen < MOST_PROPOSALS:
            chosen += 1
            yield proposal


def _size(proposal: Proposal) -> tuple[int, int, tuple[str, ...]]:
    costs = sum(change.cost for change in proposal.changes)
    return len(proposal.changes), costs, tuple(change.what for change in proposal.changes)


def _differences(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The dotted fields that differ, with their new values as JSON data."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in after.items():
            yield from _differences(before.get(key), value, f"{path}.{key}" if path else str(key))
    elif before != after:
        yield path, _plain(after)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value
