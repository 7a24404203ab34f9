"""Colours by meaning, for editors that have no grammar of their own for rule files: those of the Pygments lexer."""

from __future__ import annotations

from dataclasses import dataclass

from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, String, _TokenType

from .highlighting import PolicyLexer

KINDS = (
    *("comment", "string", "number", "keyword", "operator", "type"),
    *("namespace", "function", "class", "property", "enumMember", "variable"),
)
"""What a stretch can be, by the names of the Language Server Protocol 3.17."""
_KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "comment"),
    (String.Interpol, "variable"),
    (String, "string"),
    (Literal.Date, "number"),
    (Number, "number"),
    (Keyword.Constant, "enumMember"),
    (Keyword.Type, "type"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Operator, "operator"),
    (Name.Namespace, "namespace"),
    (Name.Function, "function"),
    (Name.Class, "class"),
    (Name.Label, "property"),
    (Name.Builtin, "property"),
    (Name.Attribute, "property"),
    (Name.Constant, "enumMember"),
)


@dataclass(frozen=True, slots=True)
class Colour:
    """A stretch of one line, as character offsets, and what it is: one of `KINDS`."""

    start: int
    end: int
    kind: str


def colours(text: str) -> tuple[Colour, ...]:
    """What the words of a text are, in written order; plain names, signs and blanks are left out. Never raises."""
    found = []
    for start, token, value in PolicyLexer().get_tokens_unprocessed(text):
        kind = next((kind for parent, kind in _KINDS if parent in token.split()), "")
        if kind and value:
            found.append(Colour(start, start + len(value), kind))
    return tuple(found)
