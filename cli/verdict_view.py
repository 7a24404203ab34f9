"""A verdict as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.verdict import Reason, Verdict
from ..policy.render import visible
from .common import COLOURS, number_of, painter
from .reading import LineError

_INDENT = " " * 10


def verdict_text(verdict: Verdict, place: str, *, colour: bool) -> str:
    """A verdict over several lines, an empty one at its end; `place` says which message it was."""
    return "\n".join((_head(verdict, place, colour), *_body(verdict, colour), ""))


def error_text(error: LineError, place: str, *, colour: bool) -> str:
    """A line that is no message, in words."""
    blamed = "" if error.field is None else f"{visible(error.field)}: "
    return f"{painter(colour)('unreadable', fg='red', bold=True)}  {place}: {blamed}{visible(error.error)}\n"


def verdict_lines(verdict: Verdict, *, colour: bool) -> Iterator[str]:
    """The decision alone on a line, then reasons, text, warnings and missing facts."""
    yield _decision(verdict, colour)
    yield from _body(verdict, colour)


def _decision(verdict: Verdict, colour: bool) -> str:
    word = painter(colour)(verdict.decision, fg=COLOURS[verdict.decision], bold=True)
    if verdict.until is None:
        return word
    return f"{word} until {verdict.until:%A} {verdict.until.isoformat(sep=' ')}"


def _head(verdict: Verdict, place: str, colour: bool) -> str:
    name = place if verdict.id is None else f"{visible(verdict.id)} ({place})"
    about = ", ".join((verdict.country or "no country", verdict.sender_type, _size(verdict)))
    return f"{_decision(verdict, colour)}  {name}, {about}"


def _size(verdict: Verdict) -> str:
    return f"{number_of(verdict.segments, 'segment')} {verdict.encoding}"


def _body(verdict: Verdict, colour: bool) -> Iterator[str]:
    for reason in verdict.reasons:
        yield from reason_lines(reason, colour)
    if any(obligation.kind != "pace" for obligation in verdict.obligations):
        yield f"  {'text':7} {visible(verdict.text)}"
    for warning in verdict.warnings:
        yield f"  {painter(colour)('warning', fg='yellow')} {visible(warning)}"
    if verdict.missing:
        yield f"  missing {', '.join(verdict.missing)}"


def reason_lines(reason: Reason, colour: bool) -> Iterator[str]:
    """What one rule did: its name and title; the values that decided; how firm it stands and its sources."""
    paint = painter(colour)
    effect = paint(f"{reason.effect:7}", fg=COLOURS.get(reason.effect, "cyan"))
    yield f"  {effect} {paint(reason.rule, bold=True)}  {visible(reason.title)}"
    if reason.detail:
        yield _INDENT + visible(reason.detail)
    for source in reason.sources:
        told = ", ".join(part for part in (source.title, source.url) if part)
        yield _INDENT + paint(visible(f"{reason.basis}: {told}"), dim=True)
    if not reason.sources:
        yield _INDENT + paint(reason.basis, dim=True)
