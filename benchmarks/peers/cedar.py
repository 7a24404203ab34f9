"""Cedar: one parsed policy set for each country, one `forbid` for each rule, the reasons by their `@id`."""

from __future__ import annotations

import cedarpy

from benchmarks.peers.eight_rules import COUNTRIES, Facts, Judge, infix, plain


def judge() -> Judge:
    """Asks Cedar about the facts as the context of a request."""
    sets = {country: cedarpy.PolicySet.from_str(_policies(country)) for country in COUNTRIES}
    nothing = cedarpy.Entities.from_json_str("[]")

    def ask(facts: Facts) -> list[str]:
        request = {"principal": 'A::"a"', "action": 'Action::"send"', "resource": 'R::"r"', "context": facts}
        answer = cedarpy.is_authorized(request, sets[facts["country"]], nothing)
        return list(answer.diagnostics.id_annotations_by_reason.values()) if not answer.allowed else []

    return ask


def _policies(country: str) -> str:
    forbidden = [
        f'@id("{rule.name}")\nforbid (principal, action, resource) when {{ '
        f"{infix(rule, ' && ', ' || ', lambda test: plain(test, 'context.'))} }};"
        for rule in COUNTRIES[country]
    ]
    return "\n".join(["permit (principal, action, resource);", *forbidden])
