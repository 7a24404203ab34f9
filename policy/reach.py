"""Which rules can speak where, and about which category: what the static cost and the facts needed rest on."""

from __future__ import annotations

from collections.abc import Iterator

from . import model as m
from .rule_logic import asked, speaks
from .satisfiability import Domains, search
from .vocabulary import CATEGORIES

ELSEWHERE = "elsewhere"
"""Stands for every country that no policy names."""


def reaches(rule_set: m.RuleSet) -> Iterator[tuple[str, str, list[m.Rule]]]:
    """For each country that a policy names, and for all others together, each category with the rules that can speak.

    Rules of subdivisions count for the whole country: where the state is not known, all of them speak.
    """
    named = {code for policy in rule_set.policies for code in _countries(policy.places)}
    for country in (*sorted(named), ELSEWHERE):
        rules = [rule for rule in rule_set.rules if rule.places.anywhere or country in _countries(rule.places)]
        for category in CATEGORIES:
            known = known_there(country, category)
            yield country, category, [rule for rule in rules if _can_speak(rule, known)]


def known_there(country: str, category: str) -> Domains:
    """What is known of a message of this category to this country."""
    known: dict[str, frozenset[m.Constant]] = {"category": frozenset({category})}
    return known if country == ELSEWHERE else {**known, "recipient.country": frozenset({country})}


def _countries(places: m.Places) -> set[str]:
    return {*places.countries, *(place[:2] for place in places.subdivisions)}


def _can_speak(rule: m.Rule, known: Domains) -> bool:
    return not search(asked(rule)[:2], speaks, known).none
