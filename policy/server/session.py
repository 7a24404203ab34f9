"""The server's state over the Language Server Protocol 3.17: addresses, places, the life of files.

Texts are kept here and not taken from the library, which counts more line ends than the protocol does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import from_fs_path, to_fs_path

from ..analysis import Analysis
from ..diagnostics import Edit, Finding
from ..positions import LineMap
from ..source import Source, Span
from ..workspace import Surroundings, Workspace
from .findings import Findings

_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
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
        self.findings = Findings(self.files, self.show, self.log)
        self._addresses: dict[str, str] = {}
        self._versions: dict[str, int | None] = {}
        self._published: dict[str, list[lsp.Diagnostic]] = {}

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

    def place(self, uri: str, position: lsp.Position) -> tuple[Analysis, str, int] | None:
        """The analysis, the file's name and the offset of a request; None for a file that is not open."""
        name = self.file_name(uri)
        if name not in self.files.buffers:
            return None
        return self.files.analysis(name), name, self.offset(name, position)

    def opened_file(self, uri: str) -> tuple[Analysis, str] | None:
        """The analysis and the file's name of a request; None for a file that is not open."""
        found = self.place(uri, lsp.Position(0, 0))
        return found[:2] if found else None

    # ---- the life of files

    def reload(self) -> None:
        """Read the folders anew, and check."""
        folders = [path for uri in self.workspace.folders if (path := to_fs_path(uri))]
        self.files.reload(self.given_folders or [PurePath(folder).as_posix() for folder in folders])
        self.findings.look()

    def opened(self, document: lsp.TextDocumentItem) -> None:
        """A file was opened."""
        name = self.file_name(document.uri)
        self._versions[name] = document.version
        self.files.put(name, document.text)
        self.findings.look()

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
        self.findings.look()

    def closed(self, uri: str) -> None:
        """A file was closed: its findings go."""
        name = self.file_name(uri)
        self.files.drop(name)
        self._versions.pop(name, None)
        self._published.pop(name, None)
        self.findings.forget(name)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
        self.findings.look()

    # ---- findings

    def stop(self) -> None:
        """Check nothing more: the client asked for the end, which is an orderly one then."""
        self.was_asked_to_stop = True
        self.findings.stop()

    def show(self, name: str, found: Sequence[Finding]) -> None:
        """Show the findings of an open file, unless they are those that are shown."""
        shown = [self.diagnostic(finding) for finding in found]
        if self._published.get(name) == shown:
            return
        self._published[name] = shown
        version = self._versions.get(name)
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
