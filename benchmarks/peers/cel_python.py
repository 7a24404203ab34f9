"""cel-python: the same programs as for the Rust CEL."""

from __future__ import annotations

import celpy

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, listing


def judge() -> Judge:
    """Runs the program of the country."""
    environment = celpy.Environment()
    programs = {country: environment.program(environment.compile(listing(country))) for country in COUNTRIES}

    def ask(facts: Facts) -> list[str]:
        given = {name: celpy.json_to_cel(value) for name, value in facts.items()}
        return [str(name) for name in programs[facts["country"]].evaluate(given) if name]

    return ask
