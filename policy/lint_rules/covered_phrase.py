"""A listed phrase that another phrase of the list always finds first.

A text that holds `sports betting` holds `betting`; one that holds `casino` is found by `casin*`. Disguises are undone
in every text, so `c4sino` and `c a s i n o` need not be listed beside `casino`.

Before:

    words gambling { en: "betting", "sports betting", "b3tting" }

After:

    words gambling { en: "betting" }
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, warning
from ..wording import bare, covers_phrase, looks_like, undisguised, words_of

CODE, SLUG = "L129", "covered-phrase"


def find(context: LintContext) -> Iterator[Finding]:
    """Phrases whose every text another phrase of their language and list finds too."""
    for _, words in context.entries(t.Words):
        for tagged in words.entries:
            plain = _Phrases([text.value for text in tagged.texts])
            undone = [undisguised(phrase) for phrase in plain.phrases]
            disguised = _Phrases([*map(bare, plain.phrases)]) if any(undone) else plain
            for place, text in enumerate(tagged.texts):
                found = plain.wider(text.value)
                if found is None and undone[place]:
                    found = next((one for one in disguised.all_wider(undone[place]) if not undone[one]), None)
                if found is not None:
                    related = (Related(tagged.texts[found].span, "the wider phrase"),)
                    message = f"`{text.value}` is found by `{tagged.texts[found].value}` already"
                    yield warning(CODE, text.span, message, "leave it out", related)


class _Phrases:
    """The phrases of one language, by the words they begin with: so that not every one is compared with every other."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = phrases
        self._by_first: dict[str, list[int]] = {}
        for place, phrase in enumerate(phrases):
            words = words_of(phrase)
            # Those with a star stand under their first word, the others under all of them.
            begin = words[:1] if any(word.endswith("*") for word in words) else words
            if words:
                self._by_first.setdefault(" ".join(begin), []).append(place)

    def wider(self, phrase: str) -> int | None:
        """The place of the first other phrase that finds all that this one finds."""
        others = (place for place in self.all_wider(phrase) if looks_like(self.phrases[place]) != looks_like(phrase))
        return next(others, None)

    def all_wider(self, phrase: str) -> Iterator[int]:
        """The places of phrases that find all that this one finds, of those that begin like one of its words."""
        words = words_of(phrase)
        begins = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start, len(words) + 1)}
        begins |= {f"{word[:length]}*" for word in words for length in range(len(word) + 1)}
        places = sorted({place for begin in begins for place in self._by_first.get(begin, ())})
        return (place for place in places if covers_phrase(self.phrases[place], phrase))
