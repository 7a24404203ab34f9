"""The compiled evaluator: plans made when first needed, then V(t) and the earliest instant by generated code."""

from __future__ import annotations

from ..policy import model as m
from .added import add_up
from .closures import HORIZON
from .compiler import Compiler, Kind, Plan, Speakers
from .facts import Facts
from .firing import Firing
from .kleene import Look
from .recall import Recall
from .state import Judged, State, silence, state_of

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
        self._recall = Recall()

    def judge(self, facts: Facts) -> Judged | None:
        """V(at); V(T) and T where the message may go, T being `at` or later; None and None where it may not. Nothing
        where no rule speaks at `at`.
        """
        plan = self.plan(facts)
        now = self._state(plan, facts, facts.at, told=True)
        if now is None:
            return None
        if now.allows:
            return now, now, facts.at
        if now.refuses:
            return now, None, None
        t, then = self._later(plan, facts, now)
        return now, then, t

    def plan(self, facts: Facts) -> Plan:
        """The plan for a message of this kind. Two threads may both make it; they make the same."""
        asked = (facts.country, facts.subdivisions, facts.sender_type, facts.category)
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

    def _state(self, plan: Plan, facts: Facts, t: int, told: bool) -> State | None:
        """V(t); None where no rule speaks. `told`: whether what rules did will be read; else they do not say why."""
        dates = plan.bounds(facts.timezones) if plan.dated else ()
        written = facts.written
        speakers = plan.speakers(facts, written, t, dates, False)
        if not speakers:
            return None
        look = Look(facts, written, t, facts.country, None, self._tables, told)
        if speakers[0][0] not in plan.adding:
            return state_of(t, tuple(self._fired(plan, speakers, look)), written.text, ())
        added = self._fired(plan, speakers, look)
        text, obligations = add_up(written.text, added)
        final = written.sent_as(text)
        speakers = plan.speakers(facts, final, t, dates, True)
        look = Look(facts, final, t, facts.country, None, self._tables, told)
        return state_of(t, (*added, *self._fired(plan, speakers, look)), text, obligations)

    def _fired(self, plan: Plan, speakers: Speakers, look: Look) -> list[Firing]:
        found = []
        for index, subjects in speakers:
            each = plan.applications[index]
            firing = self._recall.find(each, look, subjects)
            if firing is not None:
                found.append(firing)
        return found

    def _later(self, plan: Plan, facts: Facts, state: State) -> tuple[int | None, State | None]:
        """The first t after `at` at which V(t) allows, and V(t). Refused at an instant, a message stays so until a rule
        changes or until all that is closed has opened, whichever comes first; so nothing in between need be asked."""
        end = facts.at + HORIZON
        changes = [t for t in plan.changes(facts) if facts.at < t <= end]
        while True:
            t = None if state.refuses else _all_open(state)
            if changes and (t is None or changes[0] <= t):
                t = changes[0]
            if t is None or t > end:
                return None, None
            while changes and changes[0] <= t:
                del changes[0]
            state = self._state(plan, facts, t, told=False) or silence(t, facts.written.text)
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
