"""What an editor can do about a finding, and about all that can be mended at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .analysis import Analysis, diagnostics, errors
from .diagnostics import Edit, Finding
from .linter import apply_edits
from .relayout import smallest
from .source import Span

_MEANT = re.compile(r"\bdid you mean `([^`\n]+)`\?|\bit is called `([^`\n]+)` here")
# What stands for one word and is meant as another: `=` for `is`, `Mon-Fri` for `mon-fri`, `24.11.2026`, `France`.
_WRITE = re.compile(
    r"write `(is not|is|and|or)`(?: to compare with a value)?(?:;|$)"
    r"|(?:names hold no hyphens: )?write `([\w/-]+)`(?: for [^`]*)?$"
    r"|write numbers in digits: `(\d+)`$"
)

_WRITTEN = frozenset(("E101", "E206"))
"""The codes whose help says what to write in the place of what was found."""


@dataclass(frozen=True, slots=True)
class QuickFix:
    """A change that mends a finding: what it does in words, and its edits.

    `safe`: it cannot change a verdict; otherwise it is a suggestion that somebody must agree to.
    """

    title: str
    finding: Finding
    edits: tuple[Edit, ...]
    safe: bool


def quick_fixes(analysis: Analysis, name: str, start: int, end: int) -> tuple[QuickFix, ...]:
    """What can be done about the findings that touch a stretch of a file. Never raises.

    While the linter is not through, about errors alone: an editor asks at every movement of the cursor.
    """
    known = diagnostics(analysis, name) if analysis.is_linted else errors(analysis, name)
    found = [one for one in known if one.span.start <= end and start <= one.span.end]
    return tuple(fix for finding in found for fix in _fixes(finding))


def fix_all(analysis: Analysis, name: str) -> tuple[Edit, ...]:
    """The edit that carries out everything in a file that cannot change a verdict; none where there is nothing."""
    source = analysis.source(name)
    if source is None:
        return ()
    return smallest(Span(source, 0, len(source.text)), apply_edits(source, diagnostics(analysis, name)))


def _fixes(finding: Finding) -> Iterator[QuickFix]:
    if finding.edits:
        title = finding.help[:1].upper() + finding.help[1:] or f"Mend {finding.code}"
        yield QuickFix(title, finding, finding.edits, safe=True)
    meant = _MEANT.search(finding.help) or (_WRITE.match(finding.help) if finding.code in _WRITTEN else None)
    if meant is not None and finding.span.text.strip():
        word = next(group for group in meant.groups() if group)
        edit = Edit(_place(finding, word), word)
        yield QuickFix(f"Write `{word}`", finding, (edit,), safe=False)


def _place(finding: Finding, word: str) -> Span:
    """The stretch to be replaced; behind a placeholder's quotes or a dotted name, only its last part."""
    span = finding.span
    is_field = finding.code in ("E201", "E601")
    if not is_field and "." not in word and re.fullmatch(r"[A-Za-z_][\w-]*(\.[\w-]+)+", span.text):
        return Span(span.source, span.start + span.text.rfind(".") + 1, span.end)
    if span.text.startswith('"') and not word.startswith('"') and span.text.endswith('"'):
        return Span(span.source, span.start + 1, span.end - 1)
    return span
