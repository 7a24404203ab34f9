"""A rule that no test names.

A test names a rule with `by`. Without one, nobody notices when a later rule silences it. A policy of several rules that
has no test at all is one finding of its own.

Before:

    rule consent "Consent first" { when category is promotional  require consent is opted_in  basis house }

    test "No consent" {
      to "+33639980001"  from "ACME"  category promotional  consent none
      at 2026-11-24 12:00
      body "Soldes"
      expect deny
    }

After:

    rule consent "Consent first" { when category is promotional  require consent is opted_in  basis house }

    test "No consent" {
      to "+33639980001"  from "ACME"  category promotional  consent none
      at 2026-11-24 12:00
      body "Soldes"
      expect deny by consent
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L114", "rule-without-test"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules that stand behind no `by`."""
    cases = [case for test in context.rule_set.tests for case in test.cases]
    named = {rule for case in cases for rules in case.rules for rule in rules}
    untested = {policy.name.text for policy in context.policies} - {test.policy for test in context.rule_set.tests}
    alone = {name for name in untested if [rule.policy for rule in context.rule_set.rules].count(name) == 1}
    for rule in context.rule_set.rules:
        if rule.id not in named and (rule.policy not in untested or rule.policy in alone):
            message = f"no test names `{rule.id}`"
            yield warning(CODE, context.name_of(rule), message, f"write a test with `expect … by {rule.name}`")
