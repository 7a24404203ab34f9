"""A pipeline in memory for the tests that need no disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sendlaw.engine.pipeline.stores.sqlite import SqliteStore

from .judges import Line


@pytest.fixture
def line() -> Iterator[Line]:
    """A fresh store in memory with a judge and a provider."""
    with SqliteStore(":memory:") as store:
        yield Line(store)
