"""A text in Latin letters, added to messages, with a character that GSM-7 lacks.

One such character, most often a curly quote, a dash or an accent, makes the whole message UCS-2: a segment then holds
70 characters instead of 160. Texts in other scripts need UCS-2 anyway. Letters of the alphabets that the policy names
are no such characters.

Before:

    append " Arrêt : répondez STOP"

After:

    append " Pour arreter : STOP"
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..added_texts import added_texts, filled
from ..characters import known
from ..diagnostics import Finding
from ..gsm7 import national
from ..lint_context import LintContext, warning
from ..wording import GSM7, script

CODE, SLUG = "L134", "added-text-not-gsm7"

_BODY = "x" * 100


def find(context: LintContext) -> Iterator[Finding]:
    """Added texts whose letters are all Latin and that are not GSM-7."""
    understood = {id(rule): _understood(policy) for policy, rule in context.entries(t.Rule)}
    for rule, text in added_texts(context):
        foreign = sorted({char for char in text.value if char not in understood[id(rule)]})
        latin = all(script(char) == "LATIN" for char in known(text.value) if char.isalpha() and char not in GSM7)
        if foreign and latin:
            message = f"`{foreign[0]}` makes every message with this text UCS-2: 70 characters a segment, not 160"
            hint = "write it with the letters and signs of GSM-7"
            shown = {"body": _BODY, "segments without it": 1, "segments with it": _segments(_BODY + filled(text.value))}
            yield warning(CODE, text.span, message, hint, witness=shown)


def _understood(policy: t.Policy) -> frozenset[str]:
    """The characters of GSM-7 and of the alphabets that the policy names."""
    entries = (entry for entry in policy.entries if isinstance(entry, t.Alphabets))
    return GSM7.union(*(national(name.text).single for entry in entries for name in entry.names))


def _segments(text: str) -> int:
    """Segments in UCS-2: 70 characters, or 67 of each of several."""
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= 70 else -(-units // 67)
