"""What an editor can do about a finding, and how it puts a file into its canonical layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .analysis import Analysis, diagnostics
from .diagnostics import Edit, Finding, PolicyError
from .formatter import format_source
from .source import Span

_MEANT = re.compile(r"\bdid you mean `([^`\n]+)`\?|\bit is called `([^`\n]+)` here")
# What stands for one word and is meant as another: `=` for `is`, `&&` for `and`.
_WRITE = re.compile(r"write `(is not|is|and|or)`(?: to compare with a value)?(?:;|$)")


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
    """What can be done about the findings that touch a stretch of a file. Never raises."""
    found = [one for one in diagnostics(analysis, name) if one.span.start <= end and start <= one.span.end]
    return tuple(fix for finding in found for fix in _fixes(finding))


def _fixes(finding: Finding) -> Iterator[QuickFix]:
    if finding.edits:
        title = finding.help[:1].upper() + finding.help[1:] or f"Mend {finding.code}"
        yield QuickFix(title, finding, finding.edits, safe=True)
    meant = _MEANT.search(finding.help) or (_WRITE.match(finding.help) if finding.code == "E101" else None)
    if meant is not None and finding.span.text.strip():
        word = next(group for group in meant.groups() if group)
        edit = Edit(_place(finding, word), word)
        yield QuickFix(f"Write `{word}`", finding, (edit,), safe=False)


def _place(finding: Finding, word: str) -> Span:
    """The stretch to be replaced; behind a placeholder's quotes or a dotted name, only its last part."""
    span = finding.span
    if "." in span.text and "." not in word and re.fullmatch(r"[\w.-]+", span.text):
        return Span(span.source, span.start + span.text.rfind(".") + 1, span.end)
    if span.text.startswith('"') and not word.startswith('"') and span.text.endswith('"'):
        return Span(span.source, span.start + 1, span.end - 1)
    return span


def formatting(analysis: Analysis, name: str) -> tuple[Edit, ...]:
    """The edit that puts a file into its canonical layout; none where it is so, or cannot be read."""
    source = analysis.source(name)
    if source is None:
        return ()
    try:
        text = format_source(source)
    except PolicyError:
        return ()
    return _smallest(Span(source, 0, len(source.text)), text)


def _smallest(span: Span, new: str) -> tuple[Edit, ...]:
    """The edit without the lines at the start and end that stay: the cursor keeps its place there."""
    old_lines, new_lines = span.text.splitlines(keepends=True), new.splitlines(keepends=True)
    head = _same(old_lines, new_lines)
    tail = _same(old_lines[head:][::-1], new_lines[head:][::-1])
    start = sum(map(len, old_lines[:head]))
    end = span.end - sum(map(len, old_lines[len(old_lines) - tail :]))
    text = "".join(new_lines[head : len(new_lines) - tail])
    return () if span.text == new else (Edit(Span(span.source, start, end), text),)


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines are the same from the start on."""
    pairs = zip(old, new, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))
