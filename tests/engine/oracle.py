"""A third meaning of a rule set, small, slow and independent: written from the language's definition, to be compared
with the two in the engine, which share what a rule does once it speaks.

Facts of number and text come from the engine; what rules make of them does not. Time is not searched but tried: all
instants at which a clock on some wall shows an edge of a window, or a date, an age or an earlier send turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sendlaw import Policy
from sendlaw.engine.facts import Facts, TextFacts, read_facts, read_number
from sendlaw.engine.message import Message
from sendlaw.engine.verdict import Verdict
from sendlaw.policy import model as m
from sendlaw.policy.vocabulary import BASES

from .naive_clock import local, midnight
from .oracle_actions import HORIZON, STRICTEST, Spoken, adds_text, ages_asked, carried, does, reads_text, strictest
from .oracle_conditions import TRUE, View, age_start, thresholds, truths
from .oracle_times import instants


class Answer(NamedTuple):
    """What is compared of a verdict."""

    decision: str
    until: int | None
    reasons: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    missing: tuple[str, ...]
    obligations: tuple[tuple[str, str, str], ...]
    text: str
    warnings: tuple[str, ...]


def answer_of(verdict: Verdict) -> Answer:
    """That part of the engine's verdict; how a pace is worded is left aside."""
    return Answer(
        verdict.decision,
        None if verdict.until is None else int(verdict.until.timestamp()),
        tuple((reason.rule, reason.place, reason.effect, reason.missing) for reason in verdict.reasons),
        verdict.missing,
        tuple((o.kind, "" if o.kind == "pace" else o.text, o.rule) for o in verdict.obligations),
        verdict.text,
        verdict.warnings,
    )


class Oracle:
    """Judges by one rule set."""

    def __init__(self, policy: Policy) -> None:
        self.rules = policy.rule_set.rules
        self.tables = dict(policy.rule_set.tables)
        self.index = policy.index
        self.lists = frozenset(policy.rule_set.word_lists)
        self.named = sorted({place for rule in self.rules for place in rule.places.subdivisions})

    def judge(self, message: Message) -> Answer | None:
        """The answer; None for a number of no country, which no rule speaks of."""
        case = self.case(message)
        return None if case is None else case.answer()

    def case(self, message: Message) -> Case | None:
        """The message as a case; None for a number of no country."""
        number = read_number(message)
        if number.country is None:
            return None
        return Case(self, read_facts(message, number, self.index, self.lists))


