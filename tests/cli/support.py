"""Running the command line in tests, and comparing what it prints with golden files."""

from __future__ import annotations

import os
from pathlib import Path

from click.testing import CliRunner, Result
from sendlaw.cli.main import main

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"
SHOP = str(GOLDEN / "shop.policy")
SHOP_ALONE = ("--no-bundled", "--rules", SHOP)
MESSAGES = str(GOLDEN / "messages.jsonl")

UPDATE = "SENDLAW_UPDATE_GOLDEN"
"""The environment variable that has golden files written anew, to be looked through before they are kept."""


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    """One command, in this process. Whatever happens, it must end by an exit, and show no traceback."""
    result = CliRunner().invoke(main, arguments, input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def first_message() -> str:
    """The first line of the golden messages."""
    return Path(MESSAGES).read_text(encoding="utf-8").splitlines()[0]


def assert_golden(name: str, text: str) -> None:
    """That `text` is what the golden file of that name holds."""
    path = GOLDEN / name
    if os.environ.get(UPDATE):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
