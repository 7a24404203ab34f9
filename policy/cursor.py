"""Where in a rule file the cursor stands, judged by what is written before it: the rest may be missing or broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .meanings import BLOCKS, CLAUSES, ENTRIES, TEST_WORDS
from .vocabulary import REPLY_KINDS, TEST_FIELDS

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"?|#[^\n]*|\.?[^\W\d][\w-]*(?:\.[\w-]+)*\.?|\d[\d:.–-]*|->|<=|>=|\S',
)
_PREFIX = re.compile(r"[^\W\d][\w.-]*\Z")
_BRACED = ("policy", "rule", "words", "table", "replies", "test", "cases")
# A block that starts where another stands open: the earlier one lacks its `}`.
_HEAD = re.compile(r"(?:rule|words|table|source)[ \t]+[a-z_]\w*[ \t]*[\"{(]|test[ \t]+\"|replies[ \t]*\{")
_POLICY_HEAD = re.compile(r"policy[ \t]+\w[\w-]*[ \t]+\"")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign, and where it starts."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """What stands before the cursor.

    `block`: the innermost open block, such as `rule`; empty outside of policies. `head`: the tokens before its `{`.
    `clause`: the tokens since the last word that begins a clause or entry, that word first; empty where none does.
    `row`: the tokens of the line. `prefix`: the word being written, which starts at `start`. `text`: the quoted text
    that stands open; None outside of texts. `comment`: whether it stands in a comment.
    """

    block: str
    policy: str
    head: tuple[str, ...]
    clause: tuple[str, ...]
    row: tuple[str, ...]
    prefix: str
    start: int
    text: str | None = None
    comment: bool = False


@dataclass(slots=True)
class _Frame:
    """A block that stands open, the tokens before its `{`, and those in it so far, inner blocks left out.

    `braced`: the number of the last of them that announces a block which is not open yet; -1 where none does.
    """

    block: str
    head: tuple[str, ...] = ()
    tokens: list[Token] = field(default_factory=list)
    braced: int = -1

    def add(self, token: Token) -> None:
        """A word or sign in the block itself."""
        if token.text in _BRACED:
            self.braced = len(self.tokens)
        self.tokens.append(token)

    def opened(self) -> _Frame:
        """The block that a `{` opens now: the word that announces it and the tokens behind that are its head."""
        if self.braced < 0:
            return _Frame("?")
        words = tuple(token.text for token in self.tokens[self.braced :])
        self.braced = -1
        return _Frame(words[0], words)


def cursor_at(text: str, offset: int) -> Cursor:
    """What stands before an offset of a text. Never raises."""
    before = text[: max(offset, 0)]
    line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
    word = _PREFIX.search(before, line_start)
    start = word.start() if word else len(before)
    tokens = tokens_of(before[:start])
    last = tokens[-1] if tokens else Token("", 0)
    comment = last.text.startswith("#") and last.start >= line_start
    quoted = last.text[1:] + before[start:] if _is_open(last, before, start) else None
    frames = _frames([token for token in tokens if not token.text.startswith("#")], before)
    frame = frames[-1]
    policy = next((one.head[1] for one in frames if one.block == "policy" and len(one.head) > 1), "")
    row = tuple(token.text for token in frame.tokens if token.start >= line_start)
    clause = _clause(frame)
    return Cursor(frame.block, policy, frame.head, clause, row, before[start:], start, quoted, comment)


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a text; comments are one each."""
    return [Token(match.group(), match.start()) for match in _TOKEN.finditer(text)]


def _is_open(last: Token, before: str, start: int) -> bool:
    """Whether the last token is a text without its closing quote, on the cursor's line."""
    if not last.text.startswith('"') or "\n" in before[last.start : start]:
        return False
    closed = len(last.text) > 1 and re.fullmatch(r'"(?:[^"\\\n]|\\.)*"', last.text) is not None
    return not closed


def _frames(tokens: Sequence[Token], text: str) -> list[_Frame]:
    """The blocks that stand open at the end of the tokens, outermost first; the first is the file."""
    frames, policies = [_Frame("")], 0
    for token in tokens:
        policies = _close_forgotten(frames, policies, token, text)
        if token.text == "{":
            frames.append(frames[-1].opened())
            policies += frames[-1].block == "policy"
        elif token.text != "}":
            frames[-1].add(token)
        elif len(frames) > 1:
            policies -= frames.pop().block == "policy"
    return frames


def _close_forgotten(frames: list[_Frame], policies: int, token: Token, text: str) -> int:
    """Close what must have ended before a token; how many policies are open then, of as many before."""
    if token.text == "policy" and _POLICY_HEAD.match(text, token.start):
        del frames[1:]
        return 0
    if policies and token.text in ENTRIES and _HEAD.match(text, token.start):
        while frames[-1].block != "policy":
            frames.pop()
    return policies


def _clause(frame: _Frame) -> tuple[str, ...]:
    words = [token.text for token in frame.tokens]
    starts = _STARTS.get(frame.block, frozenset())
    found, brackets = len(words), 0
    for number, word in enumerate(words):
        brackets += {"[": 1, "]": -1}.get(word, 0)
        is_field = frame.block == "test" and (word in TEST_FIELDS or word.startswith("registers."))
        named = number > 0 and words[number - 1] in ("missing", "mentions", "rule", "source", "table")
        if (word in starts or is_field) and brackets <= 0 and not named:
            found = number
    return tuple(words[found:])


_STARTS: dict[str, frozenset[str]] = {
    "": frozenset(BLOCKS),
    "policy": frozenset(ENTRIES),
    "rule": frozenset(CLAUSES),
    "test": frozenset(TEST_WORDS),
    "replies": frozenset(REPLY_KINDS),
}
