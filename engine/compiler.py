"""From a rule set to generated Python, specialised by country, subdivisions, sender type and category.

The generated function answers one question fast: which rules speak at an instant t. It decides places, dates,
`replaces` and conditions; what a rule that speaks then does, and how that is told, is `firing.py`'s. Rules that
cannot speak for a message of this kind are left out when the function is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import CodeType
from typing import Any, NamedTuple, cast

from ..policy import model as m
from .codegen import Conditions, Expression, Known, conjunction, disjunction, negation
from .facts import Facts, TextFacts
from .firing import adds_text
from .identity import by_identity
from .interpreter import age_changes, conditions
from .recall import Application, asked_by
from .shutters import shutters
from .zones import midnight

Speakers = list[tuple[int, tuple[str, ...]]]
"""Indices into a plan's applications, each with the subjects to judge."""
Generated = Callable[[Facts, TextFacts, int, tuple[int, ...], bool], Speakers]


class Kind(NamedTuple):
    """What a plan is specialised by. `subdivisions`: those the recipient may be in that policies name, None where
    none is known; `elsewhere`: whether they may also be in a part of the country that no policy names.
    """

    country: str
    subdivisions: tuple[str, ...] | None
    elsewhere: bool
    sender_type: str
    category: str


class Plan:
    """The rules that can speak for one kind of message, with the generated function that finds those that do."""

    def __init__(self, applications: tuple[Application, ...], dates: tuple[m.Rule, ...], speakers: Generated) -> None:
        self.applications = applications
        self.dated = dates
        self._bounds: dict[tuple[str, ...], tuple[int, ...]] = {}
        self.speakers = speakers
        """Those that add text, if any of them speak; else, or where the text has what they add, all others."""
        self.adding = frozenset(index for index, each in enumerate(applications) if adds_text(each.rule))

    def bounds(self, zones: tuple[str, ...]) -> tuple[int, ...]:
        """For each dated rule, the first instant it is in force in any of the zones and the first it no longer is in
        any.
        """
        found = self._bounds.get(zones)
        if found is None:
            found = tuple(bound for rule in self.dated for bound in _force(rule, zones))
            self._bounds[zones] = found
        return found

    @cached_property
    def _ageing(self) -> tuple[tuple[m.Condition, str], ...]:
        return tuple(
            (asked, each.place)
            for each in self.applications
            for condition in conditions(each.rule)
            for asked in _ages_asked(condition)
        )

    def changes(self, facts: Facts) -> list[int]:
        """The instants, ascending, at which a rule of the plan may begin, end, or turn with an age."""
        if not self.dated and not self._ageing:
            return []
        found = {bound for bound in self.bounds(facts.timezones) if abs(bound) != FOREVER}
        for rule in self.dated:
            found.update(midnight(zone, day.toordinal()) for zone in facts.timezones for day in _days(rule))
        for condition, place in self._ageing:
            found.update(age_changes(condition, facts, place))
        return sorted(found)


FOREVER = 1 << 60


def _ages_asked(condition: m.Condition) -> Iterator[m.Condition]:
    """The parts of a condition that turn as time passes: those that `age_changes` has an answer to."""
    match condition:
        case m.And() | m.Or():
            for part in condition.parts:
                yield from _ages_asked(part)
        case m.Not():
            yield from _ages_asked(condition.part)
        case m.CompareAge() | m.IsKnown(term=m.FactTerm(name="consent.age" | "register.age")):
            yield condition


def _days(rule: m.Rule) -> Iterator[Any]:
    yield from (day for day in (rule.since, rule.before) if day is not None)


def _force(rule: m.Rule, zones: tuple[str, ...]) -> tuple[int, int]:
    start = min(midnight(zone, rule.since.toordinal()) for zone in zones) if rule.since else -FOREVER
    end = max(midnight(zone, rule.before.toordinal()) for zone in zones) if rule.before else FOREVER
    return start, end


