"""Write policy/unassigned.py: the code points to which the oldest supported Python's Unicode assigns no character.

Run with that Python, whose Unicode the table then states: python3.11 tools/make_unassigned.py
"""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "policy" / "unassigned.py"
PAGE = '''"""The code points to which Unicode {version} assigns no character. Written by tools/make_unassigned.py."""

UNICODE = "{version}"
"""The version of Unicode by which texts are read, whatever the Python that runs."""

RANGES = """
{ranges}
"""
"""First and last code point of each range, in hexadecimal, ascending."""
'''


def ranges() -> Iterator[tuple[int, int]]:
    """First and last code point of each stretch without characters, ascending."""
    first = None
    for code in range(sys.maxunicode + 2):
        assigned = code > sys.maxunicode or unicodedata.category(chr(code)) != "Cn"
        if assigned and first is not None:
            yield first, code - 1
            first = None
        elif not assigned and first is None:
            first = code


def main() -> int:
    """Write the table and say how long it is."""
    found = [f"{first:x}-{last:x}" if first < last else f"{first:x}" for first, last in ranges()]
    version = unicodedata.unidata_version.removesuffix(".0")
    lines = "\n".join(textwrap.wrap(" ".join(found), 118, break_on_hyphens=False))
    TARGET.write_text(PAGE.format(version=version, ranges=lines), encoding="utf-8")
    print(f"{TARGET.name}: {len(found)} ranges, Unicode {version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
