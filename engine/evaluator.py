"""The compiled evaluator: plans made when first needed, then V(t) and the earliest instant by generated code."""

from __future__ import annotations

from ..policy import model as m
from .added import Additions, add_up
from .closures import HORIZON
from .compiler import Compiler, Kind, Plan, Speakers
from .facts import Facts, TextFacts
from .firing import Firing, fire
from .kleene import Look
from .state import State, state_of

_Asked = tuple[str, tuple[str, ...], str, str]
_MOST_CHOSEN = 65_536
"""Kinds of message as they come, each with the subdivisions its recipient may be in: senders may state any."""


class Evaluator:
    """Judges messages with generated code; agrees with the interpreter on every message."""

    def __init__(self, rule_set: m.RuleSet) -> None:
        self._compiler = Compiler(rule_set)
        self._tables = rule_set.tables
        self._plans: dict[Kind, Plan] = {}
        self._chosen: dict[_Asked, Plan] = {}

    def judge(self, facts: Facts) -> tuple[State, State | None, int | None]:
        """V(at); V(T) and T where the message may go, T being `at` or later; None and None where it may not."""
        plan = self.plan(facts)
        now = self._state(plan, facts, facts.at)
        if now.allows:
            return now, now, facts.at
        if now.refuses:
            return now, None, None
        t, then = self._later(plan, facts, now)
        return now, then, t

    def plan(self, facts: Facts) -> Plan:
        """The plan for a message of this kind. Two threads may both make it; they make the same."""
        asked = (facts.country, facts.subdivisions, facts.sender_type, facts.message.category)
        plan = self._chosen.get(asked)
        if plan is None:
            if len(self._chosen) >= _MOST_CHOSEN:
                self._chosen.clear()
            plan = self._chosen[asked] = self._plan(self._kind(*asked))
        return plan

    def _plan(self, kind: Kind) -> Plan:
        return self._plans.get(kind) or self._plans.setdefault(kind, self._compiler.plan(kind))

    def _kind(self, country: str, known: tuple[str, ...], sender_type: str, category: str) -> Kind:
        named = self._compiler.named
        return Kind(
            country,
            tuple(place for place in known if place in named) if known else None,
            not known or any(place not in named for place in known),
            sender_type,
            category,
        )

    def _state(self, plan: Plan, facts: Facts, t: int) -> State:
        dates = plan.bounds(facts.timezones) if plan.dated else ()
        text = facts.written
        added: list[Firing] = []
        if plan.has_adders and (speakers := plan.adders(facts, text, t, dates)):
            added = self._fired(plan, speakers, facts, text, t)
        additions = add_up(text.text, added) if added else Additions(text.text, ())
        if added and additions.text != text.text:
            text = text.sent_as(additions.text)
        speakers = plan.others(facts, text, t, dates)
        others = self._fired(plan, speakers, facts, text, t) if speakers else []
        return state_of(t, tuple(added + others), additions)

    def _fired(self, plan: Plan, speakers: Speakers, facts: Facts, text: TextFacts, t: int) -> list[Firing]:
        found = []
        for index, subjects in speakers:
            rule, place, settled = plan.applications[index]
            firing = fire(rule, Look(facts, text, t, place, None, self._tables), subjects, settled)
            if firing is not None:
                found.append(firing)
        return found

    def _later(self, plan: Plan, facts: Facts, state: State) -> tuple[int | None, State | None]:
        """The first t after `at` at which V(t) allows, and V(t). Refused at an instant, a message stays so until a rule
        changes or until all that is closed has opened, whichever comes first; so nothing in between need be asked."""
        end = facts.at + HORIZON
        changes = iter([t for t in plan.changes(facts) if facts.at < t <= end])
        change = next(changes, None)
        while True:
            opening = None if state.refuses else _all_open(state)
            t = min((instant for instant in (opening, change) if instant is not None), default=None)
            if t is None or t > end:
                return None, None
            while change is not None and change <= t:
                change = next(changes, None)
            state = self._state(plan, facts, t)
            if state.allows:
                return t, state


def _all_open(state: State) -> int | None:
    """The first instant by which everything closed has opened once; None if something never does."""
    latest = state.t
    for firing in state.firings:
        if firing.effect == "defer":
            if firing.opens is None:
                return None
            latest = max(latest, firing.opens)
    return latest
