"""The meaning of a rule set, naive and readable: the specification that the compiled evaluator must agree with.

V(t) is what the rules say at an instant t with all other facts fixed. The verdict is V(at) if it allows; deny if at
`at` anything but windows and limits refuses; else a deferral to the first t at which V(t) allows, within 400 days;
else deny.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..policy import model as m
from . import ages
from .added import Additions, add_up
from .closures import HORIZON
from .facts import Facts, TextFacts
from .firing import Firing, adds_text, fire
from .kleene import Look, holds, register_start
from .state import Judged, State, state_of
from .zones import midnight


class Interpreter:
    """Judges messages by walking the rules one by one."""

    def __init__(self, rule_set: m.RuleSet) -> None:
        self._rules = rule_set.rules
        self._tables = rule_set.tables
        self._replacers = {
            replaced: [rule for rule in rule_set.rules if replaced in rule.replaces]
            for replaced in {name for rule in rule_set.rules for name in rule.replaces}
        }
        self._named = {place for rule in rule_set.rules for place in rule.places.subdivisions}

    def judge(self, facts: Facts) -> Judged:
        """V(at); V(T) and T where the message may go, T being `at` or later; None and None where it may not."""
        now = self.state(facts, facts.at)
        if now.allows:
            return now, now, facts.at
        if now.refuses:
            return now, None, None
        t, found = self._first_allowed(facts, now)
        return now, found, t

    def state(self, facts: Facts, t: int) -> State:
        """V(t): every firing at t, and the text with what the rules add."""
        adders = self._firings(facts, t, facts.written, adding=True)
        additions = add_up(facts.message.body, adders)
        others = self._firings(facts, t, self._final(facts, additions), adding=False)
        return state_of(t, tuple(adders + others), *additions)

    # ---- which rules speak, and where

    def places(self, rule: m.Rule, facts: Facts) -> tuple[str, ...]:
        """The places for which a rule speaks to this recipient: the country, or subdivisions they may be in."""
        if rule.places.anywhere or facts.country in rule.places.countries:
            return (facts.country,)
        return tuple(place for place in self._subdivisions(facts) if place in rule.places.subdivisions)

    def in_force(self, rule: m.Rule, facts: Facts, t: int) -> bool:
        """Whether t's local date lies from `since` to the day before `before`, in one zone of the recipient or more."""
        return any(_in_force_in(rule, zone, t) for zone in facts.timezones)

    def replaced(self, rule: m.Rule, place: str, look: Look) -> bool:
        """Whether, everywhere the recipient may be, a rule that replaces this one is in force and its `when` holds.

        Everywhere: in each place, and by each of their clocks on which this rule is in force. A rule that has begun in
        one zone only speaks, but leaves what it replaces in force for the other.
        """
        if rule.id not in self._replacers:
            return False
        facts = look.facts
        everywhere = (place,) if place != facts.country else self._possible(facts)
        zones = [zone for zone in facts.timezones if _in_force_in(rule, zone, look.t)] or facts.timezones
        return all(self._replaced_at(rule, spot, zone, look) for spot in everywhere for zone in zones)

    def _replaced_at(self, rule: m.Rule, spot: str, zone: str, look: Look) -> bool:
        facts = look.facts
        for other in self._replacers[rule.id]:
            if not _in_force_in(other, zone, look.t):
                continue
            whole = other.places.anywhere or facts.country in other.places.countries
            if not whole and spot not in other.places.subdivisions:
                continue
            place = facts.country if whole else spot
            if self._surely(other, Look(facts, look.text, look.t, place, look.subject, self._tables)):
                return True
        return False

    def _surely(self, rule: m.Rule, look: Look) -> bool:
        """Whether the rule's `when` is known to hold; one that says `subject`, for the subject judged or for all."""
        if not rule.per_subject:
            return rule.when is None or holds(rule.when, look) is True
        subjects = look.facts.subjects if look.subject is None else (look.subject,)
        return bool(subjects) and all(rule.when is None or holds(rule.when, look.about(s)) is True for s in subjects)

    def _subdivisions(self, facts: Facts) -> tuple[str, ...]:
        """Those the recipient may be in: the known ones, else all of the country that a policy names."""
        return facts.subdivisions or tuple(sorted(p for p in self._named if p.startswith(f"{facts.country}-")))

    def _possible(self, facts: Facts) -> tuple[str, ...]:
        """Everywhere the recipient may be; with no subdivision known, that includes the rest of the country."""
        return facts.subdivisions or (facts.country, *self._subdivisions(facts))

    # ---- what they do

    def _firings(self, facts: Facts, t: int, text: TextFacts, adding: bool) -> list[Firing]:
        found: list[Firing] = []
        for rule in self._rules:
            if adds_text(rule) is adding and self.places(rule, facts) and self.in_force(rule, facts, t):
                found += self._rule(rule, facts, t, text)
        return found

    def _rule(self, rule: m.Rule, facts: Facts, t: int, text: TextFacts) -> Iterator[Firing]:
        for place in self.places(rule, facts):
            look = Look(facts, text, t, place, None, self._tables)
            subjects = facts.subjects
            if rule.per_subject:
                subjects = tuple(s for s in subjects if not self.replaced(rule, place, look.about(s)))
            elif self.replaced(rule, place, look):
                continue
            firing = fire(rule, look, subjects)
            if firing is not None:
                yield firing

    def _final(self, facts: Facts, additions: Additions) -> TextFacts:
        if additions.text == facts.message.body:
            return facts.written
        return facts.written.sent_as(additions.text)

    # ---- the earliest instant

    def _first_allowed(self, facts: Facts, state: State) -> tuple[int | None, State | None]:
        """The first t after `at` at which V(t) allows. While V refuses, nothing can change before the next date or age
        at which a rule may speak otherwise, or, if sooner, before every closed window and full limit has opened."""
        horizon = facts.at + HORIZON
        changes = sorted(t for t in set(self._changes(facts)) if facts.at < t <= horizon)
        while True:
            change = next((t for t in changes if t > state.t), None)
            openings = [firing.opens for firing in state.firings if firing.closed]
            t = change
            if not state.refuses and None not in openings:
                opening = max(instant for instant in openings if instant is not None)
                t = opening if change is None else min(opening, change)
            if t is None or t > horizon:
                return None, None
            state = self.state(facts, t)
            if state.allows:
                return t, state

    def _changes(self, facts: Facts) -> Iterator[int]:
        """Every instant at which a rule may begin, end, or turn with an age."""
        for rule in self._rules:
            for zone in facts.timezones:
                yield from (bound for bound in _in_force(rule, zone) if bound is not None)
            for place in self.places(rule, facts):
                for condition in conditions(rule):
                    yield from age_changes(condition, facts, place)


