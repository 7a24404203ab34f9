"""What the pipeline asks of a provider, and how a provider says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as it leaves: `text` with the obligations carried out; `at` in whole UTC epoch seconds."""

    campaign: str
    id: str
    to: str
    sender: str
    channel: str
    text: str
    at: int


class RefusedError(Exception):
    """The provider will not take this message; it was certainly not sent."""


class UnavailableError(Exception):
    """The provider takes nothing at the moment; the message was certainly not sent, and the run stops."""


class Provider(Protocol):
    """Hands messages on. Any exception but the two above leaves the message in doubt."""

    name: str

    def send(self, envelope: Envelope) -> str:
        """The provider's own ID of the message once it has taken it.

        Raises `RefusedError` for this message alone and `UnavailableError` for all of them.
        """
