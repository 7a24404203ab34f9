"""Sendlaw decides, before a business text message leaves, whether it may leave. The public names, and no logic."""

from __future__ import annotations

from .engine.message import Message, MessageError
from .engine.policy import Policy, evaluate
from .engine.verdict import Verdict
from .policy.diagnostics import PolicyError

__all__ = ["Message", "MessageError", "Policy", "PolicyError", "Verdict", "evaluate"]
