"""Texts read by one version of Unicode, whatever the Python that runs.

Each Python brings its own Unicode, and what one knows as a letter is nothing to an older one. So that a rule set
judges a text alike everywhere, characters that Unicode 14.0, which the oldest supported Python has, does not know
count as none: before a text is normalised or its characters are asked what they are, a stand-in takes their place.

What Unicode says of a character's decomposition, composition and case folding never changes once it is assigned
(https://www.unicode.org/policies/stability_policy.html); the rest that is asked is held by a test over all characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Literal
from unicodedata import category, normalize, unidata_version

from .unassigned import RANGES, UNICODE

STAND_IN = "\ue000"
"""A private character: no letter, digit, mark or space, and the same in every normal form."""

_IS_OWN = unidata_version.startswith(f"{UNICODE}.")
Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


def known(text: str) -> str:
    """The text, as long as before, with a stand-in for each character that Unicode 14.0 does not know.

    A Python of that Unicode makes nothing of such characters anyway.
    """
    return text if _IS_OWN or text.isascii() else replaced(text)


def replaced(text: str) -> str:
    """What `known` gives where Python's Unicode is a later one."""
    return _suspects().sub(_stand_in, text)


def normalized(form: Form, text: str) -> str:
    """A normal form in which characters that Unicode 14.0 does not know stay as and where they are."""
    return normalize(form, text) if _IS_OWN or text.isascii() else piecewise(form, text)


def piecewise(form: Form, text: str) -> str:
    """What `normalized` gives where Python's Unicode is a later one."""
    pieces, start = list[str](), 0
    for match in _suspects().finditer(text):
        if _is_unknown(match[0]):
            pieces += normalize(form, text[start : match.start()]), match[0]
            start = match.end()
    return "".join((*pieces, normalize(form, text[start:])))


def casefolded(text: str) -> str:
    """The text without differences of case. Characters that Unicode 14.0 does not know have none."""
    return text.casefold() if _IS_OWN or text.isascii() else "".join(map(_folded, text))


def _folded(char: str) -> str:
    return char if _is_unknown(char) else char.casefold()


def as_seen(char: str) -> str:
    """A character as it looks; one that does not look like anything by itself, by its number."""
    return f"U+{ord(char):04X}" if category(known(char))[0] in "CMZ" else char


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """First and last code points of the stretches without characters, each ascending."""
    bounds = [part.split("-") for part in RANGES.split()]
    return [int(part[0], 16) for part in bounds], [int(part[-1], 16) for part in bounds]


@cache
def _suspects() -> re.Pattern[str]:
    """Finds unknown characters, and known ones beyond U+FFFF: a set of those alone would be searched much slower."""
    ranges = zip(*_ranges(), strict=True)
    return re.compile(f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in ranges if b < 0x10000)}\U00010000-\U0010ffff]")


@cache
def _is_unknown(char: str) -> bool:
    first, last = _ranges()
    index = bisect_right(first, ord(char)) - 1
    return index >= 0 and ord(char) <= last[index]


def _stand_in(match: re.Match[str]) -> str:
    return STAND_IN if _is_unknown(match[0]) else match[0]
