"""What random rule files name, and the draws all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

COUNTRIES = ("FR", "US", "DE", "GB", "IN")
STATES = ("US-FL", "US-TX", "DE-BY")
LANGUAGES = ("fr", "en", "de", "pt-BR")
SUBJECTS = ("gambling", "alcohol", "political")
PHONES = ("+33639980001", "+12025550123", "+447700900123", "+966512345678")

_Item = TypeVar("_Item")


@dataclass
class Names:
    """Names declared in the file so far."""

    words: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def some(r: Random, items: Sequence[_Item]) -> list[_Item]:
    """One to three different items, in any order; none of none."""
    return r.sample(list(items), r.randint(1, min(3, len(items)))) if items else []
