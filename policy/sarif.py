"""Findings in the formats of other tools: SARIF 2.1.0, and the annotations of GitHub's workflows.

SARIF is OASIS's Static Analysis Results Interchange Format,
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, whose sections are named here; the annotations are
described at https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .diagnostics import Finding
from .linter import known_codes
from .pages import PAGES, Page
from .sarif_places import COLUMN_KIND, PACKAGE_FOLDER, WORKING_FOLDER, Places, base_folders
from .silences import Silenced

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
UNREADABLE = "E001"
FINGERPRINT = "findingHash/v1"
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_LINK = re.compile(r"\[([^][]*)\]\(")
_SEMANTIC_VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


@dataclass(frozen=True, slots=True)
class LintRun:
    """What a log says of the run that made it.

    `targets` and `bundled` name files: those that were asked about, and those that ship with the package. `folder` and
    `package` are the addresses, ending with `/`, that relative names and those of bundled files start from.
    """

    targets: tuple[str, ...] = ()
    bundled: frozenset[str] = frozenset()
    folder: str = ""
    package: str = ""
    exit_code: int = 0


def render_sarif(
    findings: Sequence[Finding], version: str, run: LintRun | None = None, silenced: Sequence[Silenced] = ()
) -> str:
    """A SARIF 2.1.0 log with one run, in ASCII; `version` is the program's.

    Findings that comments silence are results with a suppression. Files that cannot be read are no results but
    notifications of the run, which then was not successful.
    """
    run = run or LintRun()
    results = [finding for finding in findings if finding.code != UNREADABLE]
    unread = [finding for finding in findings if finding.code == UNREADABLE]
    places = Places(run.bundled, frozenset(run.targets))
    for name in run.targets:
        places.file(name)
    rules = _descriptors([*results, *(one.finding for one in silenced)])
    shown = _Results(places, {code: number for number, code in enumerate(rules)})
    folders = {WORKING_FOLDER: run.folder, PACKAGE_FOLDER: run.package}
    log = {
        "tool": {"driver": _driver(version, [*rules.values()], bool(unread))},
        "invocations": [_invocation(unread, run.exit_code, places)],
        "originalUriBaseIds": base_folders(folders),
        "columnKind": COLUMN_KIND,
        "results": [*(shown.result(one) for one in results), *(shown.silenced(one) for one in silenced)],
        "artifacts": places.artifacts(),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [log]}, indent=2)


# ---- the program and what it looks for


def _driver(version: str, rules: Sequence[Mapping[str, Any]], unread: bool) -> dict[str, Any]:
    """The program (3.19), its rules, and, where some file could not be read, what it says of that."""
    semantic = {"semanticVersion": version} if _SEMANTIC_VERSION.fullmatch(version) else {}
    told = {"notifications": [_descriptor(PAGES[UNREADABLE])]} if unread else {}
    return {"name": "sendlaw", "version": version, **semantic, "language": "en", "rules": rules, **told}


def _descriptors(findings: Iterable[Finding]) -> dict[str, dict[str, Any]]:
    """What is said of each code: all of the linter's, and those of the checker that were met."""
    codes = {*known_codes(), *(finding.code for finding in findings)}
    return {code: _descriptor(PAGES[code]) for code in sorted(codes)}


def _descriptor(page: Page) -> dict[str, Any]:
    """A reportingDescriptor (3.49); `help` is the whole page, whose examples keep their braces as they are."""
    whole = f"{page.title}\n\n{page.text}"
    return {
        "id": page.code,
        **({"name": page.name.title().replace("-", "")} if page.name else {}),
        "shortDescription": {"text": _plain(page.title)},
        "fullDescription": {"text": _plain(page.why)},
        "help": {"text": whole, "markdown": whole},
        "defaultConfiguration": {"level": "error" if page.code.startswith("E") else "warning"},
    }


def _invocation(unread: Iterable[Finding], exit_code: int, places: Places) -> dict[str, Any]:
    """How the run went (3.20): successful where every file could be read, whatever was found in them."""
    notifications = [_notification(finding, places) for finding in unread]
    told = {"toolExecutionNotifications": notifications} if notifications else {}
    return {"executionSuccessful": not notifications, "exitCode": exit_code, **told}


def _notification(finding: Finding, places: Places) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": _plain(finding.message)},
        "descriptor": {"id": UNREADABLE, "index": 0},
        "locations": [places.whole_file(finding.span.source.name)],
    }


# ---- results


class _Results:
    """Findings as results (3.27), each with a fingerprint that stays where lines move."""

    def __init__(self, places: Places, rules: Mapping[str, int]) -> None:
        self._places, self._rules = places, rules
        self._seen = Counter[tuple[str, str]]()

    def silenced(self, one: Silenced) -> dict[str, Any]:
        """A finding that a comment silences, with the comment and its reason (3.35)."""
        suppression = {
            "kind": "inSource",
            "status": "accepted",
            "justification": one.reason,
            "location": self._places.location(one.comment),
        }
        return {**self.result(one.finding), "suppressions": [suppression]}

    def result(self, finding: Finding) -> dict[str, Any]:
        """A finding that counts: if any result of a run tells its suppressions, all do (3.27.23)."""
        result = {
            "ruleId": finding.code,
            "ruleIndex": self._rules[finding.code],
            "level": finding.severity,
            "message": {"text": _plain(f"{finding.message}: {finding.help}" if finding.help else finding.message)},
            "locations": [self._places.location(finding.span, snippet=True)],
            "partialFingerprints": {FINGERPRINT: self._fingerprint(finding)},
            "suppressions": [],
        }
        return result | self._more(finding)

    def _more(self, finding: Finding) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if finding.related:
            more["relatedLocations"] = [
                {**self._places.location(other.span), "message": {"text": _plain(other.message)}}
                for other in finding.related
            ]
        if finding.edits:
            description = {"text": _plain(finding.help or f"mend {finding.code}")}
            more["fixes"] = [{"description": description, "artifactChanges": self._places.change(finding.edits)}]
        if finding.witness:
            more["properties"] = {"witness": json.loads(finding.witness)}
        return more

    def _fingerprint(self, finding: Finding) -> str:
        """From the code, the words the finding is about and, where they stand there again, the how-manieth it is."""
        span = finding.span
        words = span.text if span.text.strip() else span.source.line(span.line)
        told = sha256("\0".join((finding.code, *words.split())).encode(errors="surrogatepass")).hexdigest()[:32]
        self._seen[span.source.name, told] += 1
        return f"{told}:{self._seen[span.source.name, told]}"


def _plain(text: str) -> str:
    """A text as a plain message: braces doubled (3.11.5), and nothing in it a link (3.11.6)."""
    return _LINK.sub(r"\\[\1\\](", text).replace("{", "{{").replace("}", "}}")


# ---- GitHub


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
