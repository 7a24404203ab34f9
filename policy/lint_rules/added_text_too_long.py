"""A text added to messages that pushes a typical one into a second segment.

A segment holds 160 characters of GSM-7, or 70 of UCS-2. A message of 120, or of 50 in a script that needs UCS-2, has
room for 40 or 20 more; a longer addition doubles what the message costs. Where policies name alphabets for the
countries where the text goes, it is counted with their tables: a header that names one leaves 155, and room for 35.

Before:

    append " If you no longer wish to receive these messages, reply STOP"

After:

    append " Reply STOP to opt out"
"""

from __future__ import annotations

from collections.abc import Iterator

from ..added_texts import carried, counted_texts, filled
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L135", "added-text-too-long"

TYPICAL_GSM7, TYPICAL_UCS2 = 120, 50
"""What a typical message takes of its first segment: septets, or UTF-16 code units."""


def find(context: LintContext) -> Iterator[Finding]:
    """Added texts longer than the room that a typical message leaves."""
    for text, languages in counted_texts(context):
        takes = carried(filled(text.value), languages)
        typical = TYPICAL_UCS2 if takes.forcing else TYPICAL_GSM7
        room = takes.single - typical
        if takes.units > room:
            message = f"this text takes {takes.units} characters; a message of {typical} has room for {room}"
            shown = {"length of body": typical, "segments without it": 1, "segments with it": 2}
            yield warning(CODE, text.span, message, "say it in fewer words", witness=shown)
