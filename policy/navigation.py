"""From a name to where it is declared, to all its uses, and to an outline of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from . import tree as t
from .analysis import Analysis
from .cursor import Cursor, cursor_at, tokens_of
from .source import Span
from .symbols import Occurrence, Symbol, SymbolKind

OutlineKind = Literal["policy", "group", "source", "words", "table", "rule", "replies", "test"]


def symbol_at(analysis: Analysis, name: str, offset: int) -> Occurrence | None:
    """The name at an offset of a file; in a part that cannot be read, what its letters can only mean."""
    return analysis.at(name, offset) or _guessed(analysis, name, offset)


def plain_word(analysis: Analysis, name: str, offset: int) -> tuple[Span, Cursor] | None:
    """The word at an offset of a file and where it stands, judged by what is before it; None in texts and comments."""
    source = analysis.source(name)
    if source is None or (word := word_at(source.text, offset)) is None:
        return None
    start, text = word
    cursor = cursor_at(source.text, start)
    if cursor.comment or cursor.text is not None:
        return None
    return Span(source, start, start + len(text)), cursor


def _guessed(analysis: Analysis, name: str, offset: int) -> Occurrence | None:
    found = plain_word(analysis, name, offset)
    if found is None:
        return None
    span, cursor = found
    kinds = _BEHIND.get(cursor.clause[0] if cursor.clause else "", _ANYWHERE)
    names: dict[SymbolKind, str] = {
        "source": f"{cursor.policy}.{span.text}",
        "rule": span.text if "." in span.text else f"{cursor.policy}.{span.text}",
    }
    for kind in kinds:
        symbol = Symbol(kind, names.get(kind, span.text))
        if any(one.declares for one in analysis.occurrences.get(symbol, ())):
            return Occurrence(symbol, span)
    return None


_ANYWHERE: tuple[SymbolKind, ...] = ("table", "words", "place", "policy", "rule", "source")
_BEHIND: dict[str, tuple[SymbolKind, ...]] = {
    "cite": ("source",),
    "replaces": ("rule",),
    "expect": ("rule",),
    "recipients": ("place",),
}


def word_at(text: str, offset: int) -> tuple[int, str] | None:
    """The word or dotted name that stands at an offset or ends there, and where it starts."""
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    for token in tokens_of(text[start : end if end >= 0 else len(text)]):
        at = start + token.start
        if at <= offset <= at + len(token.text) and (token.text[0].isalpha() or token.text[0] == "_"):
            return at, token.text.rstrip(".")
    return None


def definitions(analysis: Analysis, name: str, offset: int) -> tuple[Span, ...]:
    """Where the thing named at an offset is declared; several places for a words list in several policies."""
    found = symbol_at(analysis, name, offset)
    return () if found is None else tuple(one.span for one in _all(analysis, found.symbol) if one.declares)


def references(analysis: Analysis, name: str, offset: int, *, declarations: bool = True) -> tuple[Span, ...]:
    """All places that name what is named at an offset, in all files; on request without its declarations."""
    found = symbol_at(analysis, name, offset)
    if found is None:
        return ()
    return tuple(one.span for one in _all(analysis, found.symbol) if declarations or not one.declares)


def _all(analysis: Analysis, symbol: Symbol) -> list[Occurrence]:
    found = analysis.occurrences.get(symbol, [])
    return sorted(found, key=lambda one: (one.span.source.name, one.span.start))


# ---- outline


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """Something a file declares: its name, what it is, a remark, all of it, its name's place, and what is in it."""

    name: str
    kind: OutlineKind
    detail: str
    span: Span
    name_span: Span
    children: tuple[OutlineEntry, ...] = ()


def outline(analysis: Analysis, name: str) -> tuple[OutlineEntry, ...]:
    """The policies and groups of a file, with the rules, words, tables, sources and tests of each."""
    facts = analysis.files.get(name)
    items = facts.parsed.file.items if facts else ()
    return tuple(one for item in items for one in _entries(item))


def _entries(node: t.Policy | t.Entry) -> Iterator[OutlineEntry]:
    match node:
        case t.Policy():
            children = tuple(one for entry in node.entries for one in _entries(entry))
            yield OutlineEntry(node.name.text, "policy", node.title.value, node.span, node.name.span, children)
        case t.PlaceGroup():
            detail = ", ".join(place.text for place in node.places)
            yield OutlineEntry(node.name.text, "group", detail, node.span, node.name.span)
        case t.Rule():
            yield OutlineEntry(node.name.text, "rule", node.title.value, node.span, node.name.span)
        case t.Citation():
            yield OutlineEntry(node.name.text, "source", node.title.value, node.span, node.name.span)
        case t.Words():
            tags = ", ".join(entry.language.text for entry in node.entries if entry.language)
            yield OutlineEntry(node.name.text, "words", tags, node.span, node.name.span)
        case t.Table():
            detail = ", ".join(key.text for key in node.keys)
            yield OutlineEntry(node.name.text, "table", detail, node.span, node.name.span)
        case t.Replies():
            head = Span(node.span.source, node.span.start, min(node.span.start + len("replies"), node.span.end))
            yield OutlineEntry("replies", "replies", "", node.span, head)
        case t.Test():
            yield OutlineEntry(node.title.value or "test", "test", "", node.span, node.title.span)
