"""The texts that rules add to messages, as written, and what a message looks like without and with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import model as m
from . import tree as t
from .gsm7 import shifts
from .lint_context import LintContext
from .wording import GSM7, septets

GSM_SINGLE, UCS_SINGLE = 160, 70
"""What one segment holds: septets of GSM-7 without tables of a language, or UTF-16 code units."""

TYPICAL = {"{brand}": "Exemplar", "{sender}": "EXEMPLAR", "{stop}": "36179"}
"""What stands for the place holders when lengths are counted."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a text takes: septets of GSM-7 or units of UCS-2, how many of them one segment holds, and which characters
    force UCS-2, in the order of the text.
    """

    units: int
    single: int
    forcing: tuple[str, ...] = ()


def carried(text: str, languages: Iterable[str]) -> Carried:
    """How a text is carried where the tables of these languages are understood: in GSM-7, if it can be at all."""
    if GSM7.issuperset(text):
        return Carried(septets(text), GSM_SINGLE)
    pairs = [shift for language in languages for shift in shifts(language)]
    ways = [
        Carried(len(text) + len(shift.escaped.findall(text)), shift.single)
        for shift in pairs
        if shift.letters.issuperset(text)
    ]
    if ways:
        return min(ways, key=lambda way: (way.units - way.single, way.units))
    alphabets = (GSM7, *(shift.letters for shift in pairs))
    forcing = min(([char for char in dict.fromkeys(text) if char not in known] for known in alphabets), key=len)
    return Carried(len(text.encode("utf-16-le", "surrogatepass")) // 2, UCS_SINGLE, tuple(forcing))


def understood(policy: m.Policy, rule_set: m.RuleSet) -> list[str]:
    """The languages whose tables are understood wherever a policy's recipients are, sorted."""
    naming = [(other.places, set(other.alphabets)) for other in rule_set.policies if other.alphabets]
    wide = set().union(*(names for places, names in naming if places.anywhere))
    if policy.places.anywhere:
        return sorted(wide)
    countries = {place[:2] for place in (*policy.places.countries, *policy.places.subdivisions)}
    each = [wide.union(*(names for places, names in naming if country in places.countries)) for country in countries]
    return sorted(set.intersection(*each)) if each else []


def counted_texts(context: LintContext) -> Iterator[tuple[t.Text, list[str]]]:
    """All texts of `append` and `prepend`, each with the languages whose tables are understood where it goes."""
    policies = {policy.name: policy for policy in context.rule_set.policies}
    known = {name: understood(policy, context.rule_set) for name, policy in policies.items()}
    names = {id(rule): policy.name.text for policy, rule in context.entries(t.Rule)}
    yield from ((text, known[names[id(rule)]]) for rule, text in added_texts(context))


def added_texts(context: LintContext) -> Iterator[tuple[t.Rule, t.Text]]:
    """All texts of `append` and `prepend`, each with its rule."""
    for _, rule in context.entries(t.Rule):
        for clause in rule.clauses:
            adds = clause.otherwise if isinstance(clause, t.Require) else clause
            if isinstance(adds, t.AddText):
                yield from ((rule, text) for tagged in adds.texts for text in tagged.texts)


def filled(text: str) -> str:
    """An added text with typical values in place of its place holders."""
    for name, value in TYPICAL.items():
        text = text.replace(name, value)
    return text
