"""Places in a text as editors count them: lines from 0, and columns in code units of an agreed encoding.

By the Language Server Protocol 3.17 a line ends at `\\n`, `\\r\\n` or `\\r` and nowhere else, and columns count UTF-16
code units unless client and server agree on another encoding.
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#position
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_LINE_END = re.compile(r"\r\n|\n|\r")


def _units(char: str, encoding: str) -> int:
    """How many code units a character takes in `utf-8`, `utf-16` or `utf-32`."""
    code = ord(char)
    if encoding == "utf-8":
        return 1 + (code >= 0x80) + (code >= 0x800) + (code >= 0x10000)
    return 2 if encoding == "utf-16" and code >= 0x10000 else 1


@dataclass(frozen=True)
class LineMap:
    """Translates between character offsets in a text and lines with columns."""

    text: str
    encoding: str = "utf-16"

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        """Start and end of every line, without its line end."""
        ends = list(_LINE_END.finditer(self.text))
        starts = [0, *(match.end() for match in ends)]
        return list(zip(starts, [*(match.start() for match in ends), len(self.text)], strict=True))

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._lines]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; one behind the text counts as its end, one amid a line end as the line's."""
        line = bisect_right(self._starts, max(offset, 0)) - 1
        start, end = self._lines[line]
        return line, sum(_units(char, self.encoding) for char in self.text[start : min(max(offset, 0), end)])

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column; what lies outside of the text counts as its nearest place."""
        if line < 0 or line >= len(self._lines):
            return 0 if line < 0 else len(self.text)
        start, end = self._lines[line]
        for offset in range(start, end):
            column -= _units(self.text[offset], self.encoding)
            if column < 0:
                return offset
        return end
