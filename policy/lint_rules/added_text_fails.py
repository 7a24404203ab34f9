"""A text added where something is missing, that does not bring it.

The rule requires a word, adds a text because the word is not there, and the text has no such word: the message goes out
without it.

Before:

    require body mentions "STOP"
    else    append " To end, write to {stop}"

After:

    require body mentions "STOP"
    else    append " To end, write STOP to {stop}"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import model as m
from .. import tree as t
from ..added_texts import added_texts
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..wording import covers_phrase

CODE, SLUG = "L155", "added-text-fails"
_FILLED_IN = re.compile(r"\{\w+\}")


def find(context: LintContext) -> Iterator[Finding]:
    """Added texts that leave a requirement on the body unmet which asks for words, a beginning or an end."""
    rules = {id(node): context.rules[full_id] for full_id, node in context.rule_nodes.items()}
    for node, text in added_texts(context):
        action = rules[id(node)].action
        if isinstance(action, m.Require) and _brings(action.condition, text, _kind(action)) is False:
            message = f"`{text.value}` does not bring what the rule requires"
            yield warning(CODE, text.span, message, "add a text that meets the requirement")


def _kind(action: m.Require) -> str:
    return action.otherwise.kind if isinstance(action.otherwise, m.AddText) else ""


def _brings(required: m.Condition, text: t.Text, kind: str) -> bool | None:
    """Whether the text meets the requirement; None where that depends on more than the text."""
    match required:
        case m.And(parts=parts) | m.Or(parts=parts):
            met = [_brings(part, text, kind) for part in parts]
            decisive = isinstance(required, m.Or)
            return decisive if decisive in met else None if None in met else not decisive
        case m.Mentions(term=m.FactTerm(name="body"), phrase=str(phrase)):
            return covers_phrase(phrase, _FILLED_IN.sub(" ", text.value))
        case m.StartsWith(term=m.FactTerm(name="body"), text=begins) if kind == "prepend":
            return text.value.startswith(begins) or (None if text.value.startswith("{") else False)
        case m.EndsWith(term=m.FactTerm(name="body"), text=ends) if kind == "append":
            return text.value.endswith(ends) or (None if text.value.endswith("}") else False)
    return None
