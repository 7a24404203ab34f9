"""What ships for editors beside the language server: the extension's folder and the hooks for pre-commit."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sendlaw.cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "editors" / "vscode"
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")


def extension() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    return told


def test_the_extension_names_files_that_are_there_or_are_built() -> None:
    told, build = extension(), (EXTENSION / "build.mjs").read_text(encoding="utf-8")
    (language,), (grammar,) = told["contributes"]["languages"], told["contributes"]["grammars"]
    assert (EXTENSION / language["configuration"]).is_file()
    assert language["extensions"] == [".policy"]
    for built in (told["main"], grammar["path"]):
        assert built.removeprefix("./") in build
    for source in re.findall(r'copyFileSync\("([^"]+)"', build):
        assert (EXTENSION / source).is_file()


def test_the_extension_has_what_packaging_demands() -> None:
    told = extension()
    assert re.fullmatch(r"[a-z0-9-]+", told["name"]) and re.fullmatch(r"[a-z0-9-]+", told["publisher"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["version"])
    assert re.fullmatch(r"\^\d+\.\d+\.\d+", told["engines"]["vscode"])
    assert told["displayName"] and told["description"] and (EXTENSION / "README.md").is_file()
    assert set(told["scripts"]) >= {"build", "package", "vscode:prepublish"}
    built = set(
        re.findall(r'(?:outfile: |copyFileSync\("[^"]+", )"([^"]+)"', (EXTENSION / "build.mjs").read_text("utf-8"))
    )
    assert built == {"LICENSE.txt", told["main"].removeprefix("./"), "dist/policy.tmLanguage.json"}
    kept = (EXTENSION / ".vscodeignore").read_text(encoding="utf-8").split()
    assert kept[0] == "**"
    shipped = [*built, "package.json", "README.md", told["contributes"]["languages"][0]["configuration"]]
    assert {f"!{path.removeprefix('./').split('/')[0]}" for path in shipped} == {
        line.split("/")[0] for line in kept[1:]
    }


def test_the_extension_speaks_of_the_one_grammar_and_the_one_version() -> None:
    told = extension()
    grammar = json.loads((ROOT / "grammar" / "policy.tmLanguage.json").read_text(encoding="utf-8"))
    assert told["contributes"]["grammars"][0]["scopeName"] == grammar["scopeName"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (told["version"], told["license"]) == (project["version"], project["license"])


def test_the_extension_starts_the_server_with_options_it_has() -> None:
    client = (EXTENSION / "extension.js").read_text(encoding="utf-8")
    help_text = CliRunner().invoke(main, ["lsp", "--help"]).stdout
    assert '"lsp"' in client
    assert set(re.findall(r'"(--[a-z-]+)"', client)) == {"--rules", "--no-bundled"} <= set(help_text.split())
    settings = {name.removeprefix("sendlaw.") for name in extension()["contributes"]["configuration"]["properties"]}
    assert settings == set(re.findall(r'settings\.get\("(\w+)"\)', client))


def test_what_is_paired_while_typing_can_be_read() -> None:
    told = json.loads((EXTENSION / "language-configuration.json").read_text(encoding="utf-8"))
    assert told["comments"]["lineComment"] == "#"
    assert re.compile(told["indentationRules"]["increaseIndentPattern"]).match('  rule a "A {" {')
    assert not re.compile(told["indentationRules"]["increaseIndentPattern"]).match('  append "{stop}"')
    assert re.compile(told["wordPattern"]).fullmatch("opted_in")


def hooks() -> dict[str, list[str]]:
    """Each hook's command with its arguments."""
    found = {}
    for block in HOOKS.split("- id: ")[1:]:
        entry = re.search(r"entry: (.+)", block)
        arguments = re.search(r"args: (\[.*\])", block)
        assert entry is not None
        found[block.split()[0]] = [*entry[1].split(), *(json.loads(arguments[1]) if arguments else [])]
    return found


def test_there_are_three_hooks_for_rule_files() -> None:
    assert list(hooks()) == ["sendlaw-fmt", "sendlaw-lint", "sendlaw-test"]
    assert HOOKS.count("language: python") == HOOKS.count(r"files: \.policy$") == 3
    assert all(command[0] == "sendlaw" and command[1] in COMMANDS for command in hooks().values())


SOUND = """policy house "House" {
  recipients anywhere
  languages  en

  rule gifts "No gifts" {
    when  body mentions "gift"
    deny
    basis house
  }

  test "Gifts" {
    to "+33639980001"  from "ACME"  category transactional
    body "a gift"
    expect deny by gifts
  }

  test "No gifts" {
    to "+33639980001"  from "ACME"  category transactional
    body "nothing"
    expect deny by world.landline
  }
}
"""
WRONG = {
    "sendlaw-fmt": SOUND.replace("    deny", "  deny"),
    "sendlaw-lint": SOUND.replace("    basis house\n", ""),
    "sendlaw-test": SOUND.replace("expect deny by gifts", "expect allow"),
}


@pytest.mark.parametrize("hook", WRONG)
def test_hooks_pass_what_is_sound_and_stop_what_is_not(
    hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = [*hooks()[hook][1:], *(["house.policy"] if hook == "sendlaw-fmt" else [])]
    for text, code in ((SOUND, 0), (WRONG[hook], 1)):
        Path("house.policy").write_text(text, encoding="utf-8")
        result = CliRunner().invoke(main, command)
        assert result.exit_code == code, result.output
