"""`sendlaw fmt`: rule files in their canonical layout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import colour_on, error_words, number_of, painter, say
from .rule_files import replace_file

if TYPE_CHECKING:
    from ..policy.diagnostics import Finding
    from ..policy.source import Source

_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(slots=True)
class _Tally:
    """What became of the files: which would change, how many stay, how many cannot be formatted."""

    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    failed: int = 0


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, and exit 1 if any.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def fmt(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Put rule files into their canonical layout. Comments and meaning stay.

    A PATH is a file, or a folder of *.policy files; without one, the current folder. - reads standard input
    and writes standard output. A file with syntax errors is reported and left alone, and the exit code is 2.

    \b
    Examples: sendlaw fmt house-rules/
              sendlaw fmt --check --diff
    """
    tally = _Tally()
    if "-" in paths and len(paths) > 1:
        raise click.UsageError("- stands alone: standard input is the only file then")
    if paths == ("-",):
        _standard_input(tally, check=check, diff=diff)
    else:
        for source in _sources(paths or (".",), tally):
            _one(source, tally, check=check, diff=diff)
        say(_summary(tally, dry=check or diff))
    sys.stdout.flush()
    sys.exit(2 if tally.failed else int(check and bool(tally.changed)))


def _summary(tally: _Tally, *, dry: bool) -> str:
    parts = []
    if tally.changed:
        parts.append(f"{number_of(len(tally.changed), 'file')} {'would change' if dry else 'changed'}")
    if tally.unchanged:
        parts.append(f"{number_of(tally.unchanged, 'file')} already in order")
    if tally.failed:
        parts.append(f"{number_of(tally.failed, 'file')} left alone")
    return ", ".join(parts)


def _sources(paths: tuple[str, ...], tally: _Tally) -> Iterator[Source]:
    from ..engine.rule_store import read_sources

    sources, findings = read_sources(Path(path) for path in paths)
    for finding in findings:
        _failed([finding], tally)
    yield from sources


def _formatted(source: Source, tally: _Tally) -> str | None:
    """The canonical text; None, with the findings shown, where there is none."""
    from ..policy.diagnostics import PolicyError
    from ..policy.formatter import format_source

    try:
        return format_source(source)
    except PolicyError as error:
        _failed(error.findings, tally)
        return None


def _failed(findings: tuple[Finding, ...] | list[Finding], tally: _Tally) -> None:
    from ..policy.render import render_text

    tally.failed += 1
    say(render_text(findings, color=colour_on(sys.stderr)))


def _one(source: Source, tally: _Tally, *, check: bool, diff: bool) -> None:
    text = _formatted(source, tally)
    if text is None:
        return
    path = Path(source.name)
    try:
        if path.read_bytes() == text.encode():
            tally.unchanged += 1
            return
        if not check and not diff:
            replace_file(path, text.encode())
    except OSError as error:
        tally.failed += 1
        say(f"sendlaw fmt: {error_words(error)}")
        return
    tally.changed.append(source.name)
    click.echo(_difference(source, text) if diff else source.name, nl=not diff)


def _difference(source: Source, text: str) -> str:
    """A unified diff, coloured on a terminal. Line ends and a byte order mark do not show in it."""
    old, new = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    paint = painter(colour_on(sys.stdout))
    lines = unified_diff([line.rstrip("\r\n") for line in old], [line.rstrip("\n") for line in new], lineterm="", n=3)
    named = [f"--- {source.name}", f"+++ {source.name}", *list(lines)[2:]]
    return "".join(paint(line, fg=_DIFF_COLOURS.get(line[0]) if line else None) + "\n" for line in named)


def _standard_input(tally: _Tally, *, check: bool, diff: bool) -> None:
    from ..engine.rule_store import MAX_BYTES, decode

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    source, finding = decode("<standard input>", data)
    if finding is not None:
        _failed([finding], tally)
    text = None if source is None else _formatted(source, tally)
    if source is None or text is None:
        return
    if text.encode() != data:
        tally.changed.append(source.name)
        if diff:
            click.echo(_difference(source, text), nl=False)
    if not check and not diff:
        sys.stdout.buffer.write(text.encode())
