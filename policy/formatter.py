"""The canonical layout of a rule file.

Two blanks of indent, one entry a line, blank lines around blocks, the clauses of a rule in two columns, the
cells of a table under each other. Comments and single blank lines stay. What is written keeps its order and
its meaning, which is checked each time: the result is read again and compared with what was read first.
"""

from __future__ import annotations

from . import tree as t
from .diagnostics import Finding, PolicyError
from .formatter_rules import rule
from .formatter_tests import test
from .layout import INDENT, WIDTH, Page, aligned, render
from .parser import Parsed, parse
from .source import Source, Span
from .spelling import Chunk, chunk, comma_chunks, condition, spell

_HEAD = {"recipients": t.Recipients, "languages": t.Languages, "alphabets": t.Alphabets, "holidays": t.Holidays}
_BOM = "\ufeff"


def format_source(source: Source) -> str:
    """The text of a rule file in canonical layout, with line ends `\\n` and one at its end.

    Raises PolicyError with the findings where the file has syntax errors.
    """
    plain = Source(source.name, source.text.removeprefix(_BOM).replace("\r\n", "\n"))
    parsed = parse(plain)
    if parsed.findings:
        raise PolicyError(parsed.findings)
    page = Page(plain.text, parsed.file.comments)
    for item in parsed.file.items:
        _policy(page, item) if isinstance(item, t.Policy) else _group(page, 0, item)
    text = render(page)
    _compare(parsed, parse(Source(source.name, text)))
    return text


def _compare(old: Parsed, new: Parsed) -> None:
    """Refuse a result that does not say what its source said."""
    same = not new.findings and old.file == new.file
    if same and [c.text for c in old.file.comments] == [c.text for c in new.file.comments]:
        return
    span = Span(old.file.source, 0, 0)
    message = "the layout of this file would change what it says; it is left as it is"
    raise PolicyError([Finding("E199", message, span, help="please report this file: the fault is not yours")])


def _policy(page: Page, node: t.Policy) -> None:
    text = f"policy {node.name.text} {spell(node.title)} {{"
    page.add(0, text, (node.span.start, node.title.span.end), "opens", apart=True)
    head = [word for word, kind in _HEAD.items() if any(isinstance(entry, kind) for entry in node.entries)]
    widths = _citation_widths([entry for entry in node.entries if isinstance(entry, t.Citation)])
    for entry in node.entries:
        _entry(page, entry, max(map(len, head), default=0) + 1, widths)
    page.close(0, node.span.end, apart=True)


def _entry(page: Page, entry: t.Entry, column: int, widths: tuple[int, int]) -> None:
    match entry:
        case t.Recipients() | t.Languages() | t.Alphabets() | t.Holidays():
            _head(page, entry, column)
        case t.Citation():
            _citation(page, entry, widths)
        case t.Words():
            _words(page, entry)
        case t.Table():
            _table(page, entry)
        case t.Rule():
            rule(page, entry)
        case t.Never():
            lead = Chunk("never allow when ", entry.span.start, entry.span.start)
            page.fill(INDENT, lead, condition(entry.condition), INDENT + len(lead.text))
        case t.Replies():
            _replies(page, entry)
        case t.Test():
            test(page, entry)
        case t.PlaceGroup():
            _group(page, INDENT, entry)
        case t.Note():
            page.add(INDENT, f"note {spell(entry.text)}", (entry.span.start, entry.span.end))


def _head(page: Page, entry: t.Recipients | t.Languages | t.Alphabets | t.Holidays, column: int) -> None:
    match entry:
        case t.Recipients():
            word, chunks = "recipients", comma_chunks(map(chunk, entry.places))
            chunks = chunks or [Chunk("anywhere", entry.span.end - len("anywhere"), entry.span.end)]
        case t.Languages():
            word, chunks = "languages", comma_chunks(map(chunk, entry.codes))
        case t.Alphabets():
            word, chunks = "alphabets", comma_chunks(map(chunk, entry.names))
        case t.Holidays():
            word, chunks = "holidays", [chunk(entry.place)]
            for number, day in enumerate(comma_chunks(map(chunk, entry.also))):
                chunks.append(Chunk(day.text if number else f"also {day.text}", day.start, day.end))
    lead = Chunk(word.ljust(column), entry.span.start, entry.span.start)
    page.fill(INDENT, lead, chunks, INDENT + column)


