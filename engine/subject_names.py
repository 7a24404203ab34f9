"""Subjects that a message declares and nothing in the rules names, though a name close to theirs is known.

Subjects are an open list, so an unknown one is no fault. It is told of where it looks like a slip of the pen, which
leaves the rules of the subject that is meant silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property

from ..policy import model as m
from ..policy.diagnostics import same_word
from ..policy.vocabulary import SUBJECTS
from ..policy.walk import walk
from .interpreter import conditions

_CLOSE, _LONGEST = 0.75, 80
"""How alike two names are, of which one may be meant as the other; and how long the longest is that is compared."""
_MOST_KEPT, _MOST_COMPARED = 1024, 20
"""Lists of subjects whose remarks are kept, and unknown names of one list that are compared with all known ones."""


class SubjectNames:
    """The subjects that a rule set knows, and what to say of those that a message declares beside."""

    def __init__(self, rule_set: m.RuleSet) -> None:
        self._rule_set = rule_set
        self._listed = frozenset((*SUBJECTS, *rule_set.word_lists))
        self._told: dict[tuple[str, ...], tuple[str, ...]] = {}

    def warnings(self, declared: tuple[str, ...]) -> tuple[str, ...]:
        """A remark on each that is close to a known one. A sender's messages mostly declare the same ones."""
        told = self._told.get(declared)
        if told is None:
            if len(self._told) >= _MOST_KEPT:
                self._told.clear()
            told = self._told[declared] = tuple(self._remarks(declared))
        return told

    def _remarks(self, declared: tuple[str, ...]) -> Iterator[str]:
        if self._listed.issuperset(declared):
            return  # and the rules need not be walked
        unknown = [subject for subject in dict.fromkeys(declared) if subject not in self._known]
        for subject in unknown[:_MOST_COMPARED]:
            close = get_close_matches(subject, self._sorted, n=1, cutoff=_CLOSE) if len(subject) <= _LONGEST else []
            meant = same_word(subject, self._sorted) or "".join(close)
            if meant:
                yield f"no rule, table or list of words names the subject `{subject}`; did you mean `{meant}`?"

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names in the vocabulary, of lists of words, and in the tables that are asked by a subject."""
        asked = [condition for rule in self._rule_set.rules for condition in conditions(rule)]
        asked += [promise.condition for promise in self._rule_set.promises]
        lookups = (node for node in walk(asked) if isinstance(node, m.LookupTerm))
        cells = (cell for lookup in lookups for cell in self._keys(lookup))
        return self._listed.union(cell for cell in cells if isinstance(cell, str))

    def _keys(self, lookup: m.LookupTerm) -> set[m.Constant | None]:
        places = [
            place
            for place, argument in enumerate(lookup.arguments)
            if isinstance(argument, m.FactTerm) and argument.name == "subject"
        ]
        return {row.keys[place] for row in self._rule_set.tables[lookup.table].rows for place in places}

    @cached_property
    def _sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self._known))
