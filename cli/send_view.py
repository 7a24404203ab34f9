"""The report of a run as a person likes to read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..engine.pipeline.clock import as_datetime
from ..engine.pipeline.report import Fault, Report, Why

_COLOURS = {"allow": "green", "defer": "yellow", "deny": "red"}
_BLOCKS = {"allow": "█", "defer": "▒", "deny": "░"}
_BAR_WIDTH = 30
_MOST = 10
_MOST_FAULTS = 50

_STATES = {
    "sent": "sent",
    "refused": "refused by the provider",
    "deferred": "still waiting",
    "denied": "denied",
    "in_doubt": "in doubt",
    "dispatching": "in doubt",
}


def show_report(console: Console, report: Report) -> None:
    """Prints the report; faults, one line each, come with `show_faults`."""
    console.print(_headline(report))
    sections: Iterable[tuple[str, RenderableType | None]] = (
        ("By country", _countries(report)),
        ("Commonest reasons", _reasons(report.reasons)),
        ("Next openings (UTC)", _openings(report.openings)),
        ("Warnings", _warnings(report.warnings)),
        ("In doubt: the provider may have taken these; they are never sent again", _names(report.in_doubt)),
    )
    for title, body in sections:
        if body is not None:
            console.print(Group(Text(), Text(title, style="bold"), Padding(body, (0, 0, 0, 2))))


def show_faults(console: Console, faults: Sequence[Fault]) -> None:
    """Names each line that was not sent as it is, up to fifty."""
    for fault in faults[:_MOST_FAULTS]:
        place = "a waiting message" if fault.line is None else f"line {fault.line}"
        place += f", {fault.field}" if fault.field else ""
        console.print(Text(f"{place}: {fault.error}"), soft_wrap=True)
    if len(faults) > _MOST_FAULTS:
        console.print(f"and {len(faults) - _MOST_FAULTS} lines more; --json names them all")


def _headline(report: Report) -> Text:
    text = Text(f"Campaign {report.campaign}: ", style="bold")
    text.append(_counts(report), style="not bold")
    if report.already.total():
        text.append(
            f"\nDone in an earlier run, not sent again: {_already(report.already)}.", style="not bold"
        )
    if not report.judged and report.already:
        text.append("\nNothing new to send.", style="not bold")
    return text


def _counts(report: Report) -> str:
    names = {
        "sent": "sent",
        "deferred": "deferred",
        "denied": "denied",
        "refused": "refused by the provider",
        "unfit": "unfit",
        "repeated": "repeated",
        "conflict": "in conflict",
        "malformed": "malformed",
    }
    counts = [f"{report.outcomes[kind]:,} {name}" for kind, name in names.items() if report.outcomes[kind]]
    released = [f"{report.released:,} had waited for their time"] if report.released else []
    segments = [f"{report.segments:,} segments sent"] if report.segments else []
    return (
        f"{report.lines:,} lines read; " + (", ".join(counts + released + segments) or "nothing sent") + "."
    )


def _already(already: Counter[str]) -> str:
    return ", ".join(f"{count:,} {_STATES.get(state, state)}" for state, count in already.most_common())


def _countries(report: Report) -> RenderableType | None:
    if not report.countries:
        return None
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("allowed", "deferred", "denied"):
        table.add_column(name, justify="right")
    table.add_column("", no_wrap=True)
    most = max(counts.total() for counts in report.countries.values())
    for country, counts in sorted(report.countries.items(), key=lambda item: (-item[1].total(), item[0])):
        numbers = (f"{counts[decision]:,}" if counts[decision] else "·" for decision in _COLOURS)
        table.add_row(country, *numbers, _bar(counts, most))
    return table


def _bar(counts: Counter[str], most: int) -> Text:
    bar = Text()
    for decision, colour in _COLOURS.items():
        width = round(_BAR_WIDTH * counts[decision] / most)
        bar.append(_BLOCKS[decision] * (width or (1 if counts[decision] else 0)), style=colour)
    return bar


def _reasons(reasons: Counter[Why]) -> RenderableType | None:
    if not reasons:
        return None
    table = Table(box=None, pad_edge=False, show_header=False, show_edge=False)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for why, count in reasons.most_common(_MOST):
        text = Text(f"{why.rule}  ", style=_COLOURS.get(why.effect, ""))
        text.append(f"{why.title} ({why.basis})", style="default")
        for source in why.sources:
            text.append(f"\n{source.title}, {source.url}" if source.url else f"\n{source.title}", style="dim")
        table.add_row(f"{count:,}", text)
    return table


def _openings(openings: Counter[tuple[str, int]]) -> RenderableType | None:
    if not openings:
        return None
    table = Table(box=None, pad_edge=False, show_header=False, show_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    first = sorted(openings.items(), key=lambda item: (item[0][1], item[0][0]))
    for (country, until), count in first[:_MOST]:
        table.add_row(as_datetime(until).strftime("%a %Y-%m-%d %H:%M"), country, f"{count:,}")
    if len(first) > _MOST:
        table.add_row(f"and {len(first) - _MOST} later", "", f"{sum(count for _, count in first[_MOST:]):,}")
    return table


def _warnings(warnings: Counter[str]) -> RenderableType | None:
    if not warnings:
        return None
    return Text("\n".join(f"{count:,}  {text}" for text, count in warnings.most_common(_MOST)))


def _names(ids: Sequence[str]) -> RenderableType | None:
    if not ids:
        return None
    shown = ", ".join(ids[:_MOST_FAULTS])
    return Text(shown + (f" and {len(ids) - _MOST_FAULTS} more" if len(ids) > _MOST_FAULTS else ""))
