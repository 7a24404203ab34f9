"""What tests should show of a rule: both sides of it, of each condition it asks, and of each boundary it draws.

Read off the checked model alone, so that nothing depends on how the evaluator indexes or generates code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..policy import model as m
from ..policy.rule_logic import acts_always, never_acts
from ..policy.vocabulary import UNITS
from . import ages, frequency
from .details import as_written
from .firing import limit_sends, period_words
from .interpreter import conditions
from .kleene import Look, holds, register_start, value
from .suggested_lines import (
    NOBODY,
    Around,
    condition_line,
    day_line,
    least,
    limit_line,
    number_line,
    threshold_line,
)
from .window_points import window_edges
from .zones import local

Kind = Literal["rule", "condition", "boundary"]

_DAY = 86_400
_AFTER = ("<=", ">")
"""Operators whose answer changes behind the value they name; the others' changes at it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A rule as one test shows it, at one instant, in one place and, where it asks of each, of one subject.

    `asked`: it is not replaced, and has a subject where it needs one; `applies`: its `when` may hold and its `unless`
    does not excuse; `spoke`: it did something.
    """

    look: Look
    in_force: bool
    asked: bool
    applies: bool
    spoke: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to show: what, in words; a line for a test that would; and whether something seen shows it."""

    kind: Kind
    what: str
    line: str
    shown: Callable[[Seen], bool]


def points_of(around: Around) -> list[Point]:
    """Everything that tests should show of a rule, each once."""
    rule = around.rule
    found = [*_rule_points(around), *_condition_points(around), *_date_points(rule)]
    for atom in _atoms(rule):
        if isinstance(atom, m.CompareNumber):
            found += _number_points(atom, around)
        elif isinstance(atom, m.CompareAge):
            found += _age_points(rule, atom)
    if isinstance(rule.action, m.Only):
        found += _window_points(rule, rule.action)
    elif isinstance(rule.action, m.Limit):
        found += _limit_points(rule, rule.action)
    return list({(point.kind, point.what): point for point in found}.values())


# ---- the rule, and its conditions


def _rule_points(around: Around) -> Iterator[Point]:
    """Both sides of the rule; of one that asks nothing before it acts, that it does."""
    rule, known = around.rule, around.known
    effect = effect_of(rule)
    speaks = (
        f"{NOBODY}: the rule never acts; leave it out" if never_acts(rule, known) else f"expect {effect} by {rule.name}"
    )
    yield Point("rule", "never speaks in a test", speaks, lambda seen: seen.spoke)
    silent = f"expect no {effect} by {rule.name}"
    if acts_always(rule, known):
        if not any(True for _ in conditions(rule)):
            return
        silent = f"{NOBODY}: its conditions are always true; leave them out"
    yield Point("rule", "never stays silent in a test", silent, lambda seen: seen.in_force and not seen.spoke)


def effect_of(rule: m.Rule) -> str:
    """What the rule does where it speaks and every fact is known."""
    match rule.action:
        case m.Only(warning=warning):
            return "defer" if warning is None else "warn"
        case m.Limit():
            return "defer"
        case m.Require(otherwise=m.AddText() as added):
            return added.kind
        case m.Require(otherwise=otherwise):
            return "warn" if isinstance(otherwise, m.Warn) else "deny"
        case m.AddText():
            return rule.action.kind
        case m.Warn():
            return "warn"
        case m.Pace():
            return "pace"
        case _:
            return "deny"


def _condition_points(around: Around) -> Iterator[Point]:
    for atom in _atoms(around.rule):
        for truth, word in ((True, "true"), (False, "false")):
            told = f"`{as_written(atom)}` is never {word} in a test"
            yield Point("condition", told, condition_line(atom, truth, around), _comes_to(atom, truth))


def _comes_to(atom: m.Condition, truth: bool) -> Callable[[Seen], bool]:
    return lambda seen: seen.in_force and seen.asked and holds(atom, seen.look) is truth


def _atoms(rule: m.Rule) -> Iterator[m.Condition]:
    for condition in conditions(rule):
        yield from _parts(condition)


def _parts(condition: m.Condition) -> Iterator[m.Condition]:
    """The conditions of which one is made; `is not` and its like are one condition, not two."""
    match condition:
        case m.And() | m.Or():
            for part in condition.parts:
                yield from _parts(part)
        case m.Not() if as_written(condition) != as_written(condition.part):
            yield from _parts(condition.part)
        case _:
            yield condition


