"""Judges messages in a process of its own and prints the verdicts, for tests that compare processes.

`python judging.py MESSAGES [RULES…]`: JSON lines in a file, rule files besides those that ship.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sendlaw import MessageError, Policy


def answers(policy: Policy, messages: list[dict[str, Any]]) -> Iterator[str]:
    """The verdict on each message as the command line prints it, or why there is none."""
    for message in messages:
        try:
            yield policy.evaluate(message).model_dump_json()
        except MessageError as error:
            yield json.dumps({"field": error.field, "error": error.reason}, ensure_ascii=False)


def read_messages(path: Path) -> list[dict[str, Any]]:
    """The messages of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main(messages: str, *rules: str) -> int:
    """Prints one answer a line, in UTF-8 whatever the terminal speaks."""
    for answer in answers(Policy.load(*rules), read_messages(Path(messages))):
        sys.stdout.buffer.write(answer.encode("utf-8") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
