"""Dated versions of one rule: `hours_2024` and `hours`, in order of their dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from . import model as m
from .lint_context import LintContext

_YEAR = re.compile(r"_(19|20)\d\d\Z")


def successive(context: LintContext) -> Iterator[tuple[m.Rule, m.Rule]]:
    """Each version of a rule with the next one. A version carries the year in its name, the newest may go without."""
    versions: dict[tuple[str, str, type], list[m.Rule]] = {}
    for rule in context.rule_set.rules:
        key = rule.policy, _YEAR.sub("", rule.name), type(rule.action)
        versions.setdefault(key, []).append(rule)
    for same in versions.values():
        yield from pairwise(sorted(same, key=_start))


def _start(rule: m.Rule) -> tuple[date, date, str]:
    return rule.since or date.min, rule.before or date.max, rule.id
