"""An `unless` that excludes what `when` asks for.

Where the rule could apply, the exception never holds, so it excuses nothing.

Before:

    when   category is promotional
    unless category is emergency
    deny

After:

    when category is promotional
    deny
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..beforehand import Known
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..rule_logic import asked
from ..satisfiability import impossible, search

CODE, SLUG = "L157", "exception-never-applies"


def find(context: LintContext) -> Iterator[Finding]:
    """Exceptions that can hold, and never do where the rule's `when` does or may."""
    for rule in context.rule_set.rules:
        known = context.known(rule)
        if rule.when is None or rule.unless is None or impossible(rule.unless, known):
            continue
        if not impossible(rule.when, known) and _never_excuses(rule, known):
            message = f"`{rule.id}` never applies where this holds"
            yield warning(CODE, rule.unless.span, message, "leave the exception out, or say what was meant")


def _never_excuses(rule: m.Rule, known: Known) -> bool:
    return search(asked(rule)[:2], lambda one: one[0] is not False and one[1] is True, known).none
