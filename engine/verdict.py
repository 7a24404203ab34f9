"""The verdict: what may happen to a message, with every reason and its source. The shape of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from json.encoder import encode_basestring
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
        """The verdict as one line of JSON, the same bytes for the same verdict.

        These are the bytes of `json.dumps(verdict.model_dump(), ensure_ascii=False)`, put together from parts: most
        of a verdict is the same for all that a rule says or that goes to a country, and is written out once.
        """
        named = "" if self.id is None else f'"id": {_text(self.id)}, '
        until = "" if self.until is None else f'"until": "{self.until.isoformat()}", '
        obligations = ", ".join(map(_obligation, self.obligations)) if self.obligations else ""
        return (
            f'{{{named}"at": "{self.at.isoformat()}", "decision": "{self.decision}", {until}'
            f'"reasons": [{", ".join(map(_reason_json, self.reasons)) if self.reasons else ""}], '
            f'"missing": {_names(self.missing)}, "obligations": [{obligations}], "text": {_text(self.text)}, '
            f'"warnings": {_list(self.warnings) if self.warnings else "[]"}, '
            + _end(self.country, self.sender_type, self.timezones, self.encoding, self.segments, self.policy)
        )


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


_KEPT = 2048
"""How many written parts of each kind are kept. Rules, countries and sizes of texts are far fewer than messages."""

_text = encode_basestring


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _names(names: tuple[str, ...]) -> str:
    return _kept_list(names) if names else "[]"


_kept_list = lru_cache(maxsize=_KEPT)(_list)


def _reason_json(reason: Reason) -> str:
    told = _reason_start(reason[:6])
    return f'{told}, "detail": {_text(reason.detail)}, "missing": {_names(reason.missing)}}}'


@lru_cache(maxsize=_KEPT)
def _reason_start(reason: tuple[Any, ...]) -> str:
    """All of a reason that is the same whatever the message: its rule, place, effect, title, basis and sources."""
    rule, place, effect, title, basis, sources = reason
    data = _reason(Reason(rule, place, effect, title, basis, sources, detail=""))
    del data["detail"], data["missing"]
    return json.dumps(data, ensure_ascii=False).removesuffix("}")


def _obligation(obligation: Obligation) -> str:
    kind, text, rule = map(_text, obligation)
    return f'{{"kind": {kind}, "text": {text}, "rule": {rule}}}'


@lru_cache(maxsize=_KEPT)
def _end(country: str | None, sender: str, zones: tuple[str, ...], encoding: str, segments: int, policy: str) -> str:
    """What a verdict ends with: where the message goes, by whom, how long it is, and the rules it was judged by."""
    place = "null" if country is None else _text(country)
    return (
        f'"country": {place}, "sender_type": {_text(sender)}, "timezones": {_list(zones)}, '
        f'"encoding": {_text(encoding)}, "segments": {segments}, "policy": {_text(policy)}}}'
    )
