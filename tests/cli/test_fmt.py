"""`sendlaw fmt`: what it writes, what it leaves alone, and its exit codes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sendlaw.cli.fmt import fmt

UNTIDY = 'policy FR "France" { recipients FR\n languages fr }  # why\n'
TIDY = 'policy FR "France" {\n  recipients FR\n  languages  fr\n}  # why\n'
BROKEN = 'policy FR "France" { rule }\n'


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(fmt, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.policy").write_text(UNTIDY)
    (tmp_path / "inner" / "b.policy").write_text(TIDY)
    (tmp_path / "notes.txt").write_text(UNTIDY)
    return tmp_path


def test_files_in_folders_are_rewritten(folder: Path) -> None:
    result = run(folder)
    assert (result.exit_code, result.stdout) == (0, f"{folder}/a.policy\n")
    assert result.stderr == "1 file changed, 1 file already in order\n"
    assert (folder / "a.policy").read_text() == TIDY
    assert (folder / "notes.txt").read_text() == UNTIDY
    assert run(folder).stderr == "2 files already in order\n"


def test_the_current_folder_is_meant_where_none_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert run().stdout == "a.policy\n"


def test_check_names_files_and_writes_nothing(folder: Path) -> None:
    result = run("--check", folder)
    assert (result.exit_code, result.stdout) == (1, f"{folder}/a.policy\n")
    assert (folder / "a.policy").read_text() == UNTIDY
    assert run("--check", folder / "inner").exit_code == 0


@pytest.mark.parametrize(("options", "code"), [(["--diff"], 0), (["--diff", "--check"], 1)])
def test_diff_shows_what_would_change(folder: Path, options: list[str], code: int) -> None:
    result = run(*options, folder)
    assert result.exit_code == code
    assert result.stdout.splitlines()[:2] == [f"--- {folder}/a.policy", f"+++ {folder}/a.policy"]
    assert '-policy FR "France" { recipients FR' in result.stdout
    assert '+policy FR "France" {' in result.stdout
    assert (folder / "a.policy").read_text() == UNTIDY


def test_a_broken_file_is_left_alone_and_the_others_are_done(folder: Path) -> None:
    (folder / "broken.policy").write_text(BROKEN)
    result = run(folder)
    assert result.exit_code == 2
    assert (folder / "broken.policy").read_text() == BROKEN
    assert (folder / "a.policy").read_text() == TIDY
    assert "error[E101]" in result.stderr
    assert "1 file left alone" in result.stderr


@pytest.mark.parametrize("name", ["missing.policy", "empty"])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / name)
    assert result.exit_code == 2
    assert name in result.stderr


def test_a_file_that_is_not_utf8_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_bytes(b'policy FR "\xff" {}')
    assert run(path).exit_code == 2
    assert path.read_bytes() == b'policy FR "\xff" {}'


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "a.policy", tmp_path / "link.policy"
    path.write_text(UNTIDY)
    path.chmod(0o640)
    link.symlink_to(path)
    assert run(link).exit_code == 0
    assert link.is_symlink()
    assert path.read_text() == TIDY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.policy", "link.policy"]


def test_line_ends_and_byte_order_mark_go(tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_bytes(b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode())
    assert run("--check", path).exit_code == 1
    run(path)
    assert path.read_bytes() == TIDY.encode()


def test_standard_input_goes_to_standard_output() -> None:
    assert run("-", stdin=UNTIDY).stdout == TIDY
    assert run("-", "--check", stdin=UNTIDY).exit_code == 1
    assert run("-", "--check", stdin=TIDY).exit_code == 0
    assert "+  recipients FR" in run("-", "--diff", stdin=UNTIDY).stdout


@pytest.mark.parametrize("stdin", [BROKEN, b"\xff"])
def test_broken_standard_input_gives_no_output(stdin: str | bytes) -> None:
    result = run("-", stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, "")


def test_standard_input_stands_alone() -> None:
    assert run("-", "a.policy").exit_code == 2


def test_help_has_an_example() -> None:
    assert "sendlaw fmt house-rules/" in run("--help").stdout
