"""Whether a text names something that only the message says, such as its brand."""

from __future__ import annotations

from functools import lru_cache

from .finds import Forms
from .letters import PLAIN, canonical
from .words import WordIndex, phrase_problem


def mentions(text: str, name: str, forms: Forms | None = None) -> bool:
    """Whether `name` stands in the text as whole words, whatever the case, accents, and signs between the words.

    A name without a letter or digit is looked for as it is written. `forms`: the text's, if at hand.
    """
    index, plain = _index(name)
    if index is None:
        return name in text
    forms = forms or Forms(text)
    # Between ASCII and ASCII no accent and no other script can object to what is found.
    return (plain is not None and text.isascii() and plain in forms.plain) or bool(index.search(forms))


@lru_cache(maxsize=1024)
def _index(name: str) -> tuple[WordIndex | None, str | None]:
    """What finds a name, and the plain form of one that is ASCII. `*` has no meaning in a name."""
    phrase = name.replace("*", " ").strip()
    if phrase_problem(phrase):
        return None, None
    return WordIndex({"": {"": (phrase,)}}), canonical(phrase, PLAIN) if phrase.isascii() else None
