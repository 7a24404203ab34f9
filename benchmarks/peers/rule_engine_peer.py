"""rule-engine: one compiled `Rule` for each rule, asked one after the other."""

from __future__ import annotations

import rule_engine

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, infix, plain


def judge() -> Judge:
    """Asks the rules of the country."""
    compiled = {
        country: [(rule.name, rule_engine.Rule(infix(rule, " and ", " or ", plain))) for rule in rules]
        for country, rules in COUNTRIES.items()
    }

    def ask(facts: Facts) -> list[str]:
        return [name for name, rule in compiled[facts["country"]] if rule.matches(facts)]

    return ask
