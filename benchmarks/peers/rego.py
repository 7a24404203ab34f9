"""regopy (rego-cpp): one module for each country, whose rules make up a set of names."""

from __future__ import annotations

import json

from regopy import Interpreter

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, Rule, Test, plain


def judge() -> Judge:
    """Asks the bundle of the country, built once."""
    engines = {country: _engine(country) for country in COUNTRIES}

    def ask(facts: Facts) -> list[str]:
        engine = engines[facts["country"]]
        engine.set_input(facts)
        answer = json.loads(str(engine.query(f"data.rules{facts['country']}.spoken")))
        names: list[str] = answer["expressions"][0]
        return names

    return ask


def _engine(country: str) -> Interpreter:
    engine = Interpreter()
    lines = [f"package rules{country}", "import rego.v1"]
    engine.add_module(country, "\n".join([*lines, *(_rule(rule) for rule in COUNTRIES[country])]))
    return engine


def _rule(rule: Rule) -> str:
    alternatives: list[tuple[Test, ...]] = [(test,) for test in rule.either] or [()]
    bodies = ("; ".join(plain(test, "input.") for test in (*rule.always, *more)) for more in alternatives)
    return "\n".join(f'spoken contains "{rule.name}" if {{ {body} }}' for body in bodies)
