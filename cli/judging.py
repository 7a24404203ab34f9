"""What `check` does with a chunk of messages: judge them and write the verdicts down. The same in every process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from ..engine.message import Message, MessageError
from ..engine.policy import Policy
from ..engine.verdict import Verdict
from .chunks import Chunk
from .common import load_policy
from .reading import LineError, line_error, messages
from .verdict_view import error_text, verdict_text


@dataclass(frozen=True, slots=True)
class View:
    """How verdicts are shown: as JSON or in words; `named`: each with its file, where there are several."""

    as_json: bool
    colour: bool
    named: bool

    def verdict(self, verdict: Verdict, line: int, file: str) -> str:
        """The verdict on the message of a line, without the end of its last line."""
        if self.as_json:
            return verdict.model_dump_json()
        return verdict_text(verdict, self._place(line, file), colour=self.colour)

    def error(self, error: LineError, line: int, file: str) -> str:
        """A line that is no message, the same way."""
        if self.as_json:
            return json.dumps({**({"file": file} if self.named else {}), **error.as_json()}, ensure_ascii=False)
        return error_text(error, self._place(line, file), colour=self.colour)

    def _place(self, line: int, file: str) -> str:
        return f"{file}:{line}" if self.named else f"line {line}"


class Outcome(NamedTuple):
    """What became of a chunk: the verdicts as they are shown, how many of each, and how many lines were no message."""

    text: str
    decisions: dict[str, int]
    errors: int


class Judge:
    """Judges chunks by one policy and shows what comes of it in one way."""

    def __init__(self, policy: Policy, view: View) -> None:
        self._evaluate = policy.one_after_another()
        self._view = view

    def __call__(self, file: str, chunk: Chunk) -> Outcome:
        """The outcome of a chunk of that file."""
        shown: list[str] = []
        decisions: dict[str, int] = {}
        errors = 0
        for line, message in messages(chunk):
            judged = _judged(self._evaluate, line, message)
            if isinstance(judged, LineError):
                errors += 1
                shown.append(self._view.error(judged, judged.line, file))
            else:
                decisions[judged.decision] = decisions.get(judged.decision, 0) + 1
                shown.append(self._view.verdict(judged, line, file))
        shown.append("")
        return Outcome("\n".join(shown), decisions, errors)


def _judged(evaluate: Callable[[Message], Verdict], line: int, message: Message | LineError) -> Verdict | LineError:
    if isinstance(message, LineError):
        return message
    try:
        return evaluate(message)
    except MessageError as error:
        return line_error(line, error.reason, error.field)


def judge_anew(rules: tuple[str, ...], no_bundled: bool, digest: str, view: View) -> Judge:
    """A judge in a process that shares nothing with the one that asks, by the same rules.

    Raises `ValueError` where the rules are no longer those with that digest.
    """
    policy = load_policy(rules, no_bundled=no_bundled)
    if policy.digest != digest:
        raise ValueError("the rule files were changed while messages were judged; judge them again")
    return Judge(policy, view)
