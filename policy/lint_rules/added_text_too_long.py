"""A text added to messages that pushes a typical one into a second segment.

A segment holds 160 characters of GSM-7, or 70 of UCS-2. A message of 120, or of 50 in a script that needs UCS-2, has
room for 40 or 20 more; a longer addition doubles what the message costs.

Before:

    append " If you no longer wish to receive these messages, reply STOP"

After:

    append " Reply STOP to opt out"
"""

from __future__ import annotations

from collections.abc import Iterator

from ..added_texts import added_texts, filled
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..wording import GSM7, septets

CODE, SLUG = "L135", "added-text-too-long"

ROOM_GSM7, ROOM_UCS2 = 40, 20
"""What a typical message leaves free of its first segment: septets, or UTF-16 code units."""


def find(context: LintContext) -> Iterator[Finding]:
    """Added texts longer than the room that a typical message leaves."""
    for _, text in added_texts(context):
        added = filled(text.value)
        plain = all(char in GSM7 for char in added)
        length = septets(added) if plain else len(added.encode("utf-16-le")) // 2
        room, typical = (ROOM_GSM7, 160 - ROOM_GSM7) if plain else (ROOM_UCS2, 70 - ROOM_UCS2)
        if length > room:
            message = f"this text takes {length} characters; a message of {typical} has room for {room}"
            shown = {"length of body": typical, "segments without it": 1, "segments with it": 2}
            yield warning(CODE, text.span, message, "say it in fewer words", witness=shown)
