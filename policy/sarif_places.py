"""Places in a SARIF log: files as artifacts, stretches of text as regions.

Section numbers are those of OASIS's SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
Lines end with LF or CR LF, as 3.14.17 assumes; columns count UTF-16 code units from 1, the end excluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .diagnostics import Edit
from .source import Span

COLUMN_KIND = "utf16CodeUnits"
WORKING_FOLDER = "%SRCROOT%"
"""What relative names start from; hosts that show SARIF know this name for the root of the sources."""
PACKAGE_FOLDER = "%SENDLAW%"
"""What the names of the bundled rule files start from."""


@dataclass(slots=True)
class Places:
    """The files of one run, numbered as they are named (3.14.15); `bundled` holds the names of those that ship."""

    bundled: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    _numbers: dict[str, int] = field(default_factory=dict)

    def file(self, name: str) -> dict[str, Any]:
        """A file as an artifactLocation (3.4), which from then on belongs to the run."""
        return {**self._address(name), "index": self._numbers.setdefault(name, len(self._numbers))}

    def _address(self, name: str) -> dict[str, str]:
        path = PurePath(name)
        if path.is_absolute():
            return {"uri": path.as_uri()}
        base = PACKAGE_FOLDER if name in self.bundled else WORKING_FOLDER
        return {"uri": quote(path.as_posix()), "uriBaseId": base}

    def location(self, span: Span, *, snippet: bool = False) -> dict[str, Any]:
        """A stretch of text as a location (3.28), on request with the text."""
        told = {"snippet": {"text": span.text}} if snippet else {}
        place = {"artifactLocation": self.file(span.source.name), "region": region(span) | told}
        return {"physicalLocation": place}

    def whole_file(self, name: str) -> dict[str, Any]:
        """A file of which no part can be named."""
        return {"physicalLocation": {"artifactLocation": self.file(name)}}

    def change(self, edits: Iterable[Edit]) -> list[dict[str, Any]]:
        """Edits as artifactChanges (3.56), one for each file."""
        changes: dict[str, list[dict[str, Any]]] = {}
        for edit in edits:
            replacement = {"deletedRegion": region(edit.span), "insertedContent": {"text": edit.text}}
            changes.setdefault(edit.span.source.name, []).append(replacement)
        return [{"artifactLocation": self.file(name), "replacements": made} for name, made in changes.items()]

    def artifacts(self) -> list[dict[str, Any]]:
        """All files that were named, each with its part in the run (3.24)."""
        return [self._artifact(name) for name in self._numbers]

    def _artifact(self, name: str) -> dict[str, Any]:
        roles = {"roles": ["analysisTarget"]} if name in self.targets else {}
        return {"location": self.file(name), "mimeType": "text/plain", "encoding": "UTF-8", **roles}


def region(span: Span) -> dict[str, Any]:
    """A stretch of text as a region (3.30)."""
    start, end = (_line_column(span, offset) for offset in (span.start, span.end))
    return {"startLine": start[0], "startColumn": start[1], "endLine": end[0], "endColumn": end[1]}


def _line_column(span: Span, offset: int) -> tuple[int, int]:
    line, column = span.source.line_column(offset)
    before = span.source.text[min(offset, len(span.source.text)) - column + 1 : offset]
    return line, column + sum(ord(char) > 0xFFFF for char in before)


def base_folders(folders: Mapping[str, str]) -> dict[str, Any]:
    """The folders that relative addresses start from (3.14.14): name to address, which ends with `/`."""
    return {name: {"uri": address} for name, address in folders.items() if address}
