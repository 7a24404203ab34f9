"""In which languages recipients can refuse."""

from __future__ import annotations

from collections.abc import Iterator

from . import model as m
from .lint_context import covers_places


def refusal_languages(policy: m.Policy, rule_set: m.RuleSet) -> dict[str, set[str]]:
    """For each place of a policy the languages with words of refusal there, without regions: its own words, and those
    of the policies that protect everybody in that place. One nameless place stands for anywhere.
    """
    replying = [other for other in rule_set.policies if other.replies]
    return {
        place: {language for other in replying if covers_places(other.places, where) for language in _refused(other)}
        | set(_refused(policy))
        for place, where in _each(policy.places)
    }


def _each(places: m.Places) -> Iterator[tuple[str, m.Places]]:
    if places.anywhere:
        yield "", places
    for country in sorted(places.countries):
        yield country, m.Places(False, frozenset({country}), frozenset())
    for place in sorted(places.subdivisions):
        yield place, m.Places(False, frozenset(), frozenset({place}))


def _refused(policy: m.Policy) -> Iterator[str]:
    return (reply.language.partition("-")[0] for reply in policy.replies if reply.kind == "opt_out")
