"""pycasbin: one line of policy for each rule, whose condition the matcher evaluates.

It names one line that decided, not all; so the rules are asked one at a time, each as an enforcer of its own.
"""

from __future__ import annotations

from types import SimpleNamespace

import casbin

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, Rule, Test, infix

_MODEL = """
[request_definition]
r = f
[policy_definition]
p = rule
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = eval(p.rule)
"""


def judge() -> Judge:
    """Asks the enforcers of the country."""
    enforcers = {country: [(rule.name, _enforcer(rule)) for rule in rules] for country, rules in COUNTRIES.items()}

    def ask(facts: Facts) -> list[str]:
        given = SimpleNamespace(**facts)
        return [name for name, enforcer in enforcers[facts["country"]] if enforcer.enforce(given)]

    return ask


def _enforcer(rule: Rule) -> casbin.Enforcer:
    model = casbin.Model()
    model.load_model_from_text(_MODEL)
    enforcer = casbin.Enforcer(model)
    enforcer.add_policy(infix(rule, " && ", " || ", _shown))
    return enforcer


def _shown(test: Test) -> str:
    return f"r.f.{test.fact} {test.operator} {test.value!r}"
