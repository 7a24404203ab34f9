"""In which languages recipients can refuse."""

from __future__ import annotations

from . import model as m
from .lint_context import covers_places


def refusal_languages(policy: m.Policy, rule_set: m.RuleSet) -> set[str]:
    """The languages with words of refusal in a policy and in those that protect all its recipients, without regions."""
    wider = [other for other in rule_set.policies if other.replies and covers_places(other.places, policy.places)]
    replies = [reply for other in (policy, *wider) for reply in other.replies]
    return {reply.language.partition("-")[0] for reply in replies if reply.kind == "opt_out"}
