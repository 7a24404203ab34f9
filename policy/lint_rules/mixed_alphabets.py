"""A listed word that mixes the letters of two alphabets.

It was copied from a disguised text. Write it in one alphabet: disguises of it are found.

Before:

    words gambling { en: "cаsino" }

After:

    words gambling { en: "casino" }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..wording import alphabets, words_of

CODE, SLUG = "L128", "mixed-alphabets"


def find(context: LintContext) -> Iterator[Finding]:
    """Words of words lists and replies with letters of two European alphabets."""
    tagged = [entry for _, words in context.entries(t.Words) for entry in words.entries]
    tagged += [entry.words for _, replies in context.entries(t.Replies) for entry in replies.entries]
    for text in (text for entry in tagged for text in entry.texts):
        mixed = next((word for word in words_of(text.value) if len(alphabets(word)) > 1), None)
        if mixed is not None:
            names = " and ".join(sorted(name.capitalize() for name in alphabets(mixed)))
            yield warning(CODE, text.span, f"`{mixed}` mixes {names} letters", "write it in one alphabet")
