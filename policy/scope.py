"""What the checker knows while it checks: the names all files declare, and the findings gathered so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from . import model as m
from . import tree as t
from .diagnostics import Finding, Related, did_you_mean
from .source import Span

_MOST_COMPARED = 200
"""Unknown names that are compared with all known ones: who has more has another fault than a slip of the pen."""


@dataclass(slots=True)
class Scope:
    """The names that all files of a rule set declare together, and every finding.

    `lost` holds the names in the parts that could not be read: what they may have declared is not reported as
    unknown.
    """

    lost: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    unknowns: int = 0
    """How many names nobody declares have been met."""
    policies: dict[str, t.Policy] = field(default_factory=dict)
    rules: dict[str, t.Rule] = field(default_factory=dict)
    sources: dict[str, dict[str, m.Cited]] = field(default_factory=dict)
    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    tables: dict[str, m.Table] = field(default_factory=dict)
    column_kinds: dict[tuple[str, str], str] = field(default_factory=dict)
    """The kind of each key and column, by table and column; one that holds nothing but `*` has none."""

    def error(self, code: str, span: Span, message: str, help: str = "", related: tuple[Related, ...] = ()) -> None:
        """Add an error."""
        self.findings.append(Finding(code, _short(message), span, "error", _short(help), related))

    def unknown(self, code: str, name: t.Name, message: str, known: Iterable[str], otherwise: str = "") -> None:
        """Add an error for a name nobody declares, unless it may stand in a part that could not be read."""
        if name.text not in self.lost:
            self.error(code, name.span, message, self.near(name.text, known) or otherwise)

    def near(self, word: str, known: Iterable[str]) -> str:
        """A help text that suggests the nearest known name, for as many names as somebody misspells."""
        self.unknowns += 1
        return did_you_mean(word, known) if self.unknowns <= _MOST_COMPARED else ""

    def twice(self, what: str, name: str, span: Span, first: Span, more: str = "") -> None:
        """Add an error for a name declared a second time; `more` ends what is told to do."""
        related = (Related(first, "first declared here"),)
        help_text = f"give one of the two another name{more}"
        self.error("E215", span, f"there are two {what} called `{name}`", help_text, related)


@dataclass(slots=True)
class Context:
    """Where in the rule set a condition or clause stands: in this policy, with these sources and this
    calendar.
    """

    scope: Scope
    policy: str
    places: m.Places
    languages: tuple[str, ...]
    calendar: m.Calendar | None


def _short(text: str) -> str:
    """A text without the middle of a name or value that somebody wrote thousands of characters long."""
    return text if len(text) <= 600 else f"{text[:300]}…{text[-200:]}"


def alternatives(word: str, known: Iterable[str], intro: str = "it can be") -> str:
    """A help text for a word of a small fixed set: the nearest one, and all of them."""
    words = tuple(known)
    return " ".join(filter(None, (did_you_mean(word, words), f"{intro} {listed(words)}")))


def listed(words: Iterable[str]) -> str:
    """Words in backticks with commas between them."""
    return ", ".join(f"`{word}`" for word in words)
