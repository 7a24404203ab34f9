"""What may stand behind `is` and `is one of`, by the kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from . import model as m
from . import tree as t
from .places import is_language, is_place, suggest_place
from .scope import Scope, alternatives, listed
from .terms import NOUNS, Typed, kind_of_constant
from .vocabulary import SUBJECTS

UNDOCUMENTED = "undocumented"
"""The cell of a table that no source fills: a value of its own, in a column of any kind."""
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
    hints = {
        "duration": f"compare it, as in `{typed.name} <= 2 years`",
        "list": f'ask `{typed.name} has "…"`',
        "places": f"ask `{typed.name} has US-FL`",
        "choices": f"ask `{typed.name} has {node.span.text}`" if _word(node) else f"ask `{typed.name} has …`",
        "record": f"ask `{typed.name} is known`",
    }
    message = f"`{typed.name}` is {NOUNS[typed.kind]}, which is not equal to one value"
    scope.error("E301", node.span, message, hints.get(typed.kind, ""))


def _mismatch(typed: Typed, node: t.Term, scope: Scope, help_text: str = "") -> None:
    kind = kind_of_constant(node)
    if {kind, typed.kind} == {"duration", "number"}:
        scope.error("E303", node.span, f"{NOUNS[typed.kind]} cannot be compared with {NOUNS[kind or '']}", help_text)
        return
    what = NOUNS[kind] if kind else f"`{node.span.text}`"
    scope.error("E302", node.span, f"`{typed.name}` is {NOUNS[typed.kind]}, and {what} is not", help_text)


def _text(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    if isinstance(node, t.Text):
        return (node.value,)
    _mismatch(typed, node, scope, "write the text in double quotes")
    return None


def _number(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    if isinstance(node, t.Number):
        return (node.value,)
    unit = f" of {typed.fact.unit}" if typed.fact and typed.fact.unit else ""
    _mismatch(typed, node, scope, f"write a number{unit}")
    return None


def _yes_no(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    if isinstance(node, t.Path) and node.text in ("yes", "no"):
        return (node.text == "yes",)
    _mismatch(typed, node, scope, "write `yes` or `no`")
    return None


def _choice(typed: Typed, node: t.Term, scope: Scope) -> Iterable[m.Constant] | None:
    word = _word(node)
    if word is None:
        _mismatch(typed, node, scope, f"it can be {listed(typed.words)}")
        return None
    if word in typed.words:
        in_table = isinstance(typed.term, m.LookupTerm)
        return ({"yes": True, "no": False}.get(word, word) if in_table else word,)
    if typed.name in ("consent", "consent.status") and word == "unknown":
        scope.error("E202", node.span, "what is not known has no value", f"write `{typed.name} is not known`")
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
        _mismatch(typed, node, scope, "write a code such as `FR`, without quotes")
        return None
    if word == "none":
        if typed.fact is not None and typed.fact.name in _NEVER_NONE:
            scope.error("E202", node.span, f"`{typed.name}` is never `none`", f"write `{typed.name} is not known`")
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
        _mismatch(typed, node, scope, "write the name of a subject, without quotes")
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
