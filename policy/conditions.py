"""Checking conditions: names resolved, types compared, every error reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import re2

from . import model as m
from . import tree as t
from .places import is_zone, suggest_zone
from .registrations import registration_problem
from .scope import Scope, alternatives
from .terms import NOUNS, Typed, check_fact, check_term, kind_of_constant
from .values import check_place, check_subject, check_values
from .vocabulary import FACTS

_BOTH = "join conditions with `and` alone or with `or` alone, and set the others in parentheses"
_TEXT_VERBS = {"mentions": "mentions", "starts": "starts with", "ends": "ends with", "matches": "matches"}


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
        hint = f"ask for a value, as in `{typed.name} {_EXAMPLES.get(typed.kind, 'is known')}`"
        scope.error("E301", node.span, f"`{typed.name}` is not yes or no by itself", hint)
        return None
    return m.OneOf(node.span, typed.term, frozenset({True}))


_EXAMPLES = {
    "text": 'is "…"',
    "number": "> 1",
    "choice": "is …",
    "place": "is FR",
    "language": "is fr",
    "duration": "<= 2 years",
    "subject": "is gambling",
    "list": 'has "…"',
    "places": "has US-FL",
}


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
    hint = f"write `{typed.name} {_EXAMPLES.get(typed.kind, 'is known')}`"
    scope.error(
        "E301",
        node.span,
        f"`{typed.name}` is {NOUNS[typed.kind]}, which is not more or less than anything",
        hint,
    )
    return None


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


# ---- verbs


def _verb(node: t.Verb, scope: Scope) -> m.Condition | None:
    if not isinstance(node.term, t.Path):
        hint = f"write a fact before `{node.verb}`"
        scope.error("E301", node.term.span, f"`{node.verb}` asks about a fact", hint)
        return None
    typed = check_fact(node.term, scope)
    if typed is None or not isinstance(typed.term, m.FactTerm):
        return None
    if node.verb in _TEXT_VERBS:
        return _text_verb(node, typed, typed.term, scope)
    if node.verb == "covers":
        return _covers(node, typed, typed.term, scope)
    return _has(node, typed, typed.term, scope)


def _text_verb(node: t.Verb, typed: Typed, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    verb = _TEXT_VERBS[node.verb]
    if typed.kind != "text" or (node.verb == "mentions" and term.name != "body"):
        only = "asks about the `body`" if node.verb == "mentions" else "asks about a text"
        scope.error("E301", node.span, f"`{verb}` {only}, and `{typed.name}` is not that", _verb_hint(typed))
        return None
    value = node.values[0]
    if node.verb == "mentions" and not isinstance(value, t.Text):
        return _mentions_list(node, term, scope)
    if not isinstance(value, t.Text):
        scope.error("E302", value.span, f"`{verb}` is followed by a text", "write it in double quotes")
        return None
    if not value.value.strip():
        scope.error("E411", value.span, f"`{verb}` is followed by an empty text", "write what to look for")
        return None
    if node.verb == "mentions":
        return m.Mentions(node.span, term, None, value.value)
    if node.verb == "matches":
        return _matches(node, term, value, scope)
    return (m.StartsWith if node.verb == "starts" else m.EndsWith)(node.span, term, value.value)


def _verb_hint(typed: Typed) -> str:
    if typed.kind == "text":
        return f'write `{typed.name} starts with "…"` or `{typed.name} matches "…"`'
    return f"write `{typed.name} {_EXAMPLES.get(typed.kind, 'is known')}`"


def _mentions_list(node: t.Verb, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    value = node.values[0]
    name = value.text if isinstance(value, t.Path) else value.span.text
    if name in scope.words:
        return m.Mentions(node.span, term, name, None)
    otherwise = f'declare it with `words {name} {{ … }}`, or write a phrase in double quotes: `"{name}"`'
    scope.unknown("E209", t.Name(value.span, name), f"there is no words list called `{name}`", scope.words, otherwise)
    return None


def _matches(node: t.Verb, term: m.FactTerm, value: t.Text, scope: Scope) -> m.Condition | None:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(value.value, options)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        help_text = "patterns are those of RE2, which always ends in linear time: no look-ahead, no back-references"
        scope.error("E304", value.span, f"this pattern cannot be used: {reason}", help_text)
        return None
    return m.Matches(node.span, term, value.value)


def _covers(node: t.Verb, typed: Typed, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    if term.name not in ("consent", "consent.covers"):
        message = f"only a consent covers something, and `{typed.name}` is none"
        scope.error("E301", node.span, message, "write `consent covers night`")
        return None
    return _has_word(node, m.FactTerm(term.span, "consent.covers"), scope)


def _has_word(node: t.Verb, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    value, known = node.values[0], FACTS[term.name].words
    name = value.text if isinstance(value, t.Path) else value.span.text
    if name in known:
        return m.Has(node.span, term, name)
    help_text = alternatives(name, known)
    scope.error("E202", value.span, f"`{term.name}` never holds `{name}`", help_text)
    return None


def _has(node: t.Verb, typed: Typed, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    value = node.values[0]
    if typed.kind not in ("list", "places", "choices"):
        message = f"`has` asks about a list, and `{typed.name}` is {NOUNS[typed.kind]}"
        scope.error("E301", node.span, message, _verb_hint(typed))
        return None
    if typed.kind == "choices":
        return _has_word(node, term, scope)
    if typed.kind == "places" or term.name == "subjects":
        return _has_name(node, term, scope)
    if not isinstance(value, t.Text) or not value.value:
        scope.error(
            "E302",
            value.span,
            f"`{typed.name}` holds texts",
            f'write it in double quotes: `{typed.name} has "…"`',
        )
        return None
    return m.Has(node.span, term, value.value) if _entry_is_known(term.name, value, scope) else None


def _has_name(node: t.Verb, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    value = node.values[0]
    if not isinstance(value, t.Path) or len(value.parts) > 1:
        scope.error("E302", value.span, f"`{term.name}` holds names", "write the name without quotes")
        return None
    name = t.Name(value.span, value.text)
    if term.name == "subjects":
        return m.Has(node.span, term, name.text) if check_subject(name, scope) else None
    places = check_place(name, scope)
    if places is None:
        return None
    parts = tuple(m.Has(node.span, term, place) for place in sorted(places))
    return parts[0] if len(parts) == 1 else m.Or(node.span, parts)


def _entry_is_known(fact: str, value: t.Text, scope: Scope) -> bool:
    if fact == "registrations":
        problem = registration_problem(value.value, in_rule=True)
        if problem:
            scope.error("E210", value.span, *problem)
        return problem is None
    if fact == "recipient.timezones" and not is_zone(value.value):
        scope.error("E208", value.span, f"there is no time zone `{value.value}`", suggest_zone(value.value))
        return False
    return True


_CHECKS: dict[type, Callable[[Any, Scope], m.Condition | None]] = {
    t.Group: _group,
    t.Junction: _junction,
    t.Not: _not,
    t.Bare: _bare,
    t.Is: _is,
    t.Known: _known,
    t.Compare: _compare,
    t.Verb: _verb,
}
