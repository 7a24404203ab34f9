"""How findings are shown: as text with the place underlined, as JSON, and counted.

The text follows the best compilers: code and reason, file, line and column, the line itself with the place
underlined, what to do, and other places that belong to it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.cells import cell_len

from .diagnostics import Finding, Related
from .source import Source, Span

_WIDTH = 100
"""Cells of a source line that are shown at most; longer lines are cut round the place."""
_BEFORE = 40
"""Cells shown before the place where a long line is cut."""
_NEAR = 10 * _WIDTH
"""Characters before and behind a place that are looked at."""
_TAB = 4
_COLORS = {"error": "red", "warning": "yellow", "note": "blue"}
# They would turn round or hide the text beside them.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def render_text(findings: Iterable[Finding], *, color: bool = False) -> str:
    """All findings in the order given, a blank line between them, without the counts; empty if there are
    none.
    """
    return "\n\n".join(render_finding(finding, color=color) for finding in findings)


def render_finding(finding: Finding, *, color: bool = False) -> str:
    """One finding over several lines, without a line end after the last."""
    paint = _painter(color)
    head = paint(f"{finding.severity}[{finding.code}]", fg=_COLORS[finding.severity], bold=True)
    spans = [finding.span, *(related.span for related in finding.related)]
    gutter = max(len(str(span.line)) for span in spans)
    lines = [f"{head}: {paint(visible(finding.message), bold=True)}"]
    lines += _excerpt(finding.span, gutter, "^", _COLORS[finding.severity], color)
    if finding.help:
        lines.append(f"{' ' * gutter} {paint('=', fg='blue')} help: {visible(finding.help)}")
    if finding.witness:
        lines.append(f"{' ' * gutter} {paint('=', fg='blue')} shown by: {visible(finding.witness)}")
    for related in finding.related:
        lines += _related(related, gutter, color)
    return "\n".join(lines)


def render_json(findings: Iterable[Finding]) -> str:
    """A JSON list, one object a finding, with the fields of `finding_json`."""
    return json.dumps([finding_json(finding) for finding in findings], ensure_ascii=False, indent=2)


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain data; lines and columns count from 1, columns in characters, the end excluded."""
    related = [{**_place(other.span), "message": other.message} for other in finding.related]
    witness = {"witness": json.loads(finding.witness)} if finding.witness else {}
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        **_place(finding.span),
        "related": related,
        **witness,
    }


def counts(findings: Sequence[Finding]) -> str:
    """One line such as `3 errors, 1 warning in 2 files`; `no findings` if there are none."""
    if not findings:
        return "no findings"
    numbers = [
        (sum(finding.severity == severity for finding in findings), severity)
        for severity in ("error", "warning", "note")
    ]
    parts = ", ".join(_number(number, word) for number, word in numbers if number)
    return f"{parts} in {_number(len({finding.span.source.name for finding in findings}), 'file')}"


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _place(span: Span) -> dict[str, Any]:
    end_line, end_column = span.source.line_column(span.end)
    return {
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _painter(color: bool) -> Any:
    return click.style if color else lambda text, **_: text


def _related(related: Related, gutter: int, color: bool) -> list[str]:
    head = f"{' ' * gutter} {_painter(color)('=', fg='blue')} {visible(related.message)}:"
    return [head, *_excerpt(related.span, gutter, "-", "blue", color)]


def _excerpt(span: Span, gutter: int, mark: str, mark_color: str, color: bool) -> list[str]:
    paint = _painter(color)
    line, source = span.line, span.source
    text, start, width, more = underlined(source, span)
    bar = paint("|", fg="blue")
    empty, number = " " * gutter, paint(str(line).rjust(gutter), fg="blue")
    marks = paint(mark * width, fg=mark_color, bold=True)
    until = f" … to line {more}" if more else ""
    return [
        f"{empty} {paint('-->', fg='blue')} {visible(source.name)}:{line}:{span.column}",
        f"{empty} {bar}",
        f"{number} {bar} {text}".rstrip(),
        f"{empty} {bar} {' ' * start}{marks}{until}",
    ]


def underlined(source: Source, span: Span) -> tuple[str, int, int, int]:
    """The first line of a stretch as it is shown, where in it the underline starts, and how wide it is, both
    in cells.

    The last number is the line on which the stretch ends, 0 if it is the same.
    """
    number, column = source.line_column(span.start)
    line = source.line(number)
    last_line, last_column = source.line_column(span.end)
    # Of a line of megabytes, only what can be shown is looked at.
    begin = max(column - 1 - _NEAR, 0)
    shown = _shown(line[begin : column - 1 + _NEAR])
    first = min(column - 1 - begin, len(shown))
    last = len(shown) if last_line > number else min(last_column - 1 - begin, len(shown))
    low, high = _cut(shown, first)
    left, right = "…" if begin + low else "", "…" if begin + high < len(line) else ""
    start = cell_len(left + "".join(shown[low:first]))
    width = cell_len("".join(shown[first : min(last, high)]))
    text = left + "".join(shown[low:high]) + right
    return text, start, max(width, 1), last_line if last_line > number else 0


def _cut(shown: list[str], first: int) -> tuple[int, int]:
    """Which characters of a line are shown: all of a short one, else those round the place."""
    if cell_len("".join(shown)) <= _WIDTH:
        return 0, len(shown)
    low, cells = first, 0
    while low > 0 and cells < _BEFORE:
        low -= 1
        cells += cell_len(shown[low])
    high, cells = low, 0
    while high < len(shown) and cells < _WIDTH:
        cells += cell_len(shown[high])
        high += 1
    return low, high


def _shown(line: str) -> list[str]:
    """Each character as it is shown: tabs as blanks, what cannot be seen as a sign for it."""
    shown: list[str] = []
    column = 0
    for char in line:
        text = " " * (_TAB - column % _TAB) if char == "\t" else _visible_char(char)
        shown.append(text)
        column += 1 if char.isascii() and char != "\t" else cell_len(text)
    return shown


def visible(text: str) -> str:
    """A text on one line, with signs for what cannot be seen or would disturb the text beside it."""
    return "".join(_visible_char(char) for char in text)


def _visible_char(char: str) -> str:
    if " " <= char < "\x7f":
        return char
    if char < " ":
        return chr(0x2400 + ord(char))
    if char in _DIRECTION_MARKS or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return "\N{REPLACEMENT CHARACTER}"
    return char
