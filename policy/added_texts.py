"""The texts that rules add to messages, as written, and what a message looks like without and with one."""

from __future__ import annotations

from collections.abc import Iterator

from . import tree as t
from .lint_context import LintContext

TYPICAL = {"{brand}": "Exemplar", "{sender}": "EXEMPLAR", "{stop}": "36179"}
"""What stands for the place holders when lengths are counted."""


def added_texts(context: LintContext) -> Iterator[tuple[t.Rule, t.Text]]:
    """All texts of `append` and `prepend`, each with its rule."""
    for _, rule in context.entries(t.Rule):
        for clause in rule.clauses:
            adds = clause.otherwise if isinstance(clause, t.Require) else clause
            if isinstance(adds, t.AddText):
                yield from ((rule, text) for tagged in adds.texts for text in tagged.texts)


def filled(text: str) -> str:
    """An added text with typical values in place of its place holders."""
    for name, value in TYPICAL.items():
        text = text.replace(name, value)
    return text