def _group(page: Page, indent: int, node: t.PlaceGroup) -> None:
    lead = Chunk(f"group {node.name.text} = ", node.span.start, node.name.span.end)
    page.fill(indent, lead, comma_chunks(map(chunk, node.places)), indent + len(lead.text))


def _citation_widths(nodes: list[t.Citation]) -> tuple[int, int]:
    """How wide names and titles of sources are set; 0 where aligned titles would make a line too long."""
    name = max((len(node.name.text) for node in nodes), default=0)
    title = max((len(spell(node.title)) for node in nodes), default=0)
    url = max((len(spell(node.url)) for node in nodes), default=0)
    longest = INDENT + len("source  ") + name + title + url + len("  checked 2026-11-20") + 2
    return name, title if longest <= WIDTH else 0


def _citation(page: Page, node: t.Citation, widths: tuple[int, int]) -> None:
    lead = Chunk(f"source {node.name.text.ljust(widths[0])} ", node.span.start, node.name.span.end)
    title = Chunk(spell(node.title).ljust(widths[1]), node.title.span.start, node.title.span.end)
    checked = Chunk(f"checked {spell(node.checked)}", node.checked.span.start, node.checked.span.end, 2)
    url = Chunk(spell(node.url), node.url.span.start, node.url.span.end, 2)
    page.fill(INDENT, lead, [title, url, checked], INDENT + len(lead.text))


def _words(page: Page, node: t.Words) -> None:
    page.add(INDENT, f"words {node.name.text} {{", (node.span.start, node.name.span.end), "opens", apart=True)
    column = max((len(_tag(entry)) for entry in node.entries), default=0)
    for entry in node.entries:
        lead = Chunk(_tag(entry).ljust(column), entry.span.start, entry.span.start)
        page.fill(2 * INDENT, lead, comma_chunks(map(chunk, entry.texts)), 2 * INDENT + column)
    page.close(INDENT, node.span.end, apart=True)


def _tag(entry: t.Tagged) -> str:
    return f"{entry.language.text}: " if entry.language else ""


def _replies(page: Page, node: t.Replies) -> None:
    page.add(INDENT, "replies {", (node.span.start, node.span.start + 1), "opens", apart=True)
    kinds = max((len(entry.kind.text) for entry in node.entries), default=0)
    tags = max((len(_tag(entry.words)) for entry in node.entries), default=0)
    for entry in node.entries:
        head = f"{entry.kind.text.ljust(kinds)} {_tag(entry.words).ljust(tags)}"
        lead = Chunk(head, entry.span.start, entry.kind.span.end)
        chunks = comma_chunks(map(chunk, entry.words.texts))
        if entry.say is not None:
            chunks.append(Chunk(f"say {spell(entry.say)}", entry.say.span.start, entry.say.span.end, 2))
        page.fill(2 * INDENT, lead, chunks, 2 * INDENT + len(head))
    page.close(INDENT, node.span.end, apart=True)


def _table(page: Page, node: t.Table) -> None:
    keys = ", ".join(name.text for name in node.keys)
    columns = ", ".join(name.text for name in node.columns)
    text = f"table {node.name.text} ({keys}) -> ({columns}) {{"
    page.add(INDENT, text, (node.span.start, node.columns[-1].span.end), "opens", apart=True)
    rows = [[spell(cell) for cell in row.cells] for row in node.rows]
    for row, text in zip(node.rows, aligned(rows), strict=True):
        page.add(2 * INDENT, text, (row.span.start, row.span.end))
    page.close(INDENT, node.span.end, apart=True)
