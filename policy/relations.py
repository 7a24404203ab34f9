"""Checking how rules belong together: what replaces what, and that no added text turns in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import model as m
from . import tree as t
from .diagnostics import Related
from .rules_check import rule_id, unknown_rule
from .scope import Scope
from .vocabulary import BASES, FACTS
from .walk import walk


def check_relations(rules: Mapping[str, m.Rule], scope: Scope) -> None:
    """Report every `replaces` that may not be, and every adding rule that asks for what its text changes."""
    for full_id, node in scope.rules.items():
        policy = full_id.partition(".")[0]
        for path in _replaced(node):
            _check_replaces(rules.get(full_id), path, rule_id(path, policy), rules, scope)
    _check_circles(rules, scope)
    for rule in rules.values():
        _check_added_text(rule, scope)


def _replaced(node: t.Rule) -> Iterator[t.Path]:
    for clause in node.clauses:
        if isinstance(clause, t.Replaces):
            yield from clause.rules


def _check_replaces(
    rule: m.Rule | None, path: t.Path, wider_id: str, rules: Mapping[str, m.Rule], scope: Scope
) -> None:
    if wider_id not in scope.rules:
        unknown_rule(path, wider_id, scope)
        return
    wider = rules.get(wider_id)
    if rule is None or wider is None or wider.id == rule.id:
        return
    related = (Related(scope.rules[wider.id].name.span, "the rule it replaces"),)
    if _kind(rule.action) != _kind(wider.action):
        message = f"`{rule.name}` says {_kind(rule.action)}, `{wider.id}` says {_kind(wider.action)}"
        hint = "a rule replaces one with the same kind of action"
        scope.error("E502", path.span, message, hint, related)
    elif BASES.index(wider.basis) < BASES.index(rule.basis):
        message = f"`{rule.name}` stands on {_basis(rule)}, `{wider.id}` on {_basis(wider)}"
        hint = "a rule cannot replace a firmer one; without `replaces`, both apply"
        scope.error("E503", path.span, message, hint, related)
    elif rule.basis == "house" and wider.basis != "guideline":
        message = f"`{rule.name}` is a house rule, `{wider.id}` stands on {_basis(wider)}"
        scope.error("E504", path.span, message, "a house rule replaces only a `guideline`", related)


def _basis(rule: m.Rule) -> str:
    return f"`{rule.basis}`"


def _kind(action: m.Action) -> str:
    """The kind of an action, by its word; `deny` and a `require` that denies are one kind."""
    if isinstance(action, m.AddText):
        return f"`{action.kind}`"
    if isinstance(action, m.Require):
        return "`deny`" if action.otherwise is None else _kind(action.otherwise)
    return f"`{type(action).__name__.lower()}`"


# ---- circles


def _check_circles(rules: Mapping[str, m.Rule], scope: Scope) -> None:
    for rule in rules.values():
        circle = _circle(rule, rules)
        if not circle:
            continue
        path = next(iter(_replaced(scope.rules[rule.id])))
        if len(circle) == 1:
            scope.error("E501", path.span, f"`{rule.name}` replaces itself", "leave `replaces` out")
        elif rule.id == min(circle):
            names = " replaces ".join(f"`{name}`" for name in (*circle, rule.id))
            scope.error("E501", path.span, f"these rules silence each other: {names}", "leave one `replaces` out")


def _circle(rule: m.Rule, rules: Mapping[str, m.Rule]) -> tuple[str, ...]:
    """The ids on the shortest way from a rule back to itself; empty if there is none."""
    paths: list[tuple[str, ...]] = [(rule.id,)]
    seen = {rule.id}
    for path in paths:  # grows while it is walked: breadth first
        for wider in rules[path[-1]].replaces if path[-1] in rules else ():
            if wider == rule.id:
                return path
            if wider not in seen:
                seen.add(wider)
                paths.append((*path, wider))
    return ()


# ---- added text


def _check_added_text(rule: m.Rule, scope: Scope) -> None:
    action = rule.action
    adds = action if isinstance(action, m.AddText) else action.otherwise if isinstance(action, m.Require) else None
    if not isinstance(adds, m.AddText):
        return
    asked = [rule.when, rule.unless, action.condition if isinstance(action, m.Require) else None]
    for condition in asked:
        for term in walk(condition):
            if _changes_with_text(term):
                message = f"`{rule.name}` adds text and asks for `{term.span.text}`, which added text changes"
                hint = "ask for it in a rule that adds nothing"
                scope.error("E505", term.span, message, hint)


def _changes_with_text(term: object) -> bool:
    if isinstance(term, m.LengthTerm):
        return term.fact.name == "body"
    return isinstance(term, m.FactTerm) and FACTS[term.name].judges_added_text
