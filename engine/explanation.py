"""Why a verdict is what it is: every rule that was looked at, what it asked, what it found, why it spoke or not.

Built on the interpreter, whose meaning it tells; it decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..policy import model as m
from . import frequency, hours
from .details import as_written, decided
from .facts import Facts, TextFacts, read_facts, read_number
from .firing import adds_text, fire, limit_sends, pace_words, period_words
from .interpreter import Interpreter
from .kleene import Look, Truth, holds
from .message import Message, parse_message
from .policy import Policy
from .verdict import STRICTNESS, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a rule asked: the clause (`when`, `unless`, `require`, `only`, `limit`), as written, and what it found.

    `holds` is None where an unknown fact decides. `subject` is the one it was asked of, where the rule asks of each.
    """

    clause: str
    text: str
    holds: Truth
    found: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One rule in one place: what it asked, what it did (`silent`, or the effect of a reason), and why."""

    rule: m.Rule
    place: str
    effect: str
    why: str
    asked: tuple[Asked, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict, every rule that protects its recipient, those that spoke first, and how many others there are."""

    verdict: Verdict
    looked_at: tuple[LookedAt, ...]
    elsewhere: int

    def model_dump(self) -> dict[str, Any]:
        """The explanation as plain JSON data."""
        rules = [_rule_data(looked) for looked in self.looked_at]
        return {"verdict": self.verdict.model_dump(), "rules": rules, "elsewhere": self.elsewhere}


def explain(policy: Policy, message: Message | Mapping[str, Any]) -> Explanation:
    """The verdict on a message and the way to it. Raises `MessageError` for a malformed message."""
    message = parse_message(message)
    verdict, facts = policy.evaluate(message), facts_of(policy, message)
    if facts is None:
        return Explanation(verdict, (), len(policy.rule_set.rules))
    looked = list(_Explainer(policy, facts).look_at_all())
    rules = {entry.rule.id for entry in looked}
    ordered = sorted(looked, key=lambda entry: (STRICTNESS.get(entry.effect, 9), entry.rule.id, entry.place))
    return Explanation(verdict, tuple(ordered), len(policy.rule_set.rules) - len(rules))


def facts_of(policy: Policy, message: Message) -> Facts | None:
    """The facts of a message, None where its number belongs to no country. Raises `MessageError`."""
    number = read_number(message)
    if number.country is None:
        return None
    return read_facts(message, number, policy.index, frozenset(policy.rule_set.word_lists))


class _Explainer:
    """Looks at every rule as of the message's own time."""

    def __init__(self, policy: Policy, facts: Facts) -> None:
        self._rules = policy.rule_set.rules
        self._tables = policy.rule_set.tables
        self._facts = facts
        self._interpreter = Interpreter(policy.rule_set)
        text = self._interpreter.state(facts, facts.at).text
        same = text == facts.message.body
        self._final = facts.written if same else TextFacts(text, policy.index, facts.country)

    def look_at_all(self) -> Iterator[LookedAt]:
        """Each rule in each place where it protects this recipient."""
        for rule in self._rules:
            for place in self._interpreter.places(rule, self._facts):
                yield self._look_at(rule, place)

    def _look_at(self, rule: m.Rule, place: str) -> LookedAt:
        if not self._interpreter.in_force(rule, self._facts, self._facts.at):
            return LookedAt(rule, place, "silent", f"not in force: {_dates(rule)}")
        look = self._look(rule, place)
        subjects = self._facts.subjects if rule.per_subject else (None,)
        asked = tuple(entry for subject in subjects for entry in _asked(rule, look.about(subject)))
        kept = [subject for subject in subjects if not self._interpreter.replaced(rule, place, look.about(subject))]
        if not subjects:
            return LookedAt(rule, place, "silent", "it asks about subjects, and the message has none")
        firing = fire(rule, look, tuple(subject for subject in kept if subject is not None)) if kept else None
        if firing is None:
            reasons = [f"replaced by {self._replacers(rule, look, subjects)}"] if not kept else []
            if kept:
                reasons.append(_why_silent(tuple(entry for entry in asked if entry.subject in kept)))
                silenced = [subject for subject in subjects if subject is not None and subject not in kept]
                reasons += [f"for {each} replaced by {self._replacers(rule, look, (each,))}" for each in silenced]
            return LookedAt(rule, place, "silent", "; ".join(reasons), asked)
        return LookedAt(rule, place, firing.effect, firing.detail, asked, tuple(sorted(firing.missing)))

    def _look(self, rule: m.Rule, place: str) -> Look:
        text = self._facts.written if adds_text(rule) else self._final
        return Look(self._facts, text, self._facts.at, place, None, self._tables)

    def _replacers(self, rule: m.Rule, look: Look, subjects: tuple[str | None, ...]) -> str:
        """The rules in force here that replace this one and whose `when` may hold for one of the subjects."""
        names = [
            other.id
            for other in self._rules
            if rule.id in other.replaces
            and self._interpreter.in_force(other, self._facts, look.t)
            and any(
                _may_hold(other, self._look(other, spot).about(subject))
                for spot in self._interpreter.places(other, self._facts)
                for subject in subjects
            )
        ]
        return ", ".join(names)


