"""A run in a process of its own, to be killed: `python -m tests.pipeline.victim FILE STORE OUT [SEAM]`.

With a seam and a count (`before:3`, `after:3`) the process kills itself right before or right after the
provider takes the third message, which no timing from outside could hit for sure.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sendlaw.cli.reading import Line, read_messages
from sendlaw.engine.pipeline.clock import FixedClock, as_seconds
from sendlaw.engine.pipeline.gateway import Gateway
from sendlaw.engine.pipeline.providers.base import Envelope
from sendlaw.engine.pipeline.providers.file import FileProvider
from sendlaw.engine.pipeline.stores.sqlite import SqliteStore

from .judges import NOON, BodyJudge


class DoomedProvider(FileProvider):
    """The file provider with a process that dies at the seam given."""

    def __init__(self, path: Path, seam: str) -> None:
        super().__init__(path)
        self._when, count = seam.split(":")
        self._left = int(count)

    def send(self, envelope: Envelope) -> str:
        """Hands the message on, unless the process is to end before or after that."""
        self._left -= 1
        self._end_at("before")
        reference = super().send(envelope)
        self._end_at("after")
        return reference

    def _end_at(self, when: str) -> None:
        if self._left == 0 and self._when == when:
            os.kill(os.getpid(), signal.SIGKILL)


def main(file: str, store: str, out: str, seam: str = "never:0") -> None:
    """Sends the file once."""
    with (
        SqliteStore(store) as opened,
        DoomedProvider(Path(out), seam) as provider,
        Path(file).open("rb") as lines,
    ):
        run = Gateway(BodyJudge(), opened, provider, FixedClock(as_seconds(NOON)), "c")
        for line in read_messages(lines):
            if isinstance(line, Line):
                run.submit(line.message)


if __name__ == "__main__":
    main(*sys.argv[1:])
