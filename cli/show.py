"""`sendlaw show`: a country, a rule, a policy or a source, for a human."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from ..policy import model as m
from ..policy.diagnostics import did_you_mean
from ..policy.places import is_place, place_meant
from ..policy.render import visible
from .common import colour_on, load_policy, rules_options
from .days import Day
from .show_data import found_data, place_data
from .show_html import place_page
from .show_place import place_lines
from .show_view import policy_lines, rule_lines, source_lines


@click.command()
@click.argument("what", metavar="WHAT")
@rules_options
@click.option(
    "--on",
    "day",
    type=Day(),
    metavar="DATE",
    help="The rules as of this day; today if not given.",
)
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a place as one page of HTML."
)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def show(
    what: str, rules: tuple[str, ...], no_bundled: bool, day: date | None, html: Path | None, as_json: bool
) -> None:
    """Show a country, a subdivision, a rule, a policy or a source.

    WHAT is a code such as FR or US-FL, a rule such as FR.hours (or `hours`, for all rules of that name), a
    policy such as world, or a source such as FR.cpce.

    \b
    Examples: sendlaw show FR
              sendlaw show world.hours --on 2026-01-01
              sendlaw show FR --html FR.html
    """
    policy = load_policy(rules, no_bundled=no_bundled)
    on = datetime.now(UTC).date() if day is None else day
    if html is not None:
        _write_page(policy.rule_set, what, on, html)
    if as_json:
        print(json.dumps(_data(policy.rule_set, what, on), ensure_ascii=False, indent=2))
    elif html is None:
        lines = _lines(policy.rule_set, what, on, colour_on(sys.stdout))
        print("\n".join(fitted(lines, shutil.get_terminal_size().columns) if sys.stdout.isatty() else lines))


def fitted(lines: Iterable[str], width: int) -> Iterator[str]:
    """Lines that are no wider than a terminal: what goes over is continued below, further in. Words too long for it,
    such as links, stay whole.
    """
    for line in lines:
        if len(click.unstyle(line)) <= width:
            yield line
        else:
            inner = " " * min(len(line) - len(line.lstrip()) + 4, max(0, width - 20))
            yield from _wrapped(line, width, inner)


def _wrapped(line: str, width: int, inner: str) -> Iterator[str]:
    """By hand, as what colours a line takes no room; blanks between words stay as they are."""
    here = ""
    for piece in re.findall(r"\s*\S+", line):
        if here.strip() and len(click.unstyle(here + piece)) > width:
            yield here
            here = inner + piece.lstrip()
        else:
            here += piece
    yield here


def _write_page(rule_set: m.RuleSet, what: str, on: date, path: Path) -> None:
    if not is_place(what.upper()):
        raise click.UsageError(f"a page shows a place such as FR or US-FL, and `{visible(what)}` is none")
    path.write_text(place_page(place_data(rule_set, what.upper(), on)), encoding="utf-8")


def _data(rule_set: m.RuleSet, what: str, on: date) -> dict[str, Any]:
    if is_place(what.upper()):
        return place_data(rule_set, what.upper(), on)
    found = found_data(rule_set, what)
    if not found:
        raise click.UsageError(_unknown(rule_set, what))
    return found


def _lines(rule_set: m.RuleSet, what: str, on: date, colour: bool) -> list[str]:
    lines = list(_found(rule_set, what, on, colour))
    if not lines:
        raise click.UsageError(_unknown(rule_set, what))
    return lines


def _found(rule_set: m.RuleSet, what: str, on: date, colour: bool) -> Iterator[str]:
    """The first reading of WHAT that finds something: a place, a rule, a source, a policy."""
    if is_place(what.upper()):
        return place_lines(rule_set, what.upper(), on, colour=colour)
    readings: tuple[Callable[..., Iterator[str]], ...] = (rule_lines, source_lines, policy_lines)
    for reading in readings:
        lines = list(reading(rule_set, what, colour=colour))
        if lines:
            return iter(lines)
    return iter(())


def _unknown(rule_set: m.RuleSet, what: str) -> str:
    known = [rule.id for rule in rule_set.rules] + [rule.name for rule in rule_set.rules]
    for policy in rule_set.policies:
        known += [policy.name, *(f"{policy.name}.{source.name}" for source in policy.sources)]
    hint = did_you_mean(what, known) or place_meant(what) or "places are codes such as `FR` or `US-FL`"
    return f"there is no place, rule, source or policy called `{visible(what)}`; {hint}"