class Compiler:
    """Makes plans for one rule set."""

    def __init__(self, rule_set: m.RuleSet) -> None:
        self._rules = rule_set.rules
        self._tables = rule_set.tables
        self._replacers: dict[str, list[m.Rule]] = {}
        for rule in rule_set.rules:
            for replaced in rule.replaces:
                self._replacers.setdefault(replaced, []).append(rule)
        self.asked_by = by_identity(asked_by)
        self.same: dict[Any, Any] = {}
        self.named = {place for rule in rule_set.rules for place in rule.places.subdivisions}

    def plan(self, kind: Kind) -> Plan:
        """The plan for one kind of message."""
        return _PlanMaker(self, kind).make()

    def rules_for(self, kind: Kind) -> Iterator[tuple[m.Rule, str]]:
        """Every rule that protects this recipient, once for each place it speaks for."""
        for rule in self._rules:
            yield from ((rule, place) for place in self.places(rule, kind))

    def places(self, rule: m.Rule, kind: Kind) -> tuple[str, ...]:
        """The places a rule speaks for."""
        if rule.places.anywhere or kind.country in rule.places.countries:
            return (kind.country,)
        return tuple(place for place in self.possible(kind) if place in rule.places.subdivisions)

    def possible(self, kind: Kind) -> tuple[str, ...]:
        """The named subdivisions the recipient may be in."""
        if kind.subdivisions is not None:
            return kind.subdivisions
        return tuple(sorted(place for place in self.named if place.startswith(f"{kind.country}-")))

    def replacers(self, rule: m.Rule) -> list[m.Rule]:
        """The rules that replace this one."""
        return self._replacers.get(rule.id, [])

    @property
    def tables(self) -> Any:
        """The decision tables."""
        return self._tables


@dataclass(slots=True)
class _Block:
    """The body of a function in the making: what is asked of the message whole, and of each of its subjects."""

    whole: list[str] = field(default_factory=list)
    by_subject: list[str] = field(default_factory=list)

    def lines(self, opened: str) -> list[str]:
        lines = [
            *self.whole,
            *(["if f.subjects:", *(f"    {line}" for line in self.by_subject)] * bool(self.by_subject)),
        ]
        if any("w[" in line for line in lines):
            lines.insert(0, f"w = {opened}(f.timezones, f.subdivisions, t)")
        return lines


def _function(adders: list[str], others: list[str]) -> str:
    """`f`: facts, `m`: the fields of the message, `x`: text, `t`: now, `d`: bounds of dated rules, `w`: which windows
    are open; `added`: whether the text has what rules add.
    """
    asked = ["if not added:", *(f"    {line}" for line in adders), "    if out: return out"] if adders else []
    body = ["out = []", *asked, *others, "return out"]
    if any("m[" in line for line in body):
        body.insert(0, "m = f.message.__dict__")
    return "\n".join(["def speakers(f, x, t, d, added):", *(f"    {line}" for line in body), ""])


def _made(source: str, constants: Mapping[str, Any]) -> Generated:
    """The generated function. Its constants come from around it, so that countries whose rules differ in nothing else
    run the same code: what a processor keeps at hand is little.
    """
    lines = "".join(f"    {line}\n" for line in source.splitlines())
    namespace: dict[str, Any] = {}
    exec(_code(f"def make({', '.join(constants)}):\n{lines}    return speakers\n"), namespace)
    return cast(Generated, namespace["make"](*constants.values()))


@lru_cache(maxsize=1024)
def _code(source: str) -> CodeType:
    return compile(source, "<rules>", "exec")


