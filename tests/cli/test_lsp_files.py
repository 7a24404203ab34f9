"""The language server asked about whole files, and about changing them."""

from __future__ import annotations

from pathlib import Path

from .lsp_client import Client, edited, place
from .lsp_files import HOUSE, SHOP

COLOURS = ["comment", "string", "number", "keyword", "operator", "type"]
COLOURS += ["namespace", "function", "class", "property", "enumMember", "variable"]


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


def test_doubts_come_after_errors_and_can_be_mended_all_at_once(client: Client, folder: Path) -> None:
    uri = (folder / "doubtful.policy").as_uri()
    text = SHOP.replace("policy shop", "policy doubtful").replace("cite book }", "cite book, book, bok }")
    client.open(uri, text)
    assert [one["code"] for one in client.findings(uri, 1)] == ["E204"]
    text = text.replace(", bok", "")
    client.change(uri, 2, {"text": text})
    assert client.findings(uri, 2) == []
    found = [one["code"] for one in client.findings(uri, 2)]
    assert "L119" in found and found == sorted(found, key=found.index)
    everything = {"start": place(text, 0), "end": place(text, len(text))}
    params = {"textDocument": {"uri": uri}, "range": everything}

    def asked(*only: str) -> list[tuple[str, str]]:
        context = {"diagnostics": [], **({"only": [*only]} if only else {})}
        actions = client.ask("textDocument/codeAction", {**params, "context": context})
        mended = {(action["kind"], edited(text, action["edit"]["changes"][uri])) for action in actions}
        return sorted(mended)

    better = text.replace("book, book", "book")
    assert asked() == asked("quickfix") == [("quickfix", better)]
    whole = [("source.fixAll.sendlaw", better)]
    assert asked("source.fixAll") == asked("source") == asked("source.fixAll.sendlaw") == whole
    assert asked("source.fixAll.other") == asked("refactor") == asked("source.organizeImports") == []
    client.change(uri, 3, {"text": better})
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_while_somebody_types_the_newest_text_alone_is_linted(client: Client, folder: Path) -> None:
    uri = (folder / "typing.policy").as_uri()
    text = SHOP.replace("policy shop", "policy typing")
    client.open(uri, text)
    for version in range(2, 22):
        client.change(uri, version, {"text": "\n" * version + text})
    client.findings(uri, 21)
    versions = [one["params"]["version"] for one in client.said if one.get("params", {}).get("uri") == uri]
    assert set(versions) <= {1, *range(2, 21)} and len(versions) < 20
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_formatting_of_what_is_selected(client: Client, folder: Path) -> None:
    uri = (folder / "two.policy").as_uri()
    rules = [f'  rule {name} "🛒 {name}" {{ deny   basis house  }}\n' for name in ("first", "second")]
    text = 'policy two "Two" {\n  recipients FR\n  languages fr\n' + "".join(rules) + "}\n"
    client.open(uri, text)
    start = place(text, text.index("🛒 second"))
    params = {"textDocument": {"uri": uri}, "range": {"start": start, "end": start}}
    options = {"options": {"tabSize": 2, "insertSpaces": True}}
    laid_out = edited(text, client.ask("textDocument/rangeFormatting", {**params, **options}))
    assert laid_out == text.replace(rules[1], '  rule second "🛒 second" {\n    deny\n    basis house\n  }\n')
    client.change(uri, 2, {"text": text + "}"})
    assert client.ask("textDocument/rangeFormatting", {**params, **options}) == []
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_what_is_seen_of_a_file(client: Client, shop: str) -> None:
    of_file = {"textDocument": {"uri": shop}}
    folds = client.ask("textDocument/foldingRange", of_file)
    assert [(one["startLine"], one["endLine"]) for one in folds] == [(0, 12), (8, 11)]
    (link,) = client.ask("textDocument/documentLink", of_file)
    assert link["target"] == "https://example.org/book"
    assert link["range"]["start"] == place(SHOP, SHOP.index("https://"))
    marks = client.ask("textDocument/documentHighlight", client.at(shop, "cite bo"))
    assert sorted(one["range"]["start"]["line"] for one in marks) == [4, 6]


def test_colours_are_packed_as_the_protocol_says(client: Client, shop: str) -> None:
    told = client.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": shop}})["data"]
    assert len(told) % 5 == 0
    line, character, found = 0, 0, []
    for down, across, length, kind, modifiers in zip(*(told[number::5] for number in range(5)), strict=True):
        line, character = line + down, across + (0 if down else character)
        words = SHOP.split("\n")[line].encode("utf-16-le")[2 * character : 2 * (character + length)]
        found.append((words.decode("utf-16-le"), COLOURS[kind]))
        assert modifiers == 0
    assert found[:4] == [("policy", "keyword"), ("shop", "namespace"), ('"', "string"), ("Shop 🛒", "string")]
    assert {("perfume", "function"), ("body", "property"), ("mentions", "keyword"), ("FR", "enumMember")} <= {*found}
