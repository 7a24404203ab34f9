"""Partial evaluation: what a rule set still asks once a message is known and only its recipient is not.

For one country, each rule that protects it is settled (it stays silent, or speaks, whoever the recipient is) or open;
and for each that may speak it is found out which of the recipient's facts it can still ask. Nothing is guessed: where
it cannot be shown that a rule is settled, it counts as open, so too much may be asked, never too little.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..policy import model as m
from ..policy.vocabulary import FACTS
from .added import add_up
from .closures import HORIZON
from .details import decided
from .facts import Facts, TextFacts
from .firing import adds_text, fire
from .kleene import Look
from .settling import OPEN, Partly, Settled, deciding, settle
from .words import WordIndex

Standing = Literal["silent", "speaks", "open"]

CLOCK, AT = "recipient.timezone", "at"
SUBDIVISION = "recipient.subdivision"
_DAY = 86_400
_EPOCH_ORDINAL = 719_163


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one rule in one place: whether it is settled, why, and which facts it may still ask.

    `asks`: facts of the recipient by the names that messages give them, sorted (`consent.status`, `registers.US`,
    `recipient.timezone` for their clock); of a rule that speaks, those that its reason may tell.
    """

    rule: m.Rule
    place: str
    standing: Standing
    why: str
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Residue:
    """What is left of all the rules that protect the recipients of one country."""

    country: str
    rules: tuple[Left, ...]

    @property
    def asks(self) -> frozenset[str]:
        """Every fact of a recipient that a rule may still ask."""
        return frozenset(name for left in self.rules for name in left.asks)


