"""`sendlaw send`: the reference pipeline on a file of messages."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from ..engine.message import FIRST_YEAR, LAST_YEAR
from ..engine.pipeline.clock import Clock, FixedClock, SystemClock, as_datetime, as_seconds
from ..engine.pipeline.gateway import Gateway, Judge
from ..engine.pipeline.providers.base import Provider, UnavailableError
from ..engine.pipeline.providers.console import ConsoleProvider
from ..engine.pipeline.providers.file import FileProvider
from ..engine.pipeline.report import Fault, Report
from ..engine.pipeline.schedule import Schedule
from ..engine.pipeline.stores.errors import StoreError
from ..engine.pipeline.stores.sqlite import SqliteStore
from .common import error_words, is_csv_name, load_policy, opened, rules_options, say
from .reading import LineError, read_messages
from .send_view import show_faults, show_report


class _Time(click.ParamType[datetime]):
    name = "time"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is not a time such as 2026-11-24T22:14:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"`{value}` has no offset: write 2026-11-24T22:14:00+01:00, or end it with Z", param, ctx)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail(f"the year {moment.year} lies outside {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
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
@rules_options
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
    name = campaign if campaign is not None else (Path(file).stem if file != "-" else "stdin")
    if not (name.strip() and name.isprintable()):
        raise click.UsageError(
            "the campaign's name is empty or holds characters that cannot be shown; give another with --campaign"
        )
    clock: Clock = SystemClock() if now is None else FixedClock(as_seconds(now))
    options = Options(file, store, provider, out, name, as_json, clock)
    sys.exit(run(options, load_policy(rules, no_bundled=no_bundled)))


def run(options: Options, judge: Judge) -> int:
    """Sends the file and prints the report. Gives 0, or 2 where nothing could be read, kept or sent."""
    report = Report(options.campaign)
    problem = _send(options, judge, report)
    if problem is None and report.lines == report.outcomes["malformed"] + report.outcomes["unfit"]:
        problem = f"{options.file} holds no message that can be judged"
    show_faults(sys.stderr, report.faults)
    if options.as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    elif report.lines:
        show_report(sys.stdout, report)
    if problem is not None:
        say(f"sendlaw send: {problem}")
    return 0 if problem is None else 2


def _send(options: Options, judge: Judge, report: Report) -> str | None:
    """Why the run ended before its end, `None` when it did not."""
    try:
        with ExitStack() as stack:
            stream = stack.enter_context(opened(options.file))
            store = stack.enter_context(SqliteStore(options.store))
            gateway = Gateway(judge, store, _provider(options, stack), options.clock, options.campaign)
            report.add_in_doubt(record.id for record in store.in_doubt(options.campaign))
            _play(gateway, stream, report, options)
            report.add_openings(store.openings(options.campaign))
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        say("sendlaw send: stopped; the same command goes on where this one ended")
        raise
    except (StoreError, UnavailableError) as error:
        return str(error)
    except OSError as error:
        return error_words(error)
    return None


def _play(gateway: Gateway, stream: BinaryIO, report: Report, options: Options) -> None:
    """Reads the whole file, then plays the schedule through, and after it what had waited."""
    with Schedule() as schedule, _progress(options) as bar:
        _read(stream, schedule, report, options, bar)
        for line, message in bar.track(schedule.in_time(), total=len(schedule), description="sending"):
            report.add(gateway.submit(message), line)
        for outcome in gateway.release_due():
            report.add(outcome, None)


def _read(stream: BinaryIO, schedule: Schedule, report: Report, options: Options, bar: Progress) -> None:
    size = None if options.file == "-" else Path(options.file).stat().st_size
    task = bar.add_task("reading", total=size)
    for line in read_messages(stream, now=lambda: as_datetime(options.clock.now()), is_csv=is_csv_name(options.file)):
        report.lines += 1
        if isinstance(line, LineError):
            report.add_fault(Fault(line.line, line.error, line.field))
        else:
            schedule.add(line.line, line.message)
        if size:
            bar.update(task, completed=stream.tell())


def _provider(options: Options, stack: ExitStack) -> Provider:
    if options.out is not None:
        return stack.enter_context(FileProvider(options.out))
    return ConsoleProvider(sys.stderr if options.as_json else sys.stdout)


def _progress(options: Options) -> Progress:
    """A bar on a terminal that shows nothing else meanwhile."""
    shown = sys.stderr.isatty() and options.provider != "console"
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not shown)
