"""What is known of a body once a rule has added its text: the words in it, how it begins or ends, how long it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import model as m
from .wording import covers_phrase

WordLists = Mapping[str, Mapping[str, Sequence[str]]]

_PLACE_HOLDER = re.compile(r"\{\w+\}")
_SOME_WORD = "qzq"
"""Stands for what a place holder is filled with: a word that may run on from the letters beside it."""
_WORD_AT_EDGE = re.compile(r"^\w+|\w+$")


@dataclass(frozen=True, slots=True)
class AddedBody:
    """A text that is in the body, and those that other rules may add at the same end; `words` are all word lists."""

    kind: str
    text: str
    beside: tuple[str, ...]
    words: WordLists

    def decided(self, condition: m.Condition) -> m.Condition:
        """A condition with what is known of the body in place of what asks for it."""
        match condition:
            case m.And():
                return m.And(condition.span, tuple(map(self.decided, condition.parts)))
            case m.Or():
                return m.Or(condition.span, tuple(map(self.decided, condition.parts)))
            case m.Not():
                return m.Not(condition.span, self.decided(condition.part))
        known = self._holds(condition)
        if known is None:
            return condition
        return m.And(condition.span, ()) if known else m.Or(condition.span, ())

    def _holds(self, condition: m.Condition) -> bool | None:
        match condition:
            case m.Mentions(term=m.FactTerm(name="body")):
                return True if any(self._has(phrase) for phrase in self._phrases(condition)) else None
            case m.StartsWith(term=m.FactTerm(name="body"), text=begin) if self.kind == "prepend":
                heads = [_PLACE_HOLDER.split(text)[0] for text in (self.text, *self.beside)]
                return _all_alike(_begins(head, begin) for head in heads)
            case m.EndsWith(term=m.FactTerm(name="body"), text=end) if self.kind == "append":
                tails = [_PLACE_HOLDER.split(text)[-1] for text in (self.text, *self.beside)]
                return _all_alike(_begins(tail[::-1], end[::-1]) for tail in tails)
            case m.CompareNumber(term=m.LengthTerm(fact=m.FactTerm(name="body")), operator=operator, value=value):
                shorter = operator in ("<", "<=")
                return None if value - (operator in ("<", ">=")) >= self._length else not shorter
            case m.OneOf(term=m.LengthTerm(fact=m.FactTerm(name="body")), values=values):
                return False if all(isinstance(one, int) and one < self._length for one in values) else None
        return None

    @property
    def _length(self) -> int:
        """The fewest characters that the body has: what is filled in may be empty."""
        return len(_PLACE_HOLDER.sub("", self.text))

    def _phrases(self, condition: m.Mentions) -> Iterable[str]:
        if condition.words is None:
            return (condition.phrase or "",)
        return (phrase for phrases in self.words.get(condition.words, {}).values() for phrase in phrases)

    def _has(self, phrase: str) -> bool:
        """Whether the words of a phrase stand in the text, whatever stands before and behind it."""
        inner = _WORD_AT_EDGE.sub("", _PLACE_HOLDER.sub(_SOME_WORD, self.text))
        return covers_phrase(phrase, inner)


def _begins(head: str, begin: str) -> bool | None:
    """Whether what starts with one text, and goes on somehow, starts with another one; None: it depends."""
    if head.startswith(begin):
        return True
    return None if begin.startswith(head) else False


def _all_alike(outcomes: Iterable[bool | None]) -> bool | None:
    found = {*outcomes}
    return found.pop() if len(found) == 1 else None
