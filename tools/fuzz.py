"""Hunts for faults in parser, checker, formatter, linter, language features and language server with random input.

    python -m tools.fuzz --minutes 60                 for an hour
    python -m tools.fuzz --inputs 1000 --seed 7       so many inputs, the same ones each time
    python -m tools.fuzz --repeat out/fuzz/FILE.json  one that failed, again

What must hold stands in tools/fuzzing: no exception, places within the text, formatting twice is once, renaming and
proposals that compile, a server that agrees with its client … An input that takes a target more than 5 seconds of
processor time has failed too. Every input depends on seed and number alone; those that fail are kept.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from .fuzzing.editing import edits
from .fuzzing.mutate import mutated
from .fuzzing.seeds import ROOT, Seeds, read_seeds
from .fuzzing.sessions import Editor, session
from .fuzzing.targets import Fault, Input, checks, colours, formats, lints, read

SECONDS = 5.0
"""Processor time that a target may take for one input."""
ANSWER_SECONDS = 60
"""Time in which the server plays a whole session, whatever else the machine does."""
_TARGETS: dict[str, Callable[[Input], bool]] = {
    "parser": read,
    "checker": checks,
    "formatter": formats,
    "linter": lints,
    "highlighting": colours,
    "language features": edits,
}
_SERVER = "language server"
_SESSION_EACH, _SESSIONS_A_SERVER = 50, 20
_KEPT_OF_A_KIND = 5


@dataclass
class Hunt:
    """What has been done, and what was found."""

    seed: int
    out: Path
    inputs: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    messages: int = 0

    def failed(self, target: str, number: int, case: Any, error: BaseException) -> None:
        """Keep a case, unless enough of its kind are kept, and say how it is repeated."""
        kind = f"{target}: {_kind(error)}"
        self.faults[kind] += 1
        if self.faults[kind] > _KEPT_OF_A_KIND:
            return
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / f"{self.seed}-{number}-{target.replace(' ', '-')}.json"
        path.write_text(json.dumps({"target": target, "case": case, "fault": kind}, indent=1), encoding="utf-8")
        print(f"FAULT {kind}\n  python -m tools.fuzz --repeat {path}", flush=True)

    def told(self) -> str:
        """The counts, a line for each target."""
        lines = [f"{name:18} {count:9,} inputs, {self.reached[name]:9,} through" for name, count in self.inputs.items()]
        if self.messages:
            lines.append(f"{'':18} {self.messages:9,} messages to the server")
        return "\n".join([*lines, *(f"{count} times {kind}" for kind, count in self.faults.most_common())])


class TooSlow(Fault):
    """An input that takes more time than any input may."""


@contextmanager
def _limit(timer: int, number: int, seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlow(f"more than {seconds:g} seconds")

    signal.signal(number, stop)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)


def _kind(error: BaseException) -> str:
    """What went wrong and where, so that faults of one cause count as one."""
    inner = [frame for frame in traceback.extract_tb(error.__traceback__) if "/policy/" in frame.filename]
    frames = inner or traceback.extract_tb(error.__traceback__)
    name = "/".join(Path(frames[-1].filename).parts[-2:]) if frames else ""
    place = "" if isinstance(error, Fault) and not isinstance(error, TooSlow) else f" in {name}:{frames[-1].lineno}"
    return f"{type(error).__name__}: {str(error)[:160]}{place}"


def _play(hunt: Hunt, number: int, given: Input) -> None:
    """One input through all targets that work on texts."""
    for name, target in _TARGETS.items():
        hunt.inputs[name] += 1
        try:
            with _limit(signal.ITIMER_PROF, signal.SIGPROF, SECONDS):
                hunt.reached[name] += target(given)
        except Exception as error:
            hunt.failed(name, number, asdict(given), error)


class _Server:
    """One server for several sessions, started anew after a fault."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self.editor: Editor | None = None
        self.played = 0

    def play(self, hunt: Hunt, number: int, steps: list[Any]) -> None:
        """One session."""
        hunt.inputs[_SERVER] += 1
        hunt.messages += len(steps)
        try:
            with _limit(signal.ITIMER_REAL, signal.SIGALRM, ANSWER_SECONDS):
                self.editor = self.editor or Editor(self.folder)
                self.editor.play(steps)
                self.played += 1
                if self.played % _SESSIONS_A_SERVER == 0:
                    self.end()
            hunt.reached[_SERVER] += 1
        except Exception as error:
            hunt.failed(_SERVER, number, steps, error)
            if self.editor is not None:
                self.editor.kill()
            self.editor = None

    def end(self) -> None:
        """An orderly end of the server, if one runs."""
        if self.editor is not None:
            editor, self.editor = self.editor, None
            editor.stop()


def made(seed: int, number: int, seeds: Seeds) -> Input:
    """The input of a number."""
    random = Random(f"{seed}:{number}")
    return Input(mutated(random, seeds), seeds.draw(random), f"{seed}:{number}", random.random() < 0.02)


def hunt_for(options: argparse.Namespace) -> Hunt:
    """Inputs one after the other, until there are enough or the time is over."""
    hunt, seeds, server = Hunt(options.seed, options.out), read_seeds(), _Server()
    end, told = time.monotonic() + options.minutes * 60, time.monotonic()
    for number in range(options.start, options.start + options.inputs):
        if time.monotonic() > end:
            break
        _play(hunt, number, made(options.seed, number, seeds))
        if number % _SESSION_EACH == 0 and not options.no_server:
            server.play(hunt, number, session(Random(f"{options.seed}:{number}:session"), seeds))
        if time.monotonic() > told + 300:
            told = time.monotonic()
            print(hunt.told(), flush=True)
    server.end()
    return hunt


def repeat(path: Path) -> None:
    """A case that failed, again; its exception is not caught."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    print(kept["fault"])
    if kept["target"] == _SERVER:
        Editor(Path(tempfile.mkdtemp(prefix="fuzz-"))).play(kept["case"])
    else:
        _TARGETS[kept["target"]](Input(**kept["case"]))
    print("holds now")


def main() -> int:
    """The command line; 1 where a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1e6, help="how long at most")
    parser.add_argument("--inputs", type=int, default=sys.maxsize, help="how many at most")
    parser.add_argument("--seed", type=int, default=1, help="what all inputs are drawn from")
    parser.add_argument("--start", type=int, default=0, help="the number of the first input")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "fuzz", help="where failing inputs are kept")
    parser.add_argument("--no-server", action="store_true", help="leave the language server out")
    parser.add_argument("--repeat", type=Path, help="a kept input to be tried again")
    options = parser.parse_args()
    if options.repeat:
        repeat(options.repeat)
        return 0
    hunt = hunt_for(options)
    print(hunt.told())
    return int(bool(hunt.faults))


if __name__ == "__main__":
    sys.exit(main())
