"""`sendlaw show`: a country, a rule, a policy or a source, for a human."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import click

from ..policy import model as m
from ..policy.diagnostics import did_you_mean
from ..policy.places import is_place
from ..policy.render import visible
from .common import colour_on, load_policy, rules_options
from .show_place import place_lines
from .show_view import policy_lines, rule_lines, source_lines


@click.command()
@click.argument("what", metavar="WHAT")
@rules_options
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The rules as of this day; today if not given.",
)
def show(what: str, rules: tuple[str, ...], no_bundled: bool, day: datetime | None) -> None:
    """Show a country, a subdivision, a rule, a policy or a source.

    WHAT is a code such as FR or US-FL, a rule such as FR.hours (or `hours`, for all rules of that name), a
    policy such as world, or a source such as FR.cpce.

    \b
    Examples: sendlaw show FR
              sendlaw show world.hours --on 2026-01-01
    """
    policy = load_policy(rules, no_bundled=no_bundled)
    on = datetime.now(UTC).date() if day is None else day.date()
    lines = list(_found(policy.rule_set, what, on, colour_on(sys.stdout)))
    if not lines:
        raise click.UsageError(_unknown(policy.rule_set, what))
    print("\n".join(lines))


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
    hint = did_you_mean(what, known)
    told = f"there is no place, rule, source or policy called `{visible(what)}`"
    return f"{told}; {hint}" if hint else told