def _in_force(rule: m.Rule, zone: str) -> tuple[int | None, int | None]:
    start = None if rule.since is None else midnight(zone, rule.since.toordinal())
    end = None if rule.before is None else midnight(zone, rule.before.toordinal())
    return start, end


def _in_force_in(rule: m.Rule, zone: str, t: int) -> bool:
    start, end = _in_force(rule, zone)
    return (start is None or start <= t) and (end is None or t < end)


def conditions(rule: m.Rule) -> Iterator[m.Condition]:
    """The conditions of a rule: its `when`, its `unless`, and what it requires."""
    own = rule.action.condition if isinstance(rule.action, m.Require) else None
    yield from (condition for condition in (rule.when, rule.unless, own) if condition is not None)


def age_changes(condition: m.Condition, facts: Facts, place: str) -> Iterator[int]:
    """The instants at which a condition on an age may turn."""
    match condition:
        case m.And() | m.Or():
            for part in condition.parts:
                yield from age_changes(part, facts, place)
        case m.Not():
            yield from age_changes(condition.part, facts, place)
        case m.CompareAge() | m.IsKnown(term=m.FactTerm(name="consent.age" | "register.age")):
            term = condition.term
            consent = isinstance(term, m.FactTerm) and term.name == "consent.age"
            start = facts.consent_at if consent else register_start(facts, place)
            if start is not None:
                yield start
            if start is not None and isinstance(condition, m.CompareAge):
                yield from ages.flips(start, condition.operator, condition.count, condition.unit, facts.timezones)
