"""Checking the tests in rule files: message fields and their values, expectations, rows of cases."""

from __future__ import annotations

from . import model as m
from . import tree as t
from .diagnostics import Related, did_you_mean, same_word
from .field_values import check_field_value, check_moment
from .meanings import EFFECTS
from .places import is_language, is_place, suggest_place
from .rules_check import rule_id, unknown_rule
from .scope import Scope, alternatives, listed
from .syntax_values import number_meant
from .texts import check_filled, check_language
from .vocabulary import ENCODINGS, FACTS, MISSING, REGISTER_FIELDS, REPLY_KINDS, TEST_FIELDS, MessageField

_BEFORE_BY = frozenset({"allow", "deny", "defer", "append", "prepend", "warn", "pace"})
_OTHER_FIELDS = {
    **dict.fromkeys(("recipient", "number", "phone", "recipient.number"), "to"),
    **dict.fromkeys(("text", "message", "content", "sms"), "body"),
    **dict.fromkeys(("time", "date", "when_sent", "sent", "now"), "at"),
    **dict.fromkeys(("brand", "business", "company"), "brand.name"),
    **dict.fromkeys(("timezone", "zone"), "recipient.timezone"),
    **dict.fromkeys(("subdivision", "state"), "recipient.subdivision"),
    "subject": "subjects",
    "registration": "registrations",
    "type": "sender_type",
    "consent.age": "consent.at",
}
"""Names people try first, and what a message calls them."""
_FOLLOWS = {
    **dict.fromkeys(("country", "recipient.country", "recipient.line"), "to"),
    **dict.fromkeys(("segments", "encoding"), "body"),
    "sender.line": "from",
}
_MAIN_FIELDS = ("to", "from", "category", "body", "at", "consent", "history")
_OF_FACTS = {"text": t.Text, "segments": t.Number, "encoding": t.Path, "missing": t.Path}


def check_test(node: t.Test, policy: str, scope: Scope) -> m.Test:
    """The meaning of a test: one message for each row of its cases, or one alone."""
    check_filled(node.title, "the title", scope)
    for setting in node.settings:
        check_setting(setting, scope)
    _check_twice(node.settings, scope)
    common = tuple(_expect(expect, policy, scope) for expect in node.expects)
    cases = [case for block in node.cases for case in _rows(node, block, common, policy, scope)]
    if not node.cases:
        cases = [m.Case(node.span, node.settings, node.expects, common)]
    return m.Test(node.span, policy, node.title.value, tuple(cases))


def _rows(node: t.Test, block: t.Cases, common: tuple[tuple[str, ...], ...], policy: str, scope: Scope) -> list[m.Case]:
    found = []
    fields = [_field(column, scope) for column in block.columns]
    _check_twice((*node.settings, *(t.Setting(column.span, column, ()) for column in block.columns)), scope)
    for row in block.rows:
        rules = _expect(row.expect, policy, scope)
        if len(row.values) != len(block.columns):
            given = len(row.values)
            message = f"this row sets {given} field{'s' * (given != 1)} instead of {len(block.columns)}"
            columns = listed(column.text for column in block.columns)
            scope.error("E603", row.span, message, f"write one value each for {columns}, then what is expected")
            continue
        for value, field in zip(row.values, fields, strict=True):
            if field is not None:
                check_field_value(value, field, scope)
        pairs = zip(block.columns, row.values, strict=True)
        settings = tuple(t.Setting(value.span, column, (value,)) for column, value in pairs)
        found.append(m.Case(row.span, node.settings + settings, (*node.expects, row.expect), (*common, rules)))
    return found


def _check_twice(settings: tuple[t.Setting, ...], scope: Scope) -> None:
    seen: dict[str, t.Path] = {}
    for setting in settings:
        path = setting.field_name
        known = TEST_FIELDS.get(path.text)
        first = seen.setdefault(known.field or known.name if known else path.text, path)
        if first is not path:
            related = (Related(first.span, "first set here"),)
            scope.error("E604", path.span, f"`{path.text}` is set twice", "leave one out", related)


def check_setting(node: t.Setting, scope: Scope) -> None:
    """Report an unknown message field, and values that do not fit it."""
    field = _field(node.field_name, scope)
    if field is None:
        return
    if len(node.values) > 1 and not field.several:
        message = f"`{field.name}` takes one value"
        scope.error("E602", node.values[1].span, message, "leave the others out")
    for value in node.values:
        check_field_value(value, field, scope)


