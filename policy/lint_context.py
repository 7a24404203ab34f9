"""What a lint rule is given, and how it says what it found."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar

from . import model as m
from . import tree as t
from .beforehand import Answers, Known, all_answers
from .characters import known
from .diagnostics import Edit, Finding, Related
from .places import is_country
from .satisfiability import constant_parts
from .source import Span
from .walk import walk

_Entry = TypeVar("_Entry", bound=t.Entry)
_Node = TypeVar("_Node", bound=t.Node)


@dataclass(frozen=True)
class LintContext:
    """The checked rule set, the files it was made from, and the day on which the question is asked."""

    rule_set: m.RuleSet
    trees: Sequence[t.File]
    today: date

    @cached_property
    def policies(self) -> list[t.Policy]:
        """All policies as written, files in the order given."""
        return [item for tree in self.trees for item in tree.items if isinstance(item, t.Policy)]

    def entries(self, kind: type[_Entry]) -> Iterator[tuple[t.Policy, _Entry]]:
        """All entries of one kind, each with its policy."""
        for policy in self.policies:
            yield from ((policy, entry) for entry in policy.entries if isinstance(entry, kind))

    def nodes(self, kind: type[_Node]) -> list[_Node]:
        """All nodes of one kind, as written, files in the order given; groups of places outside of policies too."""
        return self._nodes.get(kind, [])

    @cached_property
    def _nodes(self) -> dict[type, list[Any]]:
        found: dict[type, list[Any]] = {}
        for node in walk([item for tree in self.trees for item in tree.items]):
            found.setdefault(type(node), []).append(node)
        return found

    @cached_property
    def rule_nodes(self) -> dict[str, t.Rule]:
        """Rules as written, by full id."""
        return {f"{policy.name.text}.{rule.name.text}": rule for policy, rule in self.entries(t.Rule)}

    @cached_property
    def rules(self) -> dict[str, m.Rule]:
        """Rules as checked, by full id."""
        return {rule.id: rule for rule in self.rule_set.rules}

    @cached_property
    def lookups(self) -> list[tuple[m.Places, m.LookupTerm]]:
        """All questions to tables, each with the places where it is asked."""
        places = {policy.name: policy.places for policy in self.rule_set.policies}
        asked = [(rule.places, walk(list(conditions(rule)))) for rule in self.rule_set.rules]
        asked += [(places[one.policy], walk(one.condition)) for one in self.rule_set.promises]
        return [(where, node) for where, nodes in asked for node in nodes if isinstance(node, m.LookupTerm)]

    @cached_property
    def constant_parts(self) -> dict[str, list[tuple[m.Condition, bool]]]:
        """For each rule, the outermost parts of its conditions that never vary, each with what it always is."""
        return {
            rule.id: [part for asked in conditions(rule) for part in constant_parts(asked, self.known(rule))]
            for rule in self.rule_set.rules
        }

    def known(self, *rules: m.Rule) -> Known:
        """What is known of a message that all these rules are about: where its recipient can be, and all tables."""
        return known_of(rules, self.answers)

    @cached_property
    def answers(self) -> Mapping[str, Answers]:
        """All tables, as rules put questions to them."""
        return all_answers(self.rule_set.tables)

    @cached_property
    def cases(self) -> list[tuple[m.Test, m.Case]]:
        """All cases of all tests, each with its test."""
        return [(test, case) for test in self.rule_set.tests for case in test.cases]

    def name_of(self, rule: m.Rule) -> Span:
        """Where a rule's name stands."""
        return self.rule_nodes[rule.id].name.span


class LintModule(Protocol):
    """A module of `lint_rules`: its docstring is its page."""

    CODE: str
    SLUG: str

    def find(self, context: LintContext) -> Iterator[Finding]:
        """What the rule finds."""