# ---- boundaries


def _date_points(rule: m.Rule) -> Iterator[Point]:
    """The first day in force and the day before; the last and the day after."""
    if rule.since is not None:
        first = rule.since.toordinal()
        yield _on_day(rule, first, f"{rule.since}, the first day in force", in_force=True)
        yield _on_day(rule, first - 1, f"the day before {rule.since}, not yet in force", in_force=False)
    if rule.before is not None:
        end = rule.before.toordinal()
        yield _on_day(rule, end - 1, f"the day before {rule.before}, the last in force", in_force=True)
        yield _on_day(rule, end, f"{rule.before}, the first day no longer in force", in_force=False)


def _on_day(rule: m.Rule, ordinal: int, told: str, *, in_force: bool) -> Point:
    def shown(seen: Seen) -> bool:
        days = {local(zone, seen.look.t)[0] for zone in seen.look.facts.timezones}
        return seen.applies and seen.in_force is in_force and ordinal in days

    return Point("boundary", told, day_line(rule, ordinal, effect_of(rule), in_force), shown)


def _number_points(atom: m.CompareNumber, around: Around) -> Iterator[Point]:
    """The last number on each side."""
    below = atom.value if atom.operator in _AFTER else atom.value - 1
    for number in (below, below + 1):
        if number >= least(atom.term):
            told = f"`{as_written(atom)}` at {number}"
            yield Point("boundary", told, number_line(atom.term, number, around), _is_number(atom.term, number))


def _is_number(term: m.Term, number: int) -> Callable[[Seen], bool]:
    return lambda seen: seen.in_force and seen.asked and value(term, seen.look) == number


def _age_points(rule: m.Rule, atom: m.CompareAge) -> Iterator[Point]:
    """The last day up to the age named, and the first behind it; of ages in hours and less, the last and first unit."""
    length = f"{atom.count} {atom.unit}{'' if atom.count == 1 else 's'}"
    for beyond, side in ((False, "just before"), (True, "just after")):
        told = f"`{as_written(atom)}` {side} {length}"
        yield Point("boundary", told, threshold_line(atom, beyond, rule), _near(atom, beyond))


def _near(atom: m.CompareAge, beyond: bool) -> Callable[[Seen], bool]:
    slack = min(UNITS[atom.unit] or _DAY, _DAY)
    late = int(atom.operator in _AFTER)

    def shown(seen: Seen) -> bool:
        look = seen.look
        start = look.facts.consent_at if atom.term.name == "consent.age" else register_start(look.facts, look.place)
        bounds = None if start is None else ages.threshold(start, atom.count, atom.unit, look.facts.timezones)
        turns = () if bounds is None else tuple(bound + late for bound in bounds)
        reach = (0, slack) if beyond else (-slack, 0)
        return seen.in_force and seen.asked and any(turn + reach[0] <= look.t < turn + reach[1] for turn in turns)

    return shown


def _limit_points(rule: m.Rule, limit: m.Limit) -> Iterator[Point]:
    """The limit reached, and one below."""
    named = f"the limit of {limit.count} {period_words(limit)}"
    for count, told in ((limit.count, f"{named}, reached"), (limit.count - 1, f"one below {named}")):
        yield Point("boundary", told, limit_line(rule, limit, count), _has_sent(limit, count))


def _has_sent(limit: m.Limit, count: int) -> Callable[[Seen], bool]:
    def shown(seen: Seen) -> bool:
        sends = limit_sends(limit, seen.look)
        zones = seen.look.facts.timezones
        known = sends is not None and (limit.seconds is not None or bool(zones))
        return seen.applies and known and frequency.count_at(limit, sends or (), zones, seen.look.t) == count

    return shown


def _window_points(rule: m.Rule, only: m.Only) -> Iterator[Point]:
    for edge in window_edges(only.window, rule):
        expected = f"expect {'no ' if edge.open else ''}{effect_of(rule)} by {rule.name}"
        shown = edge.hit

        def seen_there(seen: Seen, shown: Callable[[Look], bool] = shown) -> bool:
            return seen.applies and seen.in_force and shown(seen.look)

        yield Point("boundary", edge.told, f"{edge.at}  {expected}", seen_there)
