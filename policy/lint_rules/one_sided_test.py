"""A rule whose tests show what it does, and never a message that it lets through.

A rule that fires always, by a slip in its `when`, passes such tests. Write the other side: the same fields, another
value, and a verdict without this rule.

Before:

    rule consent "Consent first" { when category is promotional  require consent is opted_in  basis house }

    test "No consent" {
      to "+33639980001"  from "ACME"  category promotional  consent none
      at 2026-11-24 12:00
      body "Soldes"
      expect deny by consent
    }

After:

    rule consent "Consent first" { when category is promotional  require consent is opted_in  basis house }

    test "With and without consent" {
      to "+33639980001"  from "ACME"  category promotional
      at 2026-11-24 12:00
      body "Soldes"
      cases (consent) {
        none     | deny by consent
        opted_in | allow
      }
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..rule_logic import asked
from ..walk import walk

CODE, SLUG = "L139", "one-sided-test"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules named by a test, on some condition, that are named by every case of their policy's tests."""
    named = {rule for _, case in context.cases for rules in case.rules for rule in rules}
    spared = _spared(context)
    for rule in context.rule_set.rules:
        turns = any(True for _ in walk(list(asked(rule)[:2]))) and (rule.when or rule.unless or _has_window(rule))
        if rule.id in named and turns and rule.id not in spared:
            message = f"no test shows a message that `{rule.id}` lets through"
            yield warning(CODE, context.name_of(rule), message, "add a case whose verdict does not name the rule")


def _has_window(rule: m.Rule) -> bool:
    return isinstance(rule.action, m.Only | m.Limit | m.Require)


def _spared(context: LintContext) -> set[str]:
    """The rules for which some case of a test of their policy has a verdict without them."""
    spared: set[str] = set()
    for test, case in context.cases:
        pairs = zip(case.expects, case.rules, strict=True)
        here = {rule for expect, rules in pairs if not expect.negated for rule in rules}
        if any(expect.outcome.text in _VERDICTS for expect in case.expects):
            spared |= {rule.id for rule in context.rule_set.rules if rule.policy == test.policy} - here
    return spared


_VERDICTS = frozenset({"allow", "deny", "defer", "append", "prepend", "warn"})
