"""What an editor can do about a finding, and about all that can be mended at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .analysis import Analysis, diagnostics, errors
from .diagnostics import Edit, Finding
from .linter import apply_edits
from .relayout import smallest
from .source import Span

_MEANT = re.compile(r"\bdid you mean `([^`\n]+)`\?|\bit is called `([^`\n]+)` here")
# What stands for one word and is meant as another: `=` for `is`, `Mon-Fri` for `mon-fri`, `24.11.2026`, `France`.
_WRITE = re.compile(
    r"(?:[a-z][a-z ]+: )?write `([^`…]+)`(?: to compare with a value| for [^`]*| in its place)?"
    r"(?:;|: |, or `| or, |$)"
    r"|(?:write|join|the name) [a-z ]+(?: with `_`)?: `([^`…]+)`$"
    r"|hours over midnight are written as two spans: `([^`]+)`$"
)
_BEFORE = re.compile(
    r"write (?:`([^`…]+)`|a (comma)) before it$|write `(is)` between a fact and its value$"
    r"|write `(recipient)` and a comma before it: "
)
_INSERTED = {"comma": ", ", "recipient": "recipient, "}
_COMMA = re.compile(r"write a comma in its place: ")
_LEAVE_OUT = re.compile(r"leave `[^`]+` out$|leave the number out: |take it away: |write [a-z ]+, without commas: ")

_WRITTEN = frozenset(("E101", "E201", "E202", "E206", "E301", "E302", "E303", "E312", "E405", "E408", "E601", "E602"))
"""The codes whose help says what to write in the place of what was found."""
_NO_TEXTS = frozenset(("E101", "E202", "E302", "E602"))
"""The codes of texts that stand where none belongs: their quotes go too."""


@dataclass(frozen=True, slots=True)
class QuickFix:
    """A change that mends a finding: what it does in words, and its edits.

    `safe`: it cannot change a verdict; otherwise it is a suggestion that somebody must agree to.
    """

    title: str
    finding: Finding
    edits: tuple[Edit, ...]
    safe: bool


def quick_fixes(analysis: Analysis, name: str, start: int, end: int) -> tuple[QuickFix, ...]:
    """What can be done about the findings that touch a stretch of a file. Never raises.

    While the linter is not through, about errors alone: an editor asks at every movement of the cursor.
    """
    known = diagnostics(analysis, name) if analysis.is_linted else errors(analysis, name)
    found = [one for one in known if one.span.start <= end and start <= one.span.end]
    return tuple(fix for finding in found for fix in _fixes(finding))


def fix_all(analysis: Analysis, name: str) -> tuple[Edit, ...]:
    """The edit that carries out everything in a file that cannot change a verdict; none where there is nothing."""
    source = analysis.source(name)
    if source is None:
        return ()
    return smallest(Span(source, 0, len(source.text)), apply_edits(source, diagnostics(analysis, name)))


def _fixes(finding: Finding) -> Iterator[QuickFix]:
    if finding.edits:
        title = finding.help[:1].upper() + finding.help[1:] or f"Mend {finding.code}"
        yield QuickFix(title, finding, finding.edits, safe=True)
    if finding.span.text.strip() and (edit := _suggested(finding)) is not None:
        yield QuickFix(_title(edit), finding, (edit,), safe=False)


def _title(edit: Edit) -> str:
    return f"Write `{edit.text.strip()}`" if edit.text else f"Leave `{edit.span.text}` out"


def _suggested(finding: Finding) -> Edit | None:
    """What the help says to write, exactly; None where it leaves that to the reader."""
    help_text, span = finding.help, finding.span
    if meant := _MEANT.search(help_text):
        word = next(filter(None, meant.groups()))
        return Edit(_place(finding, word), word)
    if finding.code not in _WRITTEN:
        return None
    if before := _BEFORE.match(help_text):
        word = next(filter(None, before.groups()))
        here = Span(span.source, span.start, span.start)
        return Edit(here, _INSERTED.get(word, f"{word} "))
    if _COMMA.match(help_text):
        return Edit(span, ",")
    if written := _WRITE.match(help_text):
        word = next(filter(None, written.groups()))
        if word.endswith(":") and span.source.text[span.end :].lstrip().startswith(":"):
            word = word[:-1]
        return Edit(_place(finding, word), word)
    return Edit(span, "") if _LEAVE_OUT.match(help_text) else None


def _place(finding: Finding, word: str) -> Span:
    """The stretch to be replaced; behind a placeholder's quotes or a dotted name, only its last part."""
    span = finding.span
    is_whole = finding.code in ("E101", "E201", "E301", "E601") or "." in word
    if not is_whole and re.fullmatch(r"[A-Za-z_][\w-]*(\.[\w-]+)+", span.text):
        return Span(span.source, span.start + span.text.rfind(".") + 1, span.end)
    in_quotes = span.text.startswith('"') and not word.startswith('"') and span.text.endswith('"')
    if in_quotes and finding.code not in _NO_TEXTS:
        return Span(span.source, span.start + 1, span.end - 1)
    return span
