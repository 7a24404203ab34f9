"""Gathering the names that all files declare: policies, rules, sources, groups, words, tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from . import model as m
from . import tree as t
from .diagnostics import Related
from .entries_check import check_sources, entries
from .places import is_country, is_place, suggest_place
from .scope import Scope
from .tables_check import check_table

_MOST_CIRCLES = 25
"""Circles of groups that are told of in one run."""


def declare(files: Iterable[t.File], scope: Scope) -> list[t.Policy]:
    """Declare the names of all files in `scope`, duplicates reported; the policies of all files."""
    items = [item for file in files for item in file.items]
    policies = [item for item in items if isinstance(item, t.Policy)]
    nested = [group for policy in policies for group in entries(policy, t.PlaceGroup)]
    _declare_groups([*(item for item in items if isinstance(item, t.PlaceGroup)), *nested], scope)
    scope.words.update(words.name.text for policy in policies for words in entries(policy, t.Words))
    for policy in policies:
        _declare_policy(policy, scope)
    for policy in policies:
        _declare_tables(policy, scope)
    return policies


def _declare_policy(policy: t.Policy, scope: Scope) -> None:
    name = policy.name.text
    first = scope.policies.setdefault(name, policy)
    if first is not policy:
        where = f"in {first.span.source.name}"
        related = (Related(first.name.span, "first declared here"),)
        message = f"there is another policy called `{name}` {where}"
        scope.error("E215", policy.name.span, message, "give one of the two another name", related)
    sources = check_sources(policy, scope)
    scope.sources[name] = {**sources, **scope.sources.get(name, {})}
    for rule in entries(policy, t.Rule):
        first_rule = scope.rules.setdefault(f"{name}.{rule.name.text}", rule)
        # The rules of a policy that stands twice are not named one by one.
        if first_rule is not rule and first is policy:
            scope.twice(
                "rules", f"{name}.{rule.name.text}", rule.name.span, first_rule.name.span, _year(rule, first_rule)
            )


def _year(*rules: t.Rule) -> str:
    """How two versions of one rule are told apart, where they are that."""
    dated = any(isinstance(clause, t.Since | t.Before) for rule in rules for clause in rule.clauses)
    return f"; versions of a rule are told apart by a year: `{rules[0].name.text}_2025`" if dated else ""


def _declare_tables(policy: t.Policy, scope: Scope) -> None:
    for node in entries(policy, t.Table):
        name = node.name.text
        if name in scope.tables and not _is_repeated(policy, scope.tables[name], scope):
            scope.twice("tables", name, node.name.span, scope.tables[name].span)
        elif name not in scope.tables:
            scope.tables[name] = check_table(node, policy.name.text, scope)


def _is_repeated(policy: t.Policy, table: m.Table, scope: Scope) -> bool:
    """Whether a table stands twice because its whole policy does, which is said once."""
    return scope.policies[policy.name.text] is not policy and table.policy == policy.name.text


# ---- groups


def _declare_groups(nodes: list[t.PlaceGroup], scope: Scope) -> None:
    declared: dict[str, t.PlaceGroup] = {}
    for node in nodes:
        name = node.name.text
        if is_country(name):
            message = f"`{name}` is the code of a country and cannot name a group"
            scope.error("E215", node.name.span, message, "give the group another name")
        first = declared.setdefault(name, node)
        if first is not node:
            scope.twice("groups", name, node.name.span, first.name.span)
    for name, node in declared.items():
        scope.groups[name] = _members(node, declared, scope)
    _check_group_circles(declared, scope)


def _check_group_circles(declared: Mapping[str, t.PlaceGroup], scope: Scope) -> None:
    """Report groups that hold themselves, each circle once."""
    held = {name: {place.text for place in node.places if place.text in declared} for name, node in declared.items()}
    for _ in range(_MOST_CIRCLES):
        try:
            TopologicalSorter(held).prepare()
            return
        except CycleError as error:
            circle = [str(name) for name in error.args[1][:0:-1]]  # each holds the next, the last the first
        at = circle.index(min(circle))
        turned = [*circle[at:], *circle[:at], circle[at]]
        first, second = turned[:2]
        held[first].discard(second)
        place = next(place for place in declared[first].places if place.text == second)
        shown = " holds ".join(f"`{name}`" for name in turned)
        scope.error("E507", place.span, f"a group cannot hold itself: {shown}", f"leave `{second}` out of `{first}`")


def _members(node: t.PlaceGroup, declared: dict[str, t.PlaceGroup], scope: Scope) -> frozenset[str]:
    """The places of a group, those of the groups within it included."""
    found, opened, waiting = set[str](), {node.name.text}, list(node.places)
    own = len(waiting)
    for index, name in enumerate(waiting):  # grows while it is walked
        if name.text in declared:
            if name.text not in opened:
                opened.add(name.text)
                waiting += declared[name.text].places
        elif is_place(name.text):
            found.add(name.text)
        elif index < own and name.text not in scope.lost:
            message = f"there is no place or group called `{name.text}`"
            scope.error("E206", name.span, message, suggest_place(name.text, frozenset(declared)))
    return frozenset(found)
