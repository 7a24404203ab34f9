"""A window that is open at all times.

It defers nothing. Where it was written to replace a wider rule, `limit` the hours that are meant; where nothing is
meant, leave it out.

Before:

    only mon-sun 00:00-24:00

After:

    only mon-sat 00:00-24:00
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..week import always_open

CODE, SLUG = "L118", "window-always-open"


def find(context: LintContext) -> Iterator[Finding]:
    """Windows without a closed minute, in rules that replace nothing."""
    for rule in context.rule_set.rules:
        if isinstance(rule.action, m.Only) and not rule.replaces and always_open(rule.action.window):
            message = f"the hours of `{rule.id}` never close"
            yield warning(CODE, context.name_of(rule), message, "name the hours that are meant, or leave it out")
