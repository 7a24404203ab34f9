"""The language server, started as an editor starts it and driven over its protocol."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .lsp_client import Client, edited, place
from .support import run

HOUSE = """policy house "House" {
  recipients anywhere
  languages  en

  source manual "Our manual" "https://example.org/manual" checked 2026-11-01

  words perfume {
    en: "perfume"
  }

  rule night "Quiet at night" {
    when  category is promotional
    only  09:00-20:00
    basis house  cite manual
  }
}
"""
SHOP = """policy shop "Shop 🛒" {
  recipients FR
  languages  fr

  source book "Book 🛒" "https://example.org/book" checked 2026-11-01

  rule perfume "No 🛒 perfume" { when body mentions perfume deny basis house cite book }

  test "Perfume is refused" {
    to "+33639980001"  from "ACME"  category transactional
    body "perfume"
    expect deny by perfume
  }
}
"""
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


def texts(locations: list[Any]) -> list[tuple[str, int]]:
    return sorted((one["uri"].rpartition("/")[2], one["range"]["start"]["line"]) for one in locations)


def test_what_the_server_can_do_is_told(folder: Path) -> None:
    client = Client(folder, "--no-bundled")
    told = client.start({"textDocument": {"rename": {"prepareSupport": True}}})
    for name in ("hover", "definition", "references", "documentSymbol", "documentFormatting"):
        assert told[f"{name}Provider"]
    assert told["positionEncoding"] == "utf-16"
    assert told["textDocumentSync"]["change"] == 2
    assert told["renameProvider"] == {"prepareProvider": True}
    assert client.stop() == 0


def test_findings_come_when_a_file_is_opened_and_changed(client: Client, folder: Path) -> None:
    uri = (folder / "typed.policy").as_uri()
    text = SHOP.replace("policy shop", "policy typed").replace("mentions perfume", "mentiosn perfume")
    client.open(uri, text)
    (found,) = [one for one in client.findings(uri, 1) if one["severity"] == 1]
    start = text.index("mentiosn")
    assert found["range"] == {"start": place(text, start), "end": place(text, start + len("mentiosn"))}
    assert (found["code"], found["source"]) == ("E101", "sendlaw")
    assert "did you mean `mentions`?" in found["message"]
    change = {"range": found["range"], "text": "mentions"}
    client.change(uri, 2, change)
    assert [one for one in client.findings(uri, 2) if one["severity"] == 1] == []
    client.change(uri, 3, {"text": text})
    assert [one["code"] for one in client.findings(uri, 3) if one["severity"] == 1] == ["E101"]
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    closing = {"method": "textDocument/publishDiagnostics", "params": {"uri": uri, "diagnostics": []}}
    client.ask("textDocument/hover", client.at(uri, "policy"))
    assert closing in [{key: one[key] for key in ("method", "params")} for one in client.said]


@pytest.mark.parametrize(
    ("text", "line", "character", "expected"),
    [
        ('policy a "x" {} #', 0, 2**31 - 1, "x"),
        ('policy a "x\u2028y" {}', 0, 13, "x\u2028y!"),
        ('policy a "x\x0cy z" {}', 0, 15, "x\x0cy z!"),
        ('policy a "x🛒" {}', 0, 12, "x!🛒"),
        ('policy a "x\ry" {}', 1, 0, "x\r!y"),
    ],
)
def test_a_change_is_made_where_the_client_says(
    client: Client, folder: Path, text: str, line: int, character: int, expected: str
) -> None:
    uri = (folder / "placed.policy").as_uri()
    client.open(uri, text)
    position = {"line": line, "character": character}
    client.change(uri, 2, {"range": {"start": position, "end": position}, "text": "!"})
    (found,) = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert found["detail"] == expected
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_changes_in_places_count_columns_in_utf_16(client: Client, folder: Path) -> None:
    uri = (folder / "astral.policy").as_uri()
    text = 'policy astral "🛒🛒" {\r\n  recipients FR\r\n  languages fr\r\n}\r\n'
    client.open(uri, text)
    client.findings(uri, 1)
    end = text.index('" {')
    spot = place(text, end)
    assert spot["character"] == end + 2
    first = {"range": {"start": spot, "end": spot}, "text": "🛒é"}
    later = {"line": 0, "character": spot["character"] + 3}
    second = {"range": {"start": {"line": 0, "character": 15}, "end": later}, "text": ""}
    third = {"range": {"start": {"line": 2, "character": 0}, "end": {"line": 99, "character": 7}}, "text": "}"}
    client.change(uri, 2, first, second, third)
    found = [one for one in client.findings(uri, 2) if one["severity"] == 1]
    assert [(one["code"], one["range"]["start"]) for one in found] == [
        ("E410", {"line": 0, "character": 7}),
        ("E411", {"line": 0, "character": 14}),
    ]
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_hover_shows_meaning_and_the_verdict_of_the_tests(client: Client, shop: str) -> None:
    said = client.ask("textDocument/hover", client.at(shop, "rule perf"))
    assert "No 🛒 perfume" in said["contents"]["value"]
    assert "Test “Perfume is refused” passes" in said["contents"]["value"]
    assert said["range"]["start"] == place(SHOP, SHOP.index("perfume"))
    assert "source of shop" in client.ask("textDocument/hover", client.at(shop, "cite bo"))["contents"]["value"]
    assert client.ask("textDocument/hover", client.at(shop, "languages  fr\n")) is None


def test_completion_replaces_the_word_that_is_being_written(client: Client, shop: str) -> None:
    items = client.ask("textDocument/completion", client.at(shop, "when bo"))
    body = next(item for item in items if item["label"] == "body")
    start = SHOP.index("when body") + len("when ")
    assert body["textEdit"]["range"] == {"start": place(SHOP, start), "end": place(SHOP, start + 2)}
    lists = client.ask("textDocument/completion", client.at(shop, "mentions "))
    assert [item["label"] for item in lists] == ["perfume"]
    entries = client.ask("textDocument/completion", client.at(shop, "languages  fr\n"))
    rule = next(item for item in entries if item["label"] == "rule")
    assert rule["insertTextFormat"] == 2 and "${1:name}" in rule["textEdit"]["newText"]


def test_definition_and_references_across_files(client: Client, shop: str) -> None:
    definition = client.ask("textDocument/definition", client.at(shop, "mentions perf"))
    assert texts(definition) == [("house.policy", 6)]
    context = {"context": {"includeDeclaration": True}}
    assert texts(client.ask("textDocument/references", client.at(shop, "mentions perf", context))) == [
        ("house.policy", 6),
        ("shop.policy", 6),
    ]


def test_rename_across_files(client: Client, shop: str, folder: Path) -> None:
    at = client.at(shop, "mentions perf")
    span = client.ask("textDocument/prepareRename", at)
    assert span["start"] == place(SHOP, SHOP.index("mentions perfume") + len("mentions "))
    changes = client.ask("textDocument/rename", {**at, "newName": "scent"})["changes"]
    house = (folder / "house.policy").as_uri()
    assert edited(SHOP, changes[shop]) == SHOP.replace("mentions perfume", "mentions scent")
    assert edited(HOUSE, changes[house]) == HOUSE.replace("words perfume", "words scent")
    refused = client.answer("textDocument/rename", {**at, "newName": "rule"})
    assert refused["error"]["message"] == "`rule` is a word of the language and cannot be a name"
    nothing = client.answer("textDocument/prepareRename", client.at(shop, "  expect den"))
    assert "can be renamed" in nothing["error"]["message"]


def test_outline(client: Client, shop: str) -> None:
    (policy,) = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": shop}})
    assert (policy["name"], policy["detail"]) == ("shop", "Shop 🛒")
    assert [child["name"] for child in policy["children"]] == ["book", "perfume", "Perfume is refused"]


def test_formatting(client: Client, shop: str) -> None:
    options = {"textDocument": {"uri": shop}, "options": {"tabSize": 2, "insertSpaces": True}}
    laid_out = edited(SHOP, client.ask("textDocument/formatting", options))
    assert '  rule perfume "No 🛒 perfume" {\n    when  body mentions perfume\n    deny\n' in laid_out
    client.change(shop, 2, {"text": laid_out})
    assert client.ask("textDocument/formatting", options) == []


def test_quick_fixes(client: Client, folder: Path) -> None:
    uri = (folder / "fixed.policy").as_uri()
    text = SHOP.replace("policy shop", "policy fixed").replace("cite book", "cite bok")
    client.open(uri, text)
    start = place(text, text.index("bok"))
    params = {"textDocument": {"uri": uri}, "range": {"start": start, "end": start}}
    (fix,) = client.ask("textDocument/codeAction", {**params, "context": {"diagnostics": []}})
    assert (fix["title"], fix["kind"]) == ("Write `book`", "quickfix")
    assert fix["diagnostics"][0]["code"] == "E204"
    assert edited(text, fix["edit"]["changes"][uri]) == text.replace("cite bok", "cite book")
    only = {"diagnostics": [], "only": ["refactor"]}
    assert client.ask("textDocument/codeAction", {**params, "context": only}) == []
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_what_changes_on_disk_counts_after_it_is_told(client: Client, folder: Path) -> None:
    uri = (folder / "late.policy").as_uri()
    text = SHOP.replace("policy shop", "policy late").replace("mentions perfume", "mentions sweets")
    client.open(uri, text)
    assert "E209" in [one["code"] for one in client.findings(uri, 1)]
    sweets = folder / "sweets.policy"
    sweets.write_text(
        'policy sweets "S" { recipients FR languages fr words sweets { fr: "bonbon" } }', encoding="utf-8"
    )
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": sweets.as_uri(), "type": 1}]})
    assert "E209" not in [one["code"] for one in client.findings(uri, 1)]
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


@pytest.mark.parametrize(
    "text", ["", "\x00", "}" * 500, "(" * 500, '"', "policy", "\ufeff", "🛒", "\ud800", "rule " * 300]
)
def test_broken_text_gets_an_answer(client: Client, folder: Path, text: str) -> None:
    uri = (folder / "broken.policy").as_uri()
    client.open(uri, text)
    at = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 99}}
    for method in ("hover", "completion", "definition", "documentSymbol", "prepareRename"):
        assert "jsonrpc" in client.answer(f"textDocument/{method}", at)
    client.findings(uri, 1)
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_a_file_that_is_not_open_gets_empty_answers(client: Client, folder: Path) -> None:
    at = {"textDocument": {"uri": (folder / "house.policy").as_uri()}, "position": {"line": 0, "character": 9}}
    assert client.ask("textDocument/hover", at) is None
    assert client.ask("textDocument/completion", at) == []
    assert client.ask("textDocument/documentSymbol", at) == []


# ---- other ways to start it


def test_with_the_bundled_rules_a_name_leads_into_them(tmp_path: Path) -> None:
    client = Client(None)
    client.start()
    text = SHOP.replace("deny basis house", "deny replaces world.hours basis house")
    client.open("untitled:Untitled-1", text)
    found = [one["code"] for one in client.findings("untitled:Untitled-1", 1)]
    assert "E203" not in found
    (hours,) = client.ask("textDocument/definition", client.at("untitled:Untitled-1", "replaces world.ho"))
    assert hours["uri"].endswith("/rulesets/world.policy")
    assert client.stop() == 0


def test_folders_may_be_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "house.policy").write_text(HOUSE, encoding="utf-8")
    client = Client(folder, "--no-bundled", "--rules", "rules", cwd=tmp_path)
    client.start()
    inside, outside = ((place / "new.policy").as_uri() for place in (tmp_path / "rules", tmp_path))
    client.open(inside, SHOP)
    client.open(outside, SHOP)
    assert "E209" not in [one["code"] for one in client.findings(inside, 1)]
    assert "E209" in [one["code"] for one in client.findings(outside, 1)]
    assert client.stop() == 0


def test_an_editor_that_goes_away_ends_the_server() -> None:
    client = Client(None, "--no-bundled")
    client.start()
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(60) == 1


def test_without_pygls_one_sentence_says_what_to_install() -> None:
    script = "import sys; sys.modules['pygls'] = None\nfrom sendlaw.cli.main import main\nmain(['lsp'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sendlaw lsp: the language server needs pygls; install it with: pip install 'sendlaw[lsp]'\n"


def test_help_says_what_editors_need() -> None:
    told = run("lsp", "--help").stdout
    assert "Language Server Protocol" in told and "--rules" in told and "sendlaw[lsp]" in told


def test_columns_are_counted_as_the_client_asks() -> None:
    client = Client(None, "--no-bundled")
    told = client.start({"general": {"positionEncodings": ["utf-8", "utf-16"]}})
    assert told["positionEncoding"] == "utf-8"
    client.open("untitled:1", 'policy x "🛒" { recipients FR languages frr }')
    (found,) = [one for one in client.findings("untitled:1", 1) if one["severity"] == 1]
    assert found["range"]["start"] == {"line": 0, "character": len('policy x "🛒" { recipients FR languages '.encode())}
    assert client.stop() == 0
