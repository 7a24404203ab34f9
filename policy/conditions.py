"""Checking conditions: names resolved, types compared, every error reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import model as m
from . import tree as t
from .fact_names import size_of
from .scope import Scope
from .syntax_values import number_meant
from .terms import NOUNS, Typed, check_term, example, kind_of_constant
from .values import check_values
from .verbs import check_verb
from .vocabulary import FACTS, UNITS

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_DURATION = re.compile(rf"\d+\s+(?:{'|'.join(UNITS)})s?")
_BOTH = "join conditions with `and` alone or with `or` alone, and set the others in parentheses"


def check_condition(node: t.Condition, scope: Scope) -> m.Condition | None:
    """The meaning of a condition; None, with every error in it reported, if it has none."""
    return _CHECKS[type(node)](node, scope)


def _group(node: t.Group, scope: Scope) -> m.Condition | None:
    return check_condition(node.operand, scope)


def _junction(node: t.Junction, scope: Scope) -> m.Condition | None:
    first = node.words[0]
    other = next((word for word in node.words if word.text != first.text), None)
    if other is not None:
        scope.error("E406", other.span, "`and` and `or` are mixed without parentheses", _BOTH)
    checked = [_operand(node, place, scope) for place in range(len(node.operands))]
    parts = tuple(part for part in checked if part is not None)
    if other is not None or len(parts) < len(checked):
        return None
    return m.And(node.span, parts) if first.text == "and" else m.Or(node.span, parts)


def _operand(node: t.Junction, place: int, scope: Scope) -> m.Condition | None:
    """One of the conditions that are joined; a value that stands alone is one more of the fact asked before it."""
    operand, before = node.operands[place], node.operands[place - 1] if place else None
    if not (isinstance(operand, t.Bare) and isinstance(before, t.Is) and _is_value_of(before, operand.term, scope)):
        return check_condition(operand, scope)
    value = operand.span.text
    message, code = f"there is no fact called `{value}`", "E201"
    if kind := kind_of_constant(operand.term):
        message, code = f"{NOUNS[kind]} stands where a condition is expected", "E302"
    asked = f"{before.term.span.text} is {'not ' * before.negated}{value}"
    scope.error(code, operand.span, message, f"it is a value: write `{asked}`")
    return None


def _is_value_of(asked: t.Is, node: t.Term, scope: Scope) -> bool:
    """Whether this is no fact, and what the fact of another condition can be."""
    if _is_fact(node) or isinstance(node, t.Lookup):
        return False
    aside = replace(scope, findings=[])
    typed = check_term(asked.term, aside)
    return typed is not None and check_values(typed, (node,), aside) is not None


def _not(node: t.Not, scope: Scope) -> m.Condition | None:
    part = check_condition(node.operand, scope)
    return None if part is None else m.Not(node.span, part)


def _negated(node: t.Is | t.Known, condition: m.Condition | None) -> m.Condition | None:
    if condition is None or not node.negated:
        return condition
    return m.Not(node.span, condition)


def _bare(node: t.Bare, scope: Scope) -> m.Condition | None:
    if (asked := _size_meant(node.term)).startswith("count"):
        _unknown_size(node.term, f"{asked} > 0", scope)
        return None
    typed = check_term(node.term, scope)
    if typed is None:
        return None
    is_yes_no = typed.kind == "yes_no" or (typed.fact is None and {"yes", "no"} & set(typed.words))
    if not is_yes_no:
        hint = f"ask for a value, as in `{example(typed)}`"
        scope.error("E301", node.span, f"`{typed.name}` is not yes or no by itself", hint)
        return None
    return m.OneOf(node.span, typed.term, frozenset({True}))


def _known(node: t.Known, scope: Scope) -> m.Condition | None:
    typed = check_term(node.term, scope)
    return None if typed is None else _negated(node, m.IsKnown(node.span, typed.term))


def _is(node: t.Is, scope: Scope) -> m.Condition | None:
    first = node.values[0]
    if isinstance(first, t.Number) and (asked := _size_meant(node.term)):
        _unknown_size(node.term, asked, scope)
        return None
    if not node.one_of and _is_fact(first) and not isinstance(node.term, t.Lookup) and not _is_fact(node.term):
        turned = f"{first.span.text} is {'not ' * node.negated}{node.term.span.text}"
        scope.error("E302", node.span, f"`{node.term.span.text}` stands where a fact is expected", f"write `{turned}`")
        return None
    typed = check_term(node.term, scope)
    if typed is None:
        return None
    if not node.one_of and _is_term(first):
        return _negated(node, _same(node, typed, scope))
    values = check_values(typed, node.values, scope)
    return _negated(node, None if values is None else m.OneOf(node.span, typed.term, values))


def _is_fact(node: t.Term) -> bool:
    return isinstance(node, t.Length | t.Count) or (isinstance(node, t.Path) and node.text in FACTS)


def _size_meant(node: t.Term) -> str:
    """What asks for the size of a fact that is called otherwise, as in `links > 2`; empty where nothing does."""
    if not isinstance(node, t.Path) or node.text in FACTS:
        return ""
    asked = size_of(node.text)
    return asked if " of " in asked else ""


def _unknown_size(node: t.Term, asked: str, scope: Scope) -> None:
    scope.error("E201", node.span, f"there is no fact called `{node.span.text}`", f"write `{asked}`")


def _is_term(node: t.Term) -> bool:
    """Whether this stands for a fact and not for a value: a table, or a dotted name."""
    return isinstance(node, t.Lookup) or (isinstance(node, t.Path) and len(node.parts) > 1)


def _same(node: t.Is, left: Typed, scope: Scope) -> m.Condition | None:
    right = check_term(node.values[0], scope)
    if right is None:
        return None
    if left.kind != right.kind or left.kind not in (
        "text",
        "number",
        "yes_no",
        "choice",
        "place",
        "language",
        "subject",
    ):
        message = f"`{left.name}` is {NOUNS[left.kind]}, `{right.name}` is {NOUNS[right.kind]}"
        scope.error("E302", node.span, f"{message}: they cannot be compared", "compare two facts of one kind")
        return None
    return m.SameAs(node.span, left.term, right.term)


# ---- comparisons


def _compare(node: t.Compare, scope: Scope) -> m.Condition | None:
    left = kind_of_constant(node.term)
    if left is not None:
        _constant_first(node, left, scope)
        return None
    if isinstance(node.value, t.Number) and (asked := _size_meant(node.term)):
        _unknown_size(node.term, asked, scope)
        return None
    typed = check_term(node.term, scope)
    if typed is None:
        return None
    if typed.kind == "duration":
        return _compare_age(node, typed, scope)
    if typed.kind == "number":
        return _compare_number(node, typed, scope)
    message = f"`{typed.name}` is {NOUNS[typed.kind]}, which is not more or less than anything"
    scope.error("E301", node.span, message, f"write `{_measured(node, typed, scope)}`")
    return None


def _measured(node: t.Compare, typed: Typed, scope: Scope) -> str:
    """What is meant by comparing something that has no size: its length, how many there are, its age, its value."""
    value = node.value
    if isinstance(value, t.Number) and typed.kind in ("text", "list", "places", "choices"):
        return f"{'length' if typed.kind == 'text' else 'count'} of {typed.name} {node.operator} {value.value}"
    if isinstance(value, t.Duration) and f"{typed.name}.age" in FACTS:
        return f"{typed.name}.age {node.operator} {value.span.text}"
    if typed.kind in ("list", "places", "choices"):
        asked = check_verb(t.Verb(node.span, node.term, "has", (value,)), replace(scope, findings=[]))
        return example(typed) if asked is None else f"{typed.name} has {value.span.text}"
    values = check_values(typed, (value,), replace(scope, findings=[]))
    return example(typed) if values is None else f"{typed.name} is {value.span.text}"


def _constant_first(node: t.Compare, left: str, scope: Scope) -> None:
    right = kind_of_constant(node.value)
    if right is None or right == left:
        turned = f"{node.value.span.text} {_TURNED[node.operator]} {node.term.span.text}"
        hint = f"write `{turned}`" if right is None else "write the fact first"
        scope.error("E302", node.span, f"{NOUNS[left]} stands where a fact is expected", hint)
        return
    code = "E303" if {left, right} == {"duration", "number"} else "E302"
    message = f"{NOUNS[left]} cannot be compared with {NOUNS[right]}"
    scope.error(code, node.span, message, "compare a fact with a value, as in `segments <= 3`")


def _compare_age(node: t.Compare, typed: Typed, scope: Scope) -> m.Condition | None:
    if isinstance(node.value, t.Duration) and isinstance(typed.term, m.FactTerm):
        return m.CompareAge(node.span, typed.term, node.operator, node.value.count, node.value.unit)
    what = (
        NOUNS[kind_of_constant(node.value) or "text"] if kind_of_constant(node.value) else f"`{node.value.span.text}`"
    )
    code = "E303" if isinstance(node.value, t.Number) else "E302"
    hint = "add a unit, as in `2 years` or `30 days`"
    if isinstance(node.value, t.Text) and _DURATION.fullmatch(node.value.value):
        hint = f"write `{typed.name} {node.operator} {node.value.value}`"
    scope.error(code, node.span, f"a duration cannot be compared with {what}", hint)
    return None


def _compare_number(node: t.Compare, typed: Typed, scope: Scope) -> m.Condition | None:
    if isinstance(node.value, t.Number):
        return m.CompareNumber(node.span, typed.term, node.operator, node.value.value)
    kind = kind_of_constant(node.value)
    code, what = (
        ("E303" if kind == "duration" else "E302"),
        NOUNS[kind] if kind else f"`{node.value.span.text}`",
    )
    number = number_meant(node.value.span.text)
    hint = f"write `{typed.name} {node.operator} {number}`" if number else "write a plain number such as `3`"
    scope.error(code, node.span, f"a plain number cannot be compared with {what}", hint)
    return None


_CHECKS: dict[type, Callable[[Any, Scope], m.Condition | None]] = {
    t.Group: _group,
    t.Junction: _junction,
    t.Not: _not,
    t.Bare: _bare,
    t.Is: _is,
    t.Known: _known,
    t.Compare: _compare,
    t.Verb: check_verb,
}
