"""The verdict: what may happen to a message, with every reason and its source. The shape of the contract."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal, NamedTuple

Decision = Literal["allow", "defer", "deny"]
Effect = Literal["deny", "defer", "append", "prepend", "warn", "pace"]

STRICTNESS: dict[str, int] = {"deny": 0, "defer": 1, "prepend": 2, "append": 3, "warn": 4, "pace": 5}
"""Effects from the strictest on."""


class SourceRef(NamedTuple):
    """Where a rule comes from."""

    title: str
    url: str


class Reason(NamedTuple):
    """What one rule did in one place, and the values that decided it."""

    rule: str
    place: str
    effect: Effect
    title: str
    basis: str
    sources: tuple[SourceRef, ...]
    detail: str
    missing: tuple[str, ...] = ()


class Obligation(NamedTuple):
    """What the sender must do: carry a text, or keep a pace."""

    kind: Literal["append", "prepend", "pace"]
    text: str
    rule: str


class Verdict(NamedTuple):
    """Allow, defer until `until`, or deny; every reason at `at`; the text as it is to be sent at the decided time."""

    id: str | None
    at: datetime
    decision: Decision
    until: datetime | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    text: str
    warnings: tuple[str, ...]
    country: str | None
    sender_type: str
    timezones: tuple[str, ...]
    encoding: str
    segments: int
    policy: str

    @property
    def allowed(self) -> bool:
        """Whether the message may leave now."""
        return self.decision == "allow"

    def model_dump(self) -> dict[str, Any]:
        """The verdict as the JSON shape of the contract, times as RFC 3339 strings. No `until` unless deferred."""
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        data |= {"at": self.at.isoformat(), "decision": self.decision}
        if self.until is not None:
            data["until"] = self.until.isoformat()
        return data | {
            "reasons": [_reason(reason) for reason in self.reasons],
            "missing": list(self.missing),
            "obligations": [{"kind": o.kind, "text": o.text, "rule": o.rule} for o in self.obligations],
            "text": self.text,
            "warnings": list(self.warnings),
            "country": self.country,
            "sender_type": self.sender_type,
            "timezones": list(self.timezones),
            "encoding": self.encoding,
            "segments": self.segments,
            "policy": self.policy,
        }

    def model_dump_json(self) -> str:
        """The verdict as one line of JSON, the same bytes for the same verdict."""
        return json.dumps(self.model_dump(), ensure_ascii=False, separators=(", ", ": "))


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "place": reason.place,
        "effect": reason.effect,
        "title": reason.title,
        "basis": reason.basis,
        "sources": [{"title": source.title, "url": source.url} for source in reason.sources],
        "detail": reason.detail,
        "missing": list(reason.missing),
    }
