"""What every test shares: how hard hypothesis tries, and where the repository stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Two cores shared with other work make single examples slow now and then: no deadline per example.
settings.register_profile("sendlaw", deadline=None)
settings.register_profile("soak", deadline=None, max_examples=100_000)
settings.load_profile("sendlaw")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds pyproject.toml: the root of the package `sendlaw`."""
    return Path(__file__).resolve().parents[1]
