"""How a text is encoded on the air: GSM-7 or UCS-2, and how many segments it takes.

Sources: 3GPP TS 23.038, 6.2.1 (the GSM 7 bit default alphabet and its extension table), and 3GPP TS 23.040,
9.2.3.24.1 (concatenation: six octets of header leave 153 septets or 67 UTF-16 code units of each segment).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The GSM 7 bit default alphabet without its escape: one septet each."""

EXTENSION = "\f^{}\\[~]|€"
"""The extension table: an escape and a character, two septets."""

GSM_SINGLE, GSM_PART = 160, 153
UCS_SINGLE, UCS_PART = 70, 67

_ESCAPE = "\x1b"
_FOREIGN = re.compile(f"[^{re.escape(BASIC + EXTENSION)}]")
_EXTENDED = re.compile(f"[{re.escape(EXTENSION)}]")
_PLAIN_ASCII = "".join(filter(str.isascii, BASIC)).encode()
_HIGH_SURROGATE = range(0xD8, 0xDC)

_QUOTES = dict.fromkeys("‘’‚‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SPACES = dict.fromkeys("\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
_INVISIBLE = dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f", "")
_SIGNS = {"…": "...", "•": "*", "·": ".", "×": "x", "⁄": "/", "™": "TM", "©": "(c)", "®": "(R)", "№": "No"}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_PLAIN: dict[str, str] = _QUOTES | _DASHES | _SPACES | _INVISIBLE | _SIGNS | _LIGATURES


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a text: its name, segments (at least 1), units (septets or UTF-16 code units).

    `unencodable` holds the distinct characters that force UCS-2, in the order of the text.
    """

    name: Literal["GSM-7", "UCS-2"]
    segments: int
    units: int
    unencodable: tuple[str, ...] = ()


def encode(text: str) -> Encoding:
    """The encoding of a text. An escaped character or a surrogate pair never straddles two segments."""
    # Most texts are plain ASCII, and deleting bytes is some ten times as fast as a search.
    if text.isascii() and not text.encode().translate(None, _PLAIN_ASCII):
        units = len(text)
        return Encoding("GSM-7", 1 if units <= GSM_SINGLE else -(-units // GSM_PART), units)
    return _ucs2(text) if _FOREIGN.search(text) else _gsm(text)


def substitutes(text: str) -> tuple[tuple[str, str], ...]:
    """Typographic characters of the text that force UCS-2, each with the plain text that says the same.

    In the order of the text, each once. An empty substitute means that the character can be left out.
    """
    found = dict.fromkeys(_FOREIGN.findall(text))
    return tuple((char, _PLAIN[char]) for char in found if char in _PLAIN)


def _gsm(text: str) -> Encoding:
    septets = _EXTENDED.sub(_ESCAPE + "x", text)
    return Encoding("GSM-7", _gsm_segments(septets), len(septets))


def _ucs2(text: str) -> Encoding:
    octets = text.encode("utf-16-be", "surrogatepass")
    foreign = tuple(dict.fromkeys(_FOREIGN.findall(text)))
    return Encoding("UCS-2", _ucs2_segments(octets), len(octets) // 2, foreign)


def _gsm_segments(septets: str) -> int:
    if len(septets) <= GSM_SINGLE:
        return 1
    segments, start = 0, 0
    while start < len(septets):
        start += GSM_PART
        if start < len(septets) and septets[start - 1] == _ESCAPE:
            start -= 1
        segments += 1
    return segments


def _ucs2_segments(octets: bytes) -> int:
    if len(octets) <= 2 * UCS_SINGLE:
        return 1
    segments, start = 0, 0
    while start < len(octets):
        start += 2 * UCS_PART
        if start < len(octets) and octets[start - 2] in _HIGH_SURROGATE:
            start -= 2
        segments += 1
    return segments
