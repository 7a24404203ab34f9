"""The linter's configuration: where it is found, what it changes, and its errors in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sendlaw.cli.lint import lint

DOUBTFUL = """policy acme "Our own rules" {
  recipients anywhere
  languages  en
  words w { en: "x", "X" }
  rule cannabis "No cannabis" { when subject is one of (cannabis) deny basis house }
}
"""
FOUND = ["L111", "L115", "L114", "L151"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a rule file of four findings, from which commands are run; the bundled rules are left out."""
    monkeypatch.setattr("sendlaw.cli.lint.bundled_beside", lambda given: [])
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "acme.policy").write_text(DOUBTFUL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(lint, ["--today", "2026-11-22", "--format", "json", "drafts", *arguments])


def codes(result: Result) -> list[str]:
    return [finding["code"] for finding in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", FOUND),
        ('ignore = ["L111", "L115"]', ["L114", "L151"]),
        ('select = ["L111", "L115"]', ["L111", "L115"]),
        ('select = ["L111", "L115"]\nignore = ["L111"]', ["L115"]),
        ("select = []", []),
        ('[lint.per-file-ignores]\n"drafts/*.policy" = ["L114"]', ["L111", "L115", "L151"]),
        ('[lint.per-file-ignores]\n"other/*.policy" = ["L114"]', FOUND),
        ('[lint.severity]\nL111 = "error"', FOUND),
    ],
)
def test_what_is_shown(folder: Path, settings: str, expected: list[str]) -> None:
    (folder / "sendlaw.toml").write_text(f"[lint]\n{settings}\n")
    assert codes(run()) == expected
    (folder / "sendlaw.toml").unlink()
    shared = settings.replace("[lint.", "[tool.sendlaw.lint.")
    (folder / "pyproject.toml").write_text(f"[tool.sendlaw.lint]\n{shared}\n")
    assert codes(run()) == expected


def test_severities_are_those_of_the_configuration(folder: Path) -> None:
    (folder / "sendlaw.toml").write_text('[lint.severity]\nL111 = "error"\nL115 = "note"\n')
    found = {finding["code"]: finding["severity"] for finding in json.loads(run().stdout)}
    assert found == {"L111": "error", "L115": "note", "L114": "warning", "L151": "warning"}


def test_notes_alone_exit_0(folder: Path) -> None:
    (folder / "sendlaw.toml").write_text('[lint]\nselect = ["L111"]\n[lint.severity]\nL111 = "note"\n')
    result = run()
    assert (codes(result), result.exit_code) == (["L111"], 0)


def test_the_nearest_file_that_speaks_of_linting_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "sendlaw.toml").write_text('[lint]\nselect = ["L111"]\n')
    (folder / "drafts" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    monkeypatch.chdir(folder / "drafts")
    result = CliRunner().invoke(lint, ["--today", "2026-11-22", "--format", "json", "acme.policy"])
    assert codes(result) == ["L111"]
    (folder / "drafts" / "pyproject.toml").write_text('[tool.sendlaw.lint]\nselect = ["L115"]\n')
    result = CliRunner().invoke(lint, ["--today", "2026-11-22", "--format", "json", "acme.policy"])
    assert codes(result) == ["L115"]


def test_a_file_can_be_named(folder: Path) -> None:
    (folder / "strict.toml").write_text('[lint]\nselect = ["L114"]\n')
    (folder / "sendlaw.toml").write_text('[lint]\nselect = ["L111"]\n')
    assert codes(run("--config", "strict.toml")) == ["L114"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[lint]\nignore = ["L999"]', "[lint]: `ignore`: there is no finding `L999`"),
        ('[lint]\nignore = "L101"', '`ignore` is a list of codes such as ["L101"], not a text'),
        ("[lint]\nselect = [101]", '`select` holds codes such as "L101", not a number'),
        ('[lint]\nselect = ["E201"]', "`E201` is an error of the checker, which cannot be set aside"),
        ('[lint]\nignored = ["L101"]', "there is no setting `ignored`: did you mean `ignore`?"),
        ("[lint]\nzzz = 1", "the settings are `select`, `ignore`, `severity`, `per-file-ignores`"),
        ('[lint.severity]\nL101 = "fatal"', '`severity.L101` is "error", "warning" or "note", not `fatal`'),
        ("[lint.severity]\nL101 = 3", '`severity.L101` is "error", "warning" or "note", not a number'),
        ('[lint]\nseverity = ["L101"]', "`severity` is a table of settings, not a list"),
        ('[lint.per-file-ignores]\n"" = ["L101"]', "`per-file-ignores` has an empty pattern"),
        ('[lint.per-file-ignores]\n"x" = 2026-01-01', "is a list of codes such as"),
        ("lint = 3", "the table is a table of settings, not a number"),
        ("[lint", "is not TOML: "),
    ],
)
def test_errors_are_told_in_words(folder: Path, text: str, said: str) -> None:
    (folder / "sendlaw.toml").write_text(text)
    result = run()
    assert result.exit_code == 2
    assert "sendlaw.toml" in result.stderr
    assert said in result.stderr


def test_files_that_cannot_be_read_are_told(folder: Path) -> None:
    (folder / "sendlaw.toml").write_bytes(b"\xff")
    assert "sendlaw.toml: is not UTF-8" in run().stderr
    assert "absent.toml: no such file or directory" in run("--config", "absent.toml").stderr
    (folder / "sendlaw.toml").unlink()
    (folder / "pyproject.toml").write_text("tool = 3")
    result = run()
    assert result.exit_code == 2
    assert "`sendlaw` stands in something that is no table" in result.stderr
