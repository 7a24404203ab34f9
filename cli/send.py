"""`sendlaw send`: the reference pipeline on a file of messages."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from ..engine.pipeline.clock import Clock, FixedClock, SystemClock, as_datetime, as_seconds
from ..engine.pipeline.gateway import Gateway, Judge
from ..engine.pipeline.providers.base import Provider, UnavailableError
from ..engine.pipeline.providers.console import ConsoleProvider
from ..engine.pipeline.providers.file import FileProvider
from ..engine.pipeline.report import Fault, Report
from ..engine.pipeline.stores.sqlite import SqliteStore, StoreError
from .reading import Line, LineError, read_messages
from .send_view import show_faults, show_report


class _Time(click.ParamType[datetime]):
    name = "time"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is not a time such as 2026-11-24T22:14:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(
                f"`{value}` has no offset: write 2026-11-24T22:14:00+01:00, or end it with Z", param, ctx
            )
        return moment


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    file: str
    store: Path
    provider: str
    out: Path | None
    campaign: str
    as_json: bool
    clock: Clock


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option(
    "--rules", type=click.Path(exists=True), multiple=True, help="Add rule files; may be given again."
)
@click.option("--no-bundled", is_flag=True, help="Leave out the bundled rules.")
@click.option("--store", type=click.Path(path_type=Path), default=Path("sendlaw.sqlite3"), show_default=True)
@click.option("--provider", type=click.Choice(["console", "file"]), default="console", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="The file that the file provider appends to.")
@click.option("--campaign", help="Name of the campaign; the file's name where not given.")
@click.option("--now", type=_Time(), help="Take this for the present time, for replays.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def send(
    file: str,
    rules: tuple[str, ...],
    no_bundled: bool,
    store: Path,
    provider: str,
    out: Path | None,
    campaign: str | None,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Judge, keep and dispatch the messages of FILE, and report.

    FILE holds JSON lines, one JSON object or CSV with a header; - is standard input. Every message needs an
    id: with the campaign's name it tells repeats, so a second run of the same file sends nothing again.

    Example: sendlaw send campaign.jsonl --provider file --out sent.jsonl
    """
    if (provider == "file") != (out is not None):
        raise click.UsageError("--provider file and --out FILE belong together")
    clock: Clock = SystemClock() if now is None else FixedClock(as_seconds(now))
    name = campaign or (Path(file).stem if file != "-" else "stdin")
    options = Options(file, store, provider, out, name, as_json, clock)
    sys.exit(run(options, load_judge(rules, bundled=not no_bundled)))


def load_judge(rules: tuple[str, ...], *, bundled: bool) -> Judge:
    """The compiled policy of the bundled rules and the rule files given."""
    from ..engine.policy import Policy

    return Policy.load(*rules, bundled=bundled)


def run(options: Options, judge: Judge) -> int:
    """Sends the file and prints the report. Gives 0, or 2 where nothing could be read, kept or sent."""
    errors = Console(stderr=True, highlight=False)
    report = Report(options.campaign)
    problem = _send(options, judge, report)
    show_faults(errors, report.faults)
    if report.lines or problem is None:
        _show(report, as_json=options.as_json)
    if problem is None and report.lines == report.outcomes["malformed"]:
        problem = f"{options.file} holds no message that can be read"
    if problem is not None:
        errors.print(f"sendlaw send: {problem}", style="bold", soft_wrap=True, markup=False)
    return 0 if problem is None else 2


def _send(options: Options, judge: Judge, report: Report) -> str | None:
    """Why the run ended before its end, `None` when it did not."""
    try:
        with ExitStack() as stack:
            stream = stack.enter_context(_opened(options.file))
            store = stack.enter_context(SqliteStore(options.store))
            provider = _provider(options, stack)
            gateway = Gateway(judge, store, provider, options.clock, options.campaign)
            report.add_in_doubt(record.id for record in store.in_doubt(options.campaign))
            _play(gateway, stream, report, options)
            report.add_openings(store.openings(options.campaign))
    except (StoreError, UnavailableError) as error:
        return str(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        return f"{options.file}: {(error.strerror or str(error)).lower()}"
    return None


def _play(gateway: Gateway, stream: BinaryIO, report: Report, options: Options) -> None:
    for outcome in gateway.release_due():
        report.add(outcome, None)
    with _progress(stream, options) as lines:
        for line in lines:
            report.lines += 1
            if isinstance(line, LineError):
                report.add_fault(Fault(line.line, line.error, line.field))
            else:
                report.add(gateway.submit(line.message), line.line)


def _provider(options: Options, stack: ExitStack) -> Provider:
    if options.out is not None:
        return stack.enter_context(FileProvider(options.out))
    return ConsoleProvider(sys.stderr if options.as_json else sys.stdout)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    with Path(file).open("rb") as stream:
        yield stream


@contextmanager
def _progress(stream: BinaryIO, options: Options) -> Iterator[Iterator[Line | LineError]]:
    """The lines of the file; on a terminal that shows nothing else, with a bar by the bytes read."""
    is_csv = True if options.file.lower().endswith(".csv") else None
    lines = read_messages(stream, now=lambda: as_datetime(options.clock.now()), is_csv=is_csv)
    if options.file == "-" or options.provider == "console" or not sys.stderr.isatty():
        yield lines
        return
    columns = TextColumn("sending"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("sending", total=Path(options.file).stat().st_size)

        def counted() -> Iterator[Line | LineError]:
            for line in lines:
                bar.update(task, completed=stream.tell())
                yield line

        yield counted()


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        json.dump(report.as_json(), sys.stdout, ensure_ascii=False, indent=2)
        print()
        return
    show_report(_console(sys.stdout), report)


def _console(stream: TextIO) -> Console:
    """A console that keeps 100 columns where the output is no terminal."""
    return Console(file=stream, highlight=False, width=None if stream.isatty() else 100)
