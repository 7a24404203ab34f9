"""The language server: `language_features.py` over the Language Server Protocol 3.17. Alone knows the protocol.

Texts are kept here and not taken from the library, which counts more line ends than the protocol does. Findings are
worked out on threads of their own, errors before doubts: while somebody types, only the newest text is checked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, wraps
from pathlib import PurePath
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import from_fs_path, to_fs_path

from . import language_features as features
from .diagnostics import Edit, Finding
from .positions import LineMap
from .source import Source, Span
from .workspace import Surroundings, Workspace

_REQUEST_FAILED = -32803
_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}
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


@lru_cache(maxsize=512)
def _line_map(text: str, encoding: str) -> LineMap:
    return LineMap(text, encoding)


class _Protocol(LanguageServerProtocol):
    """The library's protocol without its own copy of changed texts: places that lie outside of that copy, by its way
    of counting lines, it would move before anybody else sees them.
    """

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Iterator[tuple[Any, ...]]:
        """A change, as the client sent it."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE], (params,), None


class PolicyServer(LanguageServer):
    """A language server over a workspace of rule files."""

    def __init__(self, version: str, surroundings: Surroundings, folders: Sequence[str]) -> None:
        super().__init__("sendlaw", version, protocol_cls=_Protocol, max_workers=2)
        self.files = Workspace(surroundings)
        self.given_folders = tuple(folders)
        self.was_asked_to_stop = False
        self._addresses: dict[str, str] = {}
        self._versions: dict[str, int | None] = {}
        self._published: dict[str, list[lsp.Diagnostic]] = {}
        self._checking = ThreadPoolExecutor(1, "sendlaw-check")
        self._linting = ThreadPoolExecutor(1, "sendlaw-lint")

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """A fault outside of any request goes to the client's log; requests answer with their own."""
        if source is FeatureRequestError:
            return
        self.log(f"{type(error).__name__}: {error}")

    def log(self, message: str) -> None:
        """A line in the client's log."""
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, message))

    # ---- addresses and places

    def file_name(self, uri: str) -> str:
        """The name of the file at an address: its path with `/`, or the address of what is not on disk."""
        path = to_fs_path(uri)
        name = uri if path is None else PurePath(path).as_posix()
        self._addresses[name] = uri
        return name

    def uri(self, name: str) -> str:
        """The address of a file, as the client writes it where it has."""
        return self._addresses.get(name) or from_fs_path(name) or name

    def lines(self, source: Source) -> LineMap:
        """The lines of a text, counted as agreed with the client."""
        agreed = self.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
        return _line_map(source.text, lsp.PositionEncodingKind(agreed).value)

    def offset(self, name: str, position: lsp.Position) -> int:
        """The offset of a position in an open file."""
        source = self.files.buffers.get(name)
        return 0 if source is None else self.lines(source).offset(position.line, position.character)

    def range(self, span: Span) -> lsp.Range:
        """A stretch of text as a range."""
        lines = self.lines(span.source)
        return lsp.Range(lsp.Position(*lines.position(span.start)), lsp.Position(*lines.position(span.end)))

    def location(self, span: Span) -> lsp.Location:
        """A stretch of text with its file."""
        return lsp.Location(self.uri(span.source.name), self.range(span))

    def changes(self, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
        """Edits of several files."""
        changes: dict[str, list[lsp.TextEdit]] = {}
        for edit in edits:
            changed = changes.setdefault(self.uri(edit.span.source.name), [])
            changed.append(lsp.TextEdit(self.range(edit.span), edit.text))
        return lsp.WorkspaceEdit(changes=changes)

    # ---- the life of files

    def reload(self) -> None:
        """Read the folders anew, and check."""
        folders = [path for uri in self.workspace.folders if (path := to_fs_path(uri))]
        self.files.reload(self.given_folders or [PurePath(folder).as_posix() for folder in folders])
        self.check()

    def opened(self, document: lsp.TextDocumentItem) -> None:
        """A file was opened."""
        name = self.file_name(document.uri)
        self._versions[name] = document.version
        self.files.put(name, document.text)
        self.check()

    def changed(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """An open file was changed, in places or as a whole."""
        name = self.file_name(params.text_document.uri)
        for change in params.content_changes:
            text, old = change.text, self.files.buffers.get(name, Source(name, ""))
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                start, end = self.offset(name, change.range.start), self.offset(name, change.range.end)
                text = old.text[:start] + text + old.text[max(start, end) :]
            self.files.put(name, text)
        self._versions[name] = params.text_document.version
        self.check()

    def closed(self, uri: str) -> None:
        """A file was closed: its findings go."""
        name = self.file_name(uri)
        self.files.drop(name)
        self._versions.pop(name, None)
        self._published.pop(name, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
        self.check()

    # ---- findings

    def check(self) -> None:
        """Have all open files checked, unless a newer text comes first."""
        self._checking.submit(self._each, self._check, self.files.generation)

    def stop(self) -> None:
        """Check nothing more: the client asked for the end, which is an orderly one then."""
        self.was_asked_to_stop = True
        for thread in (self._checking, self._linting):
            thread.shutdown(wait=False, cancel_futures=True)

    def _each(self, step: Callable[[str, int], None], generation: int) -> None:
        """Do something for every open file, as long as nothing is written."""
        try:
            for name in list(self.files.buffers):
                if self.files.generation != generation or self.was_asked_to_stop:
                    return
                step(name, generation)
        except Exception as error:
            if self.was_asked_to_stop:  # nobody listens any more
                return
            self.log(f"checking failed with {type(error).__name__}: {error}")

    def _check(self, name: str, generation: int) -> None:
        """Show errors at once; what the linter doubts stays as it was until the linter is through."""
        analysis = self.files.analysis(name)
        had_errors = any(one.severity == lsp.DiagnosticSeverity.Error for one in self._published.get(name, ()))
        if had_errors or analysis.checked.rule_set is None:
            self._publish(name, features.errors(analysis, name), generation)
        if analysis.checked.rule_set is not None:
            self._linting.submit(self._each, self._lint, generation)

    def _lint(self, name: str, generation: int) -> None:
        self._publish(name, features.diagnostics(self.files.analysis(name), name), generation)

    def _publish(self, name: str, findings: Sequence[Finding], generation: int) -> None:
        version = self._versions.get(name)
        shown = [self.diagnostic(finding) for finding in findings]
        if self.files.generation != generation or self._published.get(name) == shown:
            return
        self._published[name] = shown
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(self.uri(name), shown, version))

    def diagnostic(self, finding: Finding) -> lsp.Diagnostic:
        """A finding as the protocol has it, its help on a line of its own."""
        related = [lsp.DiagnosticRelatedInformation(self.location(one.span), one.message) for one in finding.related]
        return lsp.Diagnostic(
            range=self.range(finding.span),
            message=finding.message + (f"\n{finding.help}" if finding.help else ""),
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            source="sendlaw",
            related_information=related or None,
        )


# ---- requests

_Handler = Callable[[PolicyServer, Any], object]


def _guarded(handler: _Handler) -> _Handler:
    """A handler whose faults go to the log: the editor goes on without its answer."""

    @wraps(handler)
    def guarded(server: PolicyServer, params: Any) -> object:
        try:
            return handler(server, params)
        except JsonRpcException:
            raise
        except Exception as error:
            server.log(f"{handler.__name__} failed with {type(error).__name__}: {error}")
            return None

    return guarded


def _place(server: PolicyServer, uri: str, position: lsp.Position) -> tuple[features.Analysis, str, int] | None:
    """The analysis, the file's name and the offset of a request; None for a file that is not open."""
    name = server.file_name(uri)
    if name not in server.files.buffers:
        return None
    return server.files.analysis(name), name, server.offset(name, position)


def _hover(server: PolicyServer, params: lsp.HoverParams) -> lsp.Hover | None:
    place = _place(server, params.text_document.uri, params.position)
    found = features.hover(*place, server.files.surroundings.judge) if place else None
    if found is None:
        return None
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text), server.range(found.span))


