"""Rules, sources and policies as `sendlaw show` prints them."""

from __future__ import annotations

from collections.abc import Iterator

from ..policy import model as m
from ..policy.render import visible
from .common import number_of, painter


def rule_lines(rule_set: m.RuleSet, what: str, *, colour: bool) -> Iterator[str]:
    """Every rule of that id or bare name, as it stands in its file, with all that belongs to it."""
    for rule in rule_set.rules:
        if what in (rule.id, rule.name):
            yield from _rule(rule_set, rule, colour)


def _rule(rule_set: m.RuleSet, rule: m.Rule, colour: bool) -> Iterator[str]:
    yield from rule_head(rule, colour)
    replacing = [other.id for other in rule_set.rules if rule.id in other.replaces]
    if replacing:
        yield f"  replaced by {', '.join(replacing)}, where these apply"
    tests = [test for test in rule_set.tests if any(rule.id in rules for case in test.cases for rules in case.rules)]
    for test in tests:
        yield f"  tested in {test.span.source.name}:{test.span.line}, {visible(test.title)}"
    yield f"  written in {rule.span.source.name}:{rule.span.line}"
    yield ""
    indent = " " * (rule.span.column - 1)
    yield from (f"    {visible(line.removeprefix(indent))}".rstrip() for line in rule.span.text.splitlines())
    yield ""


def rule_head(rule: m.Rule, colour: bool) -> Iterator[str]:
    """A rule in a few lines: name and title, dates, how firm it stands and by what source, its note."""
    yield f"{painter(colour)(rule.id, bold=True)}  {visible(rule.title)}"
    dates = [f"since {rule.since}" if rule.since else "", f"before {rule.before}" if rule.before else ""]
    if any(dates):
        yield f"  in force {' '.join(part for part in dates if part)}"
    for source in rule.sources:
        yield f"  {rule.basis}: {visible(source.title)}, {visible(source.url)}, checked {source.checked}"
    if not rule.sources:
        yield f"  {rule.basis}"
    if rule.replaces:
        yield f"  replaces {', '.join(rule.replaces)}"
    if rule.note is not None:
        yield f"  note: {visible(rule.note)}"


def source_lines(rule_set: m.RuleSet, what: str, *, colour: bool) -> Iterator[str]:
    """Every source of that name (`POLICY.NAME` or the bare name), with the rules that rest on it."""
    for policy in rule_set.policies:
        for source in policy.sources:
            if what in (source.name, f"{policy.name}.{source.name}"):
                yield f"{painter(colour)(f'{policy.name}.{source.name}', bold=True)}  {visible(source.title)}"
                yield f"  {visible(source.url)}"
                yield f"  checked {source.checked}"
                yield from _citing(rule_set, policy, source)
                yield ""


def _citing(rule_set: m.RuleSet, policy: m.Policy, source: m.Cited) -> Iterator[str]:
    rules = [rule for rule in rule_set.rules if rule.policy == policy.name and source in rule.sources]
    yield f"  {number_of(len(rules), 'rule')} rest{'s' if len(rules) == 1 else ''} on it"
    for rule in rules:
        yield f"    {rule.id}  {visible(rule.title)} ({rule.basis})"


def policy_lines(rule_set: m.RuleSet, what: str, *, colour: bool) -> Iterator[str]:
    """A policy: whom it protects, its notes and its rules."""
    for policy in rule_set.policies:
        if policy.name == what:
            yield f"{painter(colour)(policy.name, bold=True)}  {visible(policy.title)}"
            yield f"  protects {_protected(policy.places)}"
            yield from (f"  note: {visible(note)}" for note in policy.notes)
            for rule in rule_set.rules:
                if rule.policy == policy.name:
                    yield f"  {rule.id}  {visible(rule.title)} ({rule.basis})"


def _protected(places: m.Places) -> str:
    return "everybody" if places.anywhere else ", ".join(sorted(places.countries | places.subdivisions))
