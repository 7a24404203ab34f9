"""Lines of a rule file in the making: chunks filled into lines, and comments set where they belong.

Which lines there are follows from the tree and from which gaps between chunks hold a comment, never from the
widths of comments. That is why laying out a laid-out file changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from .spelling import Chunk
from .tree import Comment

WIDTH = 110
INDENT = 2

Role = Literal["plain", "opens", "closes", "continues", "end"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its indent, its text, and the stretch of source it stands for.

    `apart` is set on the first and last line of a block that blank lines set off from its neighbours.
    """

    indent: int
    text: str
    start: int
    end: int
    role: Role = "plain"
    apart: bool = False


@dataclass(slots=True)
class Page:
    """The lines of a file, in order; the text they are made from, and its comments."""

    text: str
    comments: tuple[Comment, ...]
    lines: list[Line] = field(default_factory=list)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = [comment.span.start for comment in self.comments]

    def add(self, indent: int, text: str, stretch: tuple[int, int], role: Role = "plain", apart: bool = False) -> None:
        """A line that stands for a stretch of source (start and end offset)."""
        self.lines.append(Line(indent, text, *stretch, role, apart))

    def close(self, indent: int, end: int, apart: bool = False) -> None:
        """The line of a closing brace that ends at an offset."""
        self.add(indent, "}", (end - 1, end), "closes", apart)

    def comment_between(self, start: int, end: int) -> bool:
        """Whether a comment starts between two offsets."""
        found = bisect_left(self._starts, start)
        return found < len(self._starts) and self._starts[found] < end

    def fits(self, column: int, chunks: Sequence[Chunk]) -> bool:
        """Whether chunks make one line from a column on: short enough, and no comment between them."""
        width = column + sum(len(chunk.text) + chunk.gap for chunk in chunks)
        if width - (chunks[0].gap if chunks else 0) > WIDTH:
            return False
        return not any(self.comment_between(one.end, other.start) for one, other in pairwise(chunks))

    def fill(self, indent: int, lead: Chunk, chunks: Sequence[Chunk], hang: int, role: Role = "plain") -> None:
        """A lead and chunks, filled into lines of WIDTH; the lines after the first start at column `hang`.

        The first chunk follows the lead directly. `role` is that of the first line.
        """
        first, *others = chunks or (Chunk("", lead.end, lead.end),)
        text, start, end, column = lead.text + first.text, lead.start, first.end, indent
        for chunk in others:
            joined = text + " " * chunk.gap + chunk.text
            if column + len(joined) > WIDTH or self.comment_between(end, chunk.start):
                self.add(column, text.rstrip(), (start, end), role)
                text, start, role, column = chunk.text, chunk.start, "continues", hang
            else:
                text = joined
            end = chunk.end
        self.add(column, text.rstrip(), (start, end), role)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines, the cells of a column under each other and `|` between them."""
    widths: dict[int, int] = {}
    for row in rows:
        for number, cell in enumerate(row):
            widths[number] = max(widths.get(number, 0), len(cell))
    return [" | ".join(cell.ljust(widths[number]) for number, cell in enumerate(row)).rstrip() for row in rows]


def render(page: Page) -> str:
    """The text of a page, comments included. Ends with a line end unless empty."""
    source = page.text
    lines = [*page.lines, Line(0, "", len(source), len(source), "end")]
    placed = [_Placed(line) for line in lines]
    _place(placed, page.comments, source)
    out: list[str] = []
    for previous, this in zip([None, *lines], placed, strict=False):
        for number, item in enumerate(this.items()):
            if _blank_before(previous if not number else this.line, item, this.line, source, not number):
                out.append("")
            out.append(" " * item.indent + item.text)
        if this.trailing is not None:
            out[-1] += "  " + this.trailing.text
    while out and not out[-1].strip():
        out.pop()
    return "".join(text + "\n" for text in out)


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of output. A blank line of the source above the offset `above` is kept; None: there is none."""

    indent: int
    text: str
    above: int | None


@dataclass(slots=True)
class _Placed:
    """A line with its comments: those before it, those drawn out of it, the one at its end."""

    line: Line
    leading: list[Comment] = field(default_factory=list)
    inside: list[Comment] = field(default_factory=list)
    trailing: Comment | None = None

    def items(self) -> Iterator[_Item]:
        """What stands on lines of its own, in order."""
        line = self.line
        indent = line.indent + INDENT if line.role == "closes" else line.indent
        above = None if line.role == "closes" else line.start
        for comment in self.leading:
            yield _Item(indent, comment.text, comment.span.start)
        for comment in self.inside:
            yield _Item(indent, comment.text, above)
            above = None
        yield _Item(line.indent, line.text, above)


def _place(placed: Sequence[_Placed], comments: Iterable[Comment], source: str) -> None:
    """Give every comment its line, keeping their order.

    A comment amid a line goes to its end; only one can, so earlier ones move before the line.
    """
    starts = [one.line.start for one in placed]
    for comment in comments:
        at = bisect_left(starts, comment.span.start) - 1
        amid = at >= 0 and (_is_behind(source, comment) or comment.span.start < placed[at].line.end)
        if amid and not placed[at + 1].leading:
            placed[at].inside.append(comment)
        else:
            placed[at + 1].leading.append(comment)
    for one in placed:
        if one.inside and _is_behind(source, one.inside[-1]):
            one.trailing = one.inside.pop()


def _is_behind(source: str, comment: Comment) -> bool:
    """Whether something other than blanks stands before a comment on its line."""
    start = source.rfind("\n", 0, comment.span.start) + 1
    return bool(source[start : comment.span.start].strip())


def _blank_before(previous: Line | None, item: _Item, line: Line, source: str, first: bool) -> bool:
    """Whether a blank line goes before an item of a line; `first` items follow the previous line."""
    if previous is None or line.role == "continues":
        return False
    if first and previous.role == "opens":
        return False
    apart = (line.role == "opens" and line.apart) or (previous.role == "closes" and previous.apart)
    if first and apart and line.role not in ("closes", "end"):
        return True
    return item.above is not None and _blank_above(source, item.above)


def _blank_above(source: str, start: int) -> bool:
    """Whether a blank line stands between an offset and whatever comes before it."""
    at = start
    while at > 0 and source[at - 1].isspace():
        at -= 1
    return at > 0 and source.count("\n", at, start) > 1
