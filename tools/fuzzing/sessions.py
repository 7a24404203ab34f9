"""Sessions with the language server over its protocol: files opened, changed in places that may not exist, and asked
about.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

from sendlaw.policy.diagnostics import PolicyError
from sendlaw.policy.formatter import format_source
from sendlaw.policy.positions import LineMap
from sendlaw.policy.source import Source

from tests.cli.lsp_client import Client

from .mutate import ODD, SIGNS, mutated
from .seeds import Seeds
from .targets import must

Json = dict[str, Any]
_STEPS = 40
_NAMES = ("one", "two", "three", "🛒 four", "sub/five")
_ASKED = (
    *("hover", "completion", "definition", "references", "rename", "prepareRename", "documentSymbol", "formatting"),
    "codeAction",
)
_MOST = 2**31 - 1
"""The largest number that a place may hold by the protocol."""
_FORESEEN = {-32601, -32602, -32803}
"""Answers that say why not: no such method, wrong parameters, request failed."""


def session(random: Random, seeds: Seeds) -> list[Json]:
    """What a client does from first to last."""
    steps = [_step(random, seeds) for _ in range(_STEPS)]
    return [{"do": "open", "file": name, "text": seeds.draw(random)} for name in _NAMES[:2]] + steps


def _step(random: Random, seeds: Seeds) -> Json:
    file = random.choice(_NAMES[:2] if random.random() < 0.8 else _NAMES)
    roll = random.random()
    if roll < 0.04:
        return {"do": "open", "file": file, "text": mutated(random, seeds)}
    if roll < 0.07:
        return {"do": "close", "file": file}
    if roll < 0.1:
        return {"do": "tell", "method": random.choice(("textDocument/didSave", "workspace/didChangeWatchedFiles"))}
    if roll < 0.6:
        changes = [_change(random, seeds) for _ in range(random.choice((1, 1, 1, 2, 5)))]
        return {"do": "change", "file": file, "changes": changes}
    return {
        "do": "ask",
        "file": file,
        "method": random.choice(_ASKED),
        "at": _position(random),
        "to": _position(random),
    }


def _change(random: Random, seeds: Seeds) -> Json:
    text = random.choice((random.choice(ODD), random.choice(SIGNS), *random.sample(seeds.words, 3), "", "", " "))
    if random.random() < 0.03:
        return {"text": mutated(random, seeds)}
    start = _position(random)
    end = dict(start)
    end["character"] = min(end["character"] + random.choice((0, 0, 1, 5, 50)), _MOST)
    end["line"] += random.choice((0, 0, 0, 0, 1, 3))
    return {"range": {"start": start, "end": end if random.random() < 0.97 else _position(random)}, "text": text}


def _position(random: Random) -> Json:
    line = random.choice((0, 1, 5, 20, random.randint(0, 40), random.randint(0, 120), 10**6))
    return {"line": line, "character": random.choice((0, 2, 4, random.randint(0, 100), random.randint(0, 30), _MOST))}


class Editor:
    """A server and the texts that the client believes it has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = Client(folder, "--no-bundled")
        self.client.start({"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}})
        self.texts: dict[str, str] = {}
        self.version = 0
        self.messages = 0

    def play(self, steps: list[Json]) -> None:
        """Carry out a session; at its end client and server agree on every text, and nothing was logged."""
        for step in steps:
            self.messages += 1
            getattr(self, f"_{step['do']}")(step)
        for name in list(self.texts):
            self._agree(name)
            self._close({"file": name})
        self._ask({"file": "none", "method": "hover", "at": {"line": 0, "character": 0}})
        logged = [said["params"] for said in self.client.said if said.get("method") == "window/logMessage"]
        self.client.said.clear()
        must(not logged, f"the server logs a fault: {json.dumps(logged[:1])[:300]}")

    def stop(self) -> None:
        """An orderly end."""
        must(self.client.stop() == 0, "the server ends in disorder")
        assert self.client.process.stderr is not None
        said = self.client.process.stderr.read().decode("utf-8", "replace")
        must(said == "", f"the server says {said[-300:]}")

    def kill(self) -> None:
        """The end, whatever state the server is in."""
        self.client.process.kill()
        self.client.process.wait()
        for pipe in (self.client.process.stdin, self.client.process.stdout, self.client.process.stderr):
            if pipe is not None:
                try:
                    pipe.close()
                except (OSError, subprocess.SubprocessError):
                    continue

    def _uri(self, name: str) -> str:
        return (self.folder / f"{name}.policy").as_uri()

    def _open(self, step: Json) -> None:
        self.version += 1
        self.texts[step["file"]] = step["text"]
        self.client.open(self._uri(step["file"]), step["text"], self.version)

    def _close(self, step: Json) -> None:
        self.texts.pop(step["file"], None)
        self.client.tell("textDocument/didClose", {"textDocument": {"uri": self._uri(step["file"])}})

    def _tell(self, step: Json) -> None:
        uri = {"uri": self._uri("one")}
        self.client.tell(step["method"], {"changes": []} if "Watched" in step["method"] else {"textDocument": uri})

    def _change(self, step: Json) -> None:
        if step["file"] not in self.texts:
            return
        self.version += 1
        text = self.texts[step["file"]]
        for change in step["changes"]:
            text = _changed(text, change)
        self.texts[step["file"]] = text
        self.client.change(self._uri(step["file"]), self.version, *step["changes"])

    def _ask(self, step: Json) -> Json:
        uri = {"uri": self._uri(step["file"])}
        answer = self.client.answer(f"textDocument/{step['method']}", {"textDocument": uri, **_parameters(step)})
        code = answer.get("error", {}).get("code", -32601)
        must(code in _FORESEEN, f"{step['method']} is answered with {json.dumps(answer.get('error'))[:300]}")
        return answer

    def _agree(self, name: str) -> None:
        step = {"file": name, "method": "formatting", "at": {"line": 0, "character": 0}}
        text = self.texts[name]
        for edit in self._ask(step).get("result") or ():
            text = _changed(text, {"range": edit["range"], "text": edit["newText"]})
        must(text == _formatted(self.texts[name]), "client and server do not agree on a text")


def _formatted(text: str) -> str:
    try:
        return format_source(Source("", text))
    except PolicyError:
        return text


def _parameters(step: Json) -> Json:
    match step["method"]:
        case "references":
            return {"position": step["at"], "context": {"includeDeclaration": True}}
        case "rename":
            return {"position": step["at"], "newName": "renamed"}
        case "documentSymbol":
            return {}
        case "formatting":
            return {"options": {"tabSize": 2, "insertSpaces": True}}
        case "codeAction":
            return {"range": {"start": step["at"], "end": step["to"]}, "context": {"diagnostics": []}}
        case _:
            return {"position": step["at"]}


def _changed(text: str, change: Json) -> str:
    """A text after one change; places outside of it count as its nearest."""
    if "range" not in change:
        return str(change["text"])
    lines = LineMap(text)
    start, end = (
        lines.offset(place["line"], place["character"]) for place in map(change["range"].get, ("start", "end"))
    )
    return f"{text[:start]}{change['text']}{text[max(start, end) :]}"
