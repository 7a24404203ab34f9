"""Requests that read: hover, completion, navigation, outline, folding, links, colours."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp

from .. import language_features as features
from ..source import Span
from .session import PolicyServer

_COMPLETION_KINDS = {
    "word": lsp.CompletionItemKind.Keyword,
    "fact": lsp.CompletionItemKind.Field,
    "value": lsp.CompletionItemKind.EnumMember,
    "rule": lsp.CompletionItemKind.Reference,
    "source": lsp.CompletionItemKind.Reference,
    "words": lsp.CompletionItemKind.Class,
    "table": lsp.CompletionItemKind.Function,
    "place": lsp.CompletionItemKind.Constant,
    "language": lsp.CompletionItemKind.Constant,
    "field": lsp.CompletionItemKind.Property,
}
_SYMBOL_KINDS = {
    "policy": lsp.SymbolKind.Namespace,
    "group": lsp.SymbolKind.Array,
    "source": lsp.SymbolKind.File,
    "words": lsp.SymbolKind.Array,
    "table": lsp.SymbolKind.Struct,
    "rule": lsp.SymbolKind.Function,
    "replies": lsp.SymbolKind.Object,
    "test": lsp.SymbolKind.Method,
}


def hover(server: PolicyServer, params: lsp.HoverParams) -> lsp.Hover | None:
    """What the word at a place means, as Markdown."""
    place = server.place(params.text_document.uri, params.position)
    found = features.hover(*place, server.files.surroundings.judge) if place else None
    if found is None:
        return None
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text), server.range(found.span))


def completion(server: PolicyServer, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    """What may stand at a place."""
    place = server.place(params.text_document.uri, params.position)
    if place is None:
        return []
    document = server.client_capabilities.text_document
    item = document.completion.completion_item if document and document.completion else None
    snippets = bool(item and item.snippet_support)
    source = server.files.buffers[place[1]]
    span = server.range(Span(source, features.completion_start(source.text, place[2]), place[2]))
    found = features.completions(*place)
    return [_item(one, span, number, snippets) for number, one in enumerate(found)]


def _item(one: features.Completion, span: lsp.Range, number: int, snippets: bool) -> lsp.CompletionItem:
    snippet = one.snippet if snippets else ""
    return lsp.CompletionItem(
        label=one.label,
        kind=_COMPLETION_KINDS[one.kind],
        detail=one.detail or None,
        sort_text=f"{number:05}",
        filter_text=one.label,
        text_edit=lsp.TextEdit(span, snippet or one.label),
        insert_text_format=lsp.InsertTextFormat.Snippet if snippet else lsp.InsertTextFormat.PlainText,
    )


def definition(server: PolicyServer, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """Where the thing named at a place is declared."""
    place = server.place(params.text_document.uri, params.position)
    return [server.location(span) for span in features.definitions(*place)] if place else []


def references(server: PolicyServer, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """All places that name it, in all files."""
    place = server.place(params.text_document.uri, params.position)
    own = params.context.include_declaration
    return [server.location(span) for span in features.references(*place, declarations=own)] if place else []


def outline(server: PolicyServer, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    """What a file declares."""
    opened = server.opened_file(params.text_document.uri)
    return [_symbol(server, entry) for entry in features.outline(*opened)] if opened else []


def _symbol(server: PolicyServer, entry: features.OutlineEntry) -> lsp.DocumentSymbol:
    children = [_symbol(server, child) for child in entry.children]
    kind, whole, name = _SYMBOL_KINDS[entry.kind], server.range(entry.span), server.range(entry.name_span)
    return lsp.DocumentSymbol(entry.name, kind, whole, name, entry.detail or None, children=children)


def highlights(server: PolicyServer, params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
    """The places in this file that name what is named at one of them."""
    place = server.place(params.text_document.uri, params.position)
    found = features.references(*place) if place else ()
    return [lsp.DocumentHighlight(server.range(span)) for span in found if place and span.source.name == place[1]]


def folds(server: PolicyServer, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
    """The blocks and comments of a file that fold; the line that closes a block stays in sight."""
    opened = server.opened_file(params.text_document.uri)
    return [one for fold in features.folds(*opened) if (one := _fold(server, fold))] if opened else []


def _fold(server: PolicyServer, fold: features.Fold) -> lsp.FoldingRange | None:
    span = server.range(fold.span)
    first, last = span.start.line, span.end.line if fold.is_comment else span.end.line - 1
    kind = lsp.FoldingRangeKind.Comment if fold.is_comment else lsp.FoldingRangeKind.Region
    return lsp.FoldingRange(first, last, kind=kind) if last > first else None


def links(server: PolicyServer, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink]:
    """The addresses of sources, to be followed."""
    opened = server.opened_file(params.text_document.uri)
    found = features.links(*opened) if opened else ()
    return [lsp.DocumentLink(server.range(link.span), target=link.address) for link in found]


COLOURS = lsp.SemanticTokensLegend(list(features.KINDS), [])


def colours(server: PolicyServer, params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
    """What the words of a file are, as the protocol packs it: each place as the distance from the one before."""
    source = server.files.buffers.get(server.file_name(params.text_document.uri))
    found = features.colours(source.text) if source else ()
    spans = ((server.range(Span(source, one.start, one.end)), one.kind) for one in found if source)
    return lsp.SemanticTokens([number for packed in _packed(spans) for number in packed])


def _packed(spans: Iterator[tuple[lsp.Range, str]]) -> Iterator[tuple[int, int, int, int, int]]:
    line, character = 0, 0
    for span, kind in spans:
        start = span.start
        across = start.character - (character if start.line == line else 0)
        yield start.line - line, across, span.end.character - start.character, features.KINDS.index(kind), 0
        line, character = start.line, start.character
