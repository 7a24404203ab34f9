"""A policy with rules and without a test.

Nobody knows whether its rules say what they were meant to. Each rule without a test is a finding only where others have
some.

Before:

    policy acme "Our own rules" {
      recipients anywhere
      languages  en
      rule cannabis "No cannabis" { when subject is cannabis  deny  basis house }
    }

After:

    policy acme "Our own rules" {
      recipients anywhere
      languages  en
      rule cannabis "No cannabis" { when subject is cannabis  deny  basis house }

      test "Cannabis" {
        to "+33639980001"  from "ACME"  category promotional  subjects cannabis
        at 2026-11-24 12:00
        body "x"
        expect deny by cannabis
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
