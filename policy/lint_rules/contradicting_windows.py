"""Two windows that are never open together for a recipient whom both protect.

Every window that applies must be open: the country's and the state's, one on the recipient's clock and one in a fixed
zone. Where two leave no common minute, in the zones of the country, a message that both judge is never sent. One of
them was meant to replace the other.

Before:

    policy AU "Australia" {
      recipients AU
      rule day "By day" { only 09:00-17:00  basis house }
    }

    policy acme "Our own" {
      recipients AU
      rule late "After work" { only 18:00-20:00  basis house }
    }

After:

    policy AU "Australia" {
      recipients AU
      rule day "By day" { only 09:00-17:00  basis house }
    }

    policy acme "Our own" {
      recipients AU
      rule late "Before the shops close" { only 15:00-17:00  basis house }
    }
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from .. import model as m
from ..beforehand import Known
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, share_dates, silences, warning
from ..places import zones_of
from ..rule_logic import WIDTH, asked, surely_speaks
from ..satisfiability import Search, search
from ..week import ever_open
from ..witness import witness

CODE, SLUG = "L123", "contradicting-windows"


def find(context: LintContext) -> Iterator[Finding]:
    """Pairs of windows that apply to one message and share no minute in the zones of its country."""
    rules = [rule for rule in context.rule_set.rules if isinstance(rule.action, m.Only)]
    for one, other in combinations([rule for rule in rules if _defers(rule)], 2):
        if not _may_meet(one, other):
            continue
        country = next((code for code in _countries(one, other) if _shut(one, other, code, context.today.year)), None)
        together = _together(one, other, context.known(one, other)) if country else None
        if together is not None and together.found is not None:
            related = (Related(context.name_of(one), "the other window"),)
            message = f"`{other.id}` and `{one.id}` are never open together in {country}"
            hint = "let one replace the other, or part their conditions"
            shown = {"recipient.country": country, **(witness(together) or {})}
            yield warning(CODE, context.name_of(other), message, hint, related, witness=shown)


def _defers(rule: m.Rule) -> bool:
    return isinstance(rule.action, m.Only) and rule.action.warning is None


def _windows(*rules: m.Rule) -> list[m.Window]:
    return [rule.action.window for rule in rules if isinstance(rule.action, m.Only)]


def _may_meet(one: m.Rule, other: m.Rule) -> bool:
    """Whether both may be in force and neither gives way; same questions on one clock are those of L105."""
    first, second = _windows(one, other)
    same = one.unless == other.unless and (one.when == other.when or None in (one.when, other.when))
    known = one.policy == other.policy and first.zone == second.zone and same
    return share_dates(one, other) and not silences(one, other) and not known


def _countries(one: m.Rule, other: m.Rule) -> Sequence[str]:
    shared: list[set[str]] = []
    for places in (one.places, other.places):
        if not places.anywhere:
            shared.append({*places.countries, *(place[:2] for place in places.subdivisions)})
    return sorted(set.intersection(*shared)) if shared else ()


def _shut(one: m.Rule, other: m.Rule, country: str, year: int) -> bool:
    """Whether both windows together are shut in each zone of a country; one alone has a finding of its own."""
    zones = zones_of(country)
    return bool(zones) and not any(ever_open(_windows(one, other), [zone], year) for zone in zones)


def _together(one: m.Rule, other: m.Rule, known: Known) -> Search:
    both = (*asked(one), *asked(other))
    return search(both, lambda two: surely_speaks(two[:WIDTH]) and surely_speaks(two[WIDTH:]), known)
