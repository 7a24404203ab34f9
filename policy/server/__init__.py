"""The language server: `language_features.py` over the Language Server Protocol 3.17. Alone knows the protocol.

`session.py` keeps what is open, `findings.py` looks at it, `reading.py` and `editing.py` answer requests.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from ..workspace import Surroundings
from . import editing, reading
from .session import PolicyServer

_Handler = Callable[[PolicyServer, Any], object]
_COMPLETION = lsp.CompletionOptions(trigger_characters=[" ", ".", "("])
_CODE_ACTIONS = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, editing.FIX_ALL])
_REQUESTS: tuple[tuple[str, _Handler, Any], ...] = (
    (lsp.TEXT_DOCUMENT_HOVER, reading.hover, None),
    (lsp.TEXT_DOCUMENT_COMPLETION, reading.completion, _COMPLETION),
    (lsp.TEXT_DOCUMENT_DEFINITION, reading.definition, None),
    (lsp.TEXT_DOCUMENT_REFERENCES, reading.references, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, reading.highlights, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, reading.outline, None),
    (lsp.TEXT_DOCUMENT_FOLDING_RANGE, reading.folds, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_LINK, reading.links, None),
    (lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, reading.colours, reading.COLOURS),
    (lsp.TEXT_DOCUMENT_PREPARE_RENAME, editing.prepare_rename, None),
    (lsp.TEXT_DOCUMENT_RENAME, editing.rename, lsp.RenameOptions(prepare_provider=True)),
    (lsp.TEXT_DOCUMENT_FORMATTING, editing.formatting, None),
    (lsp.TEXT_DOCUMENT_RANGE_FORMATTING, editing.range_formatting, None),
    (lsp.TEXT_DOCUMENT_CODE_ACTION, editing.code_actions, _CODE_ACTIONS),
)
_NEWS: tuple[tuple[str, _Handler], ...] = (
    (lsp.INITIALIZED, lambda server, params: server.reload()),
    (lsp.TEXT_DOCUMENT_DID_SAVE, lambda server, params: server.reload()),
    (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, lambda server, params: server.reload()),
    (lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, lambda server, params: server.reload()),
    (lsp.TEXT_DOCUMENT_DID_OPEN, lambda server, params: server.opened(params.text_document)),
    (lsp.TEXT_DOCUMENT_DID_CHANGE, lambda server, params: server.changed(params)),
    (lsp.TEXT_DOCUMENT_DID_CLOSE, lambda server, params: server.closed(params.text_document.uri)),
    (lsp.SHUTDOWN, lambda server, params: server.stop()),
)


def make_server(version: str, surroundings: Surroundings, folders: Sequence[str] = ()) -> PolicyServer:
    """A language server that waits to be started (`start_io`).

    `folders` hold the rule files that belong together; without them, those of the client's workspace.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)  # its faults reach the client's log instead
    server = PolicyServer(version, surroundings, folders)
    for method, handler in _NEWS:
        _answer(server, method, handler, None)
    for method, handler, options in _REQUESTS:
        _answer(server, method, handler, options)
    return server


def _answer(server: PolicyServer, method: str, handler: _Handler, options: Any) -> None:
    """Have a handler answer a method of the protocol."""
    guarded = _guarded(handler)

    def answer(params: Any = None) -> object:
        return guarded(server, params)

    server.feature(method, options)(answer)


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
