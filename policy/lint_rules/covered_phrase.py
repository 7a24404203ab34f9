"""A listed phrase that another phrase of the list always finds first.

A text that holds `sports betting` holds `betting`; one that holds `casino` is found by `casin*`.

Before:

    words gambling { en: "betting", "sports betting" }

After:

    words gambling { en: "betting" }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, warning
from ..wording import covers_phrase, looks_like, words_of

CODE, SLUG = "L129", "covered-phrase"


def find(context: LintContext) -> Iterator[Finding]:
    """Phrases whose every text another phrase of their language and list finds too."""
    for _, words in context.entries(t.Words):
        for tagged in words.entries:
            for text in tagged.texts:
                wider = _wider(text, tagged.texts)
                if wider is not None:
                    related = (Related(wider.span, "the wider phrase"),)
                    message = f"`{text.value}` is found by `{wider.value}` already"
                    yield warning(CODE, text.span, message, "leave it out", related)


def _wider(text: t.Text, texts: tuple[t.Text, ...]) -> t.Text | None:
    others = (other for other in texts if looks_like(other.value) != looks_like(text.value))
    return next((other for other in others if words_of(text.value) and covers_phrase(other.value, text.value)), None)
