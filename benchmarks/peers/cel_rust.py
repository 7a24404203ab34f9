"""Rust CEL (common-expression-language): one program for each country, which lists the rules that speak."""

from __future__ import annotations

import cel

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, listing


def judge() -> Judge:
    """Runs the program of the country: one call, so that the facts are handed over once."""
    programs = {country: cel.compile(listing(country)) for country in COUNTRIES}

    def ask(facts: Facts) -> list[str]:
        return [name for name in programs[facts["country"]].execute(facts) if name]

    return ask