class _PlanMaker:
    def __init__(self, compiler: Compiler, kind: Kind) -> None:
        self._compiler = compiler
        self._kind = kind
        given: dict[str, m.Constant] = {
            "recipient.country": kind.country,
            "sender.type": kind.sender_type,
            "category": kind.category,
        }
        self._known = Known(given, compiler.tables, compiler.same)
        self._dated: dict[str, tuple[int, m.Rule]] = {}
        self._applications: list[Application] = []
        self._windows: dict[m.Window, int] = {}

    def make(self) -> Plan:
        blocks: dict[bool, _Block] = {True: _Block(), False: _Block()}
        for rule, place in self._compiler.rules_for(self._kind):
            self._add(rule, place, blocks[adds_text(rule)])
        opened = self._known.constant(shutters(tuple(self._windows)))
        source = _function(blocks[True].lines(opened), blocks[False].lines(opened))
        dated = tuple(rule for _, rule in sorted(self._dated.values(), key=lambda pair: pair[0]))
        return Plan(tuple(self._applications), dated, _made(source, self._known.constants))

    def _add(self, rule: m.Rule, place: str, block: _Block) -> None:
        """Adds the lines that note the rule where it may speak; none where it never can."""
        asks = Conditions(self._known, place)
        speaks = conjunction(
            (
                asks.may(rule.when),
                negation(asks.must(rule.unless, absent=False)),
                self._acts(rule, asks),
                negation(self._replaced(rule, place)),
            )
        )
        test = conjunction((self._in_force(rule), True if rule.per_subject else speaks))
        if test is False or speaks is False:
            return
        index = len(self._applications)
        settled = asks.must(rule.when) is True and (rule.unless is None or asks.may(rule.unless) is False)
        self._applications.append(Application(rule, place, settled, self._compiler.asked_by(rule)))
        if not rule.per_subject:
            block.whole += [f"if {test}:", f"    out.append(({index}, ()))"]
            return
        asked = f"tuple([s for s in f.subjects if {speaks}])"
        guarded = asked if test is True else f"{asked} if {test} else ()"
        block.by_subject += [f"q = {guarded}", f"if q: out.append(({index}, q))"]

    def _acts(self, rule: m.Rule, asks: Conditions) -> Expression:
        """Whether the action may come to anything. A limit is asked in full only once there is enough history to fill
        it.
        """
        match rule.action:
            case m.Require() as require:
                return negation(asks.must(require.condition))
            case m.Only() as only:
                position = self._windows.setdefault(only.window, len(self._windows))
                return f"not w[{position}]"
            case m.Limit() as limit:
                return f"f.history is None or len(f.history) >= {self._known.constant(limit.count)}"
        return True

    def _in_force(self, rule: m.Rule) -> Expression:
        if rule.since is None and rule.before is None:
            return True
        position, _ = self._dated.setdefault(rule.id, (len(self._dated), rule))
        if rule.since is not None and rule.before is not None:
            return f"{self._known.constant(_in_force_exactly(rule))}(f.timezones, t)"
        return f"t >= d[{2 * position}]" if rule.since is not None else f"t < d[{2 * position + 1}]"

    def _replaced(self, rule: m.Rule, place: str) -> Expression:
        others = self._compiler.replacers(rule)
        if not others:
            return False
        return conjunction(self._replaced_at(rule, others, spot) for spot in self._spots(place))

    def _replaced_at(self, rule: m.Rule, others: list[m.Rule], spot: str | None) -> Expression:
        holding = [(other, self._stands_in(other, rule, spot)) for other in others]
        holding = [(other, holds) for other, holds in holding if holds is not False]
        by_one_clock = disjunction(conjunction((self._in_force(other), holds)) for other, holds in holding)
        if all(other.since is None and other.before is None for other, _ in holding):
            return by_one_clock
        covered = self._known.constant(_covered(rule, tuple(other for other, _ in holding)))
        by_several = f"{covered}(f.timezones, t, ({', '.join(f'({holds})' for _, holds in holding)},))"
        return f"(({by_one_clock}) if len(f.timezones) == 1 else {by_several})"

    def _spots(self, place: str) -> Iterable[str | None]:
        """Everywhere the recipient may be, as seen from one place; None is a part of the country no policy names."""
        if place != self._kind.country:
            return (place,)
        possible = self._compiler.possible(self._kind)
        return (*possible, None) if self._kind.elsewhere else possible

    def _stands_in(self, other: m.Rule, rule: m.Rule, spot: str | None) -> Expression:
        """Whether, while it is in force, the other rule silences this one."""
        whole = other.places.anywhere or self._kind.country in other.places.countries
        if not whole and spot not in other.places.subdivisions:
            return False
        asks = Conditions(self._known, self._kind.country if whole or spot is None else spot)
        holds = asks.must(other.when)
        if other.per_subject and not rule.per_subject:
            holds = conjunction(("f.subjects", True if holds is True else f"all({holds} for s in f.subjects)"))
        return holds


def _in_force_exactly(rule: m.Rule) -> Callable[[tuple[str, ...], int], bool]:
    """A rule of few days may be over in one zone before it begins in another, so each zone is asked by itself."""
    known: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = {}

    def in_force(zones: tuple[str, ...], t: int) -> bool:
        found = known.get(zones)
        if found is None:
            found = known[zones] = tuple(_force(rule, (zone,)) for zone in zones)
        return any(start <= t < end for start, end in found)

    return in_force


def _covered(rule: m.Rule, others: tuple[m.Rule, ...]) -> Callable[[tuple[str, ...], int, tuple[object, ...]], bool]:
    """Whether, by each clock on which the rule is in force, one of the others is that holds."""
    known: dict[tuple[str, ...], tuple[tuple[tuple[int, int], ...], ...]] = {}

    def covered(zones: tuple[str, ...], t: int, holding: tuple[object, ...]) -> bool:
        found = known.get(zones)
        if found is None:
            found = known[zones] = tuple(tuple(_force(one, (zone,)) for one in (rule, *others)) for zone in zones)
        return all(
            any(holds and start <= t < end for holds, (start, end) in zip(holding, theirs, strict=True))
            for (begun, over), *theirs in found
            if begun <= t < over
        )

    return covered
