"""The layout of a test: short settings share lines, times, texts and expectations have lines of their own."""

from __future__ import annotations

from . import tree as t
from .layout import INDENT, Page, aligned
from .spelling import Chunk, chunk, comma_chunks, expectation, history, spell

_INDENT = 2 * INDENT
_OWN_LINE = {"at", "history", "body", "brand"}
"""First words of settings that never share a line."""


def test(page: Page, node: t.Test) -> None:
    """Put a test on the page."""
    page.add(INDENT, f"test {spell(node.title)} {{", (node.span.start, node.title.span.end), "opens", apart=True)
    parts: list[t.Setting | t.Expect | t.Cases] = [*node.settings, *node.expects, *node.cases]
    parts.sort(key=lambda part: part.span.start)
    shared: list[t.Setting] = []
    for part in parts:
        if isinstance(part, t.Setting) and _is_short(part):
            shared.append(part)
            continue
        _shared(page, shared)
        shared = []
        _part(page, part)
    _shared(page, shared)
    page.close(INDENT, node.span.end, apart=True)


def _is_short(setting: t.Setting) -> bool:
    listed = len(setting.values) > 1 or isinstance(setting.values[0], t.HistoryList)
    return not listed and setting.field_name.parts[0].text not in _OWN_LINE


def _shared(page: Page, settings: list[t.Setting]) -> None:
    """Settings on as few lines as hold them, in their order."""
    if not settings:
        return
    chunks = [Chunk(_written(setting), setting.span.start, setting.span.end, 2) for setting in settings]
    page.fill(_INDENT, Chunk("", chunks[0].start, chunks[0].start), chunks, _INDENT)


def _written(setting: t.Setting) -> str:
    return f"{setting.field_name.text} {spell(setting.values[0])}"


def _part(page: Page, part: t.Setting | t.Expect | t.Cases) -> None:
    match part:
        case t.Setting():
            lead = Chunk(f"{part.field_name.text} ", part.span.start, part.field_name.span.end)
            page.fill(_INDENT, lead, _values(part), _INDENT + len(lead.text))
        case t.Expect():
            # The tree's expectation starts behind the word `expect`.
            start = page.text.rfind("expect", 0, part.span.start)
            page.add(_INDENT, f"expect {expectation(part)}", (start, part.span.end))
        case t.Cases():
            _cases(page, part)


def _values(setting: t.Setting) -> list[Chunk]:
    first = setting.values[0]
    if len(setting.values) == 1 and isinstance(first, t.HistoryList):
        return history(first)
    return comma_chunks(map(chunk, setting.values))


def _cases(page: Page, node: t.Cases) -> None:
    columns = ", ".join(column.text for column in node.columns)
    stretch = (node.span.start, node.columns[-1].span.end)
    page.add(_INDENT, f"cases ({columns}) {{", stretch, "opens")
    rows = [[*map(spell, row.values), expectation(row.expect)] for row in node.rows]
    for row, text in zip(node.rows, aligned(rows), strict=True):
        page.add(_INDENT + INDENT, text, (row.span.start, row.span.end))
    page.close(_INDENT, node.span.end)
