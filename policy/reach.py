"""Which rules can speak where, and about which category: what the static cost and the facts needed rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import model as m
from .beforehand import Answers, Known, all_answers
from .rule_logic import asked, speaks
from .satisfiability import search
from .vocabulary import CATEGORIES

ELSEWHERE = "elsewhere"
"""Stands for every country that no policy names."""


def reaches(rule_set: m.RuleSet) -> Iterator[tuple[str, str, list[m.Rule]]]:
    """For each country that a policy names, and for all others together, each category with the rules that can speak.

    Rules of subdivisions count for the whole country: where the state is not known, all of them speak.
    """
    named = {code for policy in rule_set.policies for code in _countries(policy.places)}
    answers = all_answers(rule_set.tables)
    for country in (*sorted(named), ELSEWHERE):
        rules = [rule for rule in rule_set.rules if rule.places.anywhere or country in _countries(rule.places)]
        for category in CATEGORIES:
            known = known_there(country, category, answers)
            yield country, category, [rule for rule in rules if _can_speak(rule, known)]


def known_there(country: str, category: str, answers: Mapping[str, Answers]) -> Known:
    """What is known of a message of this category to this country."""
    known = Known({"category": frozenset({category})}, answers)
    return known if country == ELSEWHERE else known.but("recipient.country", {country})


def _countries(places: m.Places) -> set[str]:
    return {*places.countries, *(place[:2] for place in places.subdivisions)}


def _can_speak(rule: m.Rule, known: Known) -> bool:
    return not search(asked(rule)[:2], speaks, known).none
