"""`sendlaw lint --explain CODE`: the page of every code in the terminal, and where other output points to it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sendlaw.policy.error_pages import ERROR_PAGES
from sendlaw.policy.pages import PAGES

from .support import run

WRONG = 'policy a "A" {\n  recipients FR\n  languages  fr\n  rule a "A" { when categry is promotional deny }\n}\n'
DOUBTFUL = WRONG.replace("categry", "category")


@pytest.mark.parametrize("code", PAGES)
def test_the_page_of_every_code_is_shown(code: str) -> None:
    result = run("lint", "--explain", code)
    assert (result.exit_code, result.stderr) == (0, "")
    page = PAGES[code]
    head, _, rest = result.stdout.partition("\n\n")
    assert head == page.heading
    assert rest.split() == page.body.split()
    assert all(line in page.body.split("\n") for line in rest.split("\n") if line.startswith("    "))


@pytest.mark.parametrize(("columns", "most"), [("40", 40), ("80", 80), ("200", 100)])
def test_running_text_fits_the_terminal(columns: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = run("lint", "--explain", "E201").stdout.split("\n")
    widths = [len(line) for line in lines if not line.startswith("    ")]
    assert most - 15 <= max(widths) <= most


def test_the_case_of_a_code_does_not_matter() -> None:
    assert run("lint", "--explain", "e203").stdout == run("lint", "--explain", "E203").stdout


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("E20", "did you mean `E2"),
        ("203", "did you mean `E203`?"),
        ("L11", "did you mean `L1"),
        ("gambling", "errors have codes such as E203, findings such as L101"),
        ("", "errors have codes such as E203, findings such as L101"),
    ],
)
def test_a_code_that_nothing_has_is_answered_with_the_nearest(written: str, hint: str) -> None:
    result = run("lint", "--explain", written)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"has the code `{written}`: {hint}" in result.stderr


def test_nothing_is_linted_and_nothing_mended_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_text(WRONG)
    result = run("lint", "--fix", str(path), "--explain", "E203")
    assert result.exit_code == 0
    assert result.stdout == run("lint", "--explain", "E203").stdout
    assert path.read_text() == WRONG


@pytest.mark.parametrize(("text", "code"), [(WRONG, "E201"), (DOUBTFUL, "L102"), (DOUBTFUL + WRONG, "E215")])
def test_findings_point_once_to_the_page_of_the_first_error(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_text(text)
    told = run("lint", str(path)).stdout
    assert re.findall(r"--explain (\w+)", told) == [code]
    assert told.split("\n")[-3] == f"`sendlaw lint --explain {code}` says more"


def test_only_text_points_there(tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_text(WRONG)
    assert not [
        layout
        for layout in ("json", "github")
        if "--explain" in run("lint", "--format", layout, path.as_posix()).stdout
    ]
    assert "--explain" not in run("lint").stdout


def test_rules_that_cannot_be_used_point_there(tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_text(WRONG)
    told = run("test", str(path)).stderr
    assert told.endswith(
        "sendlaw: the rules cannot be used: 1 error in 1 file; `sendlaw lint --explain E201` says more\n"
    )


def test_the_command_on_the_page_of_unreadable_files_fails_and_then_does_not(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    before, after = re.findall(r"^    sendlaw (.+)$", ERROR_PAGES["E001"], re.MULTILINE)
    found = [json.loads(run(*command.split(), "--format", "json").stdout) for command in (before, after)]
    assert [[finding["code"] for finding in one if finding["severity"] == "error"] for one in found] == [["E001"], []]
