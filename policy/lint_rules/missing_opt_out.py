"""A policy that rules marketing, in whose languages nobody can refuse it.

Neither the policy nor a wider one lists words of refusal in a language of its recipients: "baja" or "arrêt" would not
be understood. Of a policy for several countries, each must understand one, be it by its own policy.

Before:

    policy ES "Spain" {
      recipients ES
      languages  es
      rule consent "Consent first" { when category is promotional  require consent is opted_in }
    }

After:

    policy ES "Spain" {
      recipients ES
      languages  es
      rule consent "Consent first" { when category is promotional  require consent is opted_in }
      replies { opt_out es: "BAJA", "STOP" }
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..reply_languages import refusal_languages
from ..walk import walk

CODE, SLUG = "L133", "missing-opt-out"

_NAMED = 5
"""Places that a finding names; the rest is counted."""


def find(context: LintContext) -> Iterator[Finding]:
    """Policies of places, without replies, that speak of promotional messages, where no refusal would be understood."""
    rule_set = context.rule_set
    marketing = {rule.policy for rule in rule_set.rules if _is_about_marketing(rule)}
    names = {policy.name.text: policy.name.span for policy in context.policies}
    for policy in rule_set.policies:
        ruled = policy.name in marketing and not policy.places.anywhere and not policy.replies
        if not ruled:
            continue
        written = {code.partition("-")[0] for code in policy.languages}
        places = refusal_languages(policy, rule_set)
        deaf = [place for place, languages in places.items() if not written & languages]
        if deaf:
            message = f"`{policy.name}` rules marketing, and nobody can refuse it in {' or '.join(policy.languages)}"
            where = f" where the recipient is in {_listed(deaf)}" if len(deaf) < len(places) else ""
            yield warning(CODE, names[policy.name], message + where, "add `replies` with words of refusal (`opt_out`)")


def _listed(places: list[str]) -> str:
    more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
    return ", ".join(places[:_NAMED]) + more


def _is_about_marketing(rule: m.Rule) -> bool:
    return any(isinstance(node, m.OneOf) and "promotional" in node.values for node in walk(rule.when))
