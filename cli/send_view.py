"""The report of a run as a person likes to read it."""

from __future__ import annotations

import io
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..engine.pipeline.clock import as_datetime
from ..engine.pipeline.report import Fault, Report, Why
from ..engine.verdict import SourceRef
from .common import COLOURS, number_of

_HEADINGS = {"allow": "allowed", "defer": "deferred", "deny": "denied"}
_BLOCKS = {"allow": "█", "defer": "▒", "deny": "░"}
_LETTERS = {"allow": "#", "defer": "=", "deny": "-"}
_BAR_WIDTH = 30
_LEAST_BAR = 5
_BESIDE_BARS, _BESIDE_BARS_FOLDED = 39, 33
"""The columns beside the bars, with the headings on one line and on two."""
_WIDTH_OF_NO_TERMINAL = 100
_MOST = 10
_MOST_NAMES = 50
_MOST_SOURCES = 2
_IN_DOUBT = "In doubt: the provider may have taken these; they are never sent again"

_OUTCOMES = {
    "sent": "sent",
    "deferred": "deferred",
    "denied": "denied",
    "refused": "refused by the provider",
    "unfit": "unfit to be judged",
    "repeated": "repeated",
    "conflict": "in conflict with an earlier one",
    "malformed": "malformed",
}
_STATES = {
    "sent": "sent",
    "refused": "refused by the provider",
    "deferred": "deferred",
    "denied": "denied",
    "in_doubt": "in doubt",
}


def show_report(stream: TextIO, report: Report) -> None:
    """Prints the report, as wide as the terminal; faults, one line each, come with `show_faults`."""
    with console_on(stream) as console:
        console.print(Text(f"Campaign {report.campaign}", style="bold"))
        for line in _summary(report):
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        _print_section(console, "By country", _countries(report, _blocks(stream), console.width))
        _print_reasons(console, report.commonest_reasons)
        _print_section(console, "Next openings (UTC)", _openings(report.openings))
        _print_section(console, "Warnings", _warnings(report.warnings))
        _print_section(console, _IN_DOUBT, _names(report.in_doubt))


def show_faults(stream: TextIO, faults: Sequence[Fault]) -> None:
    """Names each line that was not sent as it is, up to fifty."""
    for fault in faults[:_MOST_NAMES]:
        place = "a waiting message" if fault.line is None else f"line {fault.line}"
        place += f", {fault.field}" if fault.field else ""
        print(f"{place}: {fault.error}", file=stream)
    if len(faults) > _MOST_NAMES:
        print(f"and {len(faults) - _MOST_NAMES:,} lines more; --json names them all", file=stream)


@contextmanager
def console_on(stream: TextIO) -> Iterator[Console]:
    """A console that writes to `stream`; where that is no terminal, without colours and trailing blanks."""
    if stream.isatty():
        yield Console(file=stream, highlight=False)
        return
    width = shutil.get_terminal_size((_WIDTH_OF_NO_TERMINAL, 24)).columns
    plain = io.StringIO()
    yield Console(file=plain, width=width, highlight=False, color_system=None)
    for line in plain.getvalue().splitlines():
        print(line.rstrip(), file=stream)


def _print_section(console: Console, title: str, body: RenderableType | None) -> None:
    if body is not None:
        console.print(Text(f"\n{title}", style="bold"))
        console.print(Padding(body, (0, 0, 0, 2)))


def _blocks(stream: TextIO) -> dict[str, str]:
    """What bars are made of: letters where the output cannot show blocks."""
    return _BLOCKS if (stream.encoding or "utf-8").lower().startswith("utf") else _LETTERS


def _summary(report: Report) -> Iterator[str]:
    yield f"{number_of(report.lines, 'line')} read, {number_of(report.judged, 'message')} judged"
    outcomes = [f"{report.outcomes[kind]:,} {name}" for kind, name in _OUTCOMES.items() if report.outcomes[kind]]
    if outcomes:
        yield ", ".join(outcomes)
    if report.segments:
        encodings = ", ".join(f"{count:,} in {name}" for name, count in report.encodings.most_common())
        yield f"{number_of(report.segments, 'segment')} sent; messages: {encodings}"
    if report.released:
        yield f"{report.released:,} had waited for their time"
    if report.already.total():
        states = (f"{count:,} {_STATES.get(state, state)}" for state, count in report.already.most_common())
        yield f"done in an earlier run, not sent again: {', '.join(states)}"
        if not report.judged:
            yield "nothing new to send"


