"""Checking what is asked of texts and lists: `mentions`, `starts with`, `ends with`, `matches`, `covers`, `has`."""

from __future__ import annotations

import re2

from . import model as m
from . import tree as t
from .places import is_place, is_zone, suggest_zone
from .registrations import registration_problem
from .scope import Scope, alternatives
from .terms import NOUNS, Typed, check_fact, example
from .texts import check_phrase
from .values import bare, check_place, check_subject
from .vocabulary import FACTS, SUBJECTS

_TEXT_VERBS = {"mentions": "mentions", "starts": "starts with", "ends": "ends with", "matches": "matches"}

_PATTERN_FAULTS = {
    "missing )": "a `(` is not closed",
    "unexpected )": "a `)` closes nothing",
    "missing ]": "a `[` is not closed",
    "missing argument to repetition operator": "a sign for repetition stands behind nothing",
    "bad repetition operator": "two signs for repetition stand side by side",
    "invalid repetition size": "a repetition is too long",
    "invalid character class range": "a range of characters ends before it begins",
    "invalid perl operator": "a sign behind `(?` is not known",
    "invalid escape sequence": "a sign behind a backslash is not known",
    "trailing \\": "a backslash stands at the end",
}


def check_verb(node: t.Verb, scope: Scope) -> m.Condition | None:
    """The meaning of a condition with a verb; None, with every error reported, if it has none."""
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
        scope.error("E301", node.span, f"`{verb}` {only}, and `{typed.name}` is not that", _verb_hint(node, typed))
        return None
    value = node.values[0]
    if node.verb == "mentions" and not isinstance(value, t.Text):
        return _mentions_list(node, term, scope)
    if not isinstance(value, t.Text):
        scope.error("E302", value.span, f"`{verb}` is followed by a text", f'write `"{value.span.text}"`')
        return None
    if not value.value.strip():
        scope.error("E411", value.span, f"`{verb}` is followed by an empty text", "write what to look for")
        return None
    if node.verb == "mentions":
        return m.Mentions(node.span, term, None, value.value) if check_phrase(value, scope) else None
    if node.verb == "matches":
        return _matches(node, term, value, scope)
    return (m.StartsWith if node.verb == "starts" else m.EndsWith)(node.span, term, value.value)


def _verb_hint(node: t.Verb, typed: Typed) -> str:
    if typed.kind == "text":
        value = node.values[0].span.text if isinstance(node.values[0], t.Text) else '"…"'
        return f"write `{typed.name} starts with {value}` or `{typed.name} matches {value}`"
    return f"write `{example(typed)}`"


def _mentions_list(node: t.Verb, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    value = node.values[0]
    name = value.text if isinstance(value, t.Path) else value.span.text
    if isinstance(value, t.Path) and len(value.parts) > 1:
        return _mentions_fact(node, term, value, scope)
    if name in scope.words:
        return m.Mentions(node.span, term, name, None)
    otherwise = f'declare it with `words {name} {{ … }}`, or write a phrase in double quotes: `"{name}"`'
    scope.unknown("E209", t.Name(value.span, name), f"there is no words list called `{name}`", scope.words, otherwise)
    return None


def _mentions_fact(node: t.Verb, term: m.FactTerm, path: t.Path, scope: Scope) -> m.Condition | None:
    typed = check_fact(path, scope)
    if typed is None or not isinstance(typed.term, m.FactTerm):
        return None
    if typed.kind != "text" or typed.name == "body":
        message = f"`mentions` looks for words, and `{typed.name}` holds none"
        scope.error("E302", path.span, message, "write `body mentions brand.name`")
        return None
    return m.MentionsFact(node.span, term, typed.term)


def _matches(node: t.Verb, term: m.FactTerm, value: t.Text, scope: Scope) -> m.Condition | None:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(value.value, options)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        reason = _in_words(reason)
        help_text = "patterns are those of RE2, which always ends in linear time: no look-ahead, no back-references"
        scope.error("E304", value.span, f"this pattern cannot be used: {reason}", help_text)
        return None
    return m.Matches(node.span, term, value.value)


def _in_words(reason: str) -> str:
    """What the library says of a pattern, in other words than a programmer's."""
    said, _, what = reason.partition(": ")
    return f"{_PATTERN_FAULTS[said]}: `{what}`" if said in _PATTERN_FAULTS else reason


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
        scope.error("E301", node.span, message, _verb_hint(node, typed))
        return None
    if typed.kind == "choices":
        return _has_word(node, term, scope)
    if typed.kind == "places" or term.name == "subjects":
        return _has_name(node, term, scope)
    if not isinstance(value, t.Text) or not value.value:
        scope.error("E302", value.span, f"`{typed.name}` holds texts", _entry_hint(typed, value))
        return None
    return m.Has(node.span, term, value.value) if _entry_is_known(term.name, value, scope) else None


def _entry_hint(typed: Typed, value: t.Term) -> str:
    """What to write for an entry without quotes; an example where it would not be known with them either."""
    name = bare(value.span.text)
    known = {"registrations": registration_problem(name, in_rule=True) is None, "recipient.timezones": is_zone(name)}
    exact = name and known.get(typed.name, True)
    return f'write `"{name}"`' if exact else f"write it in double quotes, as in `{example(typed)}`"


def _has_name(node: t.Verb, term: m.FactTerm, scope: Scope) -> m.Condition | None:
    value = node.values[0]
    if not isinstance(value, t.Path) or len(value.parts) > 1:
        name = bare(value.span.text)
        known = name in scope.words or name in SUBJECTS if term.name == "subjects" else is_place(name)
        hint = f"write `{name}`" if known else "write the name without quotes"
        scope.error("E302", value.span, f"`{term.name}` holds names", hint)
        return None
    named = t.Name(value.span, value.text)
    if term.name == "subjects":
        return m.Has(node.span, term, named.text) if check_subject(named, scope) else None
    places = check_place(named, scope)
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
