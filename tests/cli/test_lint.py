"""`sendlaw lint`: its formats, its exit codes, safe edits, and what it reads beside the given files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sendlaw.cli.lint import lint
from sendlaw.cli.rule_files import bundled_beside, bundled_path
from sendlaw.engine.rule_store import bundled_sources
from sendlaw.policy.source import Source

CLEAN = """policy acme "Our own rules" {
  recipients anywhere
  languages  en

  rule cannabis "No cannabis" {
    when  subject is cannabis
    deny
    basis house
  }

  test "Cannabis" {
    to "+33639980001"  from "ACME"  category transactional
    at 2026-11-24 12:00
    body "x"
    cases (subjects) {
      cannabis | deny by cannabis
      health   | allow
    }
  }
}
"""
DOUBTFUL = CLEAN.replace("basis house", "basis law").replace("{\n  rec", '{\n  words w { en: "x, y", "X, Y" }\n  rec')
WRONG = CLEAN.replace("subject is", "subjct is")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(lint, ["--today", "2026-11-22", *map(str, arguments)])


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file with three findings."""
    path = tmp_path / "house rules.policy"
    path.write_text(DOUBTFUL)
    return path


def test_the_bundled_rules_give_no_finding() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (0, "no findings\n")


def test_bundled_files_named_by_their_path_are_not_read_twice(repository: Path) -> None:
    assert run(repository / "rulesets").stdout == "no findings\n"
    assert run(repository / "rulesets" / "countries").stdout == "no findings\n"


def test_copies_of_bundled_files_take_their_place() -> None:
    shipped = bundled_sources()
    assert bundled_beside([]) == shipped
    assert bundled_beside([Source("copy.policy", shipped[0].text)]) == shipped[1:]
    assert bundled_beside([Source(str(bundled_path(shipped[1])), "edited")]) == [shipped[0], *shipped[2:]]


def test_findings_exit_1_and_are_those_of_the_given_files(rules: Path) -> None:
    result = run(rules)
    assert result.exit_code == 1
    assert "warning[L101]: `acme.cannabis` stands on `law` and cites no source" in result.stdout
    assert result.stdout.endswith("3 warnings in 1 file\n")
    rules.write_text(CLEAN)
    assert (run(rules).exit_code, run(rules).stdout) == (0, "no findings\n")


def test_errors_of_the_checker_are_findings(rules: Path) -> None:
    rules.write_text(WRONG)
    result = run(rules)
    assert result.exit_code == 1
    assert "error[E201]" in result.stdout


def test_house_rules_are_read_with_the_bundled_ones(rules: Path) -> None:
    rules.write_text(CLEAN.replace("basis house", "basis house  replaces world.no_such_rule"))
    assert "world.no_such_rule" in run(rules).stdout


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_what_cannot_be_read_exits_2_and_the_rest_is_linted(rules: Path, content: bytes | None) -> None:
    other = rules.parent / "other.policy"
    if content is not None:
        other.write_bytes(content)
    result = run(rules, other)
    assert result.exit_code == 2
    assert "other.policy" in result.stdout
    assert "L101" in result.stdout


def test_the_day_decides_what_is_old(rules: Path) -> None:
    rules.write_text(CLEAN.replace("basis house", "basis house  before 2030-01-01"))
    assert run(rules).exit_code == 0
    result = run("--today", "2030-01-01", "--format", "json", rules)
    assert [finding["code"] for finding in json.loads(result.stdout)] == ["L108"]
    assert result.exit_code == 1


def test_json_is_a_list_of_findings(rules: Path) -> None:
    found = json.loads(run("--format", "json", rules).stdout)
    assert [finding["code"] for finding in found] == ["L111", "L115", "L101"]
    assert {finding["file"] for finding in found} == {rules.as_posix()}


def test_no_findings_are_an_empty_list_or_nothing(rules: Path) -> None:
    rules.write_text(CLEAN)
    assert json.loads(run("--format", "json", rules).stdout) == []
    assert run("--format", "github", rules).stdout == ""


def test_annotations_are_escaped(rules: Path) -> None:
    first, second, *_ = run("--format", "github", rules).stdout.splitlines()
    assert first.startswith(f"::warning file={rules.as_posix()},line=2,endLine=2,col=3,")
    assert second.startswith("::warning ")
    assert "title=L115::`X, Y` stands here twice: leave one out" in second


def sarif(*arguments: str | Path) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(run("--format", "sarif", *arguments).stdout)
    return log


@pytest.mark.parametrize("text", [CLEAN, DOUBTFUL, WRONG])
def test_sarif_has_the_structure_that_version_2_1_0_requires(rules: Path, text: str) -> None:
    rules.write_text(text)
    log = sarif(rules)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    driver = one["tool"]["driver"]
    assert driver["name"] == "sendlaw"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    for result in one["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["message"]["text"]
        places = [*result["locations"], *result.get("relatedLocations", [])]
        assert all(is_place(place["physicalLocation"]) for place in places)
        for fix in result.get("fixes", []):
            assert all(change["replacements"][0]["deletedRegion"] for change in fix["artifactChanges"])


def is_place(place: dict[str, Any]) -> bool:
    region = place["region"]
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    uri = place["artifactLocation"]["uri"]
    return (1, 1) <= start <= end and uri.startswith("file:///") and " " not in uri


def test_sarif_names_relative_files_relatively(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rules.parent)
    results = sarif(rules.name)["runs"][0]["results"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert uris == {"house%20rules.policy"}
    assert [len(result.get("fixes", [])) for result in results] == [0, 1, 0]


def test_fix_mends_what_is_safe_and_reports_the_rest(rules: Path) -> None:
    result = run("--fix", "--format", "json", rules)
    assert [finding["code"] for finding in json.loads(result.stdout)] == ["L111", "L101"]
    assert result.stderr == "1 file mended\n"
    assert rules.read_text() == DOUBTFUL.replace(', "X, Y"', "")
    assert run("--fix", rules).stderr == ""


def test_fix_keeps_line_ends(rules: Path) -> None:
    rules.write_bytes(DOUBTFUL.replace("\n", "\r\n").encode())
    run("--fix", rules)
    assert rules.read_bytes() == DOUBTFUL.replace(', "X, Y"', "").replace("\n", "\r\n").encode()


def test_fix_needs_a_path() -> None:
    assert run("--fix").exit_code == 2


def test_help_has_an_example() -> None:
    assert "sendlaw lint house-rules/" in run("--help").stdout
