"""The language server, started as an editor starts it and driven over its protocol."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .lsp_client import Client, place
from .lsp_files import HOUSE, SHOP
from .support import run


def texts(locations: list[Any]) -> list[tuple[str, int]]:
    return sorted((one["uri"].rpartition("/")[2], one["range"]["start"]["line"]) for one in locations)


def test_what_the_server_can_do_is_told(folder: Path) -> None:
    client = Client(folder, "--no-bundled")
    told = client.start({"textDocument": {"rename": {"prepareSupport": True}}})
    for name in ("hover", "definition", "references", "documentHighlight", "documentSymbol", "documentFormatting"):
        assert told[f"{name}Provider"]
    for name in ("documentRangeFormatting", "foldingRange", "documentLink"):
        assert told[f"{name}Provider"]
    assert told["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.sendlaw"]
    assert told["semanticTokensProvider"]["full"]
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


def test_outline(client: Client, shop: str) -> None:
    (policy,) = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": shop}})
    assert (policy["name"], policy["detail"]) == ("shop", "Shop 🛒")
    assert [child["name"] for child in policy["children"]] == ["book", "perfume", "Perfume is refused"]


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
    for method in ("foldingRange", "documentLink", "semanticTokens/full", "documentHighlight"):
        assert "error" not in client.answer(f"textDocument/{method}", at)
    for method in ("hover", "completion", "definition", "documentSymbol", "prepareRename"):
        assert "jsonrpc" in client.answer(f"textDocument/{method}", at)
    client.findings(uri, 1)
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_a_file_that_is_not_open_gets_empty_answers(client: Client, folder: Path) -> None:
    at = {"textDocument": {"uri": (folder / "house.policy").as_uri()}, "position": {"line": 0, "character": 9}}
    assert client.ask("textDocument/hover", at) is None
    assert client.ask("textDocument/completion", at) == []
    assert client.ask("textDocument/documentSymbol", at) == []
    assert client.ask("textDocument/foldingRange", at) == client.ask("textDocument/documentLink", at) == []
    assert client.ask("textDocument/semanticTokens/full", at) == {"data": []}


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


def test_the_settings_of_the_workspace_count(tmp_path: Path) -> None:
    (tmp_path / "sendlaw.toml").write_text('[lint]\nignore = ["L153"]\n[lint.severity]\nL110 = "note"\n')
    client = Client(tmp_path, "--no-bundled")
    client.start()
    uri = (tmp_path / "shop.policy").as_uri()
    client.open(uri, SHOP.split("  rule")[0] + "}")
    found = client.findings(uri, 1)
    assert [(one["code"], one["severity"]) for one in found] == [("L110", 3)]
    (tmp_path / "sendlaw.toml").write_text('[lint]\nignore = ["L110"]\n')
    client.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert client.findings(uri, 1) == []
    (tmp_path / "sendlaw.toml").write_text('[lint]\nignore = ["L1"]\n')
    client.tell("workspace/didChangeWatchedFiles", {"changes": []})
    assert [one["code"] for one in client.findings(uri, 1)] == ["L110"]
    assert client.stop() == 0
    assert client.process.stderr is not None
    assert b"there is no finding `L1`" in client.process.stderr.read()


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
