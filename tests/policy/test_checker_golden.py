"""What each kind of mistake is answered with, to the letter.

`SENDLAW_UPDATE_GOLDEN=1 pytest tests/policy/test_checker_golden.py` writes the expected texts anew: read the
difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sendlaw.policy.checker import Checked, check
from sendlaw.policy.codes import CODES
from sendlaw.policy.parser import parse
from sendlaw.policy.render import counts, render_text
from sendlaw.policy.source import Source

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "errors"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix == ".policy" or path.is_dir())
"""Wrong rule files, and folders of such that are read together."""


def checked(path: Path) -> Checked:
    files = sorted(path.glob("*.policy")) if path.is_dir() else [path]
    return check([parse(Source(file.name, file.read_bytes().decode("utf-8"))) for file in files])


def shown(path: Path) -> str:
    findings = checked(path).findings
    return f"{render_text(findings)}\n\n{counts(findings)}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_mistake_is_answered_as_written_down(path: Path) -> None:
    expected = path.with_suffix(".expected")
    if os.environ.get("SENDLAW_UPDATE_GOLDEN"):
        expected.write_text(shown(path), encoding="utf-8", newline="\n")
    assert shown(path) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_wrong_file_has_no_meaning(path: Path) -> None:
    result = checked(path)
    assert result.rule_set is None
    assert any(finding.severity == "error" for finding in result.findings)
    assert [finding.message for finding in result.findings if not finding.help] == []


def test_there_is_a_wrong_file_for_every_code_that_a_file_can_cause() -> None:
    found = {finding.code for path in FILES for finding in checked(path).findings}
    caused_elsewhere = {"E001", "E199"}
    assert set(CODES) - found == caused_elsewhere
    assert found <= set(CODES)


def test_no_expected_text_is_left_without_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.expected")} == {path.stem for path in FILES}
    assert len(FILES) >= 140
