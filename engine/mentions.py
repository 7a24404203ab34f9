"""Whether a text names something that only the message says, such as its brand."""

from __future__ import annotations

from functools import lru_cache

from .words import WordIndex, phrase_problem


def mentions(text: str, name: str) -> bool:
    """Whether `name` stands in the text as whole words, whatever the case, accents, and signs between the words.

    A name without a letter or digit is looked for as it is written.
    """
    index = _index(name)
    return name in text if index is None else bool(index.scan(text))


@lru_cache(maxsize=1024)
def _index(name: str) -> WordIndex | None:
    """`*` has no meaning in a name."""
    phrase = name.replace("*", " ").strip()
    return None if phrase_problem(phrase) else WordIndex({"": {"": (phrase,)}})
