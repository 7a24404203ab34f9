"""Small rules and messages, and verdicts in one line, for the tables that hold the meaning of the language."""

from __future__ import annotations

from functools import cache
from typing import Any

from sendlaw.engine.policy import Policy
from sendlaw.engine.verdict import Verdict
from sendlaw.policy.source import Source

PARIS, MUNICH, MIAMI, NEW_YORK = "+33639980001", "+4915123456789", "+13055550123", "+12125550123"
"""A number in France, a mobile in Germany, numbers with area codes of Florida and New York."""
ANYWHERE_US = "+18005550123"
"""Toll-free: in any state and zone of the United States."""
NOON = "2026-11-24T12:00:00+01:00"
"""A Tuesday."""


@cache
def policy(*texts: str) -> Policy:
    """A policy of these files alone."""
    return Policy.from_sources([Source(f"{n}.policy", text) for n, text in enumerate(texts)], bundled=False)


def written(rules: str, recipients: str = "FR", name: str = "P", holidays: str = "holidays FR") -> str:
    """A policy with these rules in it; `LAW` and `GUIDE` stand for a firm and a soft basis."""
    rules = rules.replace("LAW", "basis law cite s").replace("GUIDE", "basis guideline cite s")
    return (
        f'policy {name} "{name}" {{ recipients {recipients} languages fr, en {holidays}\n'
        f'source s "S" "https://example.com" checked 2026-11-20\n{rules}\n}}'
    )


def message(**fields: Any) -> dict[str, Any]:
    """A message that nothing is known against."""
    usual: dict[str, Any] = {
        "to": PARIS,
        "sender": "ACME",
        "category": "promotional",
        "body": "Soldes",
        "at": NOON,
        "history": [],
    }
    return usual | fields


def judged(rules: Policy, fields: dict[str, Any]) -> Verdict:
    """The verdict, on which the evaluator and the interpreter agree."""
    verdict = rules.evaluate(message(**fields))
    assert verdict == rules.interpret(message(**fields))
    return verdict


def told(verdict: Verdict) -> str:
    """`defer 2026-11-25T08:00:00+01:00; P.a defer; P.b warn ?consent`: decision, time, reasons, what was missing."""
    until = f" {verdict.until.isoformat()}" if verdict.until else ""
    reasons = (f"; {r.rule} {r.effect}" + "".join(f" ?{name}" for name in r.missing) for r in verdict.reasons)
    return f"{verdict.decision}{until}{''.join(reasons)}"
