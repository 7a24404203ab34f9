"""Checking conditions: names resolved, types compared, every error reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import model as m
from . import tree as t
from .scope import Scope
from .terms import EXAMPLES, NOUNS, Typed, check_term, kind_of_constant
from .values import check_values
from .verbs import check_verb
from .vocabulary import FACTS

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
    checked = [check_condition(operand, scope) for operand in node.operands]
    parts = tuple(part for part in checked if part is not None)
    if other is not None or len(parts) < len(checked):
        return None
    return m.And(node.span, parts) if first.text == "and" else m.Or(node.span, parts)


def _not(node: t.Not, scope: Scope) -> m.Condition | None:
    part = check_condition(node.operand, scope)
    return None if part is None else m.Not(node.span, part)


def _negated(node: t.Is | t.Known, condition: m.Condition | None) -> m.Condition | None:
    if condition is None or not node.negated:
        return condition
    return m.Not(node.span, condition)


def _bare(node: t.Bare, scope: Scope) -> m.Condition | None:
    typed = check_term(node.term, scope)
    if typed is None:
        return None
    is_yes_no = typed.kind == "yes_no" or (typed.fact is None and {"yes", "no"} & set(typed.words))
    if not is_yes_no:
        hint = f"ask for a value, as in `{typed.name} {EXAMPLES.get(typed.kind, 'is known')}`"
        scope.error("E301", node.span, f"`{typed.name}` is not yes or no by itself", hint)
        return None
    return m.OneOf(node.span, typed.term, frozenset({True}))


def _known(node: t.Known, scope: Scope) -> m.Condition | None:
    typed = check_term(node.term, scope)
    return None if typed is None else _negated(node, m.IsKnown(node.span, typed.term))


def _is(node: t.Is, scope: Scope) -> m.Condition | None:
    typed = check_term(node.term, scope)
    if typed is None:
        return None
    if not node.one_of and _is_term(node.values[0]):
        return _negated(node, _same(node, typed, scope))
    values = check_values(typed, node.values, scope)
    return _negated(node, None if values is None else m.OneOf(node.span, typed.term, values))


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
    typed = check_term(node.term, scope)
    if typed is None:
        return None
    if typed.kind == "duration":
        return _compare_age(node, typed, scope)
    if typed.kind == "number":
        return _compare_number(node, typed, scope)
    message = f"`{typed.name}` is {NOUNS[typed.kind]}, which is not more or less than anything"
    scope.error("E301", node.span, message, f"write `{_measured(node, typed)}`")
    return None


def _measured(node: t.Compare, typed: Typed) -> str:
    """What is meant by comparing something that has no size: its length, how many there are, its age."""
    value = node.value
    if isinstance(value, t.Number) and typed.kind in ("text", "list", "places", "choices"):
        return f"{'length' if typed.kind == 'text' else 'count'} of {typed.name} {node.operator} {value.value}"
    if isinstance(value, t.Duration) and f"{typed.name}.age" in FACTS:
        return f"{typed.name}.age {node.operator} {value.span.text}"
    return f"{typed.name} {EXAMPLES.get(typed.kind, 'is known')}"


def _constant_first(node: t.Compare, left: str, scope: Scope) -> None:
    right = kind_of_constant(node.value)
    if right is None or right == left:
        scope.error("E302", node.span, f"{NOUNS[left]} stands where a fact is expected", "write the fact first")
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
    scope.error(
        code,
        node.span,
        f"a duration cannot be compared with {what}",
        "add a unit, as in `2 years` or `30 days`",
    )
    return None


def _compare_number(node: t.Compare, typed: Typed, scope: Scope) -> m.Condition | None:
    if isinstance(node.value, t.Number):
        return m.CompareNumber(node.span, typed.term, node.operator, node.value.value)
    kind = kind_of_constant(node.value)
    code, what = (
        ("E303" if kind == "duration" else "E302"),
        NOUNS[kind] if kind else f"`{node.value.span.text}`",
    )
    scope.error(code, node.span, f"a plain number cannot be compared with {what}", "write a plain number such as `3`")
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
