"""From text to tree. The only module that knows Lark.

A file with syntax errors still yields what could be read: the block in which an error stands is left out, the
rest is parsed again, so that one run names every broken block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from .. import grammar as grammar_package
from .builder import build
from .diagnostics import Finding, Related
from .recovery import (
    CLOSING,
    ENTRY_WORDS,
    LEXEME,
    OPENING,
    OpenBlock,
    begins_block,
    blank,
    broken_block,
    close_before,
    end_of_entry,
    end_outside,
    open_block,
    reopen_before,
)
from .source import Source, Span
from .syntax_errors import explain
from .tree import Comment, File

MAX_NESTING = 40
"""Brackets within brackets. Deeper nesting is refused before parsing: no later walk can run out of stack."""
MAX_ERRORS = 25
"""Syntax errors reported for one file; more than this is noise."""
_MAX_TRIES = 4 * MAX_ERRORS
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Signs that no text for people holds: control characters but for tab and line end, and halves of pairs."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read of a file, its syntax errors, and the names that stand in the parts left out."""

    file: File
    findings: tuple[Finding, ...]
    lost_names: frozenset[str]


@dataclass(slots=True)
class _Reading:
    """A file while it is read: the text as far as it is mended, what was wrong, and what was left out."""

    source: Source
    text: str
    findings: list[Finding] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    def leave_out(self, start: int, end: int) -> None:
        self.lost.update(_NAME.findall(self.text[start:end]))
        self.text = blank(self.text, start, end)

    def knows(self, finding: Finding) -> bool:
        """Whether this was said already: a `}` taken away or set may lead back to the same place."""
        return any((known.code, known.span) == (finding.code, finding.span) for known in self.findings)

    def has(self, *codes: str) -> bool:
        return any(finding.code in codes for finding in self.findings)


@cache
def _lark() -> Lark:
    grammar = files(grammar_package).joinpath("policy.lark")
    return Lark(grammar.read_text("utf-8"), parser="lalr", propagate_positions=True, maybe_placeholders=True)


def parse(source: Source) -> Parsed:
    """Read one rule file. Never raises for any text; what is wrong with it stands in `findings`."""
    reading = _Reading(source, source.text.replace("\ufeff", " ", 1) if source.text[:1] == "\ufeff" else source.text)
    too_deep = _too_deep(source)
    if too_deep is not None:
        reading.findings.append(too_deep)
        reading.leave_out(0, len(source.text))
    tree = _read(reading)
    reading.findings += _controls(source, MAX_ERRORS - len(reading.findings))
    comments = () if too_deep else _comments(source)
    return Parsed(build(tree, source, comments), tuple(reading.findings), frozenset(reading.lost))


def _read(reading: _Reading) -> Tree[Token]:
    for _ in range(_MAX_TRIES):
        try:
            return _lark().parse(reading.text)
        except UnexpectedInput as error:
            _mend(reading, error)
        if len(reading.findings) >= MAX_ERRORS:
            break
    reading.leave_out(0, len(reading.text))
    return _lark().parse(reading.text)


def _mend(reading: _Reading, error: UnexpectedInput) -> None:
    """Report an error and change the text so that reading can go on behind it."""
    if isinstance(error, UnexpectedCharacters):
        expected, found, at = set(error.allowed), None, error.pos_in_stream or 0
    else:
        assert isinstance(error, UnexpectedToken)
        expected, found = set(error.accepts or error.expected), str(error.token)
        at = error.token.start_pos or 0
        if error.token.type == "$END":
            _mend_end(reading, expected)
            return
    begins = found in ENTRY_WORDS | {"policy"} and "RBRACE" in expected and begins_block(reading.text, at)
    if begins and _mend_unclosed(reading, at):
        return
    if found in ENTRY_WORDS and "_POLICY" in expected:
        if _mend_closed_early(reading, at, found):
            return
    else:
        finding = explain(reading.source, min(at, len(reading.source.text)), found, expected)
        if not reading.knows(finding):
            reading.findings.append(finding)
        if _mend_in_place(reading, at, found, expected, finding.code):
            return
    _leave_out(reading, at, found, expected)


def _mend_in_place(reading: _Reading, at: int, found: str | None, expected: set[str], code: str) -> bool:
    """Read a word or sign as what was meant, where that is plain and takes no more room; whether it was."""
    if found and code == "E104":
        _rename(reading, at, found)
        return True
    if expected == {"LBRACE"} and found and at and reading.text[at - 1].isspace() and found not in ("(", "["):
        reading.text = f"{reading.text[: at - 1]}{{{reading.text[at:]}"
        return True
    return False


