"""What the commands share: their common options, their files, colours and error lines."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from ..engine.policy import Policy
    from ..policy.diagnostics import Finding

Command = TypeVar("Command", bound=Callable[..., Any])

COLOURS = {"allow": "green", "defer": "yellow", "deny": "red", "warn": "yellow"}
"""The colours of decisions and of what rules do."""


def rules_options(command: Command) -> Command:
    """Adds `--rules PATH` and `--no-bundled` to a command, as arguments `rules` and `no_bundled`."""
    path = click.Path(exists=True)
    command = click.option("--no-bundled", is_flag=True, help="Leave out the bundled rules.")(command)
    return click.option(
        "--rules", type=path, multiple=True, metavar="PATH", help="Add a rule file or folder; may be repeated."
    )(command)


def load_policy(rules: tuple[str, ...], *, no_bundled: bool) -> Policy:
    """The compiled rules. Raises `PolicyError` where they do not compile, `UsageError` where there are none."""
    from ..engine.policy import Policy

    if no_bundled and not rules:
        raise click.UsageError("--no-bundled leaves no rules: add some with --rules")
    return Policy.load(*rules, bundled=not no_bundled)


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The bytes of a file; `-` is standard input. Raises `OSError` for a device, which may never end."""
    if file == "-":
        refuse_device(sys.stdin.buffer, "standard input")
        yield sys.stdin.buffer
        return
    with Path(file).open("rb") as stream:
        refuse_device(stream, file)
        yield stream


def refuse_device(stream: BinaryIO, file: str) -> None:
    """Raises `OSError` where a stream reads from a disk or a device such as /dev/zero: no file, pipe or terminal."""
    try:
        found = os.fstat(stream.fileno())
        empty = os.path.samestat(found, Path(os.devnull).stat())
    except (OSError, ValueError):  # what is no file of the system's holds all it will ever hold
        return
    device = stat.S_ISBLK(found.st_mode) or (stat.S_ISCHR(found.st_mode) and not stream.isatty())
    if device and not empty:
        raise OSError(errno.EINVAL, "is a device, not a file: name a file or a pipe", file)


@contextmanager
def reading_progress(file: str, stream: BinaryIO) -> Iterator[Callable[[], None]]:
    """A bar of how much of a file is read, moved by calling what is given; none unless somebody sees only the bar."""
    if file == "-" or sys.stdout.isatty() or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    # Drawn when told to, not by a thread of its own: a process with two threads could not be copied for workers.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("reading", total=Path(file).stat().st_size)
        yield lambda: bar.update(task, completed=stream.tell(), refresh=True)


def is_csv_name(file: str) -> bool | None:
    """Whether the name says that the file is CSV; None leaves it to the first line."""
    return True if file.lower().endswith(".csv") else None


def colour_on(stream: TextIO) -> bool:
    """Whether to write colours: on a terminal, unless NO_COLOR is set or the terminal is a dumb one."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painter(colour: bool) -> Callable[..., str]:
    """`click.style`, or, without colour, a function that leaves a text as it is."""
    return click.style if colour else lambda text, **_: str(text)


def say(text: str) -> None:
    """Writes a line to standard error."""
    print(text, file=sys.stderr)


def error_words(error: OSError) -> str:
    """An operating-system error in words, with the file it is about."""
    reason = (error.strerror or str(error)).lower()
    return f"{error.filename}: {reason}" if error.filename is not None else reason


def says_more(findings: Sequence[Finding]) -> str:
    """Where to read more of the first error or, where there is none, of the first finding."""
    first = next((finding for finding in findings if finding.severity == "error"), findings[0])
    return f"`sendlaw lint --explain {first.code}` says more"


def number_of(count: int, noun: str) -> str:
    """`1 message`, `2 messages`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
