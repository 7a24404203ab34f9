"""The reference sender: judges each message with what the ledger knows, keeps it, dispatches what is allowed.

A message is dispatched at its own time `at`: a run plays a schedule through, it does not wait for it. What
is deferred is kept; a run whose clock has passed that time judges it again, at the clock's time, after the
file's own messages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from ..message import Earlier, Message, MessageError
from ..text import digest as text_digest
from ..verdict import Verdict
from .clock import Clock, as_datetime, as_seconds
from .dispatch import Result, dispatch
from .ledger import binding, brand_key, join_consent, join_history, learn
from .providers.base import Envelope, Provider
from .stores.sqlite import Record, SqliteStore, State

_FLUSH_EVERY = 500
"""Verdicts without a dispatch that may be lost, and found again, when the process ends."""

Kind = Literal["sent", "refused", "deferred", "denied", "already", "repeated", "conflict", "unfit"]


class Judge(Protocol):
    """Whatever decides about messages; a compiled policy."""

    def evaluate(self, message: Message) -> Verdict:
        """The verdict on a message that carries its time; raises `MessageError` when there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message.

    `sent` and `refused` (by the provider), `deferred` and `denied` (by the rules) carry the verdict.
    `already`: came in an earlier run, `state` says how it stands. `repeated`: the same ID came before in
    this run. `conflict`: the same ID came with other content. `unfit`: cannot be judged; `field` and
    `detail` say why.
    """

    kind: Kind
    id: str | None
    verdict: Verdict | None = None
    state: State | None = None
    until: int | None = None
    field: str | None = None
    detail: str | None = None


class Gateway:
    """One run of one campaign. Campaign name and message ID together are the idempotency key."""

    def __init__(self, judge: Judge, store: SqliteStore, provider: Provider, clock: Clock, campaign: str) -> None:
        self._judge = judge
        self._store = store
        self._provider = provider
        self._clock = clock
        self._campaign = campaign
        self._seen: set[str] = set()
        self._unflushed = 0
        self._newest_before = store.newest()

    def release_due(self) -> Iterator[Outcome]:
        """Judges again, at the clock's time, messages that an earlier run deferred and whose time has come.

        To be called after the file's messages, so that refusals they tell of are known.
        """
        for record in self._store.due(self._campaign, self._clock.now(), self._newest_before):
            message = record.message().model_copy(update={"at": as_datetime(self._clock.now())})
            try:
                verdict = self._decide(message)
            except MessageError as error:
                yield _unfit(message.id, error)
                continue
            seq = self._store.readmit(record.seq, verdict)
            yield self._carry_out(message, verdict, seq, record.until)

    def submit(self, message: Message) -> Outcome:
        """Judges, keeps and dispatches one message of the file, unless it came before.

        Raises `StoreError` and `UnavailableError` when the store or the provider fails; the message is then
        as before.
        """
        if not message.id:
            return Outcome("unfit", None, field="id", detail="is required: with the campaign it tells repeats")
        digest = content_digest(message)
        before = self._store.find(self._campaign, message.id)
        if before is not None:
            return self._came_before(before, message, digest)
        self._seen.add(message.id)
        self._learn(message)
        try:
            verdict = self._decide(message)
        except MessageError as error:
            return _unfit(message.id, error)
        seq = self._store.admit(self._campaign, message, digest, verdict)
        return self._carry_out(message, verdict, seq, None)

    def _came_before(self, before: Record, message: Message, digest: bytes) -> Outcome:
        """Nothing is sent, but what the message says of consent may be newer, and counts for those that wait."""
        self._learn(message)
        if before.digest != digest:
            return Outcome("conflict", before.id, state=before.state, detail="the same id came with another content")
        kind: Kind = "repeated" if before.id in self._seen else "already"
        self._seen.add(before.id)
        return Outcome(kind, before.id, state=before.state, until=before.until)

    def _learn(self, message: Message) -> None:
        """The ledger keeps what the message states of consent."""
        brand = brand_key(message.brand.name)
        stored = self._store.consents(message.to).get(brand)
        known = learn(message.consent, as_seconds(message.at), stored)
        if known is not None and known != stored:
            self._store.keep_consent(message.to, brand, known)

    def _decide(self, message: Message) -> Verdict:
        """The verdict with the ledger's consent and history joined in."""
        bound = binding(self._store.consents(message.to), brand_key(message.brand.name))
        earlier = (history_entry(record) for record in self._store.dispatched(message.to))
        joined = {
            "consent": join_consent(message.consent, bound),
            "history": join_history(message.history, earlier),
        }
        return self._judge.evaluate(message.model_copy(update=joined))

    def _carry_out(self, message: Message, verdict: Verdict, seq: int, waited_until: int | None) -> Outcome:
        if not verdict.allowed:
            self._flush_now_and_then()
            return Outcome("deferred" if verdict.decision == "defer" else "denied", message.id, verdict)
        envelope = Envelope(
            campaign=self._campaign,
            id=message.id or "",
            to=message.to,
            sender=message.sender,
            channel=message.channel,
            text=verdict.text,
            at=as_seconds(verdict.at),
        )
        result = dispatch(self._store, self._provider, seq, envelope, waited_until)
        return _result(message.id, verdict, result)

    def _flush_now_and_then(self) -> None:
        self._unflushed += 1
        if self._unflushed % _FLUSH_EVERY == 0:
            self._store.flush()


def history_entry(record: Record) -> Earlier:
    """A dispatched message as an entry of its recipient's history.

    Subjects are left out, which counts as any subject: the text may have been about more than what was
    declared.
    """
    message = record.message()
    return Earlier(
        at=as_datetime(record.at),
        category=message.category,
        sender=message.sender,
        brand=message.brand.name,
        campaign=message.campaign,
        text=text_digest(message.body),
    )


def content_digest(message: Message) -> bytes:
    """What makes a message of the same ID another one: recipient, sender, brand, channel, category, body.

    Facts that the sender learns later (consent, history, registers, time) do not count.
    """
    parts = (message.to, message.sender, message.brand.name, message.channel, message.category, message.body)
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _result(id: str | None, verdict: Verdict, result: Result) -> Outcome:
    if result.refusal is not None:
        return Outcome("refused", id, verdict, detail=result.refusal)
    return Outcome("sent", id, verdict, detail=result.provider_id)


def _unfit(id: str | None, error: MessageError) -> Outcome:
    return Outcome("unfit", id, field=error.field, detail=error.reason)
