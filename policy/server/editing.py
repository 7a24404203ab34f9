"""Requests that change files: renaming, formatting, code actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from .. import language_features as features
from ..diagnostics import Edit
from .session import PolicyServer

_REQUEST_FAILED = -32803
FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.sendlaw"


def prepare_rename(server: PolicyServer, params: lsp.PrepareRenameParams) -> lsp.Range | None:
    """The name at a place, where it can be renamed; else an error that says why not."""
    place = server.place(params.text_document.uri, params.position)
    try:
        return server.range(features.renameable(*place)) if place else None
    except features.RenameError as error:
        raise JsonRpcException(str(error), code=_REQUEST_FAILED) from error


def rename(server: PolicyServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """The edits of all files that give a thing another name; else an error that says why not."""
    place = server.place(params.text_document.uri, params.position)
    try:
        return server.changes(features.rename_edits(*place, params.new_name)) if place else None
    except features.RenameError as error:
        raise JsonRpcException(str(error), code=_REQUEST_FAILED) from error


def formatting(server: PolicyServer, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
    """The canonical layout of a file."""
    opened = server.opened_file(params.text_document.uri)
    return _text_edits(server, features.formatting(*opened)) if opened else []


def range_formatting(server: PolicyServer, params: lsp.DocumentRangeFormattingParams) -> list[lsp.TextEdit]:
    """The canonical layout of the entries that a selection touches."""
    place = server.place(params.text_document.uri, params.range.start)
    if place is None:
        return []
    return _text_edits(server, features.range_formatting(*place, server.offset(place[1], params.range.end)))


def _text_edits(server: PolicyServer, edits: Sequence[Edit]) -> list[lsp.TextEdit]:
    return [lsp.TextEdit(server.range(edit.span), edit.text) for edit in edits]


def code_actions(server: PolicyServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """What can be done about the findings at a place; all that is safe at once only where it is asked for."""
    place = server.place(params.text_document.uri, params.range.start)
    if place is None:
        return []
    wanted = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    found: list[lsp.CodeAction] = []
    if not wanted or any(_is_below("quickfix", kind) for kind in wanted):
        found += _quick_fixes(server, *place, server.offset(place[1], params.range.end))
    if any(_is_below(FIX_ALL, kind) for kind in wanted if kind):
        found += _fix_all(server, place[0], place[1])
    return found


def _is_below(kind: str, wanted: str) -> bool:
    """Whether a kind of action is of a kind that is asked for: `source.fixAll` holds `source.fixAll.sendlaw`."""
    return not wanted or f"{kind}.".startswith(f"{wanted}.")


def _quick_fixes(
    server: PolicyServer, analysis: features.Analysis, name: str, start: int, end: int
) -> Iterator[lsp.CodeAction]:
    for fix in features.quick_fixes(analysis, name, start, end):
        yield lsp.CodeAction(
            fix.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[server.diagnostic(fix.finding)],
            is_preferred=fix.safe or None,
            edit=server.changes(fix.edits),
        )


def _fix_all(server: PolicyServer, analysis: features.Analysis, name: str) -> Iterator[lsp.CodeAction]:
    edits = features.fix_all(analysis, name)
    if edits:
        yield lsp.CodeAction("Mend all that is safe to mend", kind=FIX_ALL, edit=server.changes(edits))
