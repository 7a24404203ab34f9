"""Word lists: whether one of many listed words or phrases stands in a text, disguised or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A find: the list or literal key, the language and phrase as listed, and what stood in the text."""

    key: str
    language: str
    phrase: str
    text: str