def warning(
    code: str,
    span: Span,
    message: str,
    help: str,
    related: Iterable[Related] = (),
    edits: Iterable[Edit] = (),
    witness: Mapping[str, object] | None = None,
) -> Finding:
    """A finding of a lint rule; `witness` holds the facts of a message that shows it."""
    shown = json.dumps(witness, ensure_ascii=False) if witness else ""
    return Finding(code, message, span, "warning", help, tuple(related), tuple(edits), shown)


def conditions(rule: m.Rule) -> Iterator[m.Condition]:
    """The conditions of a rule: what it asks before it applies, and what it requires."""
    required = rule.action.condition if isinstance(rule.action, m.Require) else None
    yield from (condition for condition in (rule.when, rule.unless, required) if condition is not None)


def ungrouped(condition: t.Condition) -> t.Condition:
    """A condition without the parentheses round it."""
    while isinstance(condition, t.Group):
        condition = condition.operand
    return condition


def known_of(rules: Iterable[m.Rule], answers: Mapping[str, Answers]) -> Known:
    """What is known of a message that all these rules are about: where its recipient can be, and these tables."""
    own = [countries for rule in rules if (countries := _own_countries(rule)) is not None]
    return Known({"recipient.country": frozenset.intersection(*own)} if own else {}, answers)


def _own_countries(rule: m.Rule) -> frozenset[m.Constant] | None:
    """The countries a recipient can be in where the rule applies; None where that is anywhere."""
    if rule.places.anywhere:
        return None
    # Some places are both: Puerto Rico is US-PR and, by its own code, PR.
    halves = {half for place in rule.places.subdivisions for half in place.split("-") if is_country(half)}
    return frozenset({*rule.places.countries, *halves})


def normalised(phrase: str) -> str:
    """A phrase as it is compared: compatible characters and cases are one, blanks collapsed."""
    return " ".join(unicodedata.normalize("NFKC", known(phrase)).casefold().split())


def covers_places(wide: m.Places, narrow: m.Places) -> bool:
    """Whether one set of places holds all of another."""
    inside = narrow.countries | {place for place in narrow.subdivisions if place[:2] not in wide.countries}
    return wide.anywhere or (not narrow.anywhere and inside <= wide.countries | wide.subdivisions)


def share_places(one: m.Places, other: m.Places) -> bool:
    """Whether a recipient may be in a place of both."""
    if one.anywhere or other.anywhere:
        return True
    whole = {*one.countries, *(place[:2] for place in one.subdivisions)} & other.countries
    part = {place[:2] for place in other.subdivisions} & one.countries
    return bool(whole or part or one.subdivisions & other.subdivisions)


def share_dates(one: m.Rule, other: m.Rule) -> bool:
    """Whether there is a day on which both rules are in force."""
    return not _ends_before(one, other) and not _ends_before(other, one)


def _ends_before(one: m.Rule, other: m.Rule) -> bool:
    return one.before is not None and other.since is not None and one.before <= other.since


def meaning_of(rule: m.Rule) -> tuple[object, ...]:
    """What a rule says and for whom, its name, title and sources aside: equal for rules that say the same."""
    return rule.policy, rule.when, rule.unless, rule.action, rule.since, rule.before


def silences(one: m.Rule, other: m.Rule) -> bool:
    """Whether one of two rules replaces the other."""
    return other.id in one.replaces or one.id in other.replaces


def covers_dates(wide: m.Rule, narrow: m.Rule) -> bool:
    """Whether one rule is in force on every day on which the other is."""
    starts = wide.since is None or (narrow.since is not None and wide.since <= narrow.since)
    return starts and (wide.before is None or (narrow.before is not None and wide.before >= narrow.before))


def cut_from_list(texts: Sequence[t.Node], number: int) -> tuple[Edit, ...]:
    """The edit that takes one of several listed items out, comma included; none for the first, or amid comments."""
    if number == 0:
        return ()
    span = Span(texts[number].span.source, texts[number - 1].span.end, texts[number].span.end)
    between = span.text[: texts[number].span.start - span.start]
    return () if "#" in between else (Edit(span, ""),)
