"""Writes engine/data/confusables.json: which characters look like which letter, from Unicode's data.

The data are those of Unicode Technical Standard #39 as the ICU library ships them. Needs PyICU, which the
project itself does not (Debian: `apt-get install python3-icu`), then: `python3 tools/make_confusables.py`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import icu  # type: ignore[import-not-found]

TARGET = Path(__file__).parents[1] / "engine" / "data" / "confusables.json"
LICENCE = "Unicode License v3, https://www.unicode.org/license.txt; Copyright 1991-2022 Unicode, Inc."
SCRIPTS = frozenset(
    (
        *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "GOTHIC", "DESERET"),
        *("TIFINAGH", "RUNIC", "CANADIAN", "OLD", "LYCIAN", "CARIAN", "LYDIAN", "ELBASAN", "VAI", "OSAGE"),
    )
)
"""First words of the character names."""
NAMED = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER"
    r"|REGIONAL INDICATOR SYMBOL LETTER|LATIN (?:SMALL|CAPITAL) LETTER) ([A-Z])(?: WITH .*)?"
)
CHECKER = icu.SpoofChecker()


def candidates() -> Iterator[str]:
    """Characters that no normalisation changes, of the scripts and symbols that pass for Latin letters."""
    for code in range(0x80, 0x1FC00):
        char = chr(code)
        name = unicodedata.name(char, "")
        if unicodedata.normalize("NFKD", char) != char or unicodedata.bidirectional(char) in ("R", "AL"):
            continue
        if name.split(" ")[0] in SCRIPTS or unicodedata.category(char) in ("So", "Sm", "No"):
            yield char


def looks_like(char: str) -> str | None:
    """The letter or digit a character looks like: itself, else its capital, else by its name."""
    for form in (char, char.upper()):
        skeleton = CHECKER.getSkeleton(0, form).lower()
        if len(skeleton) == 1 and skeleton != char.lower() and is_letter(skeleton):
            return str(skeleton)
    named = NAMED.fullmatch(unicodedata.name(char, ""))
    return named[1].lower() if named else None


def is_letter(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    return unicodedata.name(char, "").split(" ")[0] in ("GREEK", "CYRILLIC") and char.isalpha()


def main() -> int:
    """Writes the table; the answer is the exit code."""
    letters: dict[str, str] = defaultdict(str)
    for char in candidates():
        if target := looks_like(char):
            letters[target] += char
    table = {
        "about": "The letter or digit, and the characters that look like it (tools/make_confusables.py).",
        "source": f"Unicode {icu.UNICODE_VERSION} confusables (UTS #39), from ICU {icu.ICU_VERSION}",
        "licence": LICENCE,
        "letters": dict(sorted(letters.items())),
    }
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{sum(map(len, letters.values()))} characters for {len(letters)} letters in {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
