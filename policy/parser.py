"""From text to tree. The only module that knows Lark.

A file with syntax errors still yields what could be read: the block in which an error stands is left out, the
rest is parsed again, so that one run names every broken block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from .. import grammar as grammar_package
from .builder import build
from .diagnostics import Finding
from .source import Source, Span
from .syntax_errors import explain
from .tree import Comment, File

MAX_NESTING = 40
"""Brackets within brackets.

Deeper nesting is refused before parsing, so that no later walk can run out of stack.
"""
MAX_ERRORS = 25
"""Syntax errors reported for one file; more than this is noise."""

_LEXEME = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*|[(\[{]|[)\]}]|[a-z_]+\b')
_BLOCK_WORDS = frozenset(
    (
        "recipients",
        "languages",
        "holidays",
        "source",
        "words",
        "table",
        "rule",
        "never",
        "replies",
        "test",
        "group",
        "note",
        "policy",
    )
)
_STARTS_BLOCK = re.compile(
    r"(?:policy|rule|words|table|source)[ \t]+[A-Za-z_][\w-]*[ \t]*[\"{(]"
    r"|test[ \t]+\"|replies[ \t]*\{|never[ \t]+allow\b"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read of a file, its syntax errors, and the names that stand in the parts left out."""

    file: File
    findings: tuple[Finding, ...]
    lost_names: frozenset[str]


@cache
def _lark() -> Lark:
    grammar = files(grammar_package).joinpath("policy.lark")
    return Lark(grammar.read_text("utf-8"), parser="lalr", propagate_positions=True, maybe_placeholders=True)


def parse(source: Source) -> Parsed:
    """Read one rule file. Never raises for any text; what is wrong with it stands in `findings`."""
    too_deep = _too_deep(source)
    if too_deep is not None:
        return Parsed(File(Span(source, 0, 0), source, (), ()), (too_deep,), frozenset())
    text, findings, lost = source.text, list[Finding](), set[str]()
    while True:
        try:
            tree = _lark().parse(text)
        except UnexpectedInput as error:
            findings.append(_finding(source, error))
            start, end = _broken_block(text, _position(error, text))
            lost |= set(re.findall(r"[A-Za-z_][\w-]*", text[start:end]))
            text = _blank(text, start, end)
            if len(findings) >= MAX_ERRORS:
                text = _blank(text, 0, len(text))
        else:
            return Parsed(build(tree, source, _comments(source)), tuple(findings), frozenset(lost))


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _position(error: UnexpectedInput, text: str) -> int:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return max(len(text.rstrip()) - 1, 0)
    return min(error.pos_in_stream or 0, max(len(text) - 1, 0))


def _finding(source: Source, error: UnexpectedInput) -> Finding:
    if isinstance(error, UnexpectedCharacters):
        expected, found, start = set(error.allowed), None, error.pos_in_stream or 0
    else:
        assert isinstance(error, UnexpectedToken)
        expected, found = set(error.accepts or error.expected), str(error.token)
        start = error.token.start_pos or 0
        if error.token.type == "$END":
            start, found = len(source.text.rstrip()), ""
    return explain(source, min(start, len(source.text)), found, expected)


def _too_deep(source: Source) -> Finding | None:
    depth = 0
    for match in _LEXEME.finditer(source.text):
        lexeme = match.group()
        if lexeme in ("(", "[", "{"):
            depth += 1
            if depth > MAX_NESTING:
                span = Span(source, match.start(), match.end())
                message = f"brackets are nested more than {MAX_NESTING} deep"
                return Finding("E103", message, span, help="split the condition into several rules")
        elif lexeme in (")", "]", "}"):
            depth = max(depth - 1, 0)
    return None


def _broken_block(text: str, at: int) -> tuple[int, int]:
    """The stretch to leave out: the block that holds the error, up to its end or the start of the next block."""
    starts = _block_starts(text)
    inside = [start for start, _ in starts if start <= at]
    if not inside:
        following = [start for start, depth in starts if start > at]
        return 0, following[0] if following else len(text)
    start = inside[-1]
    if text.startswith("policy", start):
        return start, _end_of_policy_head(text, start, at)
    return start, _end_of_block(text, start, at, [other for other, _ in starts if other > start])


def _block_starts(text: str) -> list[tuple[int, int]]:
    found, depth = [], 0
    for match in _LEXEME.finditer(text):
        lexeme = match.group()
        if lexeme in ("(", "[", "{"):
            depth += 1
        elif lexeme in (")", "]", "}"):
            depth = max(depth - 1, 0)
        elif (depth <= 1 and lexeme in _BLOCK_WORDS) or _STARTS_BLOCK.match(text, match.start()):
            found.append((match.start(), depth))
    return found


def _end_of_policy_head(text: str, start: int, at: int) -> int:
    """A policy whose own head is broken is left out whole."""
    later = re.compile(r"^policy\b", re.M).search(text, max(at, start + 1))
    return later.start() if later else len(text)


def _end_of_block(text: str, start: int, at: int, following: list[int]) -> int:
    limit = following[0] if following else len(text)
    depth, opened = 0, False
    for match in _LEXEME.finditer(text, start, limit):
        lexeme = match.group()
        if lexeme == "{":
            depth, opened = depth + 1, True
        elif lexeme == "}":
            depth -= 1
            if depth < 0:
                return match.start() if match.start() > at else match.end()
            if depth == 0 and opened and match.end() > at:
                return match.end()
    return max(limit, at + 1)


def _comments(source: Source) -> tuple[Comment, ...]:
    found = []
    for match in _LEXEME.finditer(source.text):
        if match.group().startswith("#"):
            found.append(Comment(Span(source, match.start(), match.end()), match.group().rstrip()))
    return tuple(found)
