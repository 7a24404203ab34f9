"""The versions of everything a verdict rests on besides the rules."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from ..policy.unassigned import UNICODE

_DATA = ("phonenumbers", "pytz", "holidays", "ahocorasick_rs", "google-re2")


@cache
def engine_version() -> str:
    """The version of this package."""
    return _version("sendlaw")


@cache
def data_versions() -> tuple[str, ...]:
    """Name and version of the engine and of each library whose data decide: numbers, zones, holidays, words,
    patterns; and of the character data by which texts are read.
    """
    libraries = tuple(f"{name} {_version(name)}" for name in ("sendlaw", *_DATA))
    return (*libraries, f"Unicode {UNICODE}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
