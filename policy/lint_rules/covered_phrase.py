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
            by_first = _by_first_word(tagged.texts)
            for text in tagged.texts:
                wider = _wider(text, tagged.texts, by_first)
                if wider is not None:
                    related = (Related(wider.span, "the wider phrase"),)
                    message = f"`{text.value}` is found by `{wider.value}` already"
                    yield warning(CODE, text.span, message, "leave it out", related)


def _by_first_word(texts: tuple[t.Text, ...]) -> dict[str, list[int]]:
    """The places of phrases, so that not every one is compared with every other: those with a star by their first
    words, the others by all of them.
    """
    found: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        words = words_of(text.value)
        begin = words[:1] if any(word.endswith("*") for word in words) else words
        if words:
            found.setdefault(" ".join(begin), []).append(place)
    return found


def _wider(text: t.Text, texts: tuple[t.Text, ...], by_first: dict[str, list[int]]) -> t.Text | None:
    """The first phrase that finds all that this one finds, of those that begin like one of its words."""
    words = words_of(text.value)
    begins = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start, len(words) + 1)}
    begins |= {f"{word[:length]}*" for word in words for length in range(len(word) + 1)}
    places = sorted({place for begin in begins for place in by_first.get(begin, ())})
    others = (texts[place] for place in places if looks_like(texts[place].value) != looks_like(text.value))
    return next((other for other in others if covers_phrase(other.value, text.value)), None)
