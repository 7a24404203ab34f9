"""Regular expressions of rules, in linear time. Sender IDs come again and again, so short values are remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

_LONGEST_REMEMBERED = 16


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    """For bytes and without groups, several times as fast where only the answer is wanted."""
    options = re2.Options()
    options.never_capture = True
    return re2.compile(pattern.encode(), options)


def matches(pattern: str, value: str) -> bool:
    """Whether the whole value matches the pattern."""
    if len(value) <= _LONGEST_REMEMBERED:
        return _remembered(pattern, value)
    return _compiled(pattern).fullmatch(value.encode()) is not None


@lru_cache(maxsize=16_384)
def _remembered(pattern: str, value: str) -> bool:
    return _compiled(pattern).fullmatch(value.encode()) is not None
