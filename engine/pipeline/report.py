"""What a run did, counted while it runs; the data behind the report that people read and its JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..verdict import Reason, SourceRef, Verdict
from .clock import as_datetime
from .gateway import Outcome
from .masking import mask_numbers

NO_COUNTRY = "??"
"""Stands where the number belongs to no country."""

_DECISIVE = ("deny", "defer")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is not sent as it is: why, and the field to blame. No line: one that waited."""

    line: int | None
    error: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A reason as it is counted: the rule and where it comes from."""

    rule: str
    effect: str
    title: str
    basis: str
    sources: tuple[SourceRef, ...]


@dataclass
class Report:
    """The counts of one run of one campaign."""

    campaign: str
    outcomes: Counter[str] = field(default_factory=Counter)
    already: Counter[str] = field(default_factory=Counter)
    countries: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: Counter[Why] = field(default_factory=Counter)
    openings: Counter[tuple[str, int]] = field(default_factory=Counter)
    segments: int = 0
    encodings: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    in_doubt: list[str] = field(default_factory=list)
    _faults: list[Fault] = field(default_factory=list)
    released: int = 0
    lines: int = 0

    @property
    def judged(self) -> int:
        """Messages judged in this run."""
        return sum(sum(counts.values()) for counts in self.countries.values())

    @property
    def faults(self) -> list[Fault]:
        """Every line that was not sent as it is, in the order of the file."""
        return sorted(self._faults, key=lambda fault: fault.line or 0)

    @property
    def commonest_reasons(self) -> list[tuple[Why, int]]:
        """Why messages were denied or deferred and how many, the commonest first."""
        return sorted(self.reasons.items(), key=lambda item: (-item[1], item[0].rule, item[0].effect))

    def add(self, outcome: Outcome, line: int | None) -> None:
        """Counts what became of a message of the file, or (`line` is `None`) of one that had waited."""
        self.outcomes[outcome.kind] += 1
        self.released += line is None
        if outcome.verdict is not None:
            self._add_verdict(outcome.verdict)
            self._add_dispatch(outcome.kind, outcome.verdict)
        elif outcome.kind == "already":
            self.already[outcome.state or ""] += 1
        else:
            self._add_fault(outcome, line)

    def add_fault(self, fault: Fault) -> None:
        """Counts a line that is no message."""
        self.outcomes["malformed"] += 1
        self._faults.append(Fault(fault.line, mask_numbers(fault.error), fault.field))

    def add_openings(self, waiting: Iterable[tuple[str | None, int, int]]) -> None:
        """Takes over the store's deferred messages: country, time of opening, how many."""
        for country, until, count in waiting:
            self.openings[country or NO_COUNTRY, until] += count

    def add_in_doubt(self, ids: Iterable[str]) -> None:
        """Names the campaign's messages that may or may not have gone."""
        self.in_doubt += [mask_numbers(id) for id in ids]

    def as_json(self) -> dict[str, Any]:
        """The report as plain data: times RFC 3339 in UTC, the commonest first, no phone numbers."""
        return {
            "campaign": self.campaign,
            "lines": self.lines,
            "judged": self.judged,
            "outcomes": dict(self.outcomes.most_common()),
            "already": dict(self.already.most_common()),
            "released": self.released,
            "countries": {country: dict(counts) for country, counts in sorted(self.countries.items())},
            "reasons": [_reason(why, count) for why, count in self.commonest_reasons],
            "openings": [
                {"country": country, "until": as_datetime(t).isoformat(), "messages": count}
                for (country, t), count in sorted(self.openings.items(), key=lambda item: (item[0][1], item[0][0]))
            ],
            "segments": self.segments,
            "encodings": dict(self.encodings.most_common()),
            "warnings": dict(self.warnings.most_common()),
            "in_doubt": self.in_doubt,
            "faults": [{"line": f.line, "error": f.error, "field": f.field} for f in self.faults],
        }

    def _add_verdict(self, verdict: Verdict) -> None:
        country = verdict.country or NO_COUNTRY
        self.countries.setdefault(country, Counter())[verdict.decision] += 1
        decisive = (_why(reason) for reason in verdict.reasons if reason.effect in _DECISIVE)
        self.reasons.update(list(dict.fromkeys(decisive)))
        self.warnings.update(verdict.warnings)

    def _add_dispatch(self, kind: str, verdict: Verdict) -> None:
        if kind == "sent":
            self.segments += verdict.segments
            self.encodings[verdict.encoding] += 1

    def _add_fault(self, outcome: Outcome, line: int | None) -> None:
        detail = outcome.detail or f"the id `{outcome.id}` came before in this file; the second one is not sent"
        self._faults.append(Fault(line, mask_numbers(detail), outcome.field or "id"))


def _why(reason: Reason) -> Why:
    return Why(reason.rule, reason.effect, reason.title, reason.basis, reason.sources)


def _reason(why: Why, count: int) -> dict[str, Any]:
    return {
        "rule": why.rule,
        "effect": why.effect,
        "title": why.title,
        "basis": why.basis,
        "messages": count,
        "sources": [{"title": source.title, "url": source.url} for source in why.sources],
    }
