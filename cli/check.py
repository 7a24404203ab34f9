"""`sendlaw check`: messages in, verdicts out, one after the other in constant memory."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from .common import colour_on, is_csv_name, load_policy, number_of, opened, rules_options, say

if TYPE_CHECKING:
    from ..engine.policy import Policy
    from ..engine.verdict import Verdict
    from .reading import Line, LineError

_FAILING = {"deny": ("deny",), "defer": ("defer", "deny")}
"""Which decisions `--fail-on` minds: whoever minds a deferral minds a denial too."""


@dataclass(slots=True)
class _Tally:
    """How many messages met with which decision, and how many lines were none."""

    decisions: Counter[str] = field(default_factory=Counter)
    errors: int = 0

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
    for file in files or ("-",):
        if not _check_file(policy, file, tally, as_json=as_json, named=len(files) > 1):
            say(f"sendlaw check: {'standard input' if file == '-' else file} holds no message")
            tally.errors += 1
    if tally.decisions.total() + tally.errors > 1:
        sys.stdout.flush()
        say(tally.words())
    sys.exit(2 if tally.errors else int(any(tally.decisions[decision] for decision in _FAILING.get(fail_on or "", ()))))


def _check_file(policy: Policy, file: str, tally: _Tally, *, as_json: bool, named: bool) -> bool:
    """Judges one file; whether it held any line at all."""
    lines = 0
    colour = colour_on(sys.stdout)
    with opened(file) as stream:
        from .reading import LineError, read_messages

        for line in read_messages(stream, is_csv=is_csv_name(file)):
            judged = _judge(policy, line)
            lines += 1
            if isinstance(judged, LineError):
                tally.errors += 1
            else:
                tally.decisions[judged.decision] += 1
            name = file if named else None
            _write(_as_json(judged, name) if as_json else _as_text(judged, line.line, name, colour), flush=file == "-")
    return lines > 0


def _judge(policy: Policy, line: Line | LineError) -> Verdict | LineError:
    from ..engine.message import MessageError
    from .reading import LineError, printable

    if isinstance(line, LineError):
        return line
    try:
        return policy.evaluate(line.message)
    except MessageError as error:
        return LineError(line.line, printable(error.reason), error.field or None)


def _write(text: str, *, flush: bool) -> None:
    """Writes a line; at once where somebody may wait for it at the other end of a pipe."""
    sys.stdout.write(text + "\n")
    if flush:
        sys.stdout.flush()


def _as_json(judged: Verdict | LineError, file: str | None) -> str:
    from .reading import LineError

    if not isinstance(judged, LineError):
        return judged.model_dump_json()
    place = {} if file is None else {"file": file}
    return json.dumps({**place, **judged.as_json()}, ensure_ascii=False)


def _as_text(judged: Verdict | LineError, line: int, file: str | None, colour: bool) -> str:
    from .reading import LineError
    from .verdict_view import error_text, verdict_text

    place = f"line {line}" if file is None else f"{file}:{line}"
    if isinstance(judged, LineError):
        return error_text(judged, place, colour=colour)
    return verdict_text(judged, place, colour=colour)
