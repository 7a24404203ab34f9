"""Names that are unknown only because the bundled file which declares them was left out: the error says which file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache

from ..policy.diagnostics import Finding
from ..policy.parser import parse
from ..policy.symbols import occurrences
from .rule_store import bundled_sources

_KINDS = {"E203": "rule", "E205": "table", "E206": "place", "E209": "words"}
"""Errors about unknown names, and what is not known by that name."""
_NAME = re.compile(r"`([^`]+)`")


def with_files_named(findings: Iterable[Finding], texts: Collection[str]) -> list[Finding]:
    """The findings; those about a name that a bundled file declares say which. `texts`: those of the files read."""
    return [_named(finding, texts) if finding.code in _KINDS else finding for finding in findings]


def _named(finding: Finding, texts: Collection[str]) -> Finding:
    name = _NAME.search(finding.message)
    file, text = _declared().get((_KINDS[finding.code], name[1] if name else ""), ("", ""))
    if not file or text in texts:
        return finding
    what = f"it stands in the bundled file `{file}`, which was left out"
    return replace(finding, help=f"{what}: read that file too, or all bundled rules")


@cache
def _declared() -> dict[tuple[str, str], tuple[str, str]]:
    """The bundled file, with its text, that declares a name, by kind and name."""
    return {
        (one.symbol.kind, one.symbol.name): (source.name, source.text)
        for source in bundled_sources()
        for one in occurrences(parse(source).file)
        if one.declares
    }
