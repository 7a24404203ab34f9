"""The static cost and the facts needed, counted by hand for small policies."""

from __future__ import annotations

import pytest
from sendlaw.policy.checker import check
from sendlaw.policy.cost import TEXT_PASSES, Cost, costliest, costs
from sendlaw.policy.model import RuleSet
from sendlaw.policy.needs import needs
from sendlaw.policy.parser import parse
from sendlaw.policy.reach import ELSEWHERE, reaches
from sendlaw.policy.source import Source

from .linting import rule, whole

MARKETING = "when category is promotional "


def checked(entries: str) -> RuleSet:
    """The rule set of a policy of France with these entries."""
    rule_set = check([parse(Source("a.policy", whole(entries)))]).rule_set
    assert rule_set is not None
    return rule_set


def cost_of(entries: str, country: str = "FR", category: str = "promotional") -> Cost:
    (found,) = [one for one in costs(checked(entries)) if (one.country, one.category) == (country, category)]
    return found


@pytest.mark.parametrize(
    ("entries", "counted"),
    [
        ("", {}),
        (rule("a", "deny"), {"rules": 1}),
        (rule("a", MARKETING + "deny"), {"rules": 1, "comparisons": 1}),
        (rule("a", "when category is political deny"), {}),
        (rule("a", MARKETING + "unless sender.shared and segments > 3 deny"), {"rules": 1, "comparisons": 3}),
        (rule("a", "unless category is promotional deny"), {}),
        (rule("a", 'require body mentions "x" or body matches ".*"'), {"rules": 1, "words": 1, "patterns": 1}),
        (rule("a", "only 08:00-12:00, 14:00-20:00"), {"rules": 1, "windows": 2}),
        (rule("a", "limit 1 per 1 day per recipient"), {"rules": 1, "limits": 1}),
        (rule("a", "when subject is gambling deny"), {"rules": 1, "comparisons": 1, "per_subject": 1}),
        (
            "table t (country) -> (v) { FR | yes }" + rule("a", "when t(recipient.country).v deny"),
            {"rules": 1, "comparisons": 1, "tables": 2},
        ),
    ],
)
def test_operations_are_counted(entries: str, counted: dict[str, int]) -> None:
    names = ("rules", "per_subject", "comparisons", "words", "patterns", "tables", "windows", "limits")
    found = cost_of(entries)
    assert {name: count for name in names if (count := getattr(found, name))} == counted
    assert found.operations == sum(counted.values()) - counted.get("per_subject", 0)
    assert found.passes == TEXT_PASSES + counted.get("patterns", 0)


def test_rules_of_a_place_count_there_alone_and_those_of_states_for_the_country() -> None:
    state = f'policy s "S" {{ recipients US-FL languages en {rule("a", "deny", "house")} }}\n'
    everywhere = f'policy w "W" {{ recipients anywhere languages en {rule("b", "deny", "house")} }}\n'
    reached = {(country, category): len(rules) for country, category, rules in reaches(checked(state + everywhere))}
    assert {country for country, _ in reached} == {"US", ELSEWHERE}
    assert reached["US", "promotional"] == 2
    assert reached[ELSEWHERE, "promotional"] == 1


def test_the_costliest_category_of_each_country_is_kept() -> None:
    entries = rule("a", "when category is political deny") + rule("b", "deny")
    assert [(cost.country, cost.category) for cost in costliest(costs(checked(entries)))] == [
        ("FR", "political"),
        (ELSEWHERE, "promotional"),
    ]


@pytest.mark.parametrize(
    ("entries", "asked", "refused"),
    [
        (rule("a", "require consent is opted_in"), {"consent"}, {"consent"}),
        (rule("a", "require consent is opted_in", "guideline cite act"), {"consent"}, set()),
        (rule("a", "when consent is known and consent is opted_out deny"), {"consent"}, set()),
        (rule("a", "unless recipient.age_at_least >= 18 deny"), {"recipient.age_at_least"}, {"recipient.age_at_least"}),
        (rule("a", "when category is political require consent is opted_in"), set(), set()),
        (rule("a", "limit 1 per 1 day per recipient"), {"history"}, {"history"}),
        (rule("a", 'require body mentions "STOP" else append " STOP {stop}"'), {"brand.stop"}, {"brand.stop"}),
        (rule("a", 'when consent is opted_in warn "x"'), {"consent"}, set()),
        (rule("a", 'require registrations has "10dlc" and sender.type is long_code'), set(), set()),
    ],
)
def test_needs(entries: str, asked: set[str], refused: set[str]) -> None:
    found = [need for need in needs(checked(entries)) if (need.country, need.category) == ("FR", "promotional")]
    assert {need.field for need in found} == asked
    assert {need.field for need in found if need.refused_by == ("FR.a",)} == refused
