"""Where a syntax error stands, and what can be asked about its surroundings."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meant:
    """Where a syntax error really stands, and what to do about it; `message` where the place alone does not say."""

    start: int
    end: int
    help: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An unexpected word or sign: the text, where it starts, and the terminal names that the grammar expects there."""

    text: str
    start: int
    lexeme: str
    expected: frozenset[str]

    def before(self, pattern: str) -> re.Match[str] | None:
        """What stands right before it, blanks aside, if it looks like that."""
        return re.search(rf"(?:{pattern})\s*\Z", self.text[max(0, self.start - 120) : self.start])

    def behind(self, pattern: str) -> re.Match[str] | None:
        """What stands right behind it, if it looks like that."""
        return re.compile(pattern).match(self.text, self.start + len(self.lexeme))

    @property
    def is_word(self) -> bool:
        """Whether it is a word of letters, digits and `_`."""
        return self.lexeme.isidentifier()

    def with_before(self, before: re.Match[str], told: str, group: int = 0) -> Meant:
        """What is meant by it together with what stands before it, or with a group of that."""
        ahead = before.end() - before.start(group)
        return Meant(self.start - ahead, self.start + len(self.lexeme), told)
