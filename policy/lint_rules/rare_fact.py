"""A rule that refuses whoever does not know something few senders know.

Registers asked, the recipient's age, when and how often consent was given: without them the rule refuses, and most
senders have never gathered them. A `note` tells them where to get it; a test with `expect missing` shows that it is
meant.

Before:

    rule register "Not to listed numbers" {
      when    category is promotional
      require register is no
      basis   law  cite act
    }

After:

    rule register "Not to listed numbers" {
      when    category is promotional
      require register is no
      basis   law  cite act
      note    "The register is asked at https://example.com, for a fee, every 30 days."
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..rule_logic import acts, asked, can_refuse
from ..satisfiability import search
from ..vocabulary import FACTS
from ..walk import walk
from ..witness import witness

CODE, SLUG = "L138", "rare-fact"

RARE = frozenset({"register", "register.age", "recipient.age_at_least", "consent.age", "consent.double"})


def find(context: LintContext) -> Iterator[Finding]:
    """Refusing rules without a note or such a test, each with the first rare fact whose lack refuses."""
    for rule in context.rule_set.rules:
        if rule.note or not can_refuse(rule):
            continue
        for fact in sorted(_rare_facts(rule) - _shown_missing(context, rule)):
            lacking = search(asked(rule), acts, context.known(rule).but(fact, ()))
            if lacking.found is not None:
                message = f"`{rule.id}` refuses whoever does not know `{fact}`, which few senders do"
                hint = (
                    f"say in a `note` where it comes from, or test it with `expect missing {FACTS[fact].missing_name}`"
                )
                yield warning(CODE, context.name_of(rule), message, hint, witness=witness(lacking))
                break


def _rare_facts(rule: m.Rule) -> set[str]:
    return {node.name for node in walk(list(asked(rule))) if isinstance(node, m.FactTerm)} & RARE


def _shown_missing(context: LintContext, rule: m.Rule) -> set[str]:
    """The facts that some test of the rule expects to be missing."""
    shown = set()
    for _, case in context.cases:
        if any(rule.id in rules for rules in case.rules):
            shown |= {one.value.span.text for one in case.expects if one.outcome.text == "missing" and one.value}
    return {fact for fact in RARE if FACTS[fact].missing_name in shown}
