"""What the ledger knows of a recipient, joined with what a message states: the stricter counts.

Consent. The ledger keeps one statement per recipient and brand. A message's statement changes it when it is
stricter, when it confirms the same status, or when it is news: consent given after the stored status was
last stated. A stored opt-out is never changed by a message, whatever its date; only the recipient's own
opt-in ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..message import Consent, Earlier
from ..text import name_key
from .clock import as_seconds

STRICTEST_FIRST = ("opted_out", "none", "existing_customer", "opted_in")
"""The statuses of consent that count as stated. `unknown` does not."""

_EARLIER_KEYS = ("sender", "category", "brand", "campaign", "subjects", "text")


@dataclass(frozen=True, slots=True)
class StoredConsent:
    """A statement of consent and when it was last made, in whole UTC epoch seconds."""

    consent: Consent
    stated_at: int


def brand_key(name: str | None) -> str:
    """A brand's name as the ledger compares it: case, width and spacing aside; empty for no brand."""
    return name_key(name or "")


def is_stated(consent: Consent) -> bool:
    """Whether the consent's status is known."""
    return consent.status in STRICTEST_FIRST


def learn(stated: Consent, at: int, stored: StoredConsent | None) -> StoredConsent | None:
    """What the ledger keeps after a message judged at `at` (UTC epoch seconds) stated `stated`."""
    if not is_stated(stated):
        return stored
    if stored is None or _rank(stated) < _rank(stored.consent):
        return StoredConsent(stated, at)
    if _rank(stated) == _rank(stored.consent):
        return StoredConsent(_confirmed(stored.consent, stated), max(at, stored.stated_at))
    if stored.consent.status != "opted_out" and _is_news(stated, at, stored):
        return StoredConsent(stated, at)
    return stored


def join_consent(stated: Consent, stored: Iterable[StoredConsent | None]) -> Consent:
    """The strictest of the message's consent and all stored ones; a null within one counts as not stated."""
    joined = stated
    for known in stored:
        if known is not None:
            joined = _stricter(joined, known.consent)
    return joined


def binding(consents: Mapping[str, StoredConsent], brand: str) -> tuple[StoredConsent | None, ...]:
    """The stored statements that count for `brand` (a `brand_key`): its own, and opt-outs that may mean it.

    An opt-out from a brand not named counts for all; a message of no named brand is bound by every opt-out.
    """
    others = (known for key, known in consents.items() if key != brand and "" in (key, brand))
    return consents.get(brand), *(known for known in others if known.consent.status == "opted_out")


def join_history(stated: tuple[Earlier, ...] | None, stored: Iterable[Earlier]) -> tuple[Earlier, ...]:
    """All sends that the message states or the ledger knows, the same send once; `None` states nothing."""
    remaining = list(stated or ())
    joined: list[Earlier] = []
    for known in stored:
        twin = next((entry for entry in remaining if _is_same_send(entry, known)), None)
        if twin is not None:
            remaining.remove(twin)
        joined.append(known if twin is None else _filled(known, twin))
    return tuple(joined + remaining)


def _rank(consent: Consent) -> int:
    return STRICTEST_FIRST.index(consent.status)


def _is_news(stated: Consent, at: int, stored: StoredConsent) -> bool:
    return stated.at is not None and stored.stated_at < as_seconds(stated.at) <= at


def _confirmed(old: Consent, new: Consent) -> Consent:
    """Two statements of one status: the later one, with what only the other says."""
    is_older = old.at is not None and (new.at is None or new.at < old.at)
    first, second = (old, new) if is_older else (new, old)
    return first.model_copy(
        update={
            "at": first.at or second.at,
            "method": first.method or second.method,
            "double": second.double if first.double is None else first.double,
            "covers": second.covers if first.covers is None else first.covers,
        }
    )


def _stricter(one: Consent, other: Consent) -> Consent:
    if not is_stated(other):
        return one
    if not is_stated(one):
        return other
    if _rank(one) != _rank(other):
        return min(one, other, key=_rank)
    return one.model_copy(
        update={
            "at": min(filter(None, (one.at, other.at)), default=None),
            "method": one.method or other.method,
            "double": min((known for known in (one.double, other.double) if known is not None), default=None),
            "covers": _common(one.covers, other.covers),
        }
    )


def _common(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if one is None or other is None:
        return other if one is None else one
    return tuple(item for item in one if item in other)


def _is_same_send(one: Earlier, other: Earlier) -> bool:
    if as_seconds(one.at) != as_seconds(other.at):
        return False
    pairs = ((getattr(one, key), getattr(other, key)) for key in _EARLIER_KEYS)
    return all(a is None or b is None or a == b for a, b in pairs)


def _filled(known: Earlier, twin: Earlier) -> Earlier:
    missing = {key: getattr(twin, key) for key in _EARLIER_KEYS if getattr(known, key) is None}
    return known.model_copy(update=missing)
