"""Walks over frozen nodes, of the tree or of the checked model: parents before children, in written order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from .source import Source, Span

_LEAVES = (str, int, bool, Source, Span)


def walk(node: Any) -> Iterator[Any]:
    """The node itself and every dataclass instance below it, also those in tuples and mappings.

    Positions and sources are no nodes. Works on `tree.py` and on `model.py` alike.
    """
    stack = [node]
    while stack:
        current = stack.pop()
        if is_dataclass(current):
            yield current
        stack.extend(reversed(list(_inside(current))))


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, _LEAVES):
        return
    if is_dataclass(value):
        yield from (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple | list):
        yield from value
