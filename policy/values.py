"""What may stand behind `is` and `is one of`, by the kind of fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from . import model as m
from . import tree as t
from .places import is_language, is_place, suggest_place
from .scope import Scope, alternatives
from .source import Span
from .syntax_values import number_meant
from .terms import NOUNS, Typed, example, kind_of_constant
from .vocabulary import SUBJECTS

UNDOCUMENTED = "undocumented"
"""The cell of a table that no source fills: a value of its own, in a column of any kind."""
_YES_NO = {
    **dict.fromkeys(("yes", "true", "on", "1", "y"), "yes"),
    **dict.fromkeys(("no", "false", "off", "0", "n"), "no"),
}
_ASKED = re.compile(r"\s+is\s+(?P<no>not\s+)?")
_LISTS = ("list", "places", "choices")
_NEVER_NONE = frozenset({"recipient.country", "brand.country"})


def check_values(typed: Typed, nodes: Iterable[t.Term], scope: Scope) -> frozenset[m.Constant] | None:
    """The values a term is compared with, groups resolved; None, every error reported, if one is wrong."""
    found: set[m.Constant] = set()
    valid = True
    for node in nodes:
        values = _check_value(typed, node, scope)
        valid = valid and values is not None
        found.update(values or ())
    return frozenset(found) if valid else None


def _check_value(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    if isinstance(typed.term, m.LookupTerm) and isinstance(node, t.Path) and node.text == UNDOCUMENTED:
        return (UNDOCUMENTED,)
    return _BY_KIND.get(typed.kind, _not_comparable)(typed, node, scope)


def _not_comparable(typed: Typed, node: t.Term, scope: Scope) -> None:
    message = f"`{typed.name}` is {NOUNS[typed.kind]}, which is not equal to one value"
    if isinstance(node, t.Number) and typed.kind in _LISTS:
        scope.error("E301", typed.term.span, message, f"write `count of {typed.name}`")
    elif typed.kind == "duration":
        scope.error("E301", node.span, message, f"compare it, as in `{typed.name} <= 2 years`")
    elif typed.kind in _LISTS and isinstance(typed.term, m.FactTerm) and _holds(typed, node):
        _instead("E301", typed, node, message, f"{typed.name} has {node.span.text}", scope)
    else:
        scope.error("E301", node.span, message, f"ask `{example(typed)}`")


def _holds(typed: Typed, node: t.Term) -> bool:
    """Whether this can be an entry of a list of that kind, as far as it is written."""
    if typed.kind == "choices":
        return _word(node) in typed.words
    if typed.kind == "places":
        return is_place(_word(node) or "")
    return _word(node) in SUBJECTS if typed.name == "subjects" else isinstance(node, t.Text)


def _instead(code: str, typed: Typed, node: t.Term, message: str, meant: str, scope: Scope) -> None:
    """Report a value, with the condition to write in place of all that asks for it; of one of several, itself alone."""
    source, start = node.span.source, typed.term.span.start
    asked = _ASKED.fullmatch(source.text[typed.term.span.end : node.span.start])
    if asked is None:
        scope.error(code, node.span, message, f"ask `{meant}`")
        return
    negated = meant.replace(" is not known", " is known") if " is not known" in meant else f"not ({meant})"
    span = Span(source, start, node.span.end)
    scope.error(code, span, message, f"write `{negated if asked['no'] else meant}`")


def _mismatch(typed: Typed, node: t.Term, scope: Scope, help_text: str = "") -> None:
    kind = kind_of_constant(node)
    if {kind, typed.kind} == {"duration", "number"}:
        scope.error("E303", node.span, f"{NOUNS[typed.kind]} cannot be compared with {NOUNS[kind or '']}", help_text)
        return
    what = NOUNS[kind] if kind else f"`{node.span.text}`"
    scope.error("E302", node.span, f"`{typed.name}` is {NOUNS[typed.kind]}, and {what} is not", help_text)


def bare(written: str) -> str:
    """A word without the quotes in which somebody wrote it."""
    return written.strip('"').strip()


def yes_or_no(written: str) -> str:
    """What is meant by `true`, `"No"` and their like; empty where neither is."""
    return _YES_NO.get(bare(written).lower(), "")


def _text(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    if isinstance(node, t.Text):
        return (node.value,)
    _mismatch(typed, node, scope, f'write `"{node.span.text}"`')
    return None


def _number(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    if isinstance(node, t.Number):
        return (node.value,)
    unit = f" of {typed.fact.unit}" if typed.fact and typed.fact.unit else ""
    number = number_meant(node.span.text)
    _mismatch(typed, node, scope, f"write `{number}`" if number else f"write a number{unit}")
    return None


def _yes_no(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    if isinstance(node, t.Path) and node.text in ("yes", "no"):
        return (node.text == "yes",)
    meant = yes_or_no(node.span.text)
    _mismatch(typed, node, scope, f"write `{meant}`" if meant else "write `yes` or `no`")
    return None


def _choice(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    word = _word(node)
    if word is None:
        _mismatch(typed, node, scope, alternatives(bare(node.span.text), typed.words))
        return None
    if word in typed.words:
        in_table = isinstance(typed.term, m.LookupTerm)
        return ({"yes": True, "no": False}.get(word, word) if in_table else word,)
    if typed.name in ("consent", "consent.status") and word == "unknown":
        _instead("E202", typed, node, "what is not known has no value", f"{typed.name} is not known", scope)
        return None
    if word not in scope.lost or typed.fact is not None:
        help_text = alternatives(word, typed.words)
        scope.error("E202", node.span, f"`{typed.name}` is never `{word}`", help_text)
    return None


def _word(node: t.Term) -> str | None:
    return node.text if isinstance(node, t.Path) and len(node.parts) == 1 else None


def _place(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    word = _word(node)
    if word is None:
        code = bare(node.span.text)
        known = code in scope.groups or is_place(code)
        _mismatch(typed, node, scope, f"write `{code}`" if known else "write a code such as `FR`, without quotes")
        return None
    if word == "none":
        if typed.fact is not None and typed.fact.name in _NEVER_NONE:
            _instead("E202", typed, node, f"`{typed.name}` is never `none`", f"{typed.name} is not known", scope)
            return None
        return ("none",)
    return check_place(t.Name(node.span, word), scope)


def check_place(name: t.Name, scope: Scope) -> frozenset[str] | None:
    """A place or a group, as the places it stands for; None, with the error reported, if it is neither."""
    if name.text in scope.groups:
        return scope.groups[name.text]
    if is_place(name.text):
        return frozenset({name.text})
    if name.text not in scope.lost or name.text[:1].islower():
        message = f"there is no place or group called `{name.text}`"
        scope.error("E206", name.span, message, suggest_place(name.text, frozenset(scope.groups)))
    return None


def _language(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    code = node.value if isinstance(node, t.Text) else _word(node)
    if code is None:
        _mismatch(typed, node, scope, 'write a code such as `fr` or `"pt-BR"`')
        return None
    if not is_language(code):
        scope.error("E207", node.span, f"there is no language `{code}`", "write an ISO 639 code such as `fr`")
        return None
    return (code,)


def _subject(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    word = _word(node)
    if word is None:
        name = bare(node.span.text)
        known = name in SUBJECTS or name in scope.words
        _mismatch(typed, node, scope, f"write `{name}`" if known else "write the name of a subject, without quotes")
        return None
    return (word,) if check_subject(t.Name(node.span, word), scope) else None


def check_subject(name: t.Name, scope: Scope) -> bool:
    """Whether this is a subject: one of the vocabulary's, or the name of a words list; if not, the error is
    reported.
    """
    if name.text in SUBJECTS or name.text in scope.words:
        return True
    known = scope.words | set(SUBJECTS)
    otherwise = f"declare it with `words {name.text} {{ … }}`"
    scope.unknown("E209", name, f"there is no subject or words list called `{name.text}`", known, otherwise)
    return name.text in scope.lost


_BY_KIND: dict[str, Callable[[Typed, t.Term, Scope], Iterable[m.Constant] | None]] = {
    "text": _text,
    "number": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "place": _place,
    "language": _language,
    "subject": _subject,
}
