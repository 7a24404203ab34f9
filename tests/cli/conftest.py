"""A language server and a workspace, for the tests that drive it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .lsp_client import Client
from .lsp_files import HOUSE, SHOP

SNIPPETS = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one rule file on disk, and folders that do not belong to it."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "house.policy").write_text(HOUSE, encoding="utf-8")
    for passed_over in (".venv", "node_modules"):
        (folder / passed_over).mkdir()
        (folder / passed_over / "copy.policy").write_text(HOUSE.replace("en:", "xx:"), encoding="utf-8")
    (folder / "latin1.policy").write_bytes(b'policy x "\xe9"')
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    """A server without the bundled rules, initialised, which ends in good order."""
    client = Client(folder, "--no-bundled")
    client.start(SNIPPETS)
    yield client
    assert client.stop() == 0
    assert client.process.stderr is not None and client.process.stderr.read() == b""
    logged = [message for message in client.said if message.get("method") == "window/logMessage"]
    assert logged == []


@pytest.fixture
def shop(client: Client, folder: Path) -> Iterator[str]:
    """The shop's file, open."""
    uri = (folder / "shop.policy").as_uri()
    client.open(uri, SHOP)
    yield uri
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
