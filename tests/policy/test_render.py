"""How findings are shown: the place under the right characters, whatever stands before it."""

from __future__ import annotations

import json

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sendlaw.policy.diagnostics import Finding, Related, Severity
from sendlaw.policy.render import counts, finding_json, render_finding, render_json, render_text, underlined, visible
from sendlaw.policy.source import Source, Span


def finding(
    text: str, start: int, end: int, severity: Severity = "error", name: str = "x.policy", help: str = ""
) -> Finding:
    return Finding("E201", "a message", Span(Source(name, text), start, end), severity, help)


def marked(text: str, start: int, end: int) -> str:
    """What stands over the underline, by cells of the terminal."""
    shown, first, width, _ = underlined(Source("x", text), Span(Source("x", text), start, end))
    cells = "".join(char + "\0" * (cell_len(char) - 1) for char in shown if cell_len(char))
    return cells[first : first + width].replace("\0", "")


def test_the_whole_of_a_finding() -> None:
    text = 'line one\n  when categry is "x"\nlast'
    source = Source("rules/x.policy", text)
    span, other = Span(source, 16, 23), Span(source, 27, 30)
    shown = render_finding(
        Finding("E201", "unknown `categry`", span, help="write `category`", related=(Related(other, "see"),))
    )
    assert shown.splitlines() == [
        "error[E201]: unknown `categry`",
        "  --> rules/x.policy:2:8",
        "  |",
        '2 |   when categry is "x"',
        "  |        ^^^^^^^",
        "  = help: write `category`",
        "  = see:",
        "  --> rules/x.policy:2:19",
        "  |",
        '2 |   when categry is "x"',
        "  |                   ---",
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("abc def", "def"),
        ("광고 def ghi", "def"),
        ("광고 광고 x", "광고"),
        ("e\u0301te\u0301 def", "def"),
        ("\tdef", "def"),
        ("a\tb\tdef\tc", "def"),
        ("일\t일\tdef", "def"),
        ("😀😀 def", "def"),
        ("\u200bdef", "def"),
        ("x" * 5000 + " def " + "y" * 5000, "def"),
        ("광" * 5000 + " def " + "고" * 5000, "def"),
        ("def " + "y" * 5000, "def"),
        ("y" * 5000 + " def", "def"),
        ("\t" * 5000 + "def", "def"),
    ],
)
def test_the_underline_stands_below_its_word(text: str, word: str) -> None:
    start = text.index(word)
    assert marked(text, start, start + len(word)) == word


@pytest.mark.parametrize("length", [1, 99, 100, 101, 1000, 100_000])
def test_lines_are_shown_at_most_so_wide(length: int) -> None:
    shown, start, width, _ = underlined(Source("x", "x" * length), Span(Source("x", "x" * length), length - 1, length))
    assert cell_len(shown) <= 102
    assert shown[start : start + width] == "x"
    assert shown.startswith("…") == (length > 100)


def test_a_stretch_of_several_lines_says_where_it_ends() -> None:
    lines = render_finding(finding("one two\nthree\nfour", 4, 16)).splitlines()
    assert lines[-1] == "  |     ^^^ … to line 3"


@pytest.mark.parametrize("text", ["", "\n", "abc", "abc\n"])
def test_a_place_at_the_end_is_one_mark_wide(text: str) -> None:
    assert render_finding(finding(text, len(text), len(text))).splitlines()[-1].count("^") == 1


def test_windows_line_ends_are_not_shown() -> None:
    assert "\r" not in render_finding(finding("abc\r\ndef\r\n", 5, 8))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x00b", "a␀b"), ("\x1b[31m", "␛[31m"), ("a\nb", "a␊b"), ("\u202eabc", "\ufffdabc"), ("é 광", "é 광")],
)
def test_what_cannot_be_seen_is_shown_by_a_sign(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_colours_only_when_asked_for() -> None:
    one = finding("abc", 0, 3, help="help")
    assert "\x1b[" not in render_text([one])
    colored = render_text([one], color=True)
    assert "\x1b[31m" in colored
    assert render_text([one]).splitlines()[3] in click.unstyle(colored)


@pytest.mark.parametrize(("severity", "code"), [("error", "31"), ("warning", "33"), ("note", "34")])
def test_each_severity_has_its_colour(severity: Severity, code: str) -> None:
    assert f"\x1b[{code}m" in render_finding(finding("abc", 0, 3, severity), color=True).splitlines()[0]


def test_findings_stand_apart() -> None:
    assert render_text([]) == ""
    assert render_text([finding("a", 0, 1), finding("b", 0, 1)]).count("\n\n") == 1


def test_json_tells_the_same() -> None:
    source = Source("x.policy", "one\nzwei drei")
    other = Related(Span(source, 0, 3), "the first")
    one = Finding("E203", "no `drei`", Span(source, 9, 13), help="write `zwei`", related=(other,))
    assert json.loads(render_json([one])) == [
        {
            "code": "E203",
            "severity": "error",
            "message": "no `drei`",
            "help": "write `zwei`",
            "file": "x.policy",
            "line": 2,
            "column": 6,
            "end_line": 2,
            "end_column": 10,
            "related": [
                {
                    "file": "x.policy",
                    "line": 1,
                    "column": 1,
                    "end_line": 1,
                    "end_column": 4,
                    "message": "the first",
                }
            ],
        }
    ]
    assert json.loads(render_json([])) == []


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ([], "no findings"),
        (["error"], "1 error in 1 file"),
        (["error", "error", "error", "warning"], "3 errors, 1 warning in 2 files"),
        (["warning", "warning"], "2 warnings in 2 files"),
        (["note", "error"], "1 error, 1 note in 2 files"),
    ],
)
def test_findings_are_counted(severities: list[Severity], expected: str) -> None:
    names = ["a", "b"]
    findings = [finding("x", 0, 1, severity, names[i % 2]) for i, severity in enumerate(severities)]
    assert counts(findings) == expected


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_place_in_any_text_can_be_shown(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    shown = render_finding(finding(text, start, end))
    lines = shown.split("\n")
    assert len(lines) == 5
    assert "^" in lines[-1]
    assert finding_json(finding(text, start, end))["line"] >= 1
