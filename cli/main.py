"""The command `sendlaw`: finds the command asked for, and sees to it that every end is an orderly one.

Commands are imported when they are used, so that `sendlaw --help` and `sendlaw fmt` start at once.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from ..policy.diagnostics import PolicyError
from .common import colour_on, error_words, say, says_more

COMMANDS = {
    "check": "Judge messages and say what may be sent, and why.",
    "explain": "Show every rule that was looked at for one message.",
    "lint": "Find what is wrong or doubtful in rule files.",
    "fmt": "Put rule files into their canonical layout.",
    "test": "Run the tests in rule files.",
    "show": "Show a country, a rule or a source.",
    "send": "Judge, keep and dispatch a file of messages.",
    "lsp": "Serve an editor: findings, completion, renaming while you write.",
}
"""Each command, which stands in the module of its name, with what it does."""

TRACEBACK = "SENDLAW_TRACEBACK"
"""The environment variable that lets an unexpected error through with its traceback."""

_USAGE, _INTERRUPTED = 2, 130
_AS_CODE = "sendlaw.as_code"


class _EndedError(Exception):
    """The run is over, with an exit code and nothing to say."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            command: click.Command = getattr(import_module(f".{cmd_name}", __package__), cmd_name)
            self.add_command(_version_option(command), cmd_name)
        return self.commands[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a misspelt one is answered with the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for `--help`, from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command. Broken pipes and interrupts pass click in disguise: it would not end quietly on them."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _EndedError(0) from error
        except KeyboardInterrupt as error:
            raise _EndedError(_INTERRUPTED) from error

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *rest: Any, **extra: Any) -> Any:
        """Runs the command line and ends the process; see `orderly` for how."""
        run: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return run(args, prog_name, *rest, standalone_mode=False, **extra)
        sys.exit(orderly(lambda: run(args, prog_name, *rest, standalone_mode=False, **extra)))


def _version_option(command: click.Command) -> click.Command:
    option = click.version_option(version("sendlaw"), prog_name="sendlaw", message="%(prog)s %(version)s")
    return option(command)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("sendlaw"), prog_name="sendlaw", message="%(prog)s %(version)s")
def main() -> None:
    """Decide, before a business text message leaves, whether it may leave.

    Example: sendlaw check messages.jsonl
    """


def orderly(run: Callable[[], object]) -> int:
    """Runs a command and gives its exit code: no traceback, whatever happens.

    2 for wrong use, rules that do not compile and unexpected errors, each told on standard error; 130 when
    interrupted; 0 where the reader of the output went away, which is no fault.
    """
    try:
        _open_closed_streams()
        for stream in (sys.stdout, sys.stderr):
            _never_fail_on_characters(stream)
        code = _exit_code(run)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return 0
    except _EndedError as end:
        _discard_output()
        return end.code
    except OSError as error:
        _discard_output()
        return _failed(error_words(error))
    return code


def _exit_code(run: Callable[[], object]) -> int:
    try:
        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except PolicyError as error:
        return _unusable(error)
    except click.ClickException as error:
        error.show()
        return _USAGE
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except (OSError, _EndedError):
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        return _failed(f"unexpected {type(error).__name__}: {error} (set {TRACEBACK}=1 to see where)")
    return 0


def _unusable(error: PolicyError) -> int:
    from ..policy.render import counts, render_text

    say(render_text(error.findings, color=colour_on(sys.stderr)))
    return _failed(f"the rules cannot be used: {counts(error.findings)}; {says_more(error.findings)}")


def _failed(reason: str) -> int:
    with suppress(OSError):  # where nobody can be told, the exit code tells
        say("sendlaw: " + " ".join(reason.split()))
    return _USAGE


def _open_closed_streams() -> None:
    """Gives a process that was started without a standard stream an empty one, which swallows what is written."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _never_fail_on_characters(stream: Any) -> None:
    """Lets a terminal that cannot show a character show its code instead."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=_AS_CODE)


def _as_code(error: UnicodeError) -> tuple[str, int]:
    """What an encoding cannot write, as JSON writes it: so JSON stays JSON in every encoding."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


codecs.register_error(_AS_CODE, _as_code)


def _discard_output() -> None:
    """Sends what is still to be written nowhere, so that the end of the process does not fail on it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
