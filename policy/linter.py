"""What is doubtful in a rule set that compiles. The rules stand in `lint_rules/`; here they are run and silenced.

A comment `# lint: allow L101 because …` on the line of a finding, or on the line above, silences it. A silence without
a reason, and one that silences nothing, are findings themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from . import tree as t
from .diagnostics import Edit, Finding
from .lint_config import LintSettings
from .lint_context import LintContext, warning
from .lint_rules import LINT_RULES
from .model import RuleSet
from .source import Source

NO_REASON = "L190"
UNUSED_SILENCE = "L191"
SILENCES = {
    NO_REASON: ("silence-without-reason", "A comment that silences a finding and does not say why."),
    UNUSED_SILENCE: ("unused-silence", "A comment that silences a finding which is not there."),
}
"""The linter's own codes: what is wrong with silences, by slug and in words."""
_SILENCE = re.compile(r"#\s*lint:\s*allow\s+(?P<code>L\d+)\b(?P<reason>\s+because\s+\S)?")


@dataclass(frozen=True, slots=True)
class LintConfig:
    """On which day the question is asked (sources grow old, rules expire), and what the configuration says."""

    today: date
    settings: LintSettings = field(default_factory=LintSettings)


def lint(rule_set: RuleSet, trees: Sequence[t.File], config: LintConfig) -> tuple[Finding, ...]:
    """All findings in the files a rule set was checked from, sorted by file and place.

    Findings whose `edits` are not empty can be mended by `apply_edits` without changing any verdict.
    """
    context = LintContext(rule_set, trees, config.today)
    found = [finding for rule in LINT_RULES for finding in rule.find(context)]
    silences = [silence for tree in trees for silence in _silences(tree)]
    kept = [finding for finding in found if not any(silence.covers(finding) for silence in silences)]
    kept += [finding for silence in silences for finding in silence.judged(found)]
    return tuple(sorted(config.settings.applied(kept), key=lambda finding: finding.sort_key))


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


@dataclass(frozen=True, slots=True)
class _Silence:
    """A comment that silences one code on its own line and the next."""

    comment: t.Comment
    code: str
    has_reason: bool

    def covers(self, finding: Finding) -> bool:
        """Whether it silences a finding."""
        same = finding.code == self.code and finding.span.source == self.comment.span.source
        return same and self.has_reason and finding.span.line - self.comment.span.line in (0, 1)

    def judged(self, found: Sequence[Finding]) -> Iterator[Finding]:
        """What is wrong with the silence itself."""
        if not self.has_reason:
            message = f"this allows {self.code} and does not say why"
            hint = f"write `# lint: allow {self.code} because …`"
            yield warning(NO_REASON, self.comment.span, message, hint)
        elif not any(self.covers(finding) for finding in found):
            message = f"there is no {self.code} on this line or the next"
            yield warning(UNUSED_SILENCE, self.comment.span, message, "leave the comment out")


def _silences(tree: t.File) -> Iterator[_Silence]:
    for comment in tree.comments:
        match = _SILENCE.match(comment.text)
        if match:
            yield _Silence(comment, match["code"], match["reason"] is not None)
