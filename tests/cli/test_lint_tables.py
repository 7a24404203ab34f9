"""`sendlaw lint --cost` and `--facts`: tables for people, JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sendlaw.cli.lint import lint
from sendlaw.policy.diagnostics import PolicyError


def run(*arguments: str) -> Result:
    return CliRunner().invoke(lint, arguments)


def test_the_cost_is_a_table_of_countries() -> None:
    result = run("--cost")
    head, *rows = result.stdout.split("\n\n")[0].splitlines()
    assert result.exit_code == 0
    assert head.split()[:3] == ["country", "category", "rules"]
    assert {"FR", "US", "elsewhere"} <= {row.split()[0] for row in rows}
    assert "linear in both" in result.stdout


def test_the_cost_as_json_has_every_category() -> None:
    found = json.loads(run("--cost", "--format", "json").stdout)
    assert len([cost for cost in found if cost["country"] == "FR"]) == 7
    for cost in found:
        parts = ("rules", "comparisons", "words", "patterns", "tables", "windows", "limits")
        assert cost["operations"] == sum(cost[part] for part in parts)
        assert cost["passes"] > cost["patterns"]


def test_the_facts_name_who_refuses_without_them() -> None:
    text = run("--facts").stdout
    (line,) = [line for line in text.splitlines() if line.split()[:3] == ["FR", "promotional", "consent"]]
    assert "FR.consent" in line
    found = json.loads(run("--facts", "--format", "json").stdout)
    assert all(set(need["refused_by"]) <= set(need["asked_by"]) for need in found)


@pytest.mark.parametrize("table", ["--cost", "--facts"])
@pytest.mark.parametrize("layout", ["sarif", "github"])
def test_tables_have_two_formats(table: str, layout: str) -> None:
    result = run(table, "--format", layout)
    assert result.exit_code == 2
    assert f"{table} is written as text or json, not as {layout}" in result.stderr


def test_rules_that_do_not_compile_have_no_cost(tmp_path: Path) -> None:
    (tmp_path / "a.policy").write_text('policy a "A" { recipients anywhere languages en rule x "X" { dney } }')
    result = CliRunner().invoke(lint, ["--cost", str(tmp_path)])
    assert result.stdout == ""
    assert isinstance(result.exception, PolicyError)
