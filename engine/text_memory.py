"""Texts that come again: what was read off them is kept for a while, in bounded memory."""

from __future__ import annotations

from .facts import TextFacts
from .words import WordIndex

_TEXTS = 512
"""How many texts a half holds."""
_LONG = 2_000
"""Texts with more characters are not kept: no handset shows them, and they would fill the memory."""


class TextMemory:
    """Makes the facts of texts, and gives those it has made lately again. They depend on nothing but their text.

    What is kept is in two halves: a text that was met since the younger half was begun stays, any other goes when
    that half is full. One is for one index; several threads may use it.
    """

    def __init__(self) -> None:
        self._young: dict[tuple[str, str | None], TextFacts] = {}
        self._old: dict[tuple[str, str | None], TextFacts] = {}

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def __call__(self, text: str, index: WordIndex, country: str | None) -> TextFacts:
        """The facts of a text sent to a country."""
        key = (text, country)
        found = self._young.get(key)
        return self._kept(key, self._old.get(key) or TextFacts(text, index, country)) if found is None else found

    def _kept(self, key: tuple[str, str | None], facts: TextFacts) -> TextFacts:
        if len(facts.text) <= _LONG:
            if len(self._young) >= _TEXTS:
                self._young, self._old = {}, self._young
            self._young[key] = facts
        return facts
