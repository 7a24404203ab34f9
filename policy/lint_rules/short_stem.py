"""A stem of three letters or fewer with any ending.

It finds words that have nothing to do with the list: `bet*` finds `better` and `between`. Write the endings that are
meant, or a second word beside it.

Before:

    words gambling { en: "bet*" }

After:

    words gambling { en: "bet", "bets", "betting" }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..wording import alphabets, words_of

CODE, SLUG = "L130", "short-stem"

MOST_LETTERS = 3


def find(context: LintContext) -> Iterator[Finding]:
    """Phrases of one starred word whose stem has few letters, in alphabets with spaces between words."""
    for _, words in context.entries(t.Words):
        for text in (text for tagged in words.entries for text in tagged.texts):
            parts = words_of(text.value)
            if len(parts) == 1 and parts[0].endswith("*") and len(parts[0]) - 1 <= MOST_LETTERS and alphabets(parts[0]):
                message = f"`{text.value}` finds every word that begins so"
                yield warning(CODE, text.span, message, "write out the endings that are meant")
