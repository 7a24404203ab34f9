"""A small client of the Language Server Protocol: starts `sendlaw lsp` and speaks to it as an editor does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class Client:
    """A server in a process of its own, and what it said unasked."""

    def __init__(self, folder: Path | None, *arguments: str, cwd: Path | None = None) -> None:
        command = [sys.executable, "-m", "sendlaw", "lsp", *arguments]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe)
        self.said: list[Json] = []
        self.texts: dict[str, str] = {}
        self._number = 0
        self._folder = folder

    def start(self, capabilities: Json | None = None) -> Json:
        """The capabilities the server answers with."""
        folders = [{"uri": self._folder.as_uri(), "name": "rules"}] if self._folder else None
        opening = {"processId": None, "rootUri": None, "workspaceFolders": folders}
        answer = self.ask("initialize", {**opening, "capabilities": capabilities or {}})
        self.tell("initialized", {})
        capabilities_given: Json = answer["capabilities"]
        return capabilities_given

    def tell(self, method: str, params: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """The result of a request; an error fails."""
        answer = self.answer(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def answer(self, method: str, params: Any) -> Json:
        """The whole answer to a request."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message
            self.said.append(message)

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def _receive(self) -> Json:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, self.process.stderr.read() if self.process.stderr else ""
        message: Json = json.loads(self.process.stdout.read(length))
        return message

    # ---- files

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Open a file."""
        self.texts[uri] = text
        document = {"uri": uri, "languageId": "sendlaw", "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        """Change an open file."""
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})

    def findings(self, uri: str, version: int) -> list[Json]:
        """What the server finds in that version of a file."""
        while True:
            for message in self.said:
                params = message.get("params", {})
                same = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri
                if same and params.get("version") == version:
                    self.said.remove(message)
                    found: list[Json] = params["diagnostics"]
                    return found
            self.said.append(self._receive())

    def at(self, uri: str, words: str, more: Json | None = None) -> Json:
        """The parameters of a request about the place behind some words of an open file."""
        text = self.texts[uri]
        return {"textDocument": {"uri": uri}, "position": place(text, text.index(words) + len(words)), **(more or {})}

    def stop(self) -> int:
        """The exit code after an orderly end."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(60)


def place(text: str, offset: int) -> Json:
    """Line and UTF-16 column of an offset, worked out in another way than the server does."""
    lines = text[:offset].split("\n")
    return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}


def edited(text: str, edits: list[Json]) -> str:
    """A text with the edits of the server carried out."""
    for edit in sorted(edits, key=lambda edit: _key(edit["range"]["start"]), reverse=True):
        start, end = (_offset(text, edit["range"][name]) for name in ("start", "end"))
        text = text[:start] + edit["newText"] + text[end:]
    return text


def _key(position: Json) -> tuple[int, int]:
    return position["line"], position["character"]


def _offset(text: str, position: Json) -> int:
    lines = text.split("\n")
    line = lines[position["line"]].encode("utf-16-le")[: 2 * position["character"]].decode("utf-16-le")
    return sum(len(before) + 1 for before in lines[: position["line"]]) + len(line)
