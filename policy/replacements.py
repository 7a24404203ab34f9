"""Which rule replaces which, and where that is written."""

from __future__ import annotations

from collections.abc import Iterator

from . import model as m
from . import tree as t
from .lint_context import LintContext


def replacements(context: LintContext) -> Iterator[tuple[m.Rule, t.Path, m.Rule]]:
    """Each `replaces`: the rule, the name behind it, and the rule of that name."""
    for full_id, node in context.rule_nodes.items():
        for clause in node.clauses:
            if isinstance(clause, t.Replaces):
                rule = context.rules[full_id]
                pairs = zip(clause.rules, rule.replaces, strict=True)
                yield from ((rule, path, context.rules[wider]) for path, wider in pairs)
