"""Comments that silence findings of the linter, and what is wrong with such comments.

A comment `# lint: allow L101 because …` on the line of a finding, or on the line above, silences it. A silence without
a reason, and one that silences nothing, are findings themselves; these can be silenced in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import tree as t
from .diagnostics import Edit, Finding
from .lint_context import warning
from .source import Span

NO_REASON = "L190"
UNUSED_SILENCE = "L191"
SILENCES = {
    NO_REASON: (
        "silence-without-reason",
        """A comment that silences a finding and does not say why.

Whoever reads the file later cannot tell a considered decision from a finding that was merely in the way. Until the
comment gives a reason, the finding stays.

Before:

    # lint: allow L101
    rule promise "We never write about politics" { when category is political deny basis regulator }

After:

    # lint: allow L101 because the regulator told us on the telephone and has published nothing yet
    rule promise "We never write about politics" { when category is political deny basis regulator }
""",
    ),
    UNUSED_SILENCE: (
        "unused-silence",
        """A comment that silences a finding which is not there.

The rule was mended and the comment stayed, or it stands in the wrong place: a silence counts for its own line and the
next. It would hide the next finding of that kind from everybody. `sendlaw lint --fix` takes it out.

Before:

    # lint: allow L101 because the regulator has published nothing yet
    rule promise "We never write about politics" { when category is political deny basis law  cite act }

After:

    rule promise "We never write about politics" { when category is political deny basis law  cite act }
""",
    ),
}
"""The linter's findings about silences: slug and page, by code."""
_SILENCE = re.compile(r"#\s*lint:")
_FORM = re.compile(r"#\s*lint:\s*allow\s+(?P<code>L\d+)\b(?:\s+because\s+(?P<reason>\S.*))?")


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that a comment silences, the place of the comment, and the reason it gives."""

    finding: Finding
    comment: Span
    reason: str


@dataclass(frozen=True, slots=True)
class _Silence:
    """A comment that silences one code on its own line and the next; `code` is empty where it cannot be read."""

    comment: Span
    code: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether it silences a finding; never one about itself."""
        same = finding.code == self.code and finding.span.source == self.comment.source and self.reason != ""
        return same and finding.span != self.comment and finding.span.line - self.comment.line in (0, 1)


def silenced(
    found: Iterable[Finding], trees: Iterable[t.File], known: Collection[str]
) -> tuple[list[Finding], list[Silenced]]:
    """The findings that stay, with those about silences, and the others; `known` holds the codes there are."""
    silences = [silence for tree in trees for silence in _silences(tree)]
    every = [*found, *(_without_reason(one) for one in silences if one.code and not one.reason)]
    ordinary = [one for one in silences if one.code != UNUSED_SILENCE]
    every += [_unused(one, known) for one in ordinary if _is_unused(one, every)]
    # From the end on: whether such a comment is of use depends on the comment below it.
    for one in reversed([one for one in silences if one.code == UNUSED_SILENCE]):
        every += [_unused(one, known)] if _is_unused(one, every) else []
    by = [(finding, next((one for one in silences if one.covers(finding)), None)) for finding in every]
    kept = [finding for finding, silence in by if silence is None]
    return kept, [Silenced(finding, one.comment, one.reason) for finding, one in by if one is not None]


def _silences(tree: t.File) -> Iterator[_Silence]:
    for comment in tree.comments:
        if _SILENCE.match(comment.text):
            form = _FORM.match(comment.text)
            code, reason = (form["code"], form["reason"] or "") if form else ("", "")
            yield _Silence(comment.span, code, reason)


def _without_reason(silence: _Silence) -> Finding:
    message = f"this allows {silence.code} and does not say why"
    return warning(NO_REASON, silence.comment, message, f"write `# lint: allow {silence.code} because …`")


def _is_unused(silence: _Silence, found: Sequence[Finding]) -> bool:
    return not silence.code or (silence.reason != "" and not any(silence.covers(finding) for finding in found))


def _unused(silence: _Silence, known: Collection[str]) -> Finding:
    if not silence.code:
        hint = "write `# lint: allow L101 because …`, with the code of the finding and the reason"
        return warning(UNUSED_SILENCE, silence.comment, "this comment silences nothing", hint)
    there = f"there is no {silence.code} on this line or the next"
    message = there if silence.code in known else f"there is no finding {silence.code}"
    edits = (Edit(_with_blanks(silence.comment), ""),)
    return warning(UNUSED_SILENCE, silence.comment, message, "leave the comment out", edits=edits)


def _with_blanks(comment: Span) -> Span:
    """The comment with the blanks before it and, where it stands alone, its line."""
    text, start, end = comment.source.text, comment.start, comment.end
    while start and text[start - 1] in " \t":
        start -= 1
    if start == 0 or text[start - 1] == "\n":
        below = text.find("\n", end)
        end = len(text) if below < 0 else below + 1
    return Span(comment.source, start, end)