def _field(path: t.Path, scope: Scope) -> MessageField | None:
    if path.text in TEST_FIELDS:
        return TEST_FIELDS[path.text]
    if path.parts[0].text == "registers" and len(path.parts) == 3:
        return _register(path, scope)
    scope.error("E601", path.span, f"a message has no field `{path.text}`", _field_meant(path.text))
    return None


def _field_meant(name: str) -> str:
    if name in _FOLLOWS:
        return f"leave it out: it follows from `{_FOLLOWS[name]}`"
    if name == "because":
        return "write `by` in its place"
    by_contract = {field.field: field.name for field in TEST_FIELDS.values()}
    short = {name.rpartition(".")[2]: name for name in TEST_FIELDS}
    found = _OTHER_FIELDS.get(name) or by_contract.get(name) or short.get(name) or _of_fact(name)
    if found:
        return f"it is called `{found}` here"
    return did_you_mean(name, TEST_FIELDS) or f"fields are those of a message: {listed(_MAIN_FIELDS)} and others"


def _of_fact(name: str) -> str:
    """The message field that sets a fact, if one does."""
    fact = FACTS.get(name)
    if fact is None or fact.computed:
        return ""
    return next((field.name for field in TEST_FIELDS.values() if field.field == fact.missing_name), "")


def _register(path: t.Path, scope: Scope) -> MessageField | None:
    place, last = path.parts[1], path.parts[2]
    if not is_place(place.text):
        scope.error("E206", place.span, f"there is no place called `{place.text}`", suggest_place(place.text))
        return None
    if last.text not in REGISTER_FIELDS:
        help_text = alternatives(last.text, REGISTER_FIELDS, "its fields are")
        scope.error("E601", last.span, f"a register has no field `{last.text}`", help_text)
        return None
    return MessageField(path.text, REGISTER_FIELDS[last.text], path.text)


# ---- expectations


def _expect(node: t.Expect, policy: str, scope: Scope) -> tuple[str, ...]:
    """The ids of the rules behind `by`; every error in the expectation is reported."""
    word = node.outcome.text
    if word == "defer" and isinstance(node.value, t.Moment):
        check_moment(node.value, scope)
    elif word in _OF_FACTS:
        _check_fact_outcome(node, scope)
    elif word in REPLY_KINDS:
        _check_reply_outcome(node, scope)
    elif word not in (*_BEFORE_BY, "nothing"):
        known = (*sorted(_BEFORE_BY), *_OF_FACTS, *REPLY_KINDS, "nothing")
        help_text = alternatives(word, known, "a test can expect")
        if word == "no":
            help_text = f"`no` stands before what rules do: {listed(EFFECTS)}"
        scope.error("E605", node.outcome.span, f"a test cannot expect `{word}`", help_text)
    return tuple(_rule(path, policy, scope) for path in node.rules)


def _check_reply_outcome(node: t.Expect, scope: Scope) -> None:
    word = node.outcome.text
    if node.language is not None:
        check_language(node.language, scope)
    elif node.value is not None:
        language = node.value.span.text.strip('"')
        told = f"write `{word} in {language if is_language(language) else 'fr'}`"
        scope.error("E602", node.span, f"`{word}` is expected in a language", told)


def _check_fact_outcome(node: t.Expect, scope: Scope) -> None:
    word, value = node.outcome.text, node.value
    if value is None or not isinstance(value, _OF_FACTS[word]):
        hints = {"text": "a text in double quotes", "segments": "a number"}
        hint = f"write {hints.get(word, 'a name')} behind `{word}`"
        if value is not None and (meant := _value_meant(word, value.span.text)):
            hint = f"write `{meant}`"
        scope.error("E602", value.span if value else node.span, f"`{word}` does not expect such a value", hint)
    elif word == "encoding" and value.span.text not in ENCODINGS:
        message = f"there is no encoding `{value.span.text}`"
        scope.error("E602", value.span, message, alternatives(value.span.text, ENCODINGS))
    elif word == "missing" and value.span.text not in MISSING:
        message = f"no verdict misses `{value.span.text}`"
        scope.error("E602", value.span, message, did_you_mean(value.span.text, MISSING) or "name a message field")


def _value_meant(word: str, written: str) -> str:
    """The value of an expectation that stands with quotes where none belong, or without; empty where none is plain."""
    bare = written.strip('"')
    if word == "segments":
        return number_meant(bare)
    if word == "text":
        return f'"{written}"'
    return same_word(bare, ENCODINGS if word == "encoding" else MISSING)


def _rule(path: t.Path, policy: str, scope: Scope) -> str:
    full_id = rule_id(path, policy)
    if full_id not in scope.rules:
        unknown_rule(path, full_id, scope)
    return full_id