def _may_hold(rule: m.Rule, look: Look) -> bool:
    unasked = rule.per_subject and look.subject is None  # it asks about each subject, the rule it replaces about none
    return rule.when is None or unasked or holds(rule.when, look) is not False


def _dates(rule: m.Rule) -> str:
    since = "" if rule.since is None else f"since {rule.since}"
    before = "" if rule.before is None else f"before {rule.before}"
    return " ".join(part for part in (since, before) if part)


# ---- what a rule asks


def _asked(rule: m.Rule, look: Look) -> Iterator[Asked]:
    """What the rule asks, up to the answer that settles that it stays silent."""
    for clause, condition, settles in (("when", rule.when, False), ("unless", rule.unless, True)):
        if condition is not None:
            yield (asked := _condition(clause, condition, look))
            if asked.holds is settles:
                return
    match rule.action:
        case m.Require():
            yield _condition("require", rule.action.condition, look)
        case m.Only():
            yield _window(rule.action.window, look)
        case m.Limit():
            yield _limit(rule.action, look)
        case m.Pace():
            yield Asked("pace", pace_words(rule.action), True, "", look.subject)


def _condition(clause: str, condition: m.Condition, look: Look) -> Asked:
    return Asked(clause, as_written(condition), holds(condition, look), decided(condition, look), look.subject)


def _window(window: m.Window, look: Look) -> Asked:
    facts = look.facts
    openness = hours.is_open(window, facts.timezones, facts.subdivisions, look.t)
    truth = None if openness is hours.Openness.UNKNOWN else openness is hours.Openness.OPEN
    zones = (window.zone,) if window.zone is not None else facts.timezones
    return Asked("only", hours.describe(window), truth, hours.local_times(zones, look.t), look.subject)


def _limit(limit: m.Limit, look: Look) -> Asked:
    asked = f"{limit.count} {period_words(limit)}"
    sends, zones = limit_sends(limit, look), look.facts.timezones
    if sends is None:
        return Asked("limit", asked, None, "the history is not known", look.subject)
    full = frequency.full(limit, sends, zones, look.t)
    if full is None:
        return Asked("limit", asked, None, "recipient.timezone is not known", look.subject)
    found = f"{frequency.count_at(limit, sends, zones, look.t)} sent before"
    return Asked("limit", asked, not full, found, look.subject)


# ---- why it stayed silent


_SETTLED = {
    ("when", False): "its `when` does not hold",
    ("unless", True): "its `unless` excuses the message",
    ("require", True): "what it requires holds",
    ("only", True): "the window is open",
    ("limit", True): "there is room within the limit",
}


def _why_silent(asked: tuple[Asked, ...]) -> str:
    """The answer that settled it; where the rule asks of each subject, those of all of them."""
    last = {entry.subject: entry for entry in asked}
    reasons = (_SETTLED.get((a.clause, bool(a.holds)), "the text it adds is there already") for a in last.values())
    return "; ".join(dict.fromkeys(reasons)) or "the text it adds is there already"


def _rule_data(looked: LookedAt) -> dict[str, Any]:
    rule = looked.rule
    dates = {"since": rule.since, "before": rule.before}
    return {
        "rule": rule.id,
        "place": looked.place,
        "effect": looked.effect,
        "why": looked.why,
        "title": rule.title,
        "basis": rule.basis,
        "sources": [
            {"title": source.title, "url": source.url, "checked": source.checked.isoformat()} for source in rule.sources
        ],
        "note": rule.note,
        **{name: None if day is None else day.isoformat() for name, day in dates.items()},
        "asked": [
            {"clause": a.clause, "text": a.text, "holds": a.holds, "found": a.found, "subject": a.subject}
            for a in looked.asked
        ],
        "missing": list(looked.missing),
        "file": rule.span.source.name,
        "line": rule.span.line,
    }
