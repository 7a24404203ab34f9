"""A requirement that its own `when` or `unless` already guarantees.

The rule asks for what is certain wherever it applies, so it never does anything.

Before:

    when    sender.type is short_code
    require sender.type is one of (short_code, long_code)

After:

    when    category is promotional
    require sender.type is one of (short_code, long_code)
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..rule_logic import Outcomes, asked, speaks
from ..satisfiability import asks_about, search

CODE, SLUG = "L156", "requirement-always-met"


def find(context: LintContext) -> Iterator[Finding]:
    """Rules that apply to some message, and whose requirement holds for each of them."""
    for rule in context.rule_set.rules:
        if not isinstance(rule.action, m.Require) or not _linked(rule):
            continue
        known = context.known(rule)
        if search(asked(rule), _fails, known).none and search(asked(rule), speaks, known).found is not None:
            message = f"`{rule.id}` requires what holds wherever it applies"
            yield warning(CODE, rule.action.condition.span, message, "widen `when`, or leave the rule out")


def _fails(outcomes: Outcomes) -> bool:
    return speaks(outcomes) and outcomes[2] is False


def _linked(rule: m.Rule) -> bool:
    when, unless, required = map(asks_about, asked(rule))
    return bool(required & (when | unless))
