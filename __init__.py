"""Sendlaw decides, before a business text message leaves, whether it may leave. The public names, and no logic.

Each is imported when it is first used, so that what needs no engine, such as formatting rule files, starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .engine.campaign import Campaign
    from .engine.live import LivePolicy
    from .engine.message import Message, MessageError
    from .engine.outcome import Outcome
    from .engine.policy import Policy, evaluate
    from .engine.replies import ReplyMeaning
    from .engine.verdict import Verdict
    from .policy.diagnostics import PolicyError

__all__ = [
    "Campaign",
    "LivePolicy",
    "Message",
    "MessageError",
    "Outcome",
    "Policy",
    "PolicyError",
    "ReplyMeaning",
    "Verdict",
    "evaluate",
]

_HOMES = {
    "Campaign": ".engine.campaign",
    "LivePolicy": ".engine.live",
    "Message": ".engine.message",
    "MessageError": ".engine.message",
    "Outcome": ".engine.outcome",
    "Policy": ".engine.policy",
    "PolicyError": ".policy.diagnostics",
    "ReplyMeaning": ".engine.replies",
    "Verdict": ".engine.verdict",
    "evaluate": ".engine.policy",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
