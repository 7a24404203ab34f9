"""Edits that put a file, or the entries a stretch of it touches, into the canonical layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import tree as t
from .analysis import Analysis
from .diagnostics import Edit, PolicyError
from .formatter import format_source
from .parser import parse
from .source import Source, Span


def formatting(analysis: Analysis, name: str) -> tuple[Edit, ...]:
    """The edit that puts a file into its canonical layout; none where it is so, or cannot be read."""
    source = analysis.source(name)
    text = _laid_out(source)
    return () if source is None or text is None else smallest(Span(source, 0, len(source.text)), text)


def _laid_out(source: Source | None) -> str | None:
    try:
        return None if source is None else format_source(source)
    except PolicyError:
        return None


def range_formatting(analysis: Analysis, name: str, start: int, end: int) -> tuple[Edit, ...]:
    """The edits that lay out the entries of policies which a stretch of a file touches; none where it cannot be read.

    Each entry is taken as a whole: half a rule has no layout of its own.
    """
    source = analysis.source(name)
    text = _laid_out(source)
    if source is None or text is None or end < start:
        return ()
    old, new = analysis.files[name].parsed.file, parse(Source(name, text)).file
    pairs = zip(_entries(old), _entries(new), strict=False)
    touched = [(one, other) for one, other in pairs if one.start <= end and start <= one.end]
    same = [(one, other) for one, other in touched if _comments(old, one) == _comments(new, other)]
    return tuple(edit for one, other in same for edit in smallest(one, other.text))


def _entries(file: t.File) -> Iterator[Span]:
    """The entries of all policies, and the groups, each from the start of its line on."""
    for item in file.items:
        nodes = item.entries if isinstance(item, t.Policy) else (item,)
        yield from (_with_indent(node.span) for node in nodes)


def _with_indent(span: Span) -> Span:
    text, start = span.source.text, span.start
    while start and text[start - 1] in " \t":
        start -= 1
    return Span(span.source, start, span.end) if start == 0 or text[start - 1] == "\n" else span


def _comments(file: t.File, span: Span) -> list[str]:
    return [one.text for one in file.comments if span.start <= one.span.start < span.end]


def smallest(span: Span, new: str) -> tuple[Edit, ...]:
    """The edit without the lines at the start and end that stay: the cursor keeps its place there."""
    old_lines, new_lines = span.text.splitlines(keepends=True), new.splitlines(keepends=True)
    head = _same(old_lines, new_lines)
    tail = _same(old_lines[head:][::-1], new_lines[head:][::-1])
    start = span.start + sum(map(len, old_lines[:head]))
    end = span.end - sum(map(len, old_lines[len(old_lines) - tail :]))
    text = "".join(new_lines[head : len(new_lines) - tail])
    return () if span.text == new else (Edit(Span(span.source, start, end), text),)


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines are the same from the start on."""
    pairs = zip(old, new, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))
