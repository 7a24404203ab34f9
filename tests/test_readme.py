"""What the README and the page of the pipeline show is true, as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sendlaw.cli.main import COMMANDS, main
from sendlaw.engine.message import parse_message

MESSAGE = {
    "id": "m1",
    "to": "+33612345678",
    "sender": "ACME",
    "category": "transactional",
    "body": "Bonjour",
    "at": "2026-11-24T12:00:00+01:00",
}


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of that kind on a page."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [text for name, text in fenced if name == kind]


def test_the_rule_file_passes_its_test_and_is_in_canonical_layout(repository: Path, tmp_path: Path) -> None:
    (text,) = (block for block in blocks(repository / "README.md", "") if block.startswith("policy"))
    file = tmp_path / "demo.policy"
    file.write_text(text.replace("policy FR ", "policy demo "), encoding="utf-8")
    for arguments in (["fmt", "--check"], ["test"]):
        result = CliRunner().invoke(main, [*arguments, str(file)])
        assert result.exit_code == 0, result.output


def test_the_python_gives_what_its_comments_say(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    house = tmp_path / "house-rules"
    house.mkdir()
    (house / "house.policy").write_bytes((repository / "examples" / "house.policy").read_bytes())
    (code,) = blocks(repository / "README.md", "python")
    shown: dict[str, Any] = {"messages": [MESSAGE]}
    exec(code, shown)
    said = re.findall(r"^(verdict\.\S+) +# (.+)$", code, re.MULTILINE)
    exec(code.partition("policy = ")[0], shown)
    assert len(said) == 4
    for expression, comment in said:
        value = eval(expression, shown)
        assert comment in (repr(value), str(value))


def test_every_command_that_is_named_exists(repository: Path) -> None:
    named = set(re.findall(r"`sendlaw ([a-z]+)", (repository / "README.md").read_text(encoding="utf-8")))
    assert named <= set(COMMANDS)


def test_the_command_for_house_rules_works(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    (line,) = (
        each for block in blocks(repository / "README.md", "sh") for each in block.splitlines() if "--rules" in each
    )
    assert CliRunner().invoke(main, line.split()[1:]).exit_code == 0


def test_the_pipeline_from_python_sends(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = blocks(repository / "docs" / "pipeline.md", "python")
    shown: dict[str, Any] = {"message": parse_message(MESSAGE)}
    exec(code, shown)
    assert [outcome.kind for outcome in shown["outcomes"]] == ["sent"]
    assert Path("sent.jsonl").read_text(encoding="utf-8").count("\n") == 1
