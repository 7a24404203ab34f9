"""Processes that judge chunks side by side, for as many cores as there are; outcomes come in the order of the chunks.

Each worker has a connection of its own and at most one chunk. So memory stays flat whatever the length of the input,
nobody waits for a lock that a killed process has taken along, and the end of a connection tells of a death at once.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from traceback import format_exc
from types import TracebackType
from typing import NamedTuple

import click

from .inputs import Inputs, Piece, Place
from .judging import Judge, Outcome

Made = Callable[[], Judge]
Told = tuple[str, Outcome | None]
"""A file, and what became of its next chunk; None at its end."""

_AHEAD = 3
"""How many chunks for each worker may be under way or done before their turn has come."""
_PATIENCE = 5
"""Seconds that a process which was told to end may take."""


class Failure(NamedTuple):
    """An error that nobody expected in a worker."""

    reason: str
    trace: str


def cores() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a worker may begin as a copy of this process: at once, with the compiled rules in memory they share.

    Elsewhere than on Linux system libraries do not bear it, and a copy of a process with several threads may find a
    lock closed whose holder was not copied. There a worker starts from nothing and loads the rules itself.
    """
    return sys.platform == "linux" and threading.active_count() == 1


class Crew:
    """Some workers, to be used in a `with`; each has a copy of `judge` where it can `fork`, else makes it `anew`."""

    def __init__(self, size: int, judge: Judge, anew: Made, *, fork: bool) -> None:
        self._processes: dict[Connection, BaseProcess] = {}
        self._idle: deque[Connection] = deque()
        self._busy: dict[Connection, int] = {}
        self._places: dict[int, Place] = {}
        self._done: dict[int, Outcome | None] = {}
        self._asked = self._told = 0
        self._ahead = size * _AHEAD
        with _uninterrupted():
            for _ in range(size):
                self._start((lambda: judge) if fork else anew, fork)

    def _start(self, made: Made, fork: bool) -> None:
        context = get_context("fork") if fork else get_context("spawn")
        ours, theirs = context.Pipe()
        inherited = (*self._processes, ours) if fork else ()
        process = context.Process(target=_work, args=(theirs, inherited, made), daemon=True)
        process.start()
        theirs.close()
        self._processes[ours] = process
        self._idle.append(ours)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for connection, process in self._processes.items():
            connection.close()  # whoever waits for work then goes home
            if kind is not None:
                process.kill()
        for process in self._processes.values():
            process.join(_PATIENCE)
            process.kill()

    def judged(self, inputs: Inputs) -> Iterator[Told]:
        """What becomes of each piece, in their order, and as soon as may be where the pieces come slowly.

        Raises `ClickException` where a worker was killed: all that was told before is right and complete.
        """
        more = True
        while more or self._busy or self._done:
            more = more and self._hand_out(inputs)
            yield from self._in_order()
            waiting = [*self._busy, *(inputs.awaited() if more and self._has_room() else ())]
            for ready in wait(waiting) if waiting else ():
                if isinstance(ready, Connection):
                    self._take(ready)

    def _has_room(self) -> bool:
        return bool(self._idle) and self._asked - self._told < self._ahead

    def _hand_out(self, inputs: Inputs) -> bool:
        """Gives work to whoever has none; False when no more will come."""
        while self._has_room() and inputs.ready():
            piece = next(inputs, None)
            if piece is None:
                return False
            self._places[self._asked] = piece.place
            self._give(self._asked, piece)
            self._asked += 1
        return True

    def _give(self, number: int, piece: Piece) -> None:
        if piece.chunk is None:
            self._done[number] = None
            return
        worker = self._idle.popleft()
        self._busy[worker] = number
        try:
            worker.send(piece)
        except OSError:
            raise self._lost(worker) from None

    def _take(self, worker: Connection) -> None:
        try:
            outcome: Outcome | Failure = worker.recv()
        except (OSError, EOFError):
            raise self._lost(worker) from None
        if isinstance(outcome, Failure):
            error = RuntimeError(f"in a worker process: {outcome.reason}")
            error.add_note(outcome.trace)
            raise error
        self._done[self._busy.pop(worker)] = outcome
        self._idle.append(worker)

    def _in_order(self) -> Iterator[Told]:
        while self._told in self._done:
            outcome = self._done.pop(self._told)
            place = self._places.pop(self._told)
            self._told += 1
            yield place.file, outcome

    def _lost(self, worker: Connection) -> click.ClickException:
        process = self._processes[worker]
        process.join(_PATIENCE)
        place = self._places[self._told]
        return click.ClickException(
            f"{place}: no verdicts from here on: a worker process {_end(process.exitcode)}; "
            "if memory ran out, judge again with fewer --workers"
        )


def _end(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None or code >= 0:
        return "ended too early" if code is None else f"ended with exit code {code}"
    try:
        return f"was killed ({signal.Signals(-code).name})"
    except ValueError:
        return f"was killed (signal {-code})"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keeps Ctrl-C waiting while workers start. They inherit that, and so end with their parent and not before it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, inherited: Sequence[Connection], made: Made) -> None:
    """Judges what comes over the connection until nothing more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:  # held open here, they would keep other workers waiting for a parent that is gone
        other.close()
    gc.freeze()  # what was inherited stays shared: collecting garbage would write to it
    with suppress(EOFError, OSError):
        try:
            judge = made()
            while True:
                piece: Piece = connection.recv()
                assert piece.chunk is not None
                connection.send(judge(piece.file, piece.chunk))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        except Exception as error:
            connection.send(Failure(f"{type(error).__name__}: {error}", format_exc()))
