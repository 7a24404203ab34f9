"""Small judges and messages for the tests of the pipeline: the body says what the verdict is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sendlaw.engine.message import Message, MessageError
from sendlaw.engine.verdict import Reason, SourceRef, Verdict

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOURCE = SourceRef("Act of the test", "https://example.org/act")


def message(id: str | None = "m1", body: str = "allow", **fields: Any) -> Message:
    """A well-formed message at noon."""
    data = {"to": "+33639981242", "sender": "ACME", "category": "promotional", "at": NOON, **fields}
    return Message(id=id, body=body, **data)


def verdict(asked: Message, decision: Any, *, until: datetime | None = None, why: str = "") -> Verdict:
    """A verdict of the decision given, for the text with ` STOP` added."""
    effect: Any = "deny" if decision == "deny" else "defer"
    reasons = (Reason(f"FR.{decision}", "FR", effect, "A test rule", "law", (SOURCE,), why),)
    return Verdict(
        id=asked.id,
        at=asked.at or NOON,
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
    """Does what the body says: `allow`, `deny`, `defer` (by eight hours from noon, then allow), `unfit`.

    Keeps the messages it was asked about. Opt-outs are denied; `limit N` denies from N earlier sends on.
    """

    def __init__(self) -> None:
        self.asked: list[Message] = []

    def evaluate(self, message: Message) -> Verdict:
        """The verdict that the message's body asks for."""
        self.asked.append(message)
        word, *rest = message.body.split()
        if message.consent.status == "opted_out" or word == "deny":
            return verdict(message, "deny")
        if word == "unfit":
            raise MessageError("to", "is no possible phone number")
        opens = NOON + timedelta(hours=8)
        if word == "defer" and message.at is not None and message.at < opens:
            return verdict(message, "defer", until=opens)
        if word == "limit" and len(message.history or ()) >= int(rest[0]):
            return verdict(message, "deny")
        return verdict(message, "allow")


Make = Callable[..., Message]
