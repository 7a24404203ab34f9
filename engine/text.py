"""What rules ask about a text as a whole: its length, and the digest under which the history knows it."""

from __future__ import annotations

import hashlib

from ..policy.characters import normalized


def digest(text: str) -> str:
    """The SHA-256 of the NFC UTF-8 text, 64 hexadecimal digits: equal for canonically equal texts."""
    return hashlib.sha256(normalized("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()


def length(text: str) -> int:
    """The length of a text in characters (Unicode code points of its NFC form)."""
    return len(text) if text.isascii() else len(normalized("NFC", text))
