"""A reader of TextMate grammars, as far as ours goes: `match` with captures, and `begin` to `end` within a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

GRAMMAR: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "grammar" / "policy.tmLanguage.json").read_text(encoding="utf-8")
)
_compiled = cache(re.compile)


def scopes(text: str) -> list[str]:
    """The innermost scope of every character, without the grammar's own name at its end; empty where there is none."""
    found = [""] * len(text)
    at = 0
    for line in text.splitlines(keepends=True):
        for start, end, scope in _line(line.rstrip("\r\n"), GRAMMAR["patterns"], 0):
            found[at + start : at + end] = [scope.removesuffix(".sendlaw")] * (end - start)
        at += len(line)
    return found


def _line(line: str, patterns: list[Any], at: int) -> Iterator[tuple[int, int, str]]:
    """Stretches of a line and their scopes, outer ones before those inside them."""
    while (best := _first(line, patterns, at)) is not None:
        match, rule = best
        if "begin" in rule:
            inner, end = _to_end(line, rule, match.end())
            yield match.start(), end, rule["name"]
            yield from inner
            at = end
        else:
            yield match.start(), match.end(), rule.get("name", "")
            for number, capture in rule.get("captures", {}).items():
                yield *match.span(int(number)), capture["name"]
            at = match.end()
        if at >= len(line):
            return


def _to_end(line: str, rule: Any, at: int) -> tuple[list[tuple[int, int, str]], int]:
    """The stretches inside a `begin`, and where its `end` ends: what matches before it may hide it."""
    found: list[tuple[int, int, str]] = []
    while True:
        end = _compiled(rule["end"]).search(line, at)
        inner = _first(line, rule["patterns"], at)
        assert end is not None
        if inner is None or end.start() <= inner[0].start():
            return found, end.end()
        found.append((*inner[0].span(), inner[1]["name"]))
        at = inner[0].end()


def _first(line: str, patterns: list[Any], at: int) -> tuple[re.Match[str], Any] | None:
    """The rule that matches first; of several at one place, the first written."""
    found = [
        (match, rule)
        for rule in _flat(patterns)
        if (match := _compiled(rule.get("begin") or rule["match"]).search(line, at))
    ]
    return min(found, key=lambda one: one[0].start(), default=None)


def _flat(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        included = GRAMMAR["repository"][pattern["include"].removeprefix("#")] if "include" in pattern else pattern
        if "patterns" in included and "begin" not in included:
            yield from _flat(included["patterns"])
        else:
            yield included
