"""What is done with each input, and what must hold of any: a fault is an exception, whoever raises it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from sendlaw.policy.checker import Checked, check
from sendlaw.policy.codes import CODES
from sendlaw.policy.diagnostics import Finding, PolicyError
from sendlaw.policy.formatter import format_source
from sendlaw.policy.highlighting import PolicyLexer
from sendlaw.policy.linter import LintConfig, apply_edits, known_codes, lint
from sendlaw.policy.parser import Parsed, parse
from sendlaw.policy.render import render_json, render_text
from sendlaw.policy.sarif import render_github, render_sarif
from sendlaw.policy.source import Source
from sendlaw.policy.tree import Node
from sendlaw.policy.walk import walk

from .seeds import ROOT

TODAY = date(2026, 11, 22)
NAME, OTHER = "a.policy", "b.policy"
_UNSHOWABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_HALVES = re.compile("[\ud800-\udfff]")
_BUNDLED = ("world.policy", "groups.policy", "words.policy")


class Fault(Exception):
    """Something that must hold of any input, and does not."""


def must(holds: bool, what: str) -> None:
    """Raise a fault unless something holds."""
    if not holds:
        raise Fault(what)


@dataclass(frozen=True)
class Input:
    """A rule file, another one beside it, and what further choices are drawn from."""

    text: str
    other: str
    salt: str
    bundled: bool
    """Whether the world's rules stand beside it too."""

    @cached_property
    def parsed(self) -> Parsed:
        """The file, read."""
        return parse(Source(NAME, self.text))

    @cached_property
    def checked(self) -> Checked:
        """The file, checked, alone or with the world's rules."""
        return check([*self.beside, self.parsed])

    @property
    def beside(self) -> tuple[Parsed, ...]:
        """The files beside it when it is checked."""
        return _world() if self.bundled else ()


@cache
def _world() -> tuple[Parsed, ...]:
    paths = [ROOT / "rulesets" / name for name in _BUNDLED]
    return tuple(parse(Source(path.name, path.read_bytes().decode("utf-8"))) for path in paths)


def read(given: Input) -> bool:
    """Parser: every place lies in the text, and every finding says what is wrong and what to do."""
    _are_sound(given.parsed.findings, given.text)
    for node in walk(given.parsed.file.items):
        if isinstance(node, Node):
            must(node.span.end <= len(given.text), f"a {type(node).__name__} lies behind the end of the text")
    return True


def _are_sound(findings: tuple[Finding, ...], text: str) -> None:
    for finding in findings:
        must(finding.code in CODES or finding.code in known_codes(), f"{finding.code} is no code")
        must(bool(finding.message), f"{finding.code} says nothing")
        must(finding.severity != "error" or bool(finding.help), f"{finding.code} says nothing of what to do")
        places = [finding.span, *(one.span for one in finding.related), *(edit.span for edit in finding.edits)]
        ends = [span.end for span in places if span.source.name == NAME]
        must(max(ends, default=0) <= len(text), f"{finding.code} points behind the end of the text")


def checks(given: Input) -> bool:
    """Checker, and everything that shows findings."""
    findings = given.checked.findings
    _are_sound(findings, given.text)
    failed = any(finding.severity == "error" for finding in findings)
    must((given.checked.rule_set is None) == failed, "a rule set and an error, or neither")
    said = Counter((finding.code, finding.span, finding.message) for finding in findings)
    must(max(said.values(), default=1) == 1, "a finding stands twice")
    shown = render_text(findings)
    must(not _UNSHOWABLE.search(shown), "a sign is shown that steers a terminal")
    must(max(map(len, shown.splitlines()), default=0) < 3_000, "a line is shown that nobody can read")
    _can_be_written(given, findings)
    return True


def _can_be_written(given: Input, findings: tuple[Finding, ...]) -> None:
    """Every form of output can be made, and written to a file; halves of pairs come from editors alone."""
    outputs = render_text(findings), render_json(findings), render_sarif(findings, "1"), render_github(findings)
    for output in outputs:
        must(_is_text(output) or not _is_text(given.text), "what is shown cannot be written to a file")


def _is_text(text: str) -> bool:
    return not _HALVES.search(text)


def formats(given: Input) -> bool:
    """Formatter: twice is once, and the tree and the comments stay. Files with syntax errors are refused."""
    try:
        once = format_source(Source(NAME, given.text))
    except PolicyError as error:
        must(error.findings[0].code != "E199", "the layout would change what the file says")
        must(bool(given.parsed.findings), "a file without syntax errors is refused")
        return False
    must(format_source(Source(NAME, once)) == once, "formatting twice changes something")
    again = parse(Source(NAME, once))
    must(not given.parsed.findings and not again.findings, "a file with syntax errors is not refused")
    must(_comments(given.parsed) == _comments(again), "a comment is lost or changed")
    return True


def _comments(parsed: Parsed) -> Counter[str]:
    return Counter(comment.text for comment in parsed.file.comments)


def lints(given: Input) -> bool:
    """Linter, where the files compile: what it mends by itself compiles too."""
    if given.checked.rule_set is None:
        return False
    trees = [*(one.file for one in given.beside), given.parsed.file]
    findings = lint(given.checked.rule_set, trees, LintConfig(TODAY))
    _are_sound(findings, given.text)
    _can_be_written(given, findings)
    mended = apply_edits(given.parsed.file.source, findings)
    if mended != given.text:
        again = check([*given.beside, parse(Source(NAME, mended))])
        must(again.rule_set is not None, f"what is mended does not compile: {[one.message for one in again.findings]}")
    return True


def colours(given: Input) -> bool:
    """Highlighting: every character once, in its order."""
    pieces = list(PolicyLexer().get_tokens_unprocessed(given.text))
    must("".join(value for _, _, value in pieces) == given.text, "highlighting loses a character")
    return True
