"""What the linter is told in `sendlaw.toml` or `pyproject.toml`: which findings count, how much, and where.

    [lint]                       # in pyproject.toml: [tool.sendlaw.lint]
    select = ["L101", "L103"]    # only these; all if left out
    ignore = ["L146"]            # but not these

    [lint.severity]
    L113 = "note"                # or "warning", or "error"

    [lint.per-file-ignores]
    "drafts/*.policy" = ["L114"]

Errors of the checker are no findings of the linter: they cannot be ignored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, get_args

from .diagnostics import Finding, Severity, did_you_mean

_KEYS = ("select", "ignore", "severity", "per-file-ignores")
_SEVERITIES = get_args(Severity)


class LintConfigError(ValueError):
    """A configuration that says something the linter does not know: the key and the reason, in words."""


@dataclass(frozen=True, slots=True)
class LintSettings:
    """Which findings are shown: `select` (None: all) without `ignore` and, by file pattern, `per_file`."""

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def applied(self, findings: Collection[Finding]) -> list[Finding]:
        """The findings that count, with their severity; a pattern without a leading `/` matches the end of a path."""
        kept = [finding for finding in findings if self._counts(finding)]
        return [replace(finding, severity=self.severity.get(finding.code, finding.severity)) for finding in kept]

    def _counts(self, finding: Finding) -> bool:
        if finding.code in self.ignore or (self.select is not None and finding.code not in self.select):
            return False
        path = PurePath(finding.span.source.name)
        return not any(finding.code in codes and path.match(pattern) for pattern, codes in self.per_file.items())


def parse_settings(data: object, known: Collection[str]) -> LintSettings:
    """The settings in a table of a TOML file; `known` holds the codes there are.

    Raises `LintConfigError` for a key, code or severity that does not exist, and for a value of the wrong kind.
    """
    table = _table(data, "the table")
    for key in table:
        if key not in _KEYS:
            raise LintConfigError(_unknown(f"there is no setting `{key}`", key, _KEYS, "the settings are"))
    severity = _table(table.get("severity", {}), "`severity`")
    files = _table(table.get("per-file-ignores", {}), "`per-file-ignores`")
    return LintSettings(
        select=_codes(table["select"], "`select`", known) if "select" in table else None,
        ignore=_codes(table.get("ignore", []), "`ignore`", known),
        severity={_code(code, "`severity`", known): _severity(code, word) for code, word in severity.items()},
        per_file={_pattern(name): _codes(codes, f"`{name}`", known) for name, codes in files.items()},
    )


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise LintConfigError(f"{where} is a table of settings, not {_kind(value)}")
    return value


def _codes(value: object, where: str, known: Collection[str]) -> frozenset[str]:
    if not isinstance(value, list):
        raise LintConfigError(f'{where} is a list of codes such as ["L101"], not {_kind(value)}')
    return frozenset(_code(code, where, known) for code in value)


def _code(value: object, where: str, known: Collection[str]) -> str:
    if not isinstance(value, str):
        raise LintConfigError(f'{where} holds codes such as "L101", not {_kind(value)}')
    if value.startswith("E") and value[1:].isdigit():
        raise LintConfigError(f"{where}: `{value}` is an error of the checker, which cannot be set aside")
    if value not in known:
        raise LintConfigError(f"{where}: {_unknown(f'there is no finding `{value}`', value, known, '')}")
    return value


def _severity(code: str, word: object) -> Severity:
    for severity in _SEVERITIES:
        if word == severity:
            found: Severity = severity
            return found
    shown = f"`{word}`" if isinstance(word, str) else _kind(word)
    raise LintConfigError(f'`severity.{code}` is "error", "warning" or "note", not {shown}')


def _pattern(name: str) -> str:
    if not name.strip():
        raise LintConfigError("`per-file-ignores` has an empty pattern: write one such as `drafts/*.policy`")
    return name


def _unknown(message: str, word: str, known: Collection[str], intro: str) -> str:
    listed = f"{intro} {', '.join(f'`{one}`' for one in known)}" if intro else "docs/lint lists them"
    return f"{message}: {did_you_mean(word, known) or listed}"


def _kind(value: object) -> str:
    kinds = {str: "a text", bool: "yes or no", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date or time")
