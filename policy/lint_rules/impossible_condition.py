"""A condition that is never true.

Two parts contradict each other, a value lies outside what a fact can be, or no row of a table can say it.
What follows from a fact counts too: a name has no line, an RCS message is never UCS-2, a text that starts with `[A]`
does not start with `[B]`. A rule whose `when` is never true does nothing, however firm it reads; an alternative that is
never true is most often a slip of the pen. No message is two categories at once: where either is meant, the
values stand in one list.

Before:

    when category is promotional and category is transactional

After:

    when category is one of (promotional, transactional)
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..beforehand import Known
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..satisfiability import impossible

CODE, SLUG = "L103", "impossible-condition"


def find(context: LintContext) -> Iterator[Finding]:
    """Conditions, or parts of them, that nothing can make true."""
    for rule in context.rule_set.rules:
        found = [part for part, value in context.constant_parts[rule.id] if not value]
        for part in found:
            yield warning(CODE, part.span, "this is never true", "its parts exclude each other: was `or` meant?")
        if not found and _excused_wherever_it_applies(rule, context.known(rule)):
            message = f"`{rule.id}` never applies: its `unless` holds wherever its `when` does"
            yield warning(CODE, context.name_of(rule), message, "narrow `unless`, or leave the rule out")
    for promise in context.rule_set.promises:
        if impossible(promise.condition, context.known()):
            yield warning(CODE, promise.condition.span, "this is never true", "the promise says nothing")


def _excused_wherever_it_applies(rule: m.Rule, known: Known) -> bool:
    if rule.when is None or rule.unless is None:
        return False
    applies = m.And(rule.when.span, (rule.when, m.Not(rule.unless.span, rule.unless)))
    return impossible(applies, known)
