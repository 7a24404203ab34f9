"""A test that expects nothing.

It passes whatever the rules say, and looks like a safeguard.

Before:

    test "Late marketing waits" {
      to "+33639980001"  from "ACME"  category promotional
      at 2026-11-24 22:14
      body "Soldes"
    }

After:

    test "Late marketing waits" {
      to "+33639980001"  from "ACME"  category promotional
      at 2026-11-24 22:14
      body "Soldes"
      expect defer until 2026-11-25 08:00 by world.hours
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning

CODE, SLUG = "L112", "test-without-expectation"


def find(context: LintContext) -> Iterator[Finding]:
    """Tests with neither `expect` nor rows of cases."""
    for _, test in context.entries(t.Test):
        if not test.expects and not any(cases.rows for cases in test.cases):
            message = "this test expects nothing"
            yield warning(CODE, test.title.span, message, "add `expect allow`, `expect deny` or `expect defer until …`")
