"""What becomes of one recipient of a campaign: a verdict in short, with the whole verdict for the asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from .verdict import Decision, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decision, and what decided. Recipients who differ in nothing that a rule asks share one.

    `until`: when the message may go, for `defer` alone. `rule`: the first of the verdict's reasons that denies or
    defers; None for `allow`.
    """

    decision: Decision
    until: datetime | None
    rule: str | None
    _source: Callable[[], Verdict] = field(compare=False, repr=False)

    @property
    def allowed(self) -> bool:
        """Whether the message may leave now."""
        return self.decision == "allow"

    @property
    def verdict(self) -> Verdict:
        """The whole verdict, worked out when asked for: what `Policy.evaluate` answers to the whole message."""
        return self._source()


def outcome_of(verdict: Verdict, source: Callable[[], Verdict]) -> Outcome:
    """A verdict in short. `source` gives the verdict again."""
    return Outcome(verdict.decision, verdict.until, deciding_rule(verdict), source)


def deciding_rule(verdict: Verdict) -> str | None:
    """The first of the reasons, in the verdict's order, whose effect is the decision; None where it is to allow."""
    return next((reason.rule for reason in verdict.reasons if reason.effect == verdict.decision), None)
