"""A quote that nothing closes in a table: named with its line, and the rows that it swallows are read all the same."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.cli.lines import RawLine
from sendlaw.cli.open_quotes import ended
from sendlaw.cli.reading import Line, read_messages

from .support import SHOP_ALONE, run

HEADER = "id,to,sender,category,body"
REASON = 'opens a quote that nothing closes: close it, or write it twice (`""`) if it belongs to the text'


def row(name: str, body: str) -> str:
    return f"{name},+33639981242,ACME,promotional,{body}"


def found(*rows: str, header: str = HEADER) -> list[object]:
    """For each message its ID, for each error its line and reason."""
    data = "\n".join((header, *rows)).encode()
    return [
        one.message.id if isinstance(one, Line) else (one.line, one.error)
        for one in read_messages(io.BytesIO(data), is_csv=True)
    ]


def test_a_text_that_holds_commas_is_no_row() -> None:
    rows = (row("m1", '"Soldes :\na, b, c, d, e\n1, 2, 3, 4, 5"'), row("m2", "f"))
    assert found(*rows) == ["m1", "m2"]
    narrow = ('+33639981242,"a\nBonjour, vous, un, deux",ACME,promotional', "+33639981243,b,ACME,promotional")
    assert found(*narrow, header="to,body,sender,category") == [None, None]


@pytest.mark.parametrize("last", ["fin", '"fin"', '"fin, oui"', '"""fin"""'])
@pytest.mark.parametrize("middle", ["Bonjour", '"Salut, toi"', '"Salut\ntoi"', '"""Salut"""', "", '""'])
def test_rows_behind_it_are_judged(middle: str, last: str) -> None:
    rows = (row("m1", '"Soldes'), row("m2", middle), row("m3", last))
    assert found(*rows) == [(2, REASON), "m2", "m3"]
    assert found(row("m0", "x"), *rows, "") == ["m0", (3, REASON), "m2", "m3"]


@pytest.mark.parametrize(
    "broken",
    [
        'm1,"+33639981242,ACME,promotional,Soldes',
        '"m1,+33639981242,ACME,promotional,Soldes',
        '"m1","+33639981242","ACME","promotional","Soldes',
        'm1,+33639981242,"ACME,promotional,"Soldes',
    ],
)
@pytest.mark.parametrize("next_row", [row("m2", "Bonjour"), '"m2","+33639981242","ACME","promotional","Bonjour"'])
def test_it_may_stand_in_any_cell_and_rows_may_be_quoted_throughout(broken: str, next_row: str) -> None:
    first, *others = found(broken, next_row, row("m3", '"a, b"'), row("m4", "c"))
    assert isinstance(first, tuple) and first[0] == 2
    assert others == ["m2", "m3", "m4"]


def test_several_are_named_each() -> None:
    rows = (row("m1", '"a'), row("m2", '"b'), row("m3", "c"), row("m4", '"d'))
    assert found(*rows) == [(2, REASON), (3, REASON), "m3", (5, REASON)]


def test_the_line_is_that_of_the_quote_not_of_the_row() -> None:
    rows = ('m1,+33639981242,"ACME\nIreland",promotional,"Soldes', row("m2", "b"))
    assert found(*rows) == [(3, REASON), "m2"]


def test_lines_that_look_like_no_row_belong_to_it_and_are_named() -> None:
    rows = (row("m1", '"Soldes'), "demain,", row("m2", "b"))
    assert found(*rows) == [(2, f"{REASON}; line 3 is taken for part of it"), "m2"]
    more = (row("m1", '"Soldes'), "demain", "", "a, b", row("m2", '"b'), 'c"', row("m3", "d"))
    assert found(*more) == [(2, f"{REASON}; lines 3 to 5 are taken for part of it"), "m2", "m3"]
    assert found(row("m1", '"Soldes'), "demain") == [(2, f"{REASON}; line 3 is taken for part of it")]


def test_a_row_with_too_few_cells_that_swallowed_others_is_told_as_that() -> None:
    rows = ('m1,"+33639981242', row("m2", "b"), row("m3", 'c"'), row("m4", "d"))
    assert found(*rows) == [(2, REASON), "m2", "m3", "m4"]


def test_texts_over_several_lines_stay_texts() -> None:
    rows = (row("m1", '"a\nb, c\n""d"""'), row("m2", "e"), 'm3,"x\ny"', row("m4", "f"))
    assert found(*rows) == ["m1", "m2", (6, "has 2 cells where the header names 5"), "m4"]
    assert found('m1,"x"y,ACME,promotional,b', row("m2", "e")) == [(2, "is not CSV: ',' expected after '\"'"), "m2"]


def test_a_very_long_text_behind_it_is_given_up_in_bounds() -> None:
    rows = (row("m1", '"a'), *(row(f"n{number}", "b" * 1000) for number in range(400)), row("m2", "c"))
    first, *others = found(*rows)
    assert first == (2, REASON)
    assert others == [*(f"n{number}" for number in range(400)), "m2"]


def test_the_command_judges_the_others_and_says_what_could_not_be_read() -> None:
    data = (
        "\n".join((f"{HEADER},at", *(f"{row(f'm{n}', body)},2026-11-24T12:00:00Z" for n, body in enumerate('a"b'))))
        + "\n"
    )
    result = run("check", *SHOP_ALONE, input=data)
    assert result.exit_code == 2
    assert f"unreadable  line 3: {REASON}\n" in result.stdout
    assert "line 2" in result.stdout and "line 4" in result.stdout
    assert "2 messages" in result.stderr and "1 line could not be read" in result.stderr


# ---- at random

_TEXTS = st.text(alphabet="ab é,\n", max_size=4)
_PLAIN = st.text(alphabet="ab é", min_size=1, max_size=4)


@given(st.lists(_TEXTS, max_size=6), _PLAIN, st.lists(_TEXTS, max_size=6), st.booleans())
def test_one_quote_that_is_missing_costs_one_row(
    before: list[str], broken: str, behind: list[str], every: bool
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL)
    fields = ("+33639981242", "ACME", "promotional", "spring")

    def write(name: str, text: str) -> None:
        writer.writerow((name, *fields, text))

    for number, text in enumerate(before):
        write(f"a{number}", text)
    line = 2 + out.getvalue().count("\n")
    out.write(f'"x",{",".join(fields)},"{broken}\n')
    for number, text in enumerate(behind):
        write(f"b{number}", text)
    table = found(*out.getvalue().split("\n"), header="id,to,sender,category,campaign,body")
    expected = [f"a{number}" for number in range(len(before))], [f"b{number}" for number in range(len(behind))]
    assert table == [*expected[0], (line, REASON), *expected[1]]


@given(st.lists(st.text(alphabet='a",', max_size=8), min_size=1, max_size=3))
def test_rows_end_where_the_library_says(texts: list[str]) -> None:
    read = 0

    def lines() -> object:
        nonlocal read
        for text in texts:
            read += 1
            yield f"{text}\n"

    row_end = ended([RawLine(number, text) for number, text in enumerate(texts)])
    try:
        next(csv.reader(lines(), strict=True))  # type: ignore[arg-type]
        how = "end"
    except csv.Error as error:
        how = "open" if "end of data" in str(error) else "junk"
    assert (row_end.how, row_end.last) == (how, read - 1)
