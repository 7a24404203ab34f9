"""What is asked about a text as a whole: its length, the digest the history knows it by, and how names compare."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from ..policy.characters import casefolded, normalized


def digest(text: str) -> str:
    """The SHA-256 of the NFC UTF-8 text, 64 hexadecimal digits: equal for canonically equal texts."""
    return hashlib.sha256(normalized("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()


def length(text: str) -> int:
    """The length of a text in characters (Unicode code points of its NFC form)."""
    return len(text) if text.isascii() else len(normalized("NFC", text))


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name as names compare: case, width and spacing aside. `ACME ` and `Acme` are one."""
    return " ".join(casefolded(normalized("NFKC", name)).split())
