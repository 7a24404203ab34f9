"""Which constructs of the language a comparison reached: counted by decision, effect, action, condition, fact, date,
zone and place, so that nothing stays uncompared unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sendlaw.engine.facts import Facts
from sendlaw.engine.interpreter import Interpreter, conditions
from sendlaw.engine.kleene import Look, holds, value
from sendlaw.engine.state import State
from sendlaw.engine.verdict import Verdict
from sendlaw.policy import model as m
from sendlaw.policy.vocabulary import BASES, FACTS, LIMIT_KEYS, UNITS

Census = Counter[str]

TRUTHS = {True: "true", False: "false", None: "unknown"}
NEVER_UNKNOWN = {
    *("recipient.number", "recipient.country", "recipient.timezones", "sender.id", "sender.type", "sender.shared"),
    *("sender.registered", "body", "body.links", "body.shorteners", "body.phone_numbers", "body.unencodable"),
    *("channel", "category", "subject", "subjects", "answers", "registrations", "encoding", "segments"),
}
"""Facts that every message tells."""


class Watching(Interpreter):
    """The interpreter, counting what it meets. Every `every`-th message has each of its conditions counted too."""

    def __init__(self, rule_set: m.RuleSet, census: Census, every: int = 10) -> None:
        super().__init__(rule_set)
        self.census = census
        self._every = every
        self._judged = 0

    def judge(self, facts: Facts) -> tuple[State, State | None, int | None]:
        self.census.update(_of_facts(facts))
        self._judged += 1
        if self._judged % self._every == 0:
            for rule in self._rules:
                if self.in_force(rule, facts, facts.at):
                    self._look_at(rule, facts)
        return super().judge(facts)

    def in_force(self, rule: m.Rule, facts: Facts, t: int) -> bool:
        answer = super().in_force(rule, facts, t)
        if rule.since is not None or rule.before is not None:
            dates = " ".join(word for word, day in (("since", rule.since), ("before", rule.before)) if day is not None)
            self.census[f"dates {dates}: {'in force' if answer else 'not in force'}"] += 1
        return answer

    def replaced(self, rule: m.Rule, place: str, look: Look) -> bool:
        answer = super().replaced(rule, place, look)
        if rule.id in self._replacers:
            where = "country" if place == look.facts.country else "subdivision"
            whom = "subject" if rule.per_subject else "rule"
            self.census[f"replaces {where} {whom}: {'silent' if answer else 'speaks'}"] += 1
        return answer

    def _look_at(self, rule: m.Rule, facts: Facts) -> None:
        for place in self.places(rule, facts):
            for subject in facts.subjects if rule.per_subject else (None,):
                look = Look(facts, facts.written, facts.at, place, subject, self._tables)
                for condition in conditions(rule):
                    self.census.update(_of_condition(condition, look))


def _of_facts(facts: Facts) -> Iterator[str]:
    yield f"zones: {'one' if len(facts.timezones) == 1 else 'several'}"
    yield f"subdivisions: {('none', 'one', 'several')[min(len(facts.subdivisions), 2)]} known"
    yield f"subjects: {min(len(facts.subjects), 2)}"
    yield f"history: {'unknown' if facts.history is None else 'known'}"
    yield f"sender: {facts.sender_type}"
    yield f"category: {facts.message.category}"
    yield f"channel: {facts.message.channel}"


def _of_condition(condition: m.Condition, look: Look) -> Iterator[str]:
    truth = TRUTHS[holds(condition, look)]
    yield f"condition {_kind(condition)}: {truth}"
    match condition:
        case m.And() | m.Or():
            for part in condition.parts:
                yield from _of_condition(part, look)
        case m.Not():
            yield from _of_condition(condition.part, look)
        case m.SameAs():
            yield from _of_term(condition.left, look)
            yield from _of_term(condition.right, look)
        case m.MentionsFact():
            yield from _of_term(condition.fact, look)
        case m.CompareAge():
            yield f"age unit {condition.unit}: {truth}"
            yield from _of_term(condition.term, look)
        case m.CompareNumber():
            yield f"operator {condition.operator}: {truth}"
            yield from _of_term(condition.term, look)
        case _:
            yield from _of_term(condition.term, look)


def _kind(condition: m.Condition) -> str:
    if isinstance(condition, m.Mentions):
        return "Mentions words" if condition.words is not None else "Mentions phrase"
    return type(condition).__name__


def _of_term(term: m.Term, look: Look) -> Iterator[str]:
    match term:
        case m.FactTerm():
            yield f"fact {term.name}: {'unknown' if value(term, look) is None else 'known'}"
        case m.LengthTerm() | m.CountTerm():
            yield f"term {type(term).__name__}: {'unknown' if value(term, look) is None else 'known'}"
            yield from _of_term(term.fact, look)
        case m.LookupTerm():
            found = value(term, look)
            told = "unknown" if found is None else "undocumented" if found == "undocumented" else "known"
            yield f"term LookupTerm: {told}"


def of_verdict(verdict: Verdict, rules: dict[str, m.Rule]) -> Iterator[str]:
    """What a verdict shows: its decision and, of each reason, what the rule was and did."""
    yield f"decision: {verdict.decision}"
    if verdict.country is None:
        yield "number: of no country"
    if verdict.until is not None:
        days = (verdict.until - verdict.at).total_seconds() / 86_400
        yield f"deferral: {'a day or less' if days <= 1 else 'up to a week' if days <= 7 else 'more than a week'}"
        yield f"deferral: {'on the minute' if verdict.until.second == 0 else 'between minutes'}"
    for obligation in verdict.obligations:
        yield f"obligation: {obligation.kind}"
    for reason in verdict.reasons:
        rule = rules.get(reason.rule)
        yield f"effect: {reason.effect}"
        yield f"basis: {reason.basis}"
        yield f"place: {'subdivision' if '-' in reason.place else 'country'}"
        yield from (f"missing: {name}" for name in reason.missing)
        if rule is not None:
            yield f"action {_action(rule)}: {reason.effect}"
            yield from _of_action(rule.action)


def _action(rule: m.Rule) -> str:
    match rule.action:
        case m.Require(otherwise=m.AddText() as added):
            return f"require else {added.kind}"
        case m.Require(otherwise=m.Warn()):
            return "require else warn"
        case m.Only(warning=warning) if warning is not None:
            return "only else warn"
        case m.AddText() as added:
            return added.kind
        case action:
            return type(action).__name__.lower()


def _of_action(action: m.Action) -> Iterator[str]:
    match action:
        case m.AddText() | m.Require(otherwise=m.AddText()):
            added = action if isinstance(action, m.AddText) else action.otherwise
            assert isinstance(added, m.AddText)
            yield f"added text: {'for everyone' if added.texts[0][0] is None else 'by language'}"
        case m.Only(window=window):
            yield f"window: {'fixed zone' if window.zone is not None else 'on the recipient’s clock'}"
            yield f"window: {'one span' if len(window.hours) == 1 else 'several spans'}"
            yield f"window: {'every day' if all(len(span.days) == 7 for span in window.hours) else 'some days'}"
            if window.except_holidays:
                yield "window: except holidays"
            if any(span.holiday for span in window.hours):
                yield "window: holidays with hours of their own"
        case m.Limit():
            yield f"limit: {'elapsed' if action.calendar is None else f'calendar {action.calendar}'}"
            yield from (f"limit key: {key}" for key in action.keys)
        case m.Pace():
            yield f"pace: {'segments' if action.segments else 'messages'}"


def expected(written: bool = False) -> set[str]:
    """All that a long comparison must reach; `written`: by rule files written by hand, which leave out a little."""
    found = {f"decision: {name}" for name in ("allow", "defer", "deny")}
    found.add("number: of no country")
    found |= {f"effect: {name}" for name in ("deny", "defer", "append", "prepend", "warn", "pace")}
    found |= {f"basis: {name}" for name in BASES} | {"place: country", "place: subdivision"}
    found |= {"zones: one", "zones: several", "subjects: 0", "subjects: 1", "subjects: 2"}
    found |= {f"subdivisions: {name} known" for name in ("none", "one", "several")}
    found |= {"history: known", "history: unknown", "deferral: on the minute", "deferral: between minutes"}
    found |= {f"dates {name}: {state}" for name in ("since", "before") for state in ("in force", "not in force")}
    found |= _expected_actions()
    return found - _ONLY_DRAWN if written else found | _expected_conditions() | _expected_of_drawn_rules()


_ONLY_DRAWN = {f"action {name}: warn" for name in ("append", "prepend", "deny")} | {
    *("action append: deny", "action require else append: warn", "action require else prepend: warn")
}
"""What no rule written by hand does: guidelines that add text or deny, and turn on what is not known."""


def _expected_actions() -> set[str]:
    both = {
        "require": "deny warn",
        "require else append": "append deny warn",
        "require else prepend": "prepend deny warn",
        "require else warn": "warn",
        "only": "defer warn deny",
        "only else warn": "warn",
        "limit": "defer warn deny",
        "append": "append deny warn",
        "prepend": "prepend deny warn",
    }
    alone = {f"action {name}: {name}" for name in ("deny", "pace", "warn")} | {"action deny: warn"}
    return alone | {f"action {name}: {effect}" for name, effects in both.items() for effect in effects.split()}


def _expected_conditions() -> set[str]:
    kinds = ["And", "Or", "Not", "OneOf", "SameAs", "CompareNumber", "CompareAge", "StartsWith", "EndsWith", "Matches"]
    kinds += ["Has", "MentionsFact"]
    found = {f"condition {kind}: {truth}" for kind in kinds for truth in TRUTHS.values()}
    found |= {f"condition {kind}: {truth}" for kind in ("IsKnown", "Mentions words", "Mentions phrase")
              for truth in ("true", "false")}  # fmt: skip
    found |= {f"operator {sign}: {truth}" for sign in ("<", "<=", ">", ">=") for truth in TRUTHS.values()}
    found |= {f"age unit {unit}: {truth}" for unit in UNITS for truth in TRUTHS.values()}
    names = set(FACTS) - {"consent.status", "register.listed"}
    found |= {f"fact {name}: known" for name in names}
    found |= {f"fact {name}: unknown" for name in names - NEVER_UNKNOWN}
    found |= {f"term {name}: known" for name in ("LengthTerm", "CountTerm", "LookupTerm")}
    return (
        found | {f"term {name}: unknown" for name in ("LengthTerm", "LookupTerm")} | {"term LookupTerm: undocumented"}
    )


def _expected_of_drawn_rules() -> set[str]:
    found = {f"replaces {where} {whom}: {what}" for where in ("country", "subdivision") for whom in ("rule", "subject")
             for what in ("silent", "speaks")}  # fmt: skip
    found |= {f"dates since before: {state}" for state in ("in force", "not in force")}
    found |= {f"window: {name}" for name in ("fixed zone", "on the recipient’s clock", "one span", "several spans")}
    found |= {f"window: {name}" for name in ("every day", "some days", "except holidays")}
    found |= {"window: holidays with hours of their own", "pace: segments", "pace: messages", "limit: elapsed"}
    found |= {f"limit: calendar {period}" for period in ("day", "week", "month")}
    found |= {"added text: for everyone", "added text: by language"}
    return found | {f"limit key: {key}" for key in LIMIT_KEYS} | {f"deferral: {name}" for name in
                    ("a day or less", "up to a week", "more than a week")}  # fmt: skip
