"""The layout of a rule: one clause a line, keywords in one column, what they say in the next."""

from __future__ import annotations

from . import tree as t
from .layout import INDENT, Page
from .spelling import Chunk, before, chunk, comma_chunks, condition, hours, quote, spell

_INDENT = 2 * INDENT


def rule(page: Page, node: t.Rule) -> None:
    """Put a rule on the page."""
    text = f"rule {node.name.text} {spell(node.title)} {{"
    page.add(INDENT, text, (node.span.start, node.title.span.end), "opens", apart=True)
    column = max((len(word) for clause in node.clauses for word in _keywords(clause)), default=0) + 1
    clauses = list(node.clauses)
    while clauses:
        clause = clauses.pop(0)
        cite = clauses[0] if isinstance(clause, t.Basis) and clauses else None
        if isinstance(clause, t.Basis) and isinstance(cite, t.Cite) and _joined(page, clause, cite):
            clauses.pop(0)
            chunks = [chunk(clause.word), *before("cite ", cite.span.start, _cited(cite, 2))]
            _simple(page, "basis", clause.span.start, chunks, column)
        else:
            _clause(page, clause, column)
    page.close(INDENT, node.span.end, apart=True)


def _joined(page: Page, basis: t.Basis, cite: t.Cite) -> bool:
    return not page.comment_between(basis.span.end, cite.span.start)


def _cited(cite: t.Cite, gap: int = 1) -> list[Chunk]:
    first, *others = comma_chunks(map(chunk, cite.sources))
    return [Chunk(first.text, first.start, first.end, gap), *others]


def _keywords(clause: t.Clause) -> tuple[str, ...]:
    """The keywords a clause puts in the first column with something behind them."""
    match clause:
        case t.Deny():
            return ()
        case t.Require():
            return ("require",) if clause.otherwise is None else ("require", "else")
        case t.AddText():
            return (clause.kind,)
        case _:
            return (type(clause).__name__.lower(),)


def _clause(page: Page, clause: t.Clause, column: int) -> None:
    start = clause.span.start
    match clause:
        case t.When() | t.Unless():
            _condition(page, type(clause).__name__.lower(), start, clause.condition, column)
        case t.Require():
            _condition(page, "require", start, clause.condition, column)
            if clause.otherwise is not None:
                _otherwise(page, clause, clause.otherwise, column)
        case t.Deny():
            page.add(_INDENT, "deny", (start, clause.span.end))
        case t.AddText():
            _simple(page, clause.kind, start, _added(clause), column)
        case _:
            _simple(page, type(clause).__name__.lower(), start, _plain(clause), column)


def _plain(
    clause: t.Only | t.Limit | t.Pace | t.Warn | t.Replaces | t.Basis | t.Cite | t.Since | t.Before | t.Note,
) -> list[Chunk]:
    """What stands behind the keyword of a clause without a condition."""
    match clause:
        case t.Only():
            return _only(clause)
        case t.Limit() | t.Pace():
            return _rate(clause)
        case t.Warn():
            return [chunk(clause.text)] if clause.text is not None else []
        case t.Replaces():
            return comma_chunks(map(chunk, clause.rules))
        case t.Basis():
            return [chunk(clause.word)]
        case t.Cite():
            return _cited(clause)
        case t.Since() | t.Before():
            return [chunk(clause.day)]
        case t.Note():
            return [chunk(clause.text)]


def _simple(page: Page, word: str, start: int, chunks: list[Chunk], column: int, deeper: int = 0) -> None:
    page.fill(_INDENT, Chunk(word.ljust(column), start, start), chunks, _INDENT + column + deeper)


def _condition(page: Page, word: str, start: int, node: t.Condition, column: int) -> None:
    """A condition on one line; where it is too long, each part of its outermost `and` or `or` on its own."""
    chunks = condition(node)
    if not isinstance(node, t.Junction) or page.fits(_INDENT + column, chunks):
        _simple(page, word, start, chunks, column, INDENT)
        return
    _simple(page, word, start, condition(node.operands[0]), column, INDENT)
    for joint, operand in zip(node.words, node.operands[1:], strict=True):
        lead = Chunk(f"{joint.text} ", joint.span.start, joint.span.end)
        indent = _INDENT + column - len(lead.text)
        page.fill(indent, lead, condition(operand), _INDENT + column + INDENT, "continues")


def _otherwise(page: Page, clause: t.Require, node: t.AddText | t.Warn | t.Deny, column: int) -> None:
    start = page.text.rfind("else", clause.condition.span.end, node.span.start)
    if isinstance(node, t.AddText):
        chunks = before(f"{node.kind} ", node.span.start, _added(node))
    elif isinstance(node, t.Warn) and node.text is not None:
        chunks = [Chunk(f"warn {spell(node.text)}", node.span.start, node.span.end)]
    else:
        word = "deny" if isinstance(node, t.Deny) else "warn"
        chunks = [Chunk(word, node.span.start, node.span.end)]
    _simple(page, "else", start, chunks, column)


def _added(node: t.AddText) -> list[Chunk]:
    chunks = []
    for tagged in node.texts:
        tag = f"{tagged.language.text}: " if tagged.language else ""
        chunks.append(Chunk(tag + quote(tagged.texts[0].value), tagged.span.start, tagged.span.end))
    return comma_chunks(chunks)


def _only(node: t.Only) -> list[Chunk]:
    chunks = comma_chunks(Chunk(hours(span), span.span.start, span.span.end) for span in node.spans)
    at = chunks[-1].end
    if node.except_holidays:
        # The tree holds no place for these words: they follow the last hours, all a comment needs to know.
        chunks.append(Chunk("except holidays", at, at, 2))
    if node.zone is not None:
        chunks.append(Chunk(f"in {node.zone.text}", node.zone.span.start, node.zone.span.end, 2))
    if node.otherwise is not None:
        text = f" {spell(node.otherwise.text)}" if node.otherwise.text is not None else ""
        chunks.append(Chunk(f"else warn{text}", node.otherwise.span.start, node.otherwise.span.end, 2))
    return chunks


def _rate(node: t.Limit | t.Pace) -> list[Chunk]:
    unit = " segments" if isinstance(node, t.Pace) and node.segments else ""
    calendar = isinstance(node, t.Limit) and node.calendar
    period = f"calendar {node.period.unit}" if calendar else spell(node.period)
    amount = Chunk(f"{spell(node.count)}{unit} per {period}", node.count.span.start, node.period.span.end)
    recipient_first, *others = comma_chunks(map(chunk, node.keys))
    first = Chunk(f"per {recipient_first.text}", recipient_first.start, recipient_first.end, 2)
    return [amount, first, *others]
