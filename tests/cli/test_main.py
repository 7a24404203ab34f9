"""The command line as a whole: help, version, what is imported, and how it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from sendlaw.cli import main as module
from sendlaw.cli.main import COMMANDS, main, orderly

from .support import MESSAGES, SHOP_ALONE, first_message, run

SENDLAW = [sys.executable, "-m", "sendlaw"]


def started(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [*SENDLAW, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, env=env)


@pytest.mark.parametrize("command", [*COMMANDS, None])
def test_every_command_has_help_with_an_example_and_a_version(command: str | None) -> None:
    before = () if command is None else (command,)
    help_text = run(*before, "--help")
    version = run(*before, "--version")
    assert help_text.exit_code == version.exit_code == 0
    assert "Example" in help_text.stdout
    assert "sendlaw" in help_text.stdout
    assert version.stdout.startswith("sendlaw ")
    assert version.stdout == run("--version").stdout


def test_help_imports_no_command_and_no_library_of_data() -> None:
    script = (
        "import sys; from sendlaw.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'phonenumbers', 'holidays', 'pydantic', 'pytz', 'lark', 're2'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert all(name in done.stdout for name in COMMANDS)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize(
    "arguments, reason",
    [
        (["chekc"], "No such command 'chekc'"),
        (["check", "--jsno"], "No such option"),
        (["explain"], "Missing argument 'FILE'"),
        (["check", "--fail-on", "allow"], "'allow' is not one of"),
    ],
)
def test_wrong_use_exits_2_and_says_why(arguments: list[str], reason: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert result.stdout == ""


def test_called_with_nothing_it_shows_its_help() -> None:
    result = run()
    assert all(name in result.output for name in COMMANDS)


def raising(error: BaseException) -> int:
    def fail() -> None:
        raise error

    return orderly(fail)


@pytest.mark.parametrize(
    "error, code, said",
    [
        (
            ValueError("two\nlines"),
            2,
            "sendlaw: unexpected ValueError: two lines (set SENDLAW_TRACEBACK=1 to see where)\n",
        ),
        (
            RecursionError("too deep"),
            2,
            "sendlaw: unexpected RecursionError: too deep (set SENDLAW_TRACEBACK=1 to see where)\n",
        ),
        (OSError(28, "No space left on device"), 2, "sendlaw: no space left on device\n"),
        (FileNotFoundError(2, "No such file", "x.policy"), 2, "sendlaw: x.policy: no such file\n"),
        (KeyboardInterrupt(), 130, ""),
        (click.Abort(), 130, ""),
        (BrokenPipeError(), 0, ""),
        (SystemExit(1), 1, ""),
        (SystemExit(None), 0, ""),
    ],
)
def test_every_end_is_an_orderly_one(
    error: BaseException, code: int, said: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(module.TRACEBACK, raising=False)
    monkeypatch.setattr(module, "_discard_output", lambda: None)
    assert raising(error) == code
    assert capfd.readouterr().err == said


def test_an_unexpected_error_shows_where_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(module.TRACEBACK, "1")
    with pytest.raises(ZeroDivisionError):
        raising(ZeroDivisionError())


def test_used_from_python_it_gives_back_what_click_gives() -> None:
    assert main(["--version"], standalone_mode=False) == 0


# ---- in a process of its own


@pytest.mark.parametrize("arguments", [("check", "--json"), ("check",)])
def test_a_broken_pipe_ends_quietly(arguments: tuple[str, ...], tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(first_message().join(["", "\n"]) * 5_000, encoding="utf-8")
    process = subprocess.Popen(
        [*SENDLAW, *arguments, *SHOP_ALONE, str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


def test_an_answer_comes_before_the_next_message_is_written() -> None:
    process = subprocess.Popen(
        [*SENDLAW, "check", "--json", *SHOP_ALONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    for _ in range(2):
        process.stdin.write(first_message() + "\n" + first_message() + "\n")
        process.stdin.flush()
        assert '"decision": "defer"' in process.stdout.readline()
    process.stdin.close()
    process.stdout.read()
    assert process.wait(60) == 0


def interrupted(process: subprocess.Popen[bytes]) -> int:
    """The exit status after Ctrl-C, pressed again where the interpreter let the first one pass unheard."""
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(10)
    return process.wait(1)


def test_an_interrupt_ends_quietly() -> None:
    process = subprocess.Popen(
        [*SENDLAW, "check", "--json", *SHOP_ALONE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    process.stdin.write((first_message() + "\n" + first_message() + "\n").encode())
    process.stdin.flush()
    process.stdout.readline()
    assert interrupted(process) == 130
    assert process.stderr.read() == b""
    process.stdin.close()
    process.stdout.close()


def test_a_full_disk_is_told_in_words() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*SENDLAW, "check", *SHOP_ALONE, MESSAGES], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert "sendlaw: no space left on device\n" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_that_cannot_show_a_character_shows_its_code() -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = started("check", *SHOP_ALONE, MESSAGES, env=ascii_only)
    assert done.returncode == 2
    assert r"open 08:00\u201321:30" in done.stdout


def test_no_colour_without_a_terminal_and_with_no_color_on_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from sendlaw.cli.common import colour_on

    class Terminal:
        def isatty(self) -> bool:
            return True

    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert colour_on(Terminal())  # type: ignore[arg-type]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour_on(Terminal())  # type: ignore[arg-type]
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not colour_on(Terminal())  # type: ignore[arg-type]
    assert "\x1b" not in run("check", *SHOP_ALONE, MESSAGES).stdout


def on_a_terminal(*arguments: str, stdout: int | None = None, **environment: str) -> bytes:
    """What the command writes to a terminal, with standard output there too unless it goes elsewhere."""
    reader, terminal = os.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"} | environment
    output = terminal if stdout is None else stdout
    process = subprocess.Popen([*SENDLAW, *arguments], stdout=output, stderr=terminal, env=env)
    os.close(terminal)
    written = b""
    with contextlib.suppress(OSError):  # Linux ends reading from a terminal nobody holds with an error
        while part := os.read(reader, 65_536):
            written += part
    os.close(reader)
    assert process.wait(60) == 2
    return written


def test_colours_on_a_terminal_unless_no_color_is_set() -> None:
    assert b"\x1b[31m" in on_a_terminal("check", *SHOP_ALONE, MESSAGES)
    assert b"\x1b" not in on_a_terminal("check", *SHOP_ALONE, MESSAGES, NO_COLOR="1")


def test_a_bar_is_shown_where_the_verdicts_go_elsewhere() -> None:
    assert b"reading" in on_a_terminal("check", *SHOP_ALONE, MESSAGES, stdout=subprocess.DEVNULL)
    assert b"reading" not in on_a_terminal("check", *SHOP_ALONE, MESSAGES)
