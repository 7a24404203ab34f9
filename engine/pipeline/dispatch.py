"""Hands one message to the provider so that it is never handed over twice, whenever the process ends.

The intent is durable before the provider is asked, the result is recorded after. A message found with an
intent and no result is in doubt: the provider may have taken it, so it is shown and never sent again.
"""

from __future__ import annotations

from dataclasses import dataclass

from .providers.base import Envelope, Provider, RefusedError, UnavailableError
from .stores.sqlite import SqliteStore


@dataclass(frozen=True, slots=True)
class Result:
    """What the provider said: its ID of the message, or why it refused."""

    provider_id: str | None = None
    refusal: str | None = None


def dispatch(store: SqliteStore, provider: Provider, seq: int, envelope: Envelope, waited_until: int | None) -> Result:
    """Dispatches the message that stands in the store under `seq` as `dispatching`.

    `waited_until` is the time (UTC epoch seconds) a deferred message had waited for, `None` for a new one:
    when the provider is unavailable the message goes back to where it was, and `UnavailableError` goes on
    to the caller.
    """
    store.flush()
    try:
        provider_id = provider.send(envelope)
    except RefusedError as refused:
        store.settle(seq, "refused", provider.name, refusal=str(refused))
        return Result(refusal=str(refused))
    except UnavailableError:
        store.withdraw(seq, waited_until)
        raise
    store.settle(seq, "sent", provider.name, provider_id=provider_id)
    return Result(provider_id=provider_id)
