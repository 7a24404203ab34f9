"""What is known of the rule files an editor has open, together with those beside them. Works on broken files too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Event
from typing import TypeVar

from . import tree as t
from .checker import Checked, check
from .diagnostics import Finding
from .lint_config import LintSettings
from .linter import LintConfig, lint
from .parser import Parsed, parse
from .source import Source, Span
from .symbols import Occurrence, Symbol, asked_by_subject, occurrences, subject_cells

_Entry = TypeVar("_Entry", bound=t.Entry)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file, read: its tree, and the names in it."""

    parsed: Parsed
    occurrences: tuple[Occurrence, ...]
    asked_by_subject: frozenset[tuple[str, int]]
    """Tables and the numbers of their keys that some rule asks with `subject`."""


@dataclass(frozen=True)
class Analysis:
    """Rule files read together, by name. What takes time is worked out when it is first asked for.

    `bundled` holds the names of the files that ship with the package: nobody edits these. `settings` say which findings
    of the linter count. Where `outdated` is set, linting ends with `Outdated`.
    """

    files: Mapping[str, FileFacts]
    bundled: frozenset[str]
    today: date
    settings: LintSettings = field(default_factory=LintSettings)
    outdated: Event = field(default_factory=Event, compare=False)

    @cached_property
    def checked(self) -> Checked:
        """What the checker makes of all files."""
        return check([facts.parsed for facts in self.files.values()], bundled=self.bundled)

    @cached_property
    def linted(self) -> tuple[Finding, ...]:
        """What the linter doubts; nothing where the files do not compile."""
        rule_set = self.checked.rule_set
        if rule_set is None:
            return ()
        return lint(rule_set, self.trees, LintConfig(self.today, self.settings), lambda: not self.outdated.is_set())

    @property
    def is_linted(self) -> bool:
        """Whether the linter is through."""
        return "linted" in self.__dict__

    @cached_property
    def trees(self) -> list[t.File]:
        """The files as written."""
        return [facts.parsed.file for facts in self.files.values()]

    @cached_property
    def policies(self) -> list[t.Policy]:
        """All policies as written."""
        return [item for tree in self.trees for item in tree.items if isinstance(item, t.Policy)]

    @cached_property
    def groups(self) -> dict[str, t.PlaceGroup]:
        """All groups of places, by name."""
        outer = [item for tree in self.trees for item in tree.items if isinstance(item, t.PlaceGroup)]
        return {group.name.text: group for group in (*outer, *(node for _, node in self.entries(t.PlaceGroup)))}

    @cached_property
    def rules(self) -> dict[str, t.Rule]:
        """All rules as written, by full id."""
        return {f"{policy.name.text}.{rule.name.text}": rule for policy, rule in self.entries(t.Rule)}

    @cached_property
    def tables(self) -> dict[str, t.Table]:
        """All tables as written, by name."""
        return {table.name.text: table for _, table in self.entries(t.Table)}

    @cached_property
    def words(self) -> dict[str, list[t.Words]]:
        """All blocks of words, by the name of their list."""
        found: dict[str, list[t.Words]] = {}
        for _, words in self.entries(t.Words):
            found.setdefault(words.name.text, []).append(words)
        return found

    @cached_property
    def occurrences(self) -> dict[Symbol, list[Occurrence]]:
        """Where each thing is declared and named."""
        found: dict[Symbol, list[Occurrence]] = {}
        named = [one for facts in self.files.values() for one in facts.occurrences]
        for one in (*named, *self._cells):
            found.setdefault(one.symbol, []).append(one)
        return found

    def entries(self, kind: type[_Entry]) -> Iterator[tuple[t.Policy, _Entry]]:
        """All entries of one kind, each with its policy."""
        for policy in self.policies:
            yield from ((policy, entry) for entry in policy.entries if isinstance(entry, kind))

    def citations(self, policy: str) -> dict[str, t.Citation]:
        """The sources of a policy, by name."""
        return {node.name.text: node for owner, node in self.entries(t.Citation) if owner.name.text == policy}

    def languages(self, policy: str) -> list[str]:
        """The languages of a policy, or, where it names none, those of all policies."""
        named = [(owner.name.text, code.text) for owner, node in self.entries(t.Languages) for code in node.codes]
        own = [code for owner, code in named if owner == policy]
        return list(dict.fromkeys(own or sorted(code for _, code in named)))

    def source(self, name: str) -> Source | None:
        """A file by its name."""
        return self.files[name].parsed.file.source if name in self.files else None

    def at(self, name: str, offset: int) -> Occurrence | None:
        """The name that stands at an offset of a file, or ends there."""
        facts = self.files.get(name)
        near = [one for one in facts.occurrences if _touches(one.span, offset)] if facts else []
        more = [one for one in self._cells if one.span.source.name == name and _touches(one.span, offset)]
        return min(
            (*near, *more), key=lambda one: (one.span.end == offset, one.span.end - one.span.start), default=None
        )

    @cached_property
    def _cells(self) -> list[Occurrence]:
        asked = {key for facts in self.files.values() for key in facts.asked_by_subject}
        return list(subject_cells((table for _, table in self.entries(t.Table)), asked))


def _touches(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def analyse(
    sources: Iterable[Source],
    bundled: frozenset[str],
    today: date,
    previous: Analysis | None = None,
    settings: LintSettings | None = None,
) -> Analysis:
    """Read files together; those that an earlier analysis read already, with the same text, are not read again.

    Where nothing changed, the earlier analysis itself, with all that it has worked out.
    """
    files: dict[str, FileFacts] = {}
    for source in sources:
        known = previous.files.get(source.name) if previous else None
        if known is None or known.parsed.file.source.text != source.text:
            parsed = parse(source)
            known = FileFacts(parsed, occurrences(parsed.file), asked_by_subject(parsed.file))
        files[source.name] = known
    found = Analysis(files, bundled, today, settings or LintSettings())
    return previous if previous is not None and _same(previous, found) else found


def _same(one: Analysis, other: Analysis) -> bool:
    if (one.bundled, one.today, one.settings) != (other.bundled, other.today, other.settings):
        return False
    return list(one.files) == list(other.files) and all(one.files[name] is known for name, known in other.files.items())


def errors(analysis: Analysis, name: str) -> tuple[Finding, ...]:
    """What keeps one of the files from compiling, sorted by place. Never raises; takes much less time than linting."""
    return tuple(one for one in analysis.checked.findings if one.span.source.name == name)


def diagnostics(analysis: Analysis, name: str) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful in one of the files, sorted by place. Never raises."""
    found = (*analysis.checked.findings, *analysis.linted)
    return tuple(sorted((one for one in found if one.span.source.name == name), key=lambda one: one.sort_key))
