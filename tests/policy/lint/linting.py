"""What the tests of lint rules share: a policy around some entries, linted on a fixed day."""

from __future__ import annotations

from datetime import date

from sendlaw.policy.checker import check
from sendlaw.policy.diagnostics import Finding
from sendlaw.policy.linter import LintConfig, lint
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source

TODAY = date(2026, 11, 22)
HEAD = """policy FR "France" {
  recipients FR
  languages  fr
  holidays   FR
  source act   "Act"   "https://example.com/act"   checked 2026-11-20
  source guide "Guide" "https://example.com/guide" checked 2026-11-20
"""


def findings(text: str, today: date = TODAY) -> tuple[Finding, ...]:
    """The lint findings in a file, which must compile."""
    parsed = parse(Source("a.policy", text))
    checked = check([parsed])
    assert checked.rule_set is not None, [(one.code, one.message, one.span.text) for one in checked.findings]
    return lint(checked.rule_set, [parsed.file], LintConfig(today))


def found(code: str, entries: str) -> list[str]:
    """The texts under the findings of one code, in a policy with these entries, or in these policies."""
    every = findings(whole(entries))
    return [finding.span.text for finding in every if finding.code == code]


def whole(entries: str) -> str:
    """A file: the entries inside a policy, or, where they are policies, as they are."""
    return entries if entries.startswith("policy ") else f"{HEAD}{entries}\n}}\n"


def rule(name: str, clauses: str, basis: str = "law  cite act") -> str:
    """A rule with a title of its own."""
    return f'rule {name} "Title of {name}" {{ {clauses} basis {basis} }}\n'
