"""The alphabets of GSM-7, the encoding in which text messages are shortest.

Sources: 3GPP TS 23.038, 6.2.1 (the GSM 7 bit default alphabet and its extension table), 6.2.1.2.4 and annex A (the
national language tables, which a message names in its header); 3GPP TS 23.040, 9.2.3.24 (what the header takes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_OCTETS, _LENGTH, _CONCATENATION, _TABLE = 140, 1, 5, 3
"""Octets of a message, and of its header: its length, what joins parts, what names a table."""

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The GSM 7 bit default alphabet without its escape: one septet each."""

EXTENSION = "\f^{}\\[~]|€"
"""The extension table: an escape and a character, two septets."""

NATIONAL = (
    *("turkish", "spanish", "portuguese", "bengali", "gujarati", "hindi", "kannada", "malayalam", "oriya"),
    *("punjabi", "tamil", "telugu", "urdu"),
)
"""The languages with tables of their own, by their national language identifiers from 1 on."""

# The signs and Latin letters that all tables of the Indian languages share.
_LOCKED = "\n\r !)(,.0123456789:;?abcdefghijklmnopqrstuvwxyz"
_SHIFTED = "@£$¥¿\"¤%&'\f*+-/<=>¡^_#{}\\[~]|ABCDEFGHIJKLMNOPQRSTUVWXYZ€"

# Their own letters, as code points: those of the locking shift table, those of the single shift table. The standard
# prints the Kannada letter pa twice; the first stands in the place of da and is read as that (U+0CA1).
_OWN = {
    "bengali": (
        "981-983 985-98c 98f-990 993-9a8 9aa-9b0 9b2 9b6-9b9 9bc-9c4 9c7-9c8 9cb-9ce 9d7 9dc-9dd 9f0-9f1",
        "9df-9e3 9e6-9ef 9f2-9fa",
    ),
    "gujarati": (
        "a81-a83 a85-a8d a8f-a91 a93-aa8 aaa-ab0 ab2-ab3 ab5-ab9 abc-ac5 ac7-ac9 acb-acd ad0 ae0-ae3 af1",
        "964-965 ae6-aef",
    ),
    "hindi": ("901-903 905-939 93c-94d 950 972 97b-97c 97e-97f", "951-954 958-971"),
    "kannada": (
        "c82-c83 c85-c8c c8e-c90 c92-ca8 caa-cb3 cb5-cb9 cbc-cc4 cc6-cc8 cca-ccd cd5-cd6 ce0-ce3",
        "964-965 cde ce6-cef cf1-cf2",
    ),
    "malayalam": (
        "d02-d03 d05-d0c d0e-d10 d12-d28 d2a-d39 d3d-d44 d46-d48 d4a-d4d d57 d60-d63 d79",
        "964-965 d66-d75 d7a-d7f",
    ),
    "oriya": (
        "b01-b03 b05-b0c b0f-b10 b13-b28 b2a-b30 b32-b33 b35-b39 b3c-b44 b47-b48 b4b-b4d b56-b57 b60-b63",
        "964-965 b5c-b5d b5f b66-b71",
    ),
    "punjabi": (
        "a01-a03 a05-a0a a0f-a10 a13-a28 a2a-a30 a32-a33 a35-a36 a38-a39 a3c a3e-a42 a47-a48 a4b-a4d a51 a70-a74",
        "964-965 a59-a5c a5e a66-a6f a75",
    ),
    "tamil": (
        "b82-b83 b85-b8a b8e-b90 b92-b95 b99-b9a b9c b9e-b9f ba3-ba4 ba8-baa bae-bb9 bbe-bc2 bc6-bc8 bca-bcd bd0 bd7"
        " bf0-bf2 bf9",
        "964-965 be6-bef bf3-bf8 bfa",
    ),
    "telugu": (
        "c01-c03 c05-c0c c0e-c10 c12-c28 c2a-c33 c35-c39 c3d-c44 c46-c48 c4a-c4d c55-c56 c60-c63",
        "c58-c59 c66-c6f c78-c7f",
    ),
    "urdu": (
        "621-622 627-628 62a-639 641-642 644-646 648 64d 64f-651 653-657 670 679-681 683-68a 68c-68d 68f 691 693 696"
        " 698-69a 6a6 6a9-6ab 6af 6b1 6b3 6ba-6bc 6be 6c1-6c2 6c4 6cc 6d0 6d2 6d5",
        "600-601 60c-614 61b 61f 640 652 658 66b-66c 672-673 6cd 6d4 6f0-6f9",
    ),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """The characters of a language's tables: one septet each in `locking`, two in `single`, escapes aside.

    `locking` is None for a language without a table that takes the default alphabet's place.
    """

    locking: frozenset[str] | None
    single: frozenset[str]


@cache
def national(language: str) -> Tables:
    """The tables of one of the languages in `NATIONAL`."""
    if language == "turkish":
        return Tables(_but("¡¿ÆØæèìø", "çĞğİıŞş€"), frozenset(EXTENSION + "çĞğİıŞş"))
    if language == "spanish":
        return Tables(None, frozenset(EXTENSION + "ÁÍÓÚáçíóú"))
    if language == "portuguese":
        locking = _but("¡¤¿ÄÅÆÑÖØßäåæèìñòöøùΓΘΛΞΠΣΦΨΩ", "\\^`|~ªºÀÁÂÃÊÍÓÔÕÚáâãçêíóôõú€∞")
        return Tables(locking, frozenset(EXTENSION + "ÀÁÂÃÊÍÓÔÕÚáâãçêíóôõúΓΘΠΣΦΨΩ"))
    locking, single = map(_spread, _OWN[language])
    return Tables(locking | set(_LOCKED), single | set(_SHIFTED))


@dataclass(frozen=True, slots=True)
class Shift:
    """A pair of tables: their letters, and which need an escape; septets of a lone segment and of a part."""

    letters: frozenset[str]
    escaped: re.Pattern[str]
    single: int
    part: int


@cache
def shifts(language: str) -> tuple[Shift, ...]:
    """The pairs of tables that a message in one of the languages may name: one of GSM-7's replaced, or both."""
    tables = national(language)
    single = _shift(frozenset(BASIC), tables.single, 1)
    if tables.locking is None:
        return (single,)
    return single, _shift(tables.locking, frozenset(EXTENSION), 1), _shift(tables.locking, tables.single, 2)


def _shift(locking: frozenset[str], single: frozenset[str], named: int) -> Shift:
    """A pair of which `named` tables stand in the header."""
    header = _LENGTH + named * _TABLE
    return Shift(
        locking | single,
        re.compile(f"[{re.escape(''.join(sorted(single - locking)))}]"),
        (_OCTETS - header) * 8 // 7,
        (_OCTETS - header - _CONCATENATION) * 8 // 7,
    )


def _but(without: str, with_: str) -> frozenset[str]:
    """The default alphabet with other characters in the places of some."""
    return frozenset(BASIC).difference(without).union(with_)


def _spread(ranges: str) -> frozenset[str]:
    bounds = (part.split("-") for part in ranges.split())
    return frozenset(chr(code) for b in bounds for code in range(int(b[0], 16), int(b[-1], 16) + 1))
