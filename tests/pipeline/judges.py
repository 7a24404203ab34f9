"""Small judges, providers and messages for the tests of the pipeline: the body says what the verdict is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sendlaw.engine.message import Message, MessageError, parse_message
from sendlaw.engine.pipeline.clock import FixedClock, as_seconds
from sendlaw.engine.pipeline.gateway import Gateway
from sendlaw.engine.pipeline.providers.base import Envelope, RefusedError, UnavailableError
from sendlaw.engine.pipeline.stores.sqlite import SqliteStore
from sendlaw.engine.verdict import Reason, SourceRef, Verdict

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OPENS = NOON + timedelta(hours=8)
SOURCE = SourceRef("Act of the test", "https://example.org/act")


def message(id: str | None = "m1", body: str = "allow", **fields: Any) -> Message:
    """A well-formed message at noon."""
    data = {"to": "+33639981242", "sender": "ACME", "category": "promotional", "at": NOON}
    return parse_message({**data, "id": id, "body": body, **fields})


def verdict(asked: Message, decision: Any, until: datetime | None = None) -> Verdict:
    """A verdict of the decision given, for the text with ` STOP` added."""
    effect: Any = "deny" if decision == "deny" else "defer"
    reasons = (Reason(f"FR.{decision}", "FR", effect, "A test rule", "law", (SOURCE,), "because"),)
    return Verdict(
        id=asked.id,
        at=asked.at,
        decision=decision,
        until=until,
        reasons=() if decision == "allow" else reasons,
        missing=(),
        obligations=(),
        text=asked.body + " STOP",
        warnings=(),
        country="FR",
        sender_type="alphanumeric",
        timezones=("Europe/Paris",),
        encoding="GSM-7",
        segments=1,
        policy="sha256:test",
    )


class BodyJudge:
    """Does what the body says: `allow`, `deny`, `defer` (until OPENS, then allow), `unfit`, `limit N`.

    `limit N` denies from N earlier sends on. Opt-outs are denied. `asked` keeps what it was asked.
    """

    def __init__(self) -> None:
        self.asked: list[Message] = []

    def evaluate(self, message: Message) -> Verdict:
        """The verdict that the message's body asks for."""
        self.asked.append(message)
        word, *rest = message.body.split()
        if word == "unfit":
            raise MessageError("to", "is no possible phone number")
        if message.consent.status == "opted_out" or word == "deny":
            return verdict(message, "deny")
        if word == "defer" and message.at < OPENS:
            return verdict(message, "defer", OPENS)
        if word == "limit" and len(message.history or ()) >= int(rest[0]):
            return verdict(message, "deny")
        return verdict(message, "allow")


class ListProvider:
    """Keeps what it is given; the text decides whether it refuses, is away, or dies half-way."""

    name = "list"

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.is_away = False

    def send(self, envelope: Envelope) -> str:
        """Takes the message, unless the text says otherwise."""
        if self.is_away:
            raise UnavailableError("the line is down")
        if "refuse" in envelope.text:
            raise RefusedError("unknown sender")
        self.taken.append(envelope)
        if "die" in envelope.text:
            raise ConnectionError("cut off")
        return f"p{len(self.taken)}"

    @property
    def ids(self) -> list[str]:
        """The IDs of all messages taken, in order."""
        return [envelope.id for envelope in self.taken]


class Line:
    """A store, a judge and a provider; each `run` is one run of a campaign at a time of its own."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.judge = BodyJudge()
        self.provider = ListProvider()

    def run(self, campaign: str = "c", now: datetime = NOON) -> Gateway:
        """A new run over the same store and provider."""
        return Gateway(self.judge, self.store, self.provider, FixedClock(as_seconds(now)), campaign)
