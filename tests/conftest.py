"""What every test shares: how hard hypothesis tries, and where the repository stands."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Two cores shared with other work make single examples slow now and then: no deadline per example.
settings.register_profile("sendlaw", deadline=None)
settings.register_profile("soak", deadline=None, max_examples=100_000)
settings.load_profile("sendlaw")

# A shell starts what it runs in the background with interrupts ignored, and so would all that tests start inherit it:
# a test that interrupts a command would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds pyproject.toml: the root of the package `sendlaw`."""
    return Path(__file__).resolve().parents[1]
