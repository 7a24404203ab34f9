"""A window that is never open in all time zones of a country at once.

A number whose zone is not known may be in any of its country's zones, and a window must be open in all of them. In a
country of many zones a short window never is, so such messages are refused. Widen the window, or ask senders to state
`recipient.timezone`, and say so in a test.

Before:

    policy RU "Russia" {
      recipients RU
      rule hours "Ten to six" { only 10:00-18:00  basis house }
    }

After:

    policy RU "Russia" {
      recipients RU
      rule hours "Nine to nine" { only 09:00-21:00  basis house }
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..places import zones_of
from ..week import ever_open

CODE, SLUG = "L122", "window-shut-across-zones"


def find(context: LintContext) -> Iterator[Finding]:
    """Windows that defer, in countries the policy names, whose zones leave no common minute."""
    for rule in context.rule_set.rules:
        if not isinstance(rule.action, m.Only) or rule.action.warning is not None or rule.action.window.zone:
            continue
        for country in sorted(rule.places.countries):
            zones = zones_of(country)
            if zones and not ever_open([rule.action.window], zones, context.today.year):
                message = f"the hours of `{rule.id}` are never open in all {len(zones)} time zones of {country}"
                hint = "widen the hours: a number whose zone is not known is refused"
                shown = {"recipient.country": country, "recipient.timezone": None}
                yield warning(CODE, context.name_of(rule), message, hint, witness=shown)
                break
