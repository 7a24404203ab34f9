"""Findings in the formats of other tools: SARIF 2.1.0, and the annotations of GitHub's workflows.

SARIF is OASIS's Static Analysis Results Interchange Format,
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the annotations are described at
https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .codes import CODES
from .diagnostics import Edit, Finding
from .lint_rules import LINT_RULES
from .linter import SILENCES
from .source import Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render_sarif(findings: Sequence[Finding], version: str) -> str:
    """A SARIF 2.1.0 log with one run; `version` is the program's. Columns count characters from 1."""
    rules = _rules(findings)
    driver = {"name": "sendlaw", "version": version, "rules": [*rules.values()]}
    places = {code: number for number, code in enumerate(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rules(findings: Iterable[Finding]) -> dict[str, dict[str, Any]]:
    """What is said of each code: all of the linter's, and those of the checker that were met."""
    described = {rule.CODE: _rule(rule.CODE, rule.SLUG, (rule.__doc__ or "").strip()) for rule in LINT_RULES}
    described |= {code: _rule(code, slug, text) for code, (slug, text) in SILENCES.items()}
    for finding in findings:
        text = CODES.get(finding.code, "a file that cannot be read")
        described.setdefault(finding.code, _rule(finding.code, "error", text))
    return dict(sorted(described.items()))


def _rule(code: str, slug: str, page: str) -> dict[str, Any]:
    title = page.split("\n")[0]
    return {"id": code, "name": slug, "shortDescription": {"text": title}, "help": {"text": page, "markdown": page}}


def _result(finding: Finding, places: Mapping[str, int]) -> dict[str, Any]:
    text = f"{finding.message}: {finding.help}" if finding.help else finding.message
    related = [{**_location(other.span), "message": {"text": other.message}} for other in finding.related]
    result = {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding.span)],
    }
    if related:
        result["relatedLocations"] = related
    if finding.witness:
        result["properties"] = {"witness": json.loads(finding.witness)}
    if finding.edits:
        result["fixes"] = [{"artifactChanges": [_change(edit) for edit in finding.edits]}]
    return result


def _location(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(span)}, "region": _region(span)}}


def _uri(span: Span) -> str:
    path = PurePath(span.source.name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _region(span: Span) -> dict[str, int]:
    line, column = span.source.line_column(span.end)
    return {"startLine": span.line, "startColumn": span.column, "endLine": line, "endColumn": column}


def _change(edit: Edit) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
    return {"artifactLocation": {"uri": _uri(edit.span)}, "replacements": [replacement]}


def render_github(findings: Iterable[Finding]) -> str:
    """One workflow command a line, which GitHub shows beside the line it is about."""
    return "\n".join(_command(finding) for finding in findings)


def _command(finding: Finding) -> str:
    line, column = finding.span.source.line_column(finding.span.end)
    fields: dict[str, object] = {"file": finding.span.source.name, "line": finding.span.line, "endLine": line}
    if line == finding.span.line:
        fields |= {"col": finding.span.column, "endColumn": column}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in {**fields, "title": finding.code}.items())
    text = f"{finding.message}: {finding.help}" if finding.help else finding.message
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
