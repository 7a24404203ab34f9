"""How a text is encoded on the air: GSM-7, with national tables where they may be used, or UCS-2; and its segments.

Sources: 3GPP TS 23.038, 6.2.1 and annex A (the alphabets), 3GPP TS 23.040, 9.2.3.24 (the user data header: one octet
for its length, five for a part of a longer message, three for each national table; what it leaves of 140 octets holds
septets or UTF-16 code units). Other channels carry UTF-8: an RCS message of text is counted in segments of 160 octets
(https://developers.google.com/business-communications/rcs-business-messaging/carriers/billing/us-billing-model), an MMS
or iMessage is one message whatever its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..policy.gsm7 import BASIC, EXTENSION, shifts

GSM_SINGLE, GSM_PART = 160, 153
UCS_SINGLE, UCS_PART = 70, 67
RCS_PART = 160
"""Octets of UTF-8."""

_ESCAPE = "\x1b"
_LETTERS = frozenset(BASIC + EXTENSION)
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
    """The encoding of a text: its name, segments (at least 1), units (septets, UTF-16 code units or octets).

    The name is that of a verdict: `GSM-7`, `GSM-7 Turkish` where tables of a language are used, `UCS-2` or `UTF-8`.
    `unencodable` holds the distinct characters that force UCS-2, in the order of the text.
    """

    name: str
    segments: int
    units: int
    unencodable: tuple[str, ...] = ()

    @property
    def word(self) -> Literal["gsm7", "ucs2", "utf8"]:
        """The name by which rules call it."""
        return "ucs2" if self.name == "UCS-2" else "utf8" if self.name == "UTF-8" else "gsm7"

    @property
    def substitutes(self) -> tuple[tuple[str, str], ...]:
        """Those of the unencodable characters that plain text can stand for, each with that text.

        An empty substitute means that the character can be left out.
        """
        return tuple((char, _PLAIN[char]) for char in self.unencodable if char in _PLAIN)


def substitute(char: str) -> str | None:
    """The plain text that says the same as a character that forces UCS-2: empty where it can be left out, None where
    there is none.
    """
    return _PLAIN.get(char)


def encode(text: str, channel: str = "sms", languages: tuple[str, ...] = ()) -> Encoding:
    """The encoding of a text sent on a channel. An escaped character or a surrogate pair never straddles two segments.

    `languages` (of policy/gsm7.py) are those whose tables may be used: they are where GSM-7 alone lacks a character,
    in the way that takes fewest segments.
    """
    if channel != "sms":
        return _utf8(text, channel)
    # Most texts are plain ASCII, and deleting bytes is some ten times as fast as a search.
    if text.isascii() and not text.encode().translate(None, _PLAIN_ASCII):
        units = len(text)
        return Encoding("GSM-7", 1 if units <= GSM_SINGLE else -(-units // GSM_PART), units)
    if not _FOREIGN.search(text):
        return _gsm(text)
    shifted = [found for language in languages for found in _shifted(text, language)]
    return min(shifted, key=_cost) if shifted else _ucs2(text, languages)


def substitutes(text: str) -> tuple[tuple[str, str], ...]:
    """Typographic characters of the text that force UCS-2, each with the plain text that says the same.

    In the order of the text, each once. An empty substitute means that the character can be left out.
    """
    return encode(text).substitutes


def _cost(encoding: Encoding) -> tuple[int, int, str]:
    return encoding.segments, encoding.units, encoding.name


def _utf8(text: str, channel: str) -> Encoding:
    octets = len(text.encode("utf-8", "surrogatepass"))
    return Encoding("UTF-8", max(1, -(-octets // RCS_PART)) if channel == "rcs" else 1, octets)


def _gsm(text: str) -> Encoding:
    septets = _EXTENDED.sub(_ESCAPE + "x", text)
    return Encoding("GSM-7", _gsm_segments(septets, GSM_SINGLE, GSM_PART), len(septets))


def _shifted(text: str, language: str) -> Iterator[Encoding]:
    """The ways to write a text with tables of a language: in the place of one GSM-7 table, or of both."""
    for shift in shifts(language):
        if shift.letters.issuperset(text):
            septets = shift.escaped.sub(_ESCAPE + "x", text)
            segments = _gsm_segments(septets, shift.single, shift.part)
            yield Encoding(f"GSM-7 {language.capitalize()}", segments, len(septets))


def _ucs2(text: str, languages: tuple[str, ...]) -> Encoding:
    octets = text.encode("utf-16-be", "surrogatepass")
    # Texts repeat their letters: asking for each once is several times as fast as a search.
    letters = set(text)
    alphabets = (_LETTERS, *(shift.letters for language in languages for shift in shifts(language)))
    forcing = min((letters - alphabet for alphabet in alphabets), key=len)
    return Encoding("UCS-2", _ucs2_segments(octets), len(octets) // 2, tuple(sorted(forcing, key=text.index)))


def _gsm_segments(septets: str, single: int, part: int) -> int:
    if len(septets) <= single:
        return 1
    segments, start = 0, 0
    while start < len(septets):
        start += part
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
