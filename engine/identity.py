"""What is worked out once for a thing of a rule set, found again by the thing's identity.

Rules, windows and conditions never change, and are too large to be compared for every message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")
_MOST_KEPT = 8192


def by_identity(make: Callable[[_Thing], _Made]) -> Callable[[_Thing], _Made]:
    """The same function, remembering what it made of each thing.

    A thing that is remembered stays alive, so that no other takes its identity. Threads may share it: two may both
    make the same.
    """
    kept: dict[int, tuple[_Thing, _Made]] = {}

    def find(thing: _Thing) -> _Made:
        found = kept.get(id(thing))
        if found is None or found[0] is not thing:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            found = kept[id(thing)] = (thing, make(thing))
        return found[1]

    find.__doc__ = make.__doc__
    return find
