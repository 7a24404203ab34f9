"""The wheel, installed in an empty environment and used from elsewhere: no file is forgotten."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.xdist_group("packaging")

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
STAYS = {"tests", "benchmarks", "tools", "docs", "examples"}
LATE_IN_FRANCE = {
    "id": "m1",
    "to": "+33612345678",
    "sender": "ACME",
    "category": "promotional",
    "body": "Soldes !",
    "at": "2026-11-24T22:14:00+01:00",
    "consent": {"status": "opted_in"},
    "brand": {"name": "ACME", "stop": "36179"},
    "history": [],
}


@dataclass(frozen=True)
class Built:
    wheel: Path
    archive: Path
    log: str


@dataclass(frozen=True)
class Installed:
    folder: Path

    def run(self, program: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program of the environment from a folder that has nothing to do with the repository."""
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        command = [str(self.folder / "bin" / program), *arguments]
        return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", cwd=elsewhere, env=clean())


def clean() -> dict[str, str]:
    """The surroundings without anything that points Python back to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def quietly(*command: str) -> str:
    """Run a command, hand back what it printed; a failure shows it."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=clean())
    assert done.returncode == 0, done.stdout
    return done.stdout


@cache
def repository_files() -> list[str]:
    """What is in the repository or would be after `git add`: stray build products do not count."""
    listed = quietly("git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    return sorted({path for path in listed.split("\0") if path and (ROOT / path).is_file()})


def package_files() -> set[str]:
    """Files of the package as the wheel should name them: Python and data, but no remarks on the source."""
    folders = {path.split("/")[0] for path in repository_files() if path.endswith("/__init__.py")} - STAYS
    inside = {p for p in repository_files() if p.split("/")[0] in folders or p in {"__init__.py", "__main__.py"}}
    return {f"sendlaw/{path}" for path in inside | {"py.typed"} if not path.endswith(".md")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The source archive, and the wheel made from it."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for path in repository_files():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, source / path)
    log = quietly(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(source))
    return Built(next(target.glob("*.whl")), next(target.glob("*.tar.gz")), log)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment with the wheel and what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False, symlinks=True)
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(folder / "bin" / "python"),
        "--disable-pip-version-check",
    )
    quietly(*pip, "install", "--quiet", str(built.wheel))
    quietly(*pip, "check")
    return Installed(folder)


def test_the_build_has_nothing_to_warn_of(built: Built) -> None:
    assert "!!" not in built.log
    assert "Deprecat" not in built.log


def test_the_wheel_holds_every_module_and_data_file(built: Built) -> None:
    shipped = {name for name in ZipFile(built.wheel).namelist() if name.startswith("sendlaw/")}
    assert sorted(package_files() - shipped) == []
    assert sorted(shipped - package_files()) == []


def test_grammar_and_rules_are_among_the_files_compared() -> None:
    suffixes = {Path(path).suffix for path in package_files()}
    assert {".py", ".lark", ".policy"} <= suffixes


def test_the_wheel_holds_its_licence(built: Built) -> None:
    assert any(name.endswith("/licenses/LICENSE") for name in ZipFile(built.wheel).namelist())


def test_what_serves_development_stays_in_the_repository(built: Built) -> None:
    with tarfile.open(built.archive) as archive:
        inside = [name.split("/")[1] for name in archive.getnames() if "/" in name]
    assert STAYS & set(inside) == set()


def test_the_version_is_told(installed: Installed) -> None:
    told = installed.run("sendlaw", "--version")
    assert told.stderr == ""
    assert told.returncode == 0
    assert PROJECT["version"] in told.stdout


def test_the_pages_of_errors_and_findings_are_there(installed: Installed) -> None:
    for code in ("E203", "L101"):
        told = installed.run("sendlaw", "lint", "--explain", code)
        assert (told.returncode, told.stderr) == (0, "")
        assert told.stdout.startswith(code) and "\nAfter:\n" in told.stdout


def check(installed: Installed) -> dict[str, Any]:
    done = installed.run("sendlaw", "check", "--json", "-", text=json.dumps(LATE_IN_FRANCE) + "\n")
    assert done.stderr == ""
    assert done.returncode == 0
    verdict: dict[str, Any] = json.loads(done.stdout)
    return verdict


def test_a_message_is_judged_by_the_command(installed: Installed) -> None:
    verdict = check(installed)
    assert (verdict["id"], verdict["country"]) == ("m1", "FR")
    assert (verdict["decision"], verdict["until"]) == ("defer", "2026-11-25T08:00:00+01:00")
    assert "FR.hours" in {reason["rule"] for reason in verdict["reasons"]}


def test_a_message_is_judged_from_python_alike(installed: Installed) -> None:
    program = (
        "import json, sendlaw, sys; from sendlaw import Message, evaluate\n"
        "verdict = evaluate(Message(**json.load(sys.stdin)))\n"
        "print(json.dumps([sendlaw.__file__, verdict.model_dump()]))"
    )
    done = installed.run("python", "-c", program, text=json.dumps(LATE_IN_FRANCE))
    assert done.stderr == ""
    assert done.returncode == 0
    file, verdict = json.loads(done.stdout)
    assert Path(file).is_relative_to(installed.folder)
    assert verdict == check(installed)
