"""Files of messages: every bad line becomes one error in words, and the lines after it are still read."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.cli.lines import MAX_LINE_BYTES
from sendlaw.cli.reading import Line, LineError, printable, read_messages

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
GOOD = {"id": "m1", "to": "+33639981242", "sender": "ACME", "category": "promotional", "body": "Soldes !"}
GOOD_LINE = json.dumps(GOOD).encode()


def read(data: bytes, is_csv: bool | None = None) -> list[Line | LineError]:
    return list(read_messages(io.BytesIO(data), is_csv=is_csv))


def line_with(**fields: object) -> bytes:
    return json.dumps({**GOOD, **fields}).encode()


def test_json_lines_are_numbered_and_blank_ones_left_out() -> None:
    found = read(b"\n" + GOOD_LINE + b"\n  \n" + GOOD_LINE)
    assert [item.line for item in found] == [2, 4]
    assert all(isinstance(item, Line) for item in found)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_and_byte_order_mark(end: bytes) -> None:
    found = read(b"\xef\xbb\xbf" + end.join([GOOD_LINE, GOOD_LINE]) + end)
    assert [type(item) for item in found] == [Line, Line]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_holds_no_message(data: bytes) -> None:
    assert read(data) == []


def test_one_object_over_many_lines_is_one_message() -> None:
    found = read(b"\n" + json.dumps(GOOD, indent=2).encode() + b"\n")
    assert [(type(item), item.line) for item in found] == [(Line, 2)]


def test_an_error_within_an_object_over_many_lines_names_its_line() -> None:
    text = json.dumps(GOOD, indent=2).replace('"sender": "ACME",', '"sender": "ACME"')
    (found,) = read(text.encode())
    assert found == LineError(5, "is not JSON: expecting ',' delimiter at character 3")


def test_an_object_too_long_is_an_error() -> None:
    (found,) = read(b"{\n" + b'"body": "x",\n' * (MAX_LINE_BYTES // 10))
    assert isinstance(found, LineError)
    assert "longer than 1,000,000" in found.error


BAD_LINES: list[tuple[bytes, str, str | None]] = [
    (b"nonsense", "is not JSON: expecting value at character 1", None),
    (b'{"id": "m1"', "is not JSON: expecting ',' delimiter at character 12", None),
    (GOOD_LINE + b" {}", f"is not JSON: extra data at character {len(GOOD_LINE) + 2}", None),
    (b"[]", "a message is an object with fields, not a list", None),
    (b"7", "a message is an object with fields, not a number", None),
    (b"null", "a message is an object with fields, not null", None),
    (b'{"a": 1, "a": 2}', "stands twice in the same object", "a"),
    (b'{"body": NaN}', "holds NaN, which is no JSON", None),
    (b'{"body": -Infinity}', "holds -Infinity, which is no JSON", None),
    (b'{"body": 1e999}', "holds the number 1e999, which is too large", None),
    (b'{"body": ' + b"9" * 5000 + b"}", "holds a number with too many digits", None),
    (b'{"body": ' + b"[" * 100_000 + b"}", "is nested too deeply for a message", None),
    (b'{"body": ' + b'{"a":' * 100_000 + b"}", "is nested too deeply for a message", None),
    (b'{"id": "\xff"}', "is not UTF-8: byte 9 is 0xff", None),
    (b"\x00", "is not JSON: expecting value at character 1", None),
    (b"x" * (MAX_LINE_BYTES + 10), "is longer than 1,000,000 bytes", None),
    (line_with(colour="red"), "no such field", "colour"),
    (line_with(body=7), "", "body"),
    (line_with(at="2026-11-24T22:14:00"), "", "at"),
    (line_with(category="spam"), "", "category"),
    (line_with(to="CALL-ME"), "", "to"),
    (line_with(body="a\x00b"), "holds a NUL character, which no handset can show", "body"),
    (line_with(body="a\ud800b"), "holds half of a surrogate pair, which is no character", "body"),
    (json.dumps({k: v for k, v in GOOD.items() if k != "to"}).encode(), "is required", "to"),
]


@pytest.mark.parametrize(("bad", "error", "field"), BAD_LINES, ids=[e or str(f) for _, e, f in BAD_LINES])
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_bad_line_is_one_error_and_the_others_are_read(bad: bytes, error: str, field: str | None, place: str) -> None:
    before = [] if place == "first" else [GOOD_LINE]
    after = [] if place == "last" else [GOOD_LINE]
    found = read(b"\n".join([*before, bad, *after]))
    assert [isinstance(item, Line) for item in found] == [True] * len(before) + [False] + [True] * len(after)
    wrong = found[len(before)]
    assert isinstance(wrong, LineError)
    assert (wrong.line, wrong.field) == (len(before) + 1, field)
    assert wrong.error == error or (error == "" and wrong.error)


def test_utf_16_is_named() -> None:
    (found,) = read(GOOD_LINE.decode().encode("utf-16"))
    assert found == LineError(1, "is UTF-16; save the file as UTF-8")


def test_an_error_as_json_has_a_field_only_where_one_is_to_blame() -> None:
    assert LineError(3, "bad", "to").as_json() == {"line": 3, "error": "bad", "field": "to"}
    assert LineError(3, "bad").as_json() == {"line": 3, "error": "bad"}


def test_errors_can_always_be_printed() -> None:
    (found,) = read(line_with(**{"a\x1b[31m\u202e": 1}))
    assert isinstance(found, LineError)
    assert found.field == "a\\x1b[31m\\u202e"
    (long,) = read(line_with(**{"k" * 5000: 1}))
    assert isinstance(long, LineError)
    assert len(long.field or "") < 400


@given(st.text(st.characters()))
def test_printable_text_has_no_control_characters(text: str) -> None:
    assert printable(text).isprintable()
    assert printable(text).encode().decode() == printable(text)


@given(st.lists(st.binary(max_size=30), max_size=8))
def test_nothing_makes_the_reader_raise(lines: list[bytes]) -> None:
    for is_csv in (None, True, False):
        for item in read(b"\n".join(lines), is_csv):
            assert isinstance(item, Line | LineError)


@given(st.integers(0, len(GOOD_LINE)))
def test_a_message_cut_anywhere_is_an_error_or_nothing(length: int) -> None:
    found = read(GOOD_LINE[:length])
    whole = length == len(GOOD_LINE)
    assert [type(item) for item in found] == ([Line] if whole else [LineError] if length else [])


def test_memory_stays_flat_whatever_the_length_of_a_line() -> None:
    class Endless(io.RawIOBase):
        """Ten megabytes of one line, then a good one."""

        left = 10_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            data = b"x" * min(len(view), self.left) if self.left else b"\n" + GOOD_LINE
            if self.left < 0:
                return 0
            self.left = self.left - len(data) if self.left else -1
            view[: len(data)] = data
            return len(data)

    tracemalloc.start()
    found = list(read_messages(io.BufferedReader(Endless())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(item) for item in found] == [LineError, Line]
    assert peak < 5_000_000


def test_the_clock_fills_in_a_time_that_is_not_given() -> None:
    given_time = line_with(at="2026-01-01T00:00:00Z")
    found = list(read_messages(io.BytesIO(GOOD_LINE + b"\n" + given_time), now=lambda: NOON))
    assert [item.message.at for item in found if isinstance(item, Line)] == [
        NOON,
        datetime(2026, 1, 1, tzinfo=UTC),
    ]


# --- CSV ---

HEADER = "id,to,sender,category,body"
ROW = "m1,+33639981242,ACME,promotional,Soldes !"
OPEN = 'opens a quote that nothing closes: close it, or write it twice (`""`) if it belongs to the text'


def csv(*lines: str) -> list[Line | LineError]:
    return read("\n".join(lines).encode())


def only(found: list[Line | LineError]) -> Line:
    (line,) = found
    assert isinstance(line, Line), line
    return line


def test_csv_gives_the_same_message_as_json() -> None:
    assert only(csv(HEADER, ROW)).message.model_copy(update={"at": NOON}) == only(read(GOOD_LINE)).message.model_copy(
        update={"at": NOON}
    )


@pytest.mark.parametrize(
    ("column", "cell", "path", "value"),
    [
        ("consent.status", "opted_in", "consent.status", "opted_in"),
        ("consent.double", "true", "consent.double", True),
        ("consent.covers", "night; calls", "consent.covers", ("night", "calls")),
        ("sender_shared", "no", "sender_shared", False),
        ("sender_shared", "", "sender_shared", False),
        ("subjects", "loans;;gambling", "subjects", ("loans", "gambling")),
        ("registrations", "sender_id:SA;10dlc", "registrations", ("sender_id:SA", "10dlc")),
        ("recipient.age_at_least", "18", "recipient.age_at_least", 18),
        ("brand.stop", "36179", "brand.stop", "36179"),
        ("history", "[]", "history", ()),
        ("history", "", "history", None),
        ("campaign", "", "campaign", None),
    ],
)
def test_csv_columns(column: str, cell: str, path: str, value: object) -> None:
    found: object = only(csv(f"{HEADER},{column}", f'{ROW},"{cell}"')).message
    for part in path.split("."):
        found = getattr(found, part)
    assert found == value


def test_csv_registers_and_history() -> None:
    history = '[{""at"": ""2026-11-01T10:00:00Z"", ""category"": ""promotional"", ""sender"": ""ACME""}]'
    header = f"{HEADER},registers.US-FL.listed,registers.US-FL.checked,history"
    message = only(csv(header, f'{ROW},no,2026-11-01,"{history}"')).message
    assert message.registers["US-FL"].listed is False
    assert message.history is not None
    assert message.history[0].sender == "ACME"


def test_csv_quoted_text_may_go_over_lines_and_the_count_goes_on() -> None:
    found = csv(HEADER, 'm1,+33639981242,ACME,promotional,"a\n\n""b"", c"', "", "bad", ROW)
    assert [(type(item), item.line) for item in found] == [(Line, 2), (LineError, 6), (Line, 7)]
    assert isinstance(found[0], Line)
    assert found[0].message.body == 'a\n\n"b", c'


@pytest.mark.parametrize(
    ("lines", "line", "error", "field"),
    [
        ([f"{HEADER},colour", f"{ROW},red"], 1, "no such field", "colour"),
        ([f"{HEADER},consent.colour", f"{ROW},red"], 1, "no such field", "consent.colour"),
        ([f"{HEADER},id", f"{ROW},m2"], 1, "stands twice in the header", "id"),
        ([HEADER, f"{ROW},more"], 2, "has 6 cells where the header names 5", None),
        ([HEADER, 'm1,"x"y,ACME,promotional,b'], 2, "is not CSV: ',' expected after '\"'", None),
        ([f"{HEADER},history", f"{ROW},[["], 2, "is not JSON: expecting value at character 3", "history"),
        ([HEADER, 'm1,+33639981242,ACME,promotional,"b'], 2, OPEN, None),
        ([f'{HEADER},"campaign', ROW], 1, OPEN + "; line 2 is taken for part of it", None),
    ],
)
def test_csv_errors(lines: list[str], line: int, error: str, field: str | None) -> None:
    assert csv(*lines) == [LineError(line, error, field)]


def test_csv_that_is_not_utf_8_is_an_error_of_its_row() -> None:
    found = read(b"\n".join([HEADER.encode(), b"m1,\xff,ACME,promotional,b", ROW.encode()]))
    assert found[0] == LineError(2, "is not UTF-8: byte 4 is 0xff")
    assert isinstance(found[1], Line)


@pytest.mark.parametrize("cell", ["abc", "²", "-1", "9" * 5000])
def test_csv_numbers_that_are_none(cell: str) -> None:
    (found,) = csv(f"{HEADER},recipient.age_at_least", f"{ROW},{cell}")
    assert isinstance(found, LineError)
    assert found.field == "recipient.age_at_least"


def test_every_field_of_a_message_can_be_a_csv_column() -> None:
    from sendlaw.cli.tables import NESTED, is_field
    from sendlaw.engine.message import Message

    def names() -> Iterator[str]:
        for name in Message.model_fields:
            nested = NESTED.get(name)
            yield from (f"{name}.{part}" for part in nested.model_fields) if nested else (name,)

    wrong = [name for name in names() if not is_field(name)]
    assert wrong == ["registers"]