def _completion(server: PolicyServer, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    place = _place(server, params.text_document.uri, params.position)
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


def _definition(server: PolicyServer, params: lsp.DefinitionParams) -> list[lsp.Location]:
    place = _place(server, params.text_document.uri, params.position)
    return [server.location(span) for span in features.definitions(*place)] if place else []


def _references(server: PolicyServer, params: lsp.ReferenceParams) -> list[lsp.Location]:
    place = _place(server, params.text_document.uri, params.position)
    own = params.context.include_declaration
    return [server.location(span) for span in features.references(*place, declarations=own)] if place else []


def _prepare_rename(server: PolicyServer, params: lsp.PrepareRenameParams) -> lsp.Range | None:
    place = _place(server, params.text_document.uri, params.position)
    try:
        return server.range(features.renameable(*place)) if place else None
    except features.RenameError as error:
        raise JsonRpcException(str(error), code=_REQUEST_FAILED) from error


def _rename(server: PolicyServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    place = _place(server, params.text_document.uri, params.position)
    try:
        return server.changes(features.rename_edits(*place, params.new_name)) if place else None
    except features.RenameError as error:
        raise JsonRpcException(str(error), code=_REQUEST_FAILED) from error


def _outline(server: PolicyServer, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    place = _place(server, params.text_document.uri, lsp.Position(0, 0))
    return [_symbol(server, entry) for entry in features.outline(place[0], place[1])] if place else []


def _symbol(server: PolicyServer, entry: features.OutlineEntry) -> lsp.DocumentSymbol:
    children = [_symbol(server, child) for child in entry.children]
    kind, whole, name = _SYMBOL_KINDS[entry.kind], server.range(entry.span), server.range(entry.name_span)
    return lsp.DocumentSymbol(entry.name, kind, whole, name, entry.detail or None, children=children)


def _formatting(server: PolicyServer, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
    place = _place(server, params.text_document.uri, lsp.Position(0, 0))
    edits = features.formatting(place[0], place[1]) if place else ()
    return [lsp.TextEdit(server.range(edit.span), edit.text) for edit in edits]


def _code_actions(server: PolicyServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    place = _place(server, params.text_document.uri, params.range.start)
    wanted = params.context.only
    if place is None or (wanted and not any(str(kind) in ("", "quickfix") for kind in wanted)):
        return []
    fixes = features.quick_fixes(*place, server.offset(place[1], params.range.end))
    return [
        lsp.CodeAction(
            fix.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[server.diagnostic(fix.finding)],
            is_preferred=fix.safe or None,
            edit=server.changes(fix.edits),
        )
        for fix in fixes
    ]


# ---- putting it together


def make_server(version: str, surroundings: Surroundings, folders: Sequence[str] = ()) -> PolicyServer:
    """A language server that waits to be started (`start_io`).

    `folders` hold the rule files that belong together; without them, those of the client's workspace.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)  # its faults reach the client's log instead
    server = PolicyServer(version, surroundings, folders)
    for method in (lsp.INITIALIZED, lsp.TEXT_DOCUMENT_DID_SAVE, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES):
        _answer(server, method, lambda server, params: server.reload())
    _answer(server, lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, lambda server, params: server.reload())
    _answer(server, lsp.TEXT_DOCUMENT_DID_OPEN, lambda server, params: server.opened(params.text_document))
    _answer(server, lsp.TEXT_DOCUMENT_DID_CHANGE, lambda server, params: server.changed(params))
    _answer(server, lsp.TEXT_DOCUMENT_DID_CLOSE, lambda server, params: server.closed(params.text_document.uri))
    _answer(server, lsp.SHUTDOWN, lambda server, params: server.stop())
    _answer(server, lsp.TEXT_DOCUMENT_HOVER, _hover)
    _answer(
        server, lsp.TEXT_DOCUMENT_COMPLETION, _completion, lsp.CompletionOptions(trigger_characters=[" ", ".", "("])
    )
    _answer(server, lsp.TEXT_DOCUMENT_DEFINITION, _definition)
    _answer(server, lsp.TEXT_DOCUMENT_REFERENCES, _references)
    _answer(server, lsp.TEXT_DOCUMENT_PREPARE_RENAME, _prepare_rename)
    _answer(server, lsp.TEXT_DOCUMENT_RENAME, _rename, lsp.RenameOptions(prepare_provider=True))
    _answer(server, lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _outline)
    _answer(server, lsp.TEXT_DOCUMENT_FORMATTING, _formatting)
    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    _answer(server, lsp.TEXT_DOCUMENT_CODE_ACTION, _code_actions, kinds)
    return server


def _answer(server: PolicyServer, method: str, handler: _Handler, options: Any = None) -> None:
    """Have a handler answer a method of the protocol."""
    guarded = _guarded(handler)

    def answer(params: Any = None) -> object:
        return guarded(server, params)

    server.feature(method, options)(answer)
