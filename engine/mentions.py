"""Whether a text names something that only the message says, such as its brand."""

from __future__ import annotations

from functools import lru_cache

from .finds import Forms
from .words import WordIndex, phrase_problem


def mentions(text: str, name: str, forms: Forms | None = None) -> bool:
    """Whether `name` stands in the text as whole words, whatever the case, accents, and signs between the words.

    A name without a letter or digit is looked for as it is written. `forms`: the text's, if at hand.
    """
    index = _index(name)
    return name in text if index is None else bool(index.search(forms or Forms(text)))


@lru_cache(maxsize=1024)
def _index(name: str) -> WordIndex | None:
    """`*` has no meaning in a name."""
    phrase = name.replace("*", " ").strip()
    return None if phrase_problem(phrase) else WordIndex({"": {"": (phrase,)}})
