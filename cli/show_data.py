"""What `sendlaw show` shows, as plain data: the JSON of the command, and what its page is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..engine.coverage_points import effect_of
from ..engine.firing import pace_words, period_words
from ..engine.hours import describe
from ..policy import model as m
from ..policy.places import countries
from .show_hours import Week, weeks
from .show_place import country_rows, holidays_ahead, in_force, in_parts, protects, shown

Data = dict[str, Any]


def place_data(rule_set: m.RuleSet, place: str, on: date) -> Data:
    """All that holds in a country (with its subdivisions) or in one subdivision, on a day."""
    policies = [policy for policy in rule_set.policies if protects(policy.places, place)]
    rules = [rule for rule in rule_set.rules if protects(rule.places, place) and in_force(rule, on)]
    whole = [rule for rule in rules if not in_parts(rule, place)]
    return {
        "place": place,
        "name": countries().get(place[:2], place),
        "on": on.isoformat(),
        "policies": [_policy(policy) for policy in policies],
        "hours": [_week(week) for week in weeks(whole)],
        "hours_in_parts": [
            {"parts": sorted(rule.places.subdivisions), **_window(rule, rule.action.window)}
            for rule in rules
            if isinstance(rule.action, m.Only) and in_parts(rule, place)
        ],
        "senders": [_table(table, rows) for table, rows in country_rows(rule_set, place[:2])],
        "limits": [_limit(rule) for rule in rules if isinstance(rule.action, m.Limit | m.Pace)],
        "rules": [rule_data(rule) for rule in sorted(rules, key=lambda rule: (rule.places.anywhere, rule.id))],
        "replies": [_reply(policy, reply) for policy in policies for reply in policy.replies],
        "words": list(_words(rule_set, policies)),
        "holidays": [
            {"day": day.isoformat(), "name": name, "regional": regional}
            for day, name, regional in holidays_ahead(policies, place, on)
        ],
        "sources": list(_sources(policies, rules, on)),
    }


def rule_data(rule: m.Rule) -> Data:
    """A rule with all that belongs to it, and its text as written."""
    return {
        "id": rule.id,
        "title": rule.title,
        "everywhere": rule.places.anywhere,
        "effect": effect_of(rule),
        "basis": rule.basis,
        "sources": [_cited(source) for source in rule.sources],
        "since": None if rule.since is None else rule.since.isoformat(),
        "before": None if rule.before is None else rule.before.isoformat(),
        "replaces": list(rule.replaces),
        "note": rule.note,
        "text": _as_written(rule),
        "file": rule.span.source.name,
        "line": rule.span.line,
    }


def found_data(rule_set: m.RuleSet, what: str) -> Data:
    """The rules, else the sources, else the policies of that id or name; empty lists where there is none."""
    rules = [rule_data(rule) for rule in rule_set.rules if what in (rule.id, rule.name)]
    sources = [
        {"id": f"{policy.name}.{source.name}", **_cited(source), "rules": _citing(rule_set, policy, source)}
        for policy in rule_set.policies
        for source in policy.sources
        if what in (source.name, f"{policy.name}.{source.name}")
    ]
    policies = [
        {**_policy(policy), "rules": [rule.id for rule in rule_set.rules if rule.policy == policy.name]}
        for policy in rule_set.policies
        if policy.name == what
    ]
    found = {"rules": rules, "sources": sources, "policies": policies}
    return next(({kind: listed} for kind, listed in found.items() if listed), {})


def _citing(rule_set: m.RuleSet, policy: m.Policy, source: m.Cited) -> list[str]:
    return [rule.id for rule in rule_set.rules if rule.policy == policy.name and source in rule.sources]


def _policy(policy: m.Policy) -> Data:
    return {
        "name": policy.name,
        "title": policy.title,
        "languages": list(policy.languages),
        "notes": list(policy.notes),
        "bundled": policy.bundled,
    }


def _cited(source: m.Cited) -> Data:
    return {"title": source.title, "url": source.url, "checked": source.checked.isoformat()}


def _as_written(rule: m.Rule) -> str:
    indent = " " * (rule.span.column - 1)
    return "\n".join(line.removeprefix(indent) for line in rule.span.text.splitlines())


def _week(week: Week) -> Data:
    """`days` from Monday on, behind Sunday a public holiday where it differs; pieces are minutes of the day."""
    windows = [_window(rule, rule.action.window) for rule in week.rules if isinstance(rule.action, m.Only)]
    days = [[{"from": start, "to": end, "state": state} for start, end, state in day] for day in week.days]
    return {"categories": list(week.categories), "windows": windows, "days": days}


def _window(rule: m.Rule, window: m.Window) -> Data:
    return {"rule": rule.id, "title": rule.title, "basis": rule.basis, "hours": describe(window)}


def _table(table: m.Table, rows: list[m.TableRow]) -> Data:
    cells = [[*map(shown, row.keys[1:]), *map(shown, row.values)] for row in rows]
    return {"table": table.name, "columns": [*table.keys[1:], *table.columns], "rows": cells}


def _limit(rule: m.Rule) -> Data:
    action = rule.action
    told = pace_words(action) if isinstance(action, m.Pace) else ""
    if isinstance(action, m.Limit):
        told = f"at most {action.count} {period_words(action)}"
    return {"rule": rule.id, "title": rule.title, "basis": rule.basis, "limit": told}


def _reply(policy: m.Policy, reply: m.Reply) -> Data:
    own = {"kind": reply.kind, "language": reply.language, "words": list(reply.words), "say": reply.say}
    return {**own, "policy": policy.name}


def _words(rule_set: m.RuleSet, policies: list[m.Policy]) -> Iterator[Data]:
    """Every list with its phrases in the languages of these policies, and how many other languages are searched."""
    languages = {language for policy in policies for language in policy.languages}
    for name, phrases in rule_set.word_lists.items():
        here = {language: list(listed) for language, listed in phrases.items() if language in languages}
        yield {"list": name, "phrases": here, "other_languages": len(phrases) - len(here)}


def _sources(policies: list[m.Policy], rules: list[m.Rule], on: date) -> Iterator[Data]:
    """The sources that the rules in force rest on, the longest unchecked first; `age` in days."""
    cited = {source for rule in rules for source in rule.sources}
    found = [(policy, source) for policy in policies for source in policy.sources if source in cited]
    for policy, source in sorted(found, key=lambda pair: (pair[1].checked, pair[0].name, pair[1].name)):
        age = (on - source.checked).days
        yield {"id": f"{policy.name}.{source.name}", **_cited(source), "age": age}
