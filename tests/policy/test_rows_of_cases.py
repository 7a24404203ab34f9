"""Rows of cases: they expect what `expect` can, and what is wrong in one is told in that row."""

from __future__ import annotations

import pytest
from sendlaw.policy import tree as t
from sendlaw.policy.checker import check
from sendlaw.policy.diagnostics import Finding
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source
from sendlaw.policy.walk import walk

EXPECTATIONS = (
    *("allow", "deny", "deny by hours", "defer", "defer until 2026-11-25 08:00 by hours, x.y"),
    *("append", 'append "x"', 'prepend "x" by hours', "warn", 'warn "x"', "pace", 'pace "x"'),
    *("no deny", "no defer by hours", 'no append "x"', "no prepend", "no warn", "no pace"),
    *('text "x"', "segments 2", "encoding gsm7", "missing consent.at", "missing holidays", "missing consent"),
    *("opt_out in fr", "opt_in in pt-BR", "help in fr", "nothing"),
)


def expects(test: str) -> list[t.Expect]:
    parsed = parse(Source("a.policy", f'policy FR "F" {{ test "T" {{ {test} }} }}'))
    assert parsed.findings == ()
    return [node for node in walk(parsed.file) if isinstance(node, t.Expect)]


@pytest.mark.parametrize("line_end", ["\n", "  # why\n"])
@pytest.mark.parametrize("expected", EXPECTATIONS)
def test_a_row_expects_what_a_single_message_can(expected: str, line_end: str) -> None:
    alone = expects(f"expect {expected}")
    rows = f'"a" | {expected}{line_end}"b" | {expected}{line_end}'
    assert expects(f"cases (body) {{ {rows} }}") == alone * 2
    # the next row begins with a word, which could go on what is expected
    rows = f"sms | {expected}{line_end}text | {expected}{line_end}nothing | {expected}{line_end}"
    assert expects(f"cases (channel) {{ {rows} }}") == alone * 3


@pytest.mark.parametrize("word", ["text", "segments", "encoding", "missing", "opt_out", "opt_in", "help", "nothing"])
def test_what_can_be_expected_can_also_be_a_value(word: str) -> None:
    for bar in ("|", " |", "\n|", "  # why\n |"):
        test = f'test "T" {{ cases (body, subjects) {{ "a" | {word}{bar} deny }} }}'
        parsed = parse(Source("a.policy", f'policy FR "F" {{ {test} }}'))
        (row,) = [node for node in walk(parsed.file) if isinstance(node, t.CaseRow)]
        assert [value.span.text for value in row.values] == ['"a"', word]
        assert parsed.findings == ()


def told(test: str) -> list[Finding]:
    text = f"""policy FR "France" {{
  recipients FR
  languages fr
  rule hours "H" {{ only 08:00-20:00 basis house }}
  test "T" {{
    {test}
  }}
  test "Last" {{ expect deny by huors }}
}}
"""
    return list(check([parse(Source("a.policy", text))]).findings)


