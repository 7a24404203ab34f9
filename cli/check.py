"""`sendlaw check`: messages in, verdicts out, one after the other in constant memory."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

import click

from .chunks import Chunk, One, Rows
from .common import colour_on, load_policy, number_of, rules_options, say
from .inputs import STDIN, Inputs
from .judging import Judge, Outcome, View, judge_anew
from .workers import Crew, Made, Told, can_fork, cores

_FAILING = {"deny": ("deny",), "defer": ("defer", "deny")}
"""Which decisions `--fail-on` minds: whoever minds a deferral minds a denial too."""

_WORTH = {True: 1 << 20, False: 1 << 24}
"""How many bytes are judged here before workers are called, by whether they can be had by copying this process.

A copy costs as much as some hundred messages; a process that starts from nothing, as much as tens of thousands.
"""


@dataclass(slots=True)
class _Tally:
    """How many messages met with which decision, how many lines were none, and how many files held neither."""

    decisions: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    empty: int = 0
    _lines: int = 0

    def add(self, file: str, outcome: Outcome | None) -> None:
        """Counts what became of a chunk; at the end of a file, None, says if it held nothing at all."""
        if outcome is not None:
            self.decisions.update(outcome.decisions)
            self.errors += outcome.errors
            self._lines += outcome.errors + sum(outcome.decisions.values())
            return
        if self._lines == 0:
            self.empty += 1
            say(f"sendlaw check: {'standard input' if file == STDIN else file} holds no message")
        self._lines = 0

    def words(self) -> str:
        """One line such as `3 messages: 1 allow, 2 deny; 1 line could not be read`."""
        told = ", ".join(f"{count:,} {name}" for name, count in sorted(self.decisions.items()))
        text = number_of(self.decisions.total(), "message") + (f": {told}" if told else "")
        return text + (f"; {number_of(self.errors, 'line')} could not be read" if self.errors else "")


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@rules_options
@click.option("--json", "as_json", is_flag=True, help="One verdict a line, as JSON.")
@click.option(
    "--fail-on",
    type=click.Choice(["deny", "defer"]),
    help="Exit 1 if a message is denied; with `defer`, if one is deferred or denied.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that judge a long input side by side; one for each core if not given.",
)
def check(
    files: tuple[str, ...],
    rules: tuple[str, ...],
    no_bundled: bool,
    as_json: bool,
    fail_on: str | None,
    workers: int | None,
) -> None:
    """Judge the messages in each FILE and say what may be sent, and why.

    A FILE holds JSON lines, one JSON object, or CSV with a header; - or none is standard input. A message
    without a time is judged as sent now. A line that is no message is named in its place, the others are
    judged, and the exit code is 2.

    \b
    Examples: sendlaw check campaign.jsonl
              sendlaw check --json --fail-on deny < message.json
    """
    policy = load_policy(rules, no_bundled=no_bundled)
    view = View(as_json, colour_on(sys.stdout), named=len(files) > 1)
    anew = partial(judge_anew, rules, no_bundled, policy.digest, view)
    tally = _Tally()
    with closing(Inputs(files or (STDIN,))) as inputs:
        _write(_judged(inputs, Judge(policy, view), anew, workers or cores()), tally)
    if tally.decisions.total() + tally.errors > 1:
        say(tally.words())
    minded = any(tally.decisions[decision] for decision in _FAILING.get(fail_on or "", ()))
    sys.exit(2 if tally.errors or tally.empty else int(minded))


def _write(outcomes: Generator[Told, None, None], tally: _Tally) -> None:
    """Writes each outcome as soon as it is there: somebody may wait for the answer at the other end of a pipe."""
    with closing(outcomes):
        for file, outcome in outcomes:
            if outcome is not None:
                sys.stdout.write(outcome.text)
                sys.stdout.flush()
            tally.add(file, outcome)


def _judged(inputs: Inputs, judge: Judge, anew: Made, workers: int) -> Generator[Told, None, None]:
    """What becomes of each chunk: here at first, then in other processes if the input is long and comes fast enough."""
    fork = can_fork()
    read = 0
    for file, chunk in inputs:
        yield file, None if chunk is None else judge(file, chunk)
        read = read + _size(chunk) if inputs.ready() else 0
        if workers > 1 and read >= _WORTH[fork] and inputs.can_tell:
            break
    else:
        return
    with Crew(workers, judge, anew, fork=fork) as crew:
        yield from crew.judged(inputs)


def _size(chunk: Chunk | None) -> int:
    """How much was read for a chunk, about."""
    match chunk:
        case None:
            return 0
        case Rows(_, records):
            return sum(len(cell) + 1 for _, cells in records if isinstance(cells, list) for cell in cells)
        case One(line):
            return len(line.text)
        case block:
            return len(block.data)
