"""What the page on campaigns shows is true, as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sendlaw.cli.main import main

SHOWN = re.compile(r"^((?:outcome|campaign|outcomes|explanation|\[outcome)\S*.*?) +# (.+)$", re.MULTILINE)


def blocks(repository: Path, kind: str) -> list[str]:
    page = (repository / "docs" / "campaign.md").read_text(encoding="utf-8")
    return [text for name, text in re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL) if name == kind]


def test_the_python_gives_what_its_comments_say(repository: Path) -> None:
    shown: dict[str, Any] = {}
    told = 0
    for code in blocks(repository, "python"):
        exec(code, shown)
        for expression, comment in SHOWN.findall(code):
            value = eval(expression, shown)
            assert comment in (repr(value), str(value)), expression
            told += 1
    assert told == 10


def test_the_commands_work(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    message = {"sender": "ACME", "category": "promotional", "body": "Soldes !"}
    Path("message.json").write_text(json.dumps(message), encoding="utf-8")
    lines = [line for block in blocks(repository, "sh") for line in block.splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert CliRunner().invoke(main, line.split()[1:]).exit_code == 0
