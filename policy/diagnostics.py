"""What is wrong with a rule file, as data; `render.py` shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from .source import Span

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding, and what it has to do with it."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of one stretch of text, part of a safe fix."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a stable code, the place, the reason in words, and what to do about it."""

    code: str
    message: str
    span: Span
    severity: Severity = "error"
    help: str = ""
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    witness: str = ""
    """A message that shows it, as a JSON object of facts under the names that rules use; empty where there is none."""

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """Findings sort by file, place, code, then words."""
        return self.span.source.name, self.span.start, self.code, self.message


class PolicyError(ValueError):
    """A set of rule files that does not compile, with every finding."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.sort_key))
        errors = [finding for finding in self.findings if finding.severity == "error"]
        first = errors[0] if errors else self.findings[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        place = f"{first.span.source.name}:{first.span.line}:{first.span.column}"
        super().__init__(f"{place}: {first.message}{more}")


_LONGEST_NAME = 80
"""Characters of a word up to which a nearest name is looked for: the search takes time with the square of it."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A help text that suggests the nearest known word, or nothing."""
    if len(word) > _LONGEST_NAME:
        return ""
    names = sorted(set(known))
    same = same_word(word, names)
    close = [same] if same else get_close_matches(word, names, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""


def same_word(word: str, known: Iterable[str]) -> str:
    """The known word that is the same but for capitals, blanks, hyphens and their like; empty where none is."""
    names = sorted(set(known))
    for fold in (str.casefold, _letters):
        folded = {fold(name): name for name in reversed(names)}
        if (same := folded.get(fold(word))) and fold(word):
            return same
    return ""


def _letters(word: str) -> str:
    """A word by its letters and digits alone: `UCS-2` and `ucs2` are one, and so are `Opted in` and `opted_in`."""
    return "".join(char for char in word.casefold() if char.isalnum())
