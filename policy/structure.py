"""What an editor shows of a whole file beside its outline: stretches that fold, and addresses to follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import tree as t
from .analysis import Analysis
from .source import Span
from .walk import walk

_BLOCKS = (t.Policy, t.Words, t.Table, t.Rule, t.Replies, t.Test, t.Cases, t.HistoryList)


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines that fold into the first of them; `is_comment`: a run of comments, else a block."""

    span: Span
    is_comment: bool = False


def folds(analysis: Analysis, name: str) -> tuple[Fold, ...]:
    """The blocks and runs of comments of a file that take several lines, as far as it can be read."""
    facts = analysis.files.get(name)
    if facts is None:
        return ()
    blocks = (node.span for node in walk(facts.parsed.file.items) if isinstance(node, _BLOCKS))
    found = [Fold(span) for span in blocks] + [Fold(span, True) for span in _runs(facts.parsed.file.comments)]
    several = [fold for fold in found if "\n" in fold.span.text]
    return tuple(sorted(several, key=lambda fold: (fold.span.start, -fold.span.end)))


def _runs(comments: Sequence[t.Comment]) -> Iterator[Span]:
    """Comments that stand alone on lines that follow one another, joined."""
    run: Span | None = None
    for span in (one.span for one in comments if _stands_alone(one.span)):
        if run is not None and span.line == run.source.line_column(run.end)[0] + 1:
            run = run.to(span)
            continue
        if run is not None:
            yield run
        run = span
    if run is not None:
        yield run


def _stands_alone(span: Span) -> bool:
    return span.source.line(span.line)[: span.column - 1].strip() == ""


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a file and the address it leads to."""

    span: Span
    address: str


def links(analysis: Analysis, name: str) -> tuple[Link, ...]:
    """The addresses of the sources in a file, without the quotes round them."""
    found = (node.url for _, node in analysis.entries(t.Citation) if node.span.source.name == name)
    web = [
        url for url in found if url.value.startswith(("https://", "http://")) and not any(map(str.isspace, url.value))
    ]
    return tuple(Link(Span(url.span.source, url.span.start + 1, url.span.end - 1), url.value) for url in web)
