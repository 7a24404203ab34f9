"""How reading goes on behind a syntax error, so that one run names every mistake.

Every step keeps the length of what stands before, so that places in the text stay true: a block that cannot be read
is blanked out, a forgotten `}` takes the place of a blank, a `}` too many becomes one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LEXEME = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*|[(\[{]|[)\]}]|[a-z_]+\b')
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
ENTRY_WORDS = frozenset(
    ("recipients", "languages", "alphabets", "holidays", "source", "words", "table", "rule", "never", "replies", "test")
)
CLAUSE_WORDS = frozenset(
    (
        *("when", "unless", "require", "deny", "only", "limit", "pace", "append", "prepend", "warn", "else"),
        *("replaces", "basis", "cite", "since", "before"),
    )
)
"""How the clauses of a rule begin, `note` aside, which a policy may hold too."""
_WORD = re.compile(r"[a-z_]+")
_BLOCK_WORDS = ENTRY_WORDS | {"group", "note", "policy"}
_STARTS_BLOCK = re.compile(
    r"(?:policy|rule|words|table|source)[ \t]+[A-Za-z_][\w-]*[ \t]*[\"{(]"
    r"|test[ \t]+\"|replies[ \t]*\{|never[ \t]+allow\b"
)
_UNKNOWN_HEAD = re.compile(r"[A-Za-z]+[ \t]+[\w-]+[ \t]*(?:\"[^\"\n]*\")?[ \t\n]*\{")
_HEAD = re.compile(r'[a-z]+(?:[ \t]+[\w-]+|[ \t]+"[^"\n]*")?')


@dataclass(frozen=True, slots=True)
class OpenBlock:
    """The innermost block that stands open: where it starts, the end of its first two words, and its word."""

    start: int
    end: int
    word: str


def blank(text: str, start: int, end: int) -> str:
    """The text with a stretch of it left out, lines kept."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def begins_block(text: str, at: int) -> bool:
    """Whether the word at an offset begins an entry: `source` in a rule is mostly meant as `cite`."""
    return not text.startswith("source", at) or _STARTS_BLOCK.match(text, at) is not None


def end_outside(text: str, at: int) -> int:
    """Where what stands at an offset outside of policies ends: a block whose first word nobody knows, or all up to the
    next block.
    """
    end = _end_of_unknown_block(text, at)
    return next((start for start, _ in _block_starts(text) if start > at), len(text)) if end is None else end


def end_of_entry(text: str, at: int) -> int:
    """Where what stands at an offset among the entries of a policy ends: a block whose first word nobody knows, clauses
    up to the next entry or brace, or its line.
    """
    end = _end_of_unknown_block(text, at)
    if end is not None:
        return end
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    word = _WORD.match(text, at)
    if word is None or word.group() not in CLAUSE_WORDS:
        return max(line_end, at + 1)
    return next((match.start() for match in LEXEME.finditer(text, word.end()) if _ends_clauses(match)), len(text))


def _ends_clauses(match: re.Match[str]) -> bool:
    return match.group() == "}" or match.group() in _BLOCK_WORDS - {"note"}


def _end_of_unknown_block(text: str, at: int) -> int | None:
    """Where the block that begins at an offset is closed; None if none begins, or it is not closed."""
    head = _UNKNOWN_HEAD.match(text, at)
    depth = 0
    for match in LEXEME.finditer(text, head.end() - 1) if head else ():
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    return None


def open_block(text: str, at: int) -> OpenBlock | None:
    """The innermost `{ … }` block that is open at an offset."""
    stack: list[tuple[str, int]] = []
    for match in LEXEME.finditer(text, 0, at):
        if match.group() in OPENING:
            stack.append((match.group(), match.start()))
        elif match.group() in CLOSING and stack:
            stack.pop()
    braces = [position for bracket, position in stack if bracket == "{"]
    starts = [start for start, _ in _block_starts(text) if start < braces[-1]] if braces else []
    if not starts or len(braces) < len(stack):
        return None
    head = _HEAD.match(text, starts[-1])
    end = head.end() if head else starts[-1] + 1
    return OpenBlock(starts[-1], end, text[starts[-1] : end].split()[0])


def close_before(text: str, at: int) -> str | None:
    """The text with a `}` in place of the nearest blank before an offset; None if a comment or nothing stands there."""
    place = at - 1
    while place >= 0 and text[place] == "}":
        place -= 1
    if place < 0 or not text[place].isspace():
        return None
    line = text[text.rfind("\n", 0, place) + 1 : place]
    if any(match.group().startswith("#") for match in LEXEME.finditer(line)):
        return None
    return f"{text[:place]}}}{text[place + 1 :]}"


def reopen_before(text: str, at: int) -> str | None:
    """The text without the last `}` before an offset; None if there is none."""
    closing = [match.start() for match in LEXEME.finditer(text, 0, at) if match.group() == "}"]
    return blank(text, closing[-1], closing[-1] + 1) if closing else None


def broken_block(text: str, at: int) -> tuple[int, int]:
    """The stretch to leave out: the block that holds the error, up to its end or the next block."""
    starts = _block_starts(text)
    inside = [start for start, _ in starts if start <= at]
    if not inside:
        following = [start for start, _ in starts if start > at]
        return 0, following[0] if following else len(text)
    start = inside[-1]
    if text.startswith("policy", start):
        return start, _end_of_policy_head(text, start, at)
    return start, _end_of_block(text, start, at, [other for other, _ in starts if other > start])


def _block_starts(text: str) -> list[tuple[int, int]]:
    found, depth = [], 0
    for match in LEXEME.finditer(text):
        lexeme = match.group()
        if lexeme in OPENING:
            depth += 1
        elif lexeme in CLOSING:
            depth = max(depth - 1, 0)
        elif (depth <= 1 and lexeme in _BLOCK_WORDS) or _STARTS_BLOCK.match(text, match.start()):
            found.append((match.start(), depth))
    return found


def _end_of_policy_head(text: str, start: int, at: int) -> int:
    """A policy whose own head is broken is left out whole."""
    later = re.compile(r"(?:^|(?<=\}))policy\b", re.M).search(text, max(at, start + 1))
    return later.start() if later else len(text)


def _end_of_block(text: str, start: int, at: int, following: list[int]) -> int:
    limit = following[0] if following else len(text)
    depth, opened = 0, False
    for match in LEXEME.finditer(text, start, limit):
        lexeme = match.group()
        if lexeme == "{":
            depth, opened = depth + 1, True
        elif lexeme == "}":
            depth -= 1
            if depth < 0:
                return match.start() if match.start() >= at else match.end()
            if depth == 0 and opened and match.end() > at:
                return match.end()
    return max(limit, at + 1)