def _table(*, heading: bool = False) -> Table:
    return Table(box=None, pad_edge=False, show_edge=False, show_header=heading)


def _countries(report: Report, blocks: dict[str, str], width: int) -> RenderableType | None:
    if not report.countries:
        return None
    is_wide = width >= _BESIDE_BARS + _LEAST_BAR
    longest = min(_BAR_WIDTH, max(1, width - (_BESIDE_BARS if is_wide else _BESIDE_BARS_FOLDED)))
    table = _table(heading=True)
    table.add_column("", no_wrap=True, min_width=2)
    for decision, name in _HEADINGS.items():
        heading = Text(f"{blocks[decision]}{' ' if is_wide else chr(10)}{name}", style=COLOURS[decision])
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    most = max(counts.total() for counts in report.countries.values())
    for country, counts in sorted(report.countries.items(), key=lambda item: (-item[1].total(), item[0])):
        numbers = (f"{counts[decision]:,}" if counts[decision] else "" for decision in _HEADINGS)
        table.add_row(country, *numbers, _bar(counts, longest / most, blocks))
    return table


def _bar(counts: Counter[str], scale: float, blocks: dict[str, str]) -> Text:
    bar = Text()
    for decision in _HEADINGS:
        width = max(round(scale * counts[decision]), bool(counts[decision]))
        bar.append(blocks[decision] * width, style=COLOURS[decision])
    return bar


def _print_reasons(console: Console, reasons: Sequence[tuple[Why, int]]) -> None:
    if not reasons:
        return
    console.print(Text("\nCommonest reasons", style="bold"))
    numbers = max(len(f"{count:,}") for _, count in reasons)
    for why, count in reasons[:_MOST]:
        title = f"{why.rule}  {why.title} ({why.basis})"
        for line in textwrap.wrap(title, console.width - numbers - 4, break_long_words=False):
            text = Text(line)
            text.highlight_words([why.rule], style=COLOURS.get(why.effect, ""))
            _print_line(console, text, numbers + 4, f"{count:,}" if line.startswith(why.rule) else "")
        for line in _source_lines(why.sources, console.width - numbers - 4):
            _print_line(console, Text(line, style="dim"), numbers + 4)


def _print_line(console: Console, text: Text, indent: int, number: str = "") -> None:
    """One line that is never broken: a link that goes over the edge can still be copied as a whole."""
    console.print(Text(f"{number:>{indent - 2}}  ").append(text), soft_wrap=True)


def _source_lines(sources: Sequence[SourceRef], width: int) -> Iterator[str]:
    for source in sources[:_MOST_SOURCES]:
        line = f"{source.title}, {source.url}" if source.url else source.title
        yield from [line] if len(line) <= width else [source.title, source.url]
    if len(sources) > _MOST_SOURCES:
        yield f"and {len(sources) - _MOST_SOURCES} more"


def _openings(openings: Counter[tuple[str, int]]) -> RenderableType | None:
    if not openings:
        return None
    times: dict[int, list[str]] = {}
    for (country, until), count in sorted(openings.items(), key=lambda item: (item[0][1], -item[1], item[0][0])):
        times.setdefault(until, []).append(f"{country} {count:,}")
    table = _table()
    table.add_column(no_wrap=True)
    table.add_column()
    for until, countries in list(times.items())[:_MOST]:
        table.add_row(as_datetime(until).strftime("%a %Y-%m-%d %H:%M"), ", ".join(countries))
    if len(times) > _MOST:
        table.add_row(f"and {len(times) - _MOST} times later", "")
    return table


def _warnings(warnings: Counter[str]) -> RenderableType | None:
    if not warnings:
        return None
    table = _table()
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for text, count in warnings.most_common(_MOST):
        table.add_row(f"{count:,}", Text(text))
    return table


def _names(ids: Sequence[str]) -> RenderableType | None:
    if not ids:
        return None
    more = f" and {len(ids) - _MOST_NAMES:,} more" if len(ids) > _MOST_NAMES else ""
    return Text(", ".join(ids[:_MOST_NAMES]) + more)
