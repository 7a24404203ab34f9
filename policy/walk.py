"""Walks over frozen nodes, of the tree or of the checked model: parents before children, in written order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from .source import Source, Span


def walk(node: Any) -> Iterator[Any]:
    """The node itself and every dataclass instance below it, also those in tuples and mappings.

    Positions and sources are no nodes. Works on `tree.py` and on `model.py` alike.
    """
    stack = [node]
    while stack:
        current = stack.pop()
        names = _field_names(current.__class__)
        if names is not None:
            yield current
            stack += [getattr(current, name) for name in names]
        elif isinstance(current, tuple | list):
            stack += reversed(current)
        elif isinstance(current, Mapping):
            stack += reversed(list(current.values()))


@cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    """The fields of a node, the last first; None for what is no node."""
    if not is_dataclass(kind) or kind in (Source, Span):
        return None
    return tuple(field.name for field in reversed(fields(kind)))