@pytest.mark.parametrize(
    ("row", "at", "help_text"),
    [
        ('"a" | segmnets 2', "segmnets", "did you mean `segments`?"),
        ('"a" | alow', "alow", "did you mean `allow`?"),
        ('"a" | denied', "denied", "write `deny`"),
        ('"a" | denied by hours', "denied", "write `deny`"),
        ('"a" | stop', "stop", "a row can expect `allow`, `deny`, "),
        ('"a" | segments', "segments", "write what is expected behind it, as in `segments 2`"),
        ('"a" | missing', "missing", "write what is expected behind it, as in `missing consent.at`"),
        ('"a" | opt_out', "opt_out", "write what is expected behind it, as in `opt_out in fr`"),
        ('"a" | opt_out fr', "fr", "write `in` before it"),
        ('"a" | opt_out in FR', "FR", "write `fr`"),
        ('"a" | opt_out in french', "french", "write `fr`"),
        ('"a" | opt_out in "fr"', '"fr"', "write `fr`"),
        ('"a" | segments is 2', "is", "leave `is` out"),
        ('"a" | segments = 2', "=", "leave `=` out"),
        ('"a" | segments: 2', ":", "leave `:` out"),
        ('"a" | segments two', "two", "write `2`"),
        ('"a" | segments "2"', '"2"', "write `2`"),
        ('"a" | encoding "gsm7"', '"gsm7"', "write `gsm7`"),
        ('"a" | missing "consent.at"', '"consent.at"', "write `consent.at`"),
        ('"a" | text hello', "hello", 'write `"hello"`'),
        ('"a" | expect allow', "expect", "leave `expect` out"),
        ('"a" | no segments 2', "no", "`no` stands before `deny`, `defer`, "),
        ('"a" | defer 2026-11-25 08:00', "2026-11-25", "write `until` before it"),
        ('"a" | deny because hours', "because", "write `by`"),
        ('"a" | deny by hours hours', "hours", "write a comma before it"),
        ('"a" | allow | segments 2', "|", "a row expects one thing: "),
        ('"a" | segments 2 | allow', "|", "a row expects one thing: "),
        ('"a" | allow, segments 2', ",", "a row expects one thing: "),
        ('"a" | allow and segments 2', "and", "a row expects one thing: "),
        ('"a" | deny by hours, segments 2', ",", "a row expects one thing: "),
        ('"a" | deny by hours, missing consent.at', ",", "a row expects one thing: "),
        ('"a" | deny |', "|", "take it away: `|` stands between the cells of a row"),
        ('| "a" | deny', "|", "take it away: `|` stands between the cells of a row"),
        ('"a"', '"a"', "write `|` and what is expected behind it, as in `| allow`"),
        ('"a" deny', "deny", "write `|` before it"),
        ('"a" -> deny', "->", "write `|` in its place"),
        ('"a": deny', ":", "write `|` in its place"),
        ('"a", deny', ",", "write `|` in its place: a cell holds one value"),
    ],
)
def test_a_mistake_is_told_in_its_row_with_what_to_write(row: str, at: str, help_text: str) -> None:
    for before, after in (("", ""), ('"x" | allow\n', ""), ("", '\n"x" | allow # why'), ("# why\n", "\n# why")):
        first, *others = told(f"cases (body) {{\n{before}{row}{after}\n}}")
        assert (first.span.text, first.span.line) == (at, 7 + before.count("\n"))
        assert first.help.startswith(help_text)
        assert [finding.span.text for finding in others] == ["huors"]


@pytest.mark.parametrize("last", ["opted_in", "none", "missing"])
def test_a_row_of_values_alone_is_told_at_its_end(last: str) -> None:
    first, _ = told(f'cases (body, consent) {{\n"a" | {last}\n"b" | none | allow\n}}')
    assert (first.span.text, first.message) == (last, "this row does not say what is expected")


@pytest.mark.parametrize(
    ("test", "code", "help_text"),
    [
        ("expect opt_out fr", "E602", "write `opt_out in fr`"),
        ("expect help xx", "E602", "write `help in fr`"),
        ("expect opt_out", "E101", "write what is expected behind it, as in `opt_out in fr`"),
        ("expect segments", "E101", "write what is expected behind it, as in `segments 2`"),
        ("expect segments is 2", "E101", "leave `is` out"),
        ("expect: allow", "E101", "leave `:` out"),
        ("expect alow", "E101", "did you mean `allow`?"),
        ("expect allow and segments 2", "E101", "write each expectation behind an `expect` of its own"),
        ("expect deny, segments 2", "E101", "write each expectation behind an `expect` of its own"),
        ("expect no segments 2", "E101", "`no` stands before `deny`, `defer`, "),
        ("expect no segments", "E605", "`no` stands before what rules do: `deny`, `defer`, "),
        ("cases body {", "E101", "write the fields in parentheses, as in `cases (body, at)`"),
    ],
)
def test_a_mistake_behind_expect_is_told_with_what_to_write(test: str, code: str, help_text: str) -> None:
    first = told(test)[0]
    assert first.code == code
    assert first.help.startswith(help_text)
