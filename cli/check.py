"""`sendlaw check`: messages in, verdicts out, one after the other in constant memory."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field

import click

from ..engine.message import MessageError
from ..engine.policy import Policy
from ..engine.verdict import Verdict
from .common import (
    colour_on,
    is_csv_name,
    load_policy,
    number_of,
    opened,
    reading_progress,
    rules_options,
    say,
)
from .reading import Line, LineError, line_error, read_messages
from .verdict_view import error_text, verdict_text

_FAILING = {"deny": ("deny",), "defer": ("defer", "deny")}
"""Which decisions `--fail-on` minds: whoever minds a deferral minds a denial too."""


@dataclass(slots=True)
class _Tally:
    """How many messages met with which decision, and how many lines were none."""

    decisions: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    empty: int = 0

    def add(self, judged: Verdict | LineError) -> None:
        """Counts a verdict, or a line that was no message."""
        if isinstance(judged, LineError):
            self.errors += 1
        else:
            self.decisions[judged.decision] += 1

    def words(self) -> str:
        """One line such as `3 messages: 1 allow, 2 deny; 1 line could not be read`."""
        told = ", ".join(f"{count:,} {name}" for name, count in sorted(self.decisions.items()))
        text = number_of(self.decisions.total(), "message") + (f": {told}" if told else "")
        return text + (f"; {number_of(self.errors, 'line')} could not be read" if self.errors else "")


@dataclass(frozen=True, slots=True)
class _View:
    """How verdicts are shown: as JSON or in words; `named`: each with its file, where there are several."""

    as_json: bool
    colour: bool
    named: bool

    def shown(self, judged: Verdict | LineError, line: int, file: str) -> str:
        """A verdict or error of a line, without the end of its last line."""
        place = f"{file}:{line}" if self.named else f"line {line}"
        if isinstance(judged, LineError):
            if not self.as_json:
                return error_text(judged, place, colour=self.colour)
            return json.dumps({**({"file": file} if self.named else {}), **judged.as_json()}, ensure_ascii=False)
        return judged.model_dump_json() if self.as_json else verdict_text(judged, place, colour=self.colour)


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@rules_options
@click.option("--json", "as_json", is_flag=True, help="One verdict a line, as JSON.")
@click.option(
    "--fail-on",
    type=click.Choice(["deny", "defer"]),
    help="Exit 1 if a message is denied; with `defer`, if one is deferred or denied.",
)
def check(files: tuple[str, ...], rules: tuple[str, ...], no_bundled: bool, as_json: bool, fail_on: str | None) -> None:
    """Judge the messages in each FILE and say what may be sent, and why.

    A FILE holds JSON lines, one JSON object, or CSV with a header; - or none is standard input. A message
    without a time is judged as sent now. A line that is no message is named in its place, the others are
    judged, and the exit code is 2.

    \b
    Examples: sendlaw check campaign.jsonl
              sendlaw check --json --fail-on deny < message.json
    """
    policy = load_policy(rules, no_bundled=no_bundled)
    tally = _Tally()
    view = _View(as_json, colour_on(sys.stdout), named=len(files) > 1)
    for file in files or ("-",):
        _check_file(policy, file, tally, view)
    sys.stdout.flush()
    if tally.decisions.total() + tally.errors > 1:
        say(tally.words())
    minded = any(tally.decisions[decision] for decision in _FAILING.get(fail_on or "", ()))
    sys.exit(2 if tally.errors or tally.empty else int(minded))


def _check_file(policy: Policy, file: str, tally: _Tally, view: _View) -> None:
    """Judges one file, each message as soon as it is read; a file without a line is told on standard error."""
    empty = True
    with opened(file) as stream, reading_progress(file, stream) as progressed:
        for line in read_messages(stream, is_csv=is_csv_name(file)):
            empty = False
            judged = _judge(policy, line)
            tally.add(judged)
            sys.stdout.write(view.shown(judged, line.line, file) + "\n")
            progressed()
            if file == "-":  # somebody may wait for the answer at the other end of a pipe
                sys.stdout.flush()
    if empty:
        tally.empty += 1
        say(f"sendlaw check: {'standard input' if file == '-' else file} holds no message")


def _judge(policy: Policy, line: Line | LineError) -> Verdict | LineError:
    if isinstance(line, LineError):
        return line
    try:
        return policy.evaluate(line.message)
    except MessageError as error:
        return line_error(line.line, error.reason, error.field)
