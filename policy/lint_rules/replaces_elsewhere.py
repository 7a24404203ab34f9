"""A rule that replaces one of another place, or of a narrower one.

A rule is replaced only where this rule protects the recipient. A country's rule replaces those of the world and of the
groups it belongs to; that of a state replaces its country's.

Before:

    policy FR "France" {
      recipients FR
      rule hours "By day" { only 08:00-20:00  basis guideline  cite guide }
      source guide "Guide" "https://example.com/guide"  checked 2026-11-20
    }

    policy DE "Germany" {
      recipients DE
      rule hours "By day" { only 08:00-20:00  replaces FR.hours  basis house }
    }

After:

    policy DE "Germany" {
      recipients DE
      rule hours "By day" { only 08:00-20:00  replaces world.hours  basis house }
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding, Related
from ..lint_context import LintContext, covers_places, warning
from ..replacements import replacements

CODE, SLUG = "L137", "replaces-elsewhere"


def find(context: LintContext) -> Iterator[Finding]:
    """Replaced rules whose policy does not protect all recipients of the rule that replaces them."""
    for rule, path, wider in replacements(context):
        if not covers_places(wider.places, rule.places):
            message = f"`{wider.id}` does not protect all recipients of `{rule.policy}`"
            related = (Related(context.name_of(wider), "the rule it replaces"),)
            yield warning(CODE, path.span, message, "replace rules of a wider place", related)
