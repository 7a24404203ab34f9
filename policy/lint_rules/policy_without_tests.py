"""A policy with several rules and without a test.

Nobody knows whether its rules say what they were meant to. Where some rules of a policy have tests, and where it has a
single rule, each rule without one is a finding of its own.

Before:

    policy acme "Our own rules" {
      recipients anywhere
      languages  en
      rule cannabis "No cannabis" { when subject is cannabis  deny  basis house }
      rule firearms "No firearms" { when subject is firearms  deny  basis house }
    }

After:

    policy acme "Our own rules" {
      recipients anywhere
      languages  en
      rule cannabis "No cannabis" { when subject is cannabis  deny  basis house }
      rule firearms "No firearms" { when subject is firearms  deny  basis house }

      test "What we do not write about" {
        to "+33639980001"  from "ACME"  category transactional
        at 2026-11-24 12:00
        body "x"
        cases (subjects) {
          cannabis | deny by cannabis
          firearms | deny by firearms
          health   | allow
        }
      }
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L153", "policy-without-tests"


def find(context: LintContext) -> Iterator[Finding]:
    """Policies of two rules or more that have none of the tests."""
    tested = {test.policy for test in context.rule_set.tests}
    ruled = [rule.policy for rule in context.rule_set.rules]
    for policy in context.policies:
        name = policy.name
        if ruled.count(name.text) > 1 and name.text not in tested:
            yield warning(
                CODE, name.span, f"`{name.text}` has no test", "write `test` blocks, one for each rule or more"
            )
