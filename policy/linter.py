"""What is doubtful in a rule set that compiles. The rules stand in `lint_rules/`; here they are run and silenced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from . import tree as t
from .diagnostics import Edit, Finding
from .lint_config import LintSettings
from .lint_context import LintContext
from .lint_rules import LINT_RULES
from .model import RuleSet
from .silences import SILENCES, Silenced, silenced
from .source import Source


@dataclass(frozen=True, slots=True)
class LintConfig:
    """On which day the question is asked (sources grow old, rules expire), and what the configuration says."""

    today: date
    settings: LintSettings = field(default_factory=LintSettings)


class Outdated(Exception):
    """Nobody waits for the findings any more."""


def lint(
    rule_set: RuleSet, trees: Sequence[t.File], config: LintConfig, still_wanted: Callable[[], bool] = lambda: True
) -> tuple[Finding, ...]:
    """All findings in the files a rule set was checked from, sorted by file and place.

    Findings whose `edits` are not empty can be mended by `apply_edits` without changing any verdict. Raises `Outdated`
    as soon as they are no longer wanted.
    """
    return lint_whole(rule_set, trees, config, still_wanted)[0]


def lint_whole(
    rule_set: RuleSet, trees: Sequence[t.File], config: LintConfig, still_wanted: Callable[[], bool] = lambda: True
) -> tuple[tuple[Finding, ...], tuple[Silenced, ...]]:
    """What `lint` gives and, beside it, the findings that would count if no comment silenced them."""
    context = LintContext(rule_set, trees, config.today)
    found: list[Finding] = []
    for rule in LINT_RULES:
        if not still_wanted():
            raise Outdated
        found += rule.find(context)
    kept, quiet = silenced(found, trees, frozenset(known_codes()))
    shown = sorted(config.settings.applied(kept), key=lambda finding: finding.sort_key)
    counting = [one for one in quiet if config.settings.applied([one.finding])]
    return tuple(shown), tuple(sorted(counting, key=lambda one: one.finding.sort_key))


def known_codes() -> tuple[str, ...]:
    """The codes of all findings of the linter."""
    return (*(rule.CODE for rule in LINT_RULES), *SILENCES)


def apply_edits(source: Source, findings: Sequence[Finding]) -> str:
    """The text of a file with the edits of its findings carried out; of edits that overlap, the last alone."""
    edits = {edit for finding in findings for edit in finding.edits if edit.span.source == source}
    text, last = source.text, len(source.text) + 1
    for edit in sorted(edits, key=_place, reverse=True):
        if edit.span.end <= last:
            text, last = text[: edit.span.start] + edit.text + text[edit.span.end :], edit.span.start
    return text


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end
