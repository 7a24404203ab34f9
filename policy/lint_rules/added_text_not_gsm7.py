"""A text in Latin letters, added to messages, with a character that GSM-7 lacks.

One such character, most often a curly quote, a dash or an accent, makes the whole message UCS-2: a segment then holds
70 characters instead of 160. Texts in other scripts need UCS-2 anyway. Letters of the alphabets that policies name for
the countries where the text goes are no such characters. Every such character is named, the first five of many.

Before:

    append " Arrêt : répondez STOP"

After:

    append " Pour arreter : STOP"
"""

from __future__ import annotations

from collections.abc import Iterator

from ..added_texts import carried, counted_texts, filled
from ..characters import as_seen, known
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..wording import GSM7, script

CODE, SLUG = "L134", "added-text-not-gsm7"

_BODY = "x" * 100
_NAMED = 5
"""Characters that a finding names; the rest is counted."""


def find(context: LintContext) -> Iterator[Finding]:
    """Added texts whose letters are all Latin and that are not GSM-7."""
    for text, languages in counted_texts(context):
        forcing = carried(text.value, languages).forcing
        latin = all(script(char) == "LATIN" for char in known(text.value) if char.isalpha() and char not in GSM7)
        if forcing and latin:
            make = "makes" if len(forcing) == 1 else "make"
            message = f"{_named(forcing)} {make} every message with this text UCS-2: 70 characters a segment, not 160"
            hint = "write it with the letters and signs of GSM-7"
            shown = {"body": _BODY, "segments without it": 1, "segments with it": _segments(_BODY + filled(text.value))}
            yield warning(CODE, text.span, message, hint, witness=shown)


def _named(characters: tuple[str, ...]) -> str:
    named = [f"`{as_seen(char)}`" for char in characters[:_NAMED]]
    if len(characters) > _NAMED:
        return f"{', '.join(named)} and {len(characters) - _NAMED} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def _segments(text: str) -> int:
    """Segments in UCS-2: 70 characters, or 67 of each of several."""
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= 70 else -(-units // 67)
