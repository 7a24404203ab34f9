"""Regular expressions of rules, in linear time. Sender IDs come again and again, so short values are remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

import re2

_LONGEST_REMEMBERED = 16
_MOST_REMEMBERED = 1024
"""Values of one pattern."""
_LARGEST_SET = 4096
"""Instructions of a pattern that is matched as a set of one: a set gives up, in silence, on what its memory cannot
hold, which is some hundred thousand.
"""


@lru_cache(maxsize=1024)
def _matcher(pattern: str) -> Callable[[bytes], Any]:
    """What says of bytes, by something true or nothing, whether all of them match.

    A set of patterns, be it of one, answers without making a match, in half the time.
    """
    options = re2.Options()
    options.never_capture = True
    written = pattern.encode()
    compiled = re2.compile(written, options)
    if compiled.programsize > _LARGEST_SET:
        return cast(Callable[[bytes], Any], compiled.fullmatch)
    alone = re2.Set.FullMatchSet(options)
    alone.Add(written)
    alone.Compile()
    return cast(Callable[[bytes], Any], alone.Match)


def matches(pattern: str, value: str) -> bool:
    """Whether the whole value matches the pattern."""
    if len(value) <= _LONGEST_REMEMBERED:
        return _remembered(pattern, value)
    return bool(_matcher(pattern)(value.encode()))


@lru_cache(maxsize=16_384)
def _remembered(pattern: str, value: str) -> bool:
    return bool(_matcher(pattern)(value.encode()))


def matcher(pattern: str) -> Callable[[str], bool]:
    """The same for one pattern, as a function of the value: short ones are remembered by it alone."""
    known: dict[str, bool] = {}

    def matches_it(value: str) -> bool:
        found = known.get(value)
        if found is None:
            found = matches(pattern, value)
            if len(value) <= _LONGEST_REMEMBERED:
                if len(known) >= _MOST_REMEMBERED:
                    known.clear()
                known[value] = found
        return found

    return matches_it
