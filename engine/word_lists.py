"""The index of all words a rule set looks for: its word lists and the phrases its conditions mention; and how the texts
of each country are written.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..policy import model as m
from ..policy.places import countries
from .interpreter import conditions
from .kleene import mention_key
from .words import WordIndex


def build_index(rule_set: m.RuleSet) -> WordIndex:
    """One index over the united word lists, by name, and the mentioned phrases, in quotes."""
    lists: dict[str, dict[str, tuple[str, ...]]] = dict(rule_set.word_lists)
    asked = [condition for rule in rule_set.rules for condition in conditions(rule)]
    for condition in (*asked, *(promise.condition for promise in rule_set.promises)):
        for mention in _mentions(condition):
            if mention.phrase is not None:
                lists[mention_key(mention)] = {"": (mention.phrase,)}
    index = WordIndex(lists)
    index.alphabets = alphabets(rule_set)
    return index


def alphabets(rule_set: m.RuleSet) -> dict[str, tuple[str, ...]]:
    """By country, the languages whose tables of GSM-7 its policies, and those for everybody, name."""
    found: dict[str, set[str]] = {}
    for policy in rule_set.policies:
        for country in (countries() if policy.places.anywhere else policy.places.countries) if policy.alphabets else ():
            found.setdefault(country, set()).update(policy.alphabets)
    return {country: tuple(sorted(names)) for country, names in sorted(found.items())}


def _mentions(condition: m.Condition) -> Iterator[m.Mentions]:
    match condition:
        case m.And() | m.Or():
            for part in condition.parts:
                yield from _mentions(part)
        case m.Not():
            yield from _mentions(condition.part)
        case m.Mentions():
            yield condition