def _leave_out(reading: _Reading, at: int, found: str | None, expected: set[str]) -> None:
    """Leave out the block that holds an error."""
    at = min(at, max(len(reading.text) - 1, 0))
    if "_POLICY" in expected and found not in ENTRY_WORDS:
        reading.leave_out(at, end_outside(reading.text, at))
        return
    if "_RULE" in expected and found and not reading.text[reading.text.rfind("\n", 0, at) + 1 : at].strip():
        reading.leave_out(at, end_of_entry(reading.text, at))
        return
    # Where a block begins that nothing is wrong with, the one before it is not finished.
    begins = found in ENTRY_WORDS | {"policy", "group"} and begins_block(reading.text, at)
    if begins and at > 0 and "_POLICY" not in expected:
        start, end = broken_block(reading.text, at - 1)
        if reading.text[start:at].strip():
            reading.leave_out(start, min(end, at))
            return
    reading.leave_out(*broken_block(reading.text, at))


def _rename(reading: _Reading, at: int, word: str) -> None:
    """Read a reserved word that stands as a name as one that is free, of the same length."""
    reading.lost.add(word)
    reading.text = f"{reading.text[:at]}{word[:-1]}_{reading.text[at + len(word) :]}"


def _mend_end(reading: _Reading, expected: set[str]) -> None:
    source, at = reading.source, len(reading.source.text.rstrip())
    block = open_block(reading.text, len(reading.text))
    if not reading.has("E102", "E107"):
        finding = explain(source, at, "", expected)
        related = (_opened(source, block),) if block else ()
        reading.findings.append(
            Finding(finding.code, finding.message, finding.span, help=finding.help, related=related)
        )
    if "RBRACE" in expected:
        reading.text += "\n}"
    else:
        reading.leave_out(*broken_block(reading.text, max(len(reading.text.rstrip()) - 1, 0)))


def _opened(source: Source, block: OpenBlock) -> Related:
    length = len(source.text)
    return Related(Span(source, min(block.start, length), min(block.end, length)), "this block is not closed")


def _mend_unclosed(reading: _Reading, at: int) -> bool:
    """Close the block in which another one starts; whether that was possible."""
    block, mended = open_block(reading.text, at), close_before(reading.text, at)
    if block is None or mended is None:
        return False
    if not (reading.has("E107") and block.word == "policy"):
        word = _NAME.match(reading.text, at)
        span = Span(reading.source, at, word.end() if word else at + 1)
        message = f"`{span.text}` starts inside a {block.word} that is not closed"
        related = (_opened(reading.source, block),)
        reading.findings.append(Finding("E106", message, span, help="write a `}` before it", related=related))
    reading.text = mended
    return True


def _mend_closed_early(reading: _Reading, at: int, word: str) -> bool:
    """Take away the `}` behind which an entry stands outside its policy; whether there is one."""
    mended = reopen_before(reading.text, at)
    if mended is None or not reading.has("E107"):
        message = f"`{word}` stands outside of a policy"
        help_text = "a `}` before it closes the policy too early: take it away"
        if mended is None:
            help_text = 'write it inside of `policy FR "France" { … }`'
        reading.findings.append(Finding("E107", message, Span(reading.source, at, at + len(word)), help=help_text))
    if mended is None:
        return False
    reading.text = mended
    return True


def _too_deep(source: Source) -> Finding | None:
    depth = 0
    for match in LEXEME.finditer(source.text):
        lexeme = match.group()
        if lexeme in OPENING:
            depth += 1
            if depth > MAX_NESTING:
                span = Span(source, match.start(), match.end())
                message = f"brackets are nested more than {MAX_NESTING} deep"
                return Finding("E103", message, span, help="split the condition into several rules")
        elif lexeme in CLOSING:
            depth = max(depth - 1, 0)
    return None


def _controls(source: Source, most: int) -> Iterator[Finding]:
    """The first sign of each text in quotes that cannot stand in one."""
    texts = LEXEME.finditer(source.text) if _CONTROL.search(source.text) else ()
    found = (_CONTROL.search(source.text, match.start(), match.end()) for match in texts if match.group()[0] == '"')
    for sign in islice(filter(None, found), most):
        code = ord(sign.group())
        help_text = "take it away: it cannot be seen, and no phone shows it"
        if 0x80 <= code <= 0x9F:
            help_text = (
                "write what is meant in its place, and save the file as UTF-8: a quote or dash of Windows is lost here"
            )
        yield Finding("E105", f"U+{code:04X} cannot stand in a text", Span(source, *sign.span()), help=help_text)


def _comments(source: Source) -> tuple[Comment, ...]:
    matches = (match for match in LEXEME.finditer(source.text) if match.group().startswith("#"))
    return tuple(Comment(Span(source, match.start(), match.end()), match.group().rstrip()) for match in matches)
