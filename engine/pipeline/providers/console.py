"""The console provider: writes one line a message, numbers masked. For trying things out."""

from __future__ import annotations

import hashlib
from typing import TextIO

from ..clock import as_datetime
from ..masking import mask_number
from .base import Envelope


def message_reference(envelope: Envelope) -> str:
    """A provider's message ID that only depends on campaign and ID, so that a repeated message shows."""
    return hashlib.sha256(f"{envelope.campaign}\0{envelope.id}".encode()).hexdigest()[:16]


def one_line(text: str) -> str:
    """`text` on one line, control and layout characters written out, so that it cannot steer a terminal."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


class ConsoleProvider:
    """Writes each message to a text stream."""

    name = "console"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def send(self, envelope: Envelope) -> str:
        """Writes one line; the reference returned is the same for the same campaign and ID."""
        when = as_datetime(envelope.at).strftime("%Y-%m-%d %H:%M:%SZ")
        line = f"{when}  {mask_number(envelope.to)}  {envelope.sender}  {envelope.text}"
        print(one_line(line), file=self._stream, flush=True)
        return message_reference(envelope)