class Case:
    """One message."""

    def __init__(self, oracle: Oracle, facts: Facts) -> None:
        self.oracle = oracle
        self.facts = facts
        self.zones = facts.timezones
        self.texts = {facts.message.body: facts.written}
        self.state_names = [place for place in oracle.named if place.startswith(facts.country + "-")]
        self.rules = [rule for rule in oracle.rules if self.places(rule)]
        replaced = {name for rule in self.rules for name in rule.replaces}
        self.textless = {rule.id: rule for rule in self.rules if not reads_text(rule) and rule.id not in replaced}

    # ---- the decision

    def answer(self) -> Answer:
        now = self.spoken(self.facts.at)
        refused = [s for s in now if s.effect == "deny"]
        shut = [s for s in now if s.effect == "defer"]
        if not refused and not shut:
            return self.told("allow", None, now, now)
        until = None if refused else self.first_allowed()
        if until is not None:
            return self.told("defer", until, now, self.spoken(until))
        # By those that never open, or by all of them together.
        guilty = [s for s in shut if s.opens is None] or ([] if refused else shut)
        denied = [replace(s, effect="deny") if s in guilty else s for s in now]
        return self.told("deny", None, denied, now)

    def first_allowed(self) -> int | None:
        start = self.facts.at
        last = ""
        for t in sorted(set(self.instants(start, start + HORIZON))):
            blocking = self.blocking(t, last)
            if blocking is None:
                return t
            last = blocking
        return None

    def blocking(self, t: int, first: str) -> str | None:
        """The rule that keeps the message back at t, the one that did so last asked first; None if none does."""
        before = self.textless.get(first)
        if before is not None and self.blocks(before, t, self.facts.written):
            return first
        text = self.text(self.spoken_of(t, self.facts.written, adding=True))
        for rule in sorted(self.rules, key=lambda rule: rule.id != first):
            if self.blocks(rule, t, self.facts.written if adds_text(rule) else text):
                return rule.id
        return None

    def blocks(self, rule: m.Rule, t: int, text: TextFacts) -> bool:
        return any(s.effect in ("deny", "defer") for s in self.speaks(rule, t, text, quick=True))

    def instants(self, start: int, end: int) -> Iterator[int]:
        """Every instant at which anything may change: nothing does between them."""
        for zone in self.zones:
            for rule in self.rules:
                days = [day for day in (rule.since, rule.before) if day is not None]
                yield from (t for day in days if start < (t := midnight(zone, day)) <= end)
        actions = {rule.action for rule in self.rules if isinstance(rule.action, m.Only | m.Limit)}
        history = [int(entry.at.timestamp() // 1) for entry in self.facts.message.history or ()]
        for action in actions:
            yield from (t for t in instants(action, self.zones, history, start, end) if start < t <= end)
        yield from (t for t in self.age_instants() if start < t <= end)

    def age_instants(self) -> Iterator[int]:
        for rule in self.rules:
            for place in self.places(rule):
                view = self.view(self.facts.at, self.facts.written, place)
                for name in ("consent.age", "register.age"):
                    start = age_start(name, view)
                    if start is not None:
                        yield start
                for asked in ages_asked(rule):
                    start = age_start(asked.term.name, view)
                    if start is not None:
                        yield from (t + late for t in thresholds(asked, start, self.zones) for late in (0, 1))

    # ---- which rules speak, and where

    def spoken(self, t: int) -> list[Spoken]:
        """All that is said at t."""
        added = self.spoken_of(t, self.facts.written, adding=True)
        return added + self.spoken_of(t, self.text(added), adding=False)

    def spoken_of(self, t: int, text: TextFacts, adding: bool) -> list[Spoken]:
        return [s for rule in self.rules if adds_text(rule) is adding for s in self.speaks(rule, t, text)]

    def speaks(self, rule: m.Rule, t: int, text: TextFacts, quick: bool = False) -> Iterator[Spoken]:
        if not self.in_force(rule, t):
            return
        for place in self.places(rule):
            view = self.view(t, text, place)
            subjects = self.facts.subjects if rule.per_subject else (None,)
            found = [
                done
                for subject in subjects
                if not self.replaced(rule, view.about(subject))
                and (done := does(rule, view.about(subject), quick)) is not None
            ]
            if found:
                yield strictest(found)

    def view(self, t: int, text: TextFacts, place: str) -> View:
        return View(self.facts, text, t, place, None, self.oracle.tables)

    def in_force(self, rule: m.Rule, t: int) -> bool:
        return any(self.in_force_on(rule, local(zone, t).date()) for zone in self.zones)

    def in_force_on(self, rule: m.Rule, day: date) -> bool:
        return (not rule.since or rule.since <= day) and (not rule.before or day < rule.before)

    def places(self, rule: m.Rule) -> list[str]:
        whole, parts = rule.places.anywhere or self.facts.country in rule.places.countries, rule.places.subdivisions
        if whole:
            return [self.facts.country]
        return [place for place in (self.facts.subdivisions or self.state_names) if place in parts]

    def replaced(self, rule: m.Rule, view: View) -> bool:
        """Whether in every place the recipient may be a rule that replaces this one is known to hold."""
        if view.place != self.facts.country:
            spots = [view.place]
        else:
            spots = [*self.facts.subdivisions] or [*self.state_names, "elsewhere in the country"]
        others = [other for other in self.oracle.rules if rule.id in other.replaces]
        silencing = {spot: [other for other in others if self.stands_in(other, view, spot)] for spot in spots}
        days = {local(zone, view.t).date() for zone in self.zones}
        return all(
            any(self.in_force_on(other, day) for other in silencing[spot])
            for day in days
            if self.in_force_on(rule, day)
            for spot in spots
        )

    def stands_in(self, other: m.Rule, view: View, spot: str) -> bool:
        if other.places.anywhere or self.facts.country in other.places.countries:
            view = replace(view, place=self.facts.country)
        elif spot in other.places.subdivisions:
            view = replace(view, place=spot)
        else:
            return False
        if not other.per_subject or view.subject is not None:
            return other.when is None or truths(other.when, view) == TRUE
        asked = [view.about(subject) for subject in self.facts.subjects]
        return bool(asked) and all(other.when is None or truths(other.when, each) == TRUE for each in asked)

    # ---- texts and words

    def text(self, spoken: list[Spoken]) -> TextFacts:
        text = carried(self.facts.message.body, spoken)[0]
        if text not in self.texts:
            self.texts[text] = self.facts.written.sent_as(text)
        return self.texts[text]

    def told(self, decision: str, until: int | None, now: list[Spoken], then: list[Spoken]) -> Answer:
        reasons = sorted(
            (s.rule.id, s.place, s.effect, tuple(sorted(s.missing))) for s in _without_regional(now, self.facts)
        )
        text, added = carried(self.facts.message.body, then)
        paces = [("pace", "", s.rule.id) for s in then if s.effect == "pace"]
        warned = sorted((s.rule.id, s.place, s.text) for s in then if s.effect == "warn")
        return Answer(
            decision,
            until,
            tuple(reasons),
            tuple(sorted({name for reason in reasons for name in reason[3]})),
            (*added, *sorted(set(paces))),
            text,
            tuple(dict.fromkeys(words for _, _, words in warned)),
        )


def _without_regional(now: list[Spoken], facts: Facts) -> list[Spoken]:
    """With no subdivision known, the rules of subdivisions come to one reason: the strictest."""
    if facts.subdivisions:
        return now
    regional = [s for s in now if s.place != facts.country]
    if not regional:
        return now

    def order(s: Spoken) -> tuple[int, bool, int, int, str, str]:
        rank = BASES.index(s.rule.basis)
        return STRICTEST.index(s.effect), s.opens is not None, -(s.opens or 0), rank, s.rule.id, s.place

    one = min(regional, key=order)
    told = replace(one, missing=one.missing | {"recipient.subdivision"})
    return [*(s for s in now if s.place == facts.country), told]
