"""From trees to meaning: all files of a rule set together, every error of all of them in one run.

Names are gathered first from all files, so that their order never matters; then each policy is checked with
them in view; last, what rules say about each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import model as m
from . import tree as t
from .conditions import check_condition
from .declarations import declare
from .diagnostics import Finding
from .entries_check import (
    check_alphabets,
    check_calendar,
    check_languages,
    check_places,
    check_replies,
    check_words,
    entries,
)
from .parser import Parsed
from .relations import check_relations
from .rules_check import check_rule
from .scope import Context, Scope
from .tests_check import check_test
from .texts import check_filled


@dataclass(frozen=True, slots=True)
class Checked:
    """The checked rule set, None if any finding is an error, and the findings by file and place."""

    rule_set: m.RuleSet | None
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Parts:
    """What has been checked so far."""

    policies: list[m.Policy] = field(default_factory=list)
    rules: dict[str, m.Rule] = field(default_factory=dict)
    words: list[m.WordList] = field(default_factory=list)
    promises: list[m.Promise] = field(default_factory=list)
    tests: list[m.Test] = field(default_factory=list)


def check(parsed: Sequence[Parsed], *, bundled: frozenset[str] = frozenset()) -> Checked:
    """Check all files of a rule set together; never raises for anything that was parsed.

    `bundled` holds the names of the sources that ship with the package. The findings are those of the parser
    and the checker, sorted.
    """
    lost = frozenset(name for file in parsed for name in file.lost_names)
    scope = Scope(lost, [finding for file in parsed for finding in file.findings])
    parts = _Parts()
    for policy in declare([file.file for file in parsed], scope):
        _check_policy(policy, bundled, parts, scope)
    check_relations(parts.rules, scope)
    findings = tuple(sorted(dict.fromkeys(scope.findings), key=lambda finding: finding.sort_key))
    failed = any(finding.severity == "error" for finding in findings)
    return Checked(None if failed else _rule_set(parts, scope.groups, scope.tables), findings)


def _check_policy(node: t.Policy, bundled: frozenset[str], parts: _Parts, scope: Scope) -> None:
    name = node.name.text
    check_filled(node.title, "the title", scope)
    places, languages = check_places(node, scope), check_languages(node, scope)
    calendar = check_calendar(node, scope)
    context = Context(scope, name, places, languages, calendar)
    for rule in entries(node, t.Rule):
        checked = check_rule(rule, context)
        # Of rules of one name the first alone counts, so that node and meaning belong together.
        if checked is not None and scope.rules[checked.id] is rule:
            parts.rules[checked.id] = checked
    parts.words += [check_words(words, name, scope) for words in entries(node, t.Words)]
    for never in entries(node, t.Never):
        condition = check_condition(never.condition, scope)
        if condition is not None:
            parts.promises.append(m.Promise(never.span, name, condition))
    parts.tests += [check_test(test, name, scope) for test in entries(node, t.Test)]
    sources = tuple(scope.sources.get(name, {}).values())
    notes = tuple(note.text.value for note in entries(node, t.Note))
    replies, ships = check_replies(node, scope), node.span.source.name in bundled
    policy = (
        name,
        node.title.value,
        places,
        languages,
        calendar,
        sources,
        notes,
        replies,
        ships,
        check_alphabets(node, places, scope),
    )
    parts.policies.append(m.Policy(node.span, *policy))


def _rule_set(parts: _Parts, groups: Mapping[str, frozenset[str]], tables: Mapping[str, m.Table]) -> m.RuleSet:
    def by_place(part: m.Sited) -> tuple[str, int]:
        return part.span.source.name, part.span.start

    return m.RuleSet(
        policies=tuple(sorted(parts.policies, key=lambda policy: policy.name)),
        rules=tuple(sorted(parts.rules.values(), key=lambda rule: rule.id)),
        groups=dict(sorted(groups.items())),
        words=tuple(sorted(parts.words, key=lambda words: (words.name, words.policy))),
        tables=dict(sorted(tables.items())),
        promises=tuple(sorted(parts.promises, key=by_place)),
        tests=tuple(sorted(parts.tests, key=by_place)),
    )