class PartialEvaluator:
    """Reduces a rule set by what is known of a message to recipients of one country.

    `facts`: of the message to any number of the country; only what does not depend on the recipient is read.
    `dated`: whether all messages go at the time that the facts state; if not, every dated rule counts as open.
    """

    def __init__(self, rule_set: m.RuleSet, index: WordIndex, facts: Facts, *, dated: bool) -> None:
        self._rules = rule_set.rules
        self._tables = rule_set.tables
        self._index = index
        self._facts = facts
        self._dated = dated
        self._replacers: dict[str, list[m.Rule]] = {}
        for rule in rule_set.rules:
            for replaced in rule.replaces:
                self._replacers.setdefault(replaced, []).append(rule)

    def residue(self) -> Residue:
        """What is left of each rule that protects recipients of the country, in the order of their names."""
        here = [(rule, place) for rule in self._rules for place in self._places(rule)]
        written = Partly(self._look(self._facts.written), text_open=False)
        adders = [self._left(rule, place, written) for rule, place in here if adds_text(rule)]
        final = self._final(adders, written)
        others = [self._left(rule, place, final) for rule, place in here if not adds_text(rule)]
        return Residue(self._facts.country, tuple(sorted((*adders, *others), key=lambda left: left.rule.id)))

    def _look(self, text: TextFacts) -> Look:
        return Look(self._facts, text, self._facts.at, self._facts.country, None, self._tables)

    def _places(self, rule: m.Rule) -> tuple[str, ...]:
        country = self._facts.country
        if rule.places.anywhere or country in rule.places.countries:
            return (country,)
        if not rule.places.subdivisions:
            return ()
        return tuple(sorted(place for place in rule.places.subdivisions if place.startswith(f"{country}-")))

    def _final(self, adders: list[Left], written: Partly) -> Partly:
        """The text as it will be sent, where every recipient gets the same."""
        if any(left.standing == "open" for left in adders):
            return Partly(written.look, text_open=True)
        speaking = [left.rule for left in adders if left.standing == "speaks"]
        fired = [fire(rule, written.look, self._facts.subjects) for rule in speaking]
        text = add_up(self._facts.message.body, [firing for firing in fired if firing is not None]).text
        return Partly(self._look(self._facts.written.sent_as(text)), text_open=False)

    # ---- one rule

    def _left(self, rule: m.Rule, place: str, given: Partly) -> Left:
        given = Partly(given.look.at(place), given.text_open)
        force = self._in_force(rule)
        if force is False:
            return Left(rule, place, "silent", f"not in force: {dates_of(rule)}")
        if rule.per_subject and not self._facts.subjects:
            return Left(rule, place, "silent", "it asks about subjects, and the message has none")
        subjects = self._facts.subjects if rule.per_subject else (None,)
        about = [given.about(subject) for subject in subjects]
        silent = [self._silenced(rule, each) for each in about]
        if all(silent):
            return Left(rule, place, "silent", "; ".join(dict.fromkeys(why for why in silent if why)))
        replaced = self._replaced(rule, place, about)
        if replaced is True:
            return Left(rule, place, "silent", f"replaced by {self._replacing(rule, place, about)}")
        speaking = [each for each, why in zip(about, silent, strict=True) if not why]
        asks = set().union(*(self._asks(rule, each) for each in speaking))
        asks |= self._asks_of_replacers(rule, place, about) if replaced is OPEN else set()
        asks |= {AT} if force is OPEN else set()
        sure = force is True and replaced is False and any(self._surely(rule, each) for each in speaking)
        sure &= not (rule.per_subject and adds_text(rule))  # the text of one subject may be there already
        standing: Standing = "speaks" if sure and place == self._facts.country else "open"
        asks |= {SUBDIVISION} if place != self._facts.country else set()
        return Left(rule, place, standing, self._why(rule, standing, speaking[0]), tuple(sorted(asks)))

    def _silenced(self, rule: m.Rule, given: Partly) -> str | None:
        """Why the rule stays silent whoever the recipient is; None where it may speak."""
        if rule.when is not None and settle(rule.when, given) is False:
            return f"its `when` does not hold: {decided(rule.when, given.look)}"
        if rule.unless is not None and settle(rule.unless, given) is True:
            return f"its `unless` excuses the message: {decided(rule.unless, given.look)}"
        if isinstance(rule.action, m.Require) and settle(rule.action.condition, given) is True:
            return f"what it requires holds: {decided(rule.action.condition, given.look)}"
        if self._added_already(rule, given):
            return "the text it adds is there already"
        return None

    def _added_already(self, rule: m.Rule, given: Partly) -> bool:
        """Whether a rule that would speak for everyone, with the same text, finds that text in the body."""
        if not adds_text(rule) or rule.per_subject or not self._surely(rule, given):
            return False
        return fire(rule, given.look, ()) is None

    def _surely(self, rule: m.Rule, given: Partly) -> bool:
        """Whether the rule does the same whoever the recipient is: conditions settled, and no clock or history."""
        if rule.when is not None and settle(rule.when, given) is OPEN:
            return False
        if rule.unless is not None and settle(rule.unless, given) is OPEN:
            return False
        action = rule.action
        if isinstance(action, m.Require) and settle(action.condition, given) is OPEN:
            return False
        return not isinstance(action, m.Only | m.Limit) and len(_texts(rule)) < 2

    def _asks(self, rule: m.Rule, given: Partly) -> set[str]:
        """The recipient's facts that may decide what the rule does, or stand in its reason."""
        action = rule.action
        tells_when = isinstance(action, m.Deny | m.AddText | m.Warn)
        found = set[str]() if rule.when is None else set(deciding(rule.when, given, told=tells_when))
        if rule.unless is not None:
            found |= deciding(rule.unless, given, told=False)
        if isinstance(action, m.Require):
            found |= deciding(action.condition, given, told=True)
        names = {_message_field(fact, given.look.place) for fact in found}
        if isinstance(action, m.Limit):
            names |= {"history", CLOCK, AT} if action.calendar is not None else {"history", AT}
        if isinstance(action, m.Only):
            names |= {AT} if action.window.zone is not None else {CLOCK, AT}
        return names | ({"recipient.language"} if len(_texts(rule)) > 1 else set())

    def _why(self, rule: m.Rule, standing: Standing, given: Partly) -> str:
        if standing == "open":
            return ""
        match rule.action:
            case m.Require() as require:
                return decided(require.condition, given.look)
            case _:
                return decided(rule.when, given.look) or "always"

    # ---- dates

    def _in_force(self, rule: m.Rule) -> Settled:
        """Whether the rule is in force from the message's time to the end of what a deferral reaches, in every zone."""
        if rule.since is None and rule.before is None:
            return True
        if not self._dated:
            return OPEN
        start, end = self._facts.at, self._facts.at + HORIZON
        begun, over = _midnight(rule.since, -1 << 60), _midnight(rule.before, 1 << 60)
        if begun - _DAY > end or over + _DAY <= start:
            return False
        return True if begun + _DAY <= start and end < over - _DAY else OPEN

    # ---- what replaces it

    def _replaced(self, rule: m.Rule, place: str, about: list[Partly]) -> Settled:
        found = {self._stands_in(other, rule, place, about) for other in self._replacers.get(rule.id, ())}
        return True if True in found else OPEN if OPEN in found else False

    def _stands_in(self, other: m.Rule, rule: m.Rule, place: str, about: list[Partly]) -> Settled:
        """Whether `other` silences the rule in this place, wherever in it the recipient is."""
        country = self._facts.country
        whole = other.places.anywhere or country in other.places.countries
        spots = {spot for spot in other.places.subdivisions if spot.startswith(f"{country}-")}
        if self._in_force(other) is False:
            return False
        if not whole and (place not in spots if place != country else not spots):
            return False
        truths = self._truths(other, rule, country if whole else place, about)
        if all(truth in (False, None) for truth in truths):
            return False
        sure = all(truth is True for truth in truths) and self._in_force(other) is True
        return True if sure and (whole or place in spots) else OPEN

    def _truths(self, other: m.Rule, rule: m.Rule, place: str, about: list[Partly]) -> list[Settled]:
        """What the `when` of a rule that replaces another comes to, for each subject that it is asked about."""
        if other.per_subject and not rule.per_subject:
            about = [about[0].about(subject) for subject in self._facts.subjects]
            if not about:
                return [False]
        there = [Partly(each.look.at(place), each.text_open) for each in about]
        return [True if other.when is None else settle(other.when, each) for each in there]

    def _asks_of_replacers(self, rule: m.Rule, place: str, about: list[Partly]) -> set[str]:
        found: set[str] = set()
        for other in self._replacers[rule.id]:
            if self._stands_in(other, rule, place, about) is False:
                continue
            spots = {self._facts.country, place, *self._places(other)}
            subjects = self._facts.subjects if other.per_subject else tuple(each.look.subject for each in about)
            for spot in spots:
                for subject in subjects:
                    given = Partly(about[0].look.at(spot), about[0].text_open).about(subject)
                    asked = frozenset() if other.when is None else deciding(other.when, given, told=False)
                    found |= {_message_field(fact, spot) for fact in asked}
            found |= {SUBDIVISION} if other.places.subdivisions else set()
            found |= {AT} if self._in_force(other) is OPEN else set()
        return found

    def _replacing(self, rule: m.Rule, place: str, about: list[Partly]) -> str:
        others = self._replacers[rule.id]
        return ", ".join(other.id for other in others if self._stands_in(other, rule, place, about) is True)


def _texts(rule: m.Rule) -> tuple[tuple[str | None, str], ...]:
    """The texts that a rule may add, one for each language."""
    action = rule.action.otherwise if isinstance(rule.action, m.Require) else rule.action
    return action.texts if isinstance(action, m.AddText) else ()


def _midnight(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else (day.toordinal() - _EPOCH_ORDINAL) * _DAY


def dates_of(rule: m.Rule) -> str:
    """The dates of a rule as they are written: `since 2026-03-01`."""
    dates = (("since", rule.since), ("before", rule.before))
    return " ".join(f"{word} {day}" for word, day in dates if day is not None)


def _message_field(fact: str, place: str) -> str:
    """The name that a message gives a fact."""
    if fact in ("register", "register.age"):
        return f"registers.{place}"
    if fact == "consent":
        return "consent.status"
    return FACTS[fact].missing_name
