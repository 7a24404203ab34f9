"""However a stream arrives, its lines are the same; and what is read chunk by chunk elsewhere is what is read here."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.cli import lines
from sendlaw.cli.chunks import Chunks
from sendlaw.cli.lines import Feed, RawLine, blocks
from sendlaw.cli.reading import LineError, messages, read_messages

GOOD = json.dumps({"to": "+33639981242", "sender": "ACME", "category": "promotional", "body": "x"}).encode()
HEADER = b"to,sender,category,body"


class Dripping(io.RawIOBase):
    """A stream that gives what it is told to, piece by piece."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = [piece for piece in pieces if piece]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        piece = self._pieces.pop(0) if self._pieces else b""
        given, rest = piece[: len(view)], piece[len(view) :]
        if rest:
            self._pieces.insert(0, rest)
        view[: len(given)] = given
        return len(given)


def dripping(*pieces: bytes) -> io.BufferedReader:
    return io.BufferedReader(Dripping(pieces))


def plain(data: bytes, longest: int) -> list[RawLine]:
    """Lines of a whole text, by another way."""
    found = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True), 1):
        if len(line) > (longest + 2 if line.endswith(b"\n") else longest):
            found.append(RawLine(number, "", f"is longer than {longest:,} bytes"))
        else:
            found.append(RawLine(number, line.decode().rstrip("\r\n")))
    return found


texts = st.lists(st.sampled_from([b"\n", b"\n\n", b"abc", b"d", b"{}", b" ", b"12345678901234567890"]), max_size=30)


@given(texts, st.integers(1, 20))
def test_lines_are_the_same_however_they_arrive(pieces: list[bytes], longest: int) -> None:
    data = b"".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "MAX_LINE_BYTES", longest)
        patch.setattr(lines, "BLOCK_BYTES", 7)
        found = list(Feed(dripping(*pieces)))
        in_blocks = list(blocks(dripping(*pieces)))
    assert found == plain(data, longest)
    assert all(block.data for block in in_blocks)
    numbers = [block.first for block in in_blocks]
    assert numbers == sorted(set(numbers))


@given(texts, st.integers(0, 8))
def test_what_is_left_in_blocks_begins_after_the_lines_that_were_taken(pieces: list[bytes], taken: int) -> None:
    data = b"".join(pieces)
    feed = Feed(dripping(*pieces))
    for _ in zip(range(taken), feed, strict=False):
        pass
    rest = b"".join(block.data for block in feed.rest())
    assert rest == b"".join(data.splitlines(keepends=True)[taken:])


@pytest.mark.parametrize(
    "data",
    [
        b"\n".join([GOOD, b"", b"bad", GOOD]),
        b"\xef\xbb\xbf" + b"\r\n".join([b" ", GOOD, GOOD]),
        b"\n".join([b"{", GOOD, GOOD]),
        json.dumps(json.loads(GOOD), indent=1).encode(),
        b"\n".join([HEADER, b"+33639981242,ACME,promotional,x", b'+33639981242,ACME,promotional,"x', b'"', b"bad"]),
        b"to,body,colour\n1,2,3",
        b"\x1f\x8b\n\n\n",
        b"",
    ],
)
@pytest.mark.parametrize("size", [1, 40, 100_000])
def test_chunks_can_be_read_anywhere(data: bytes, size: int) -> None:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    sent = [pickle.dumps(chunk) for chunk in Chunks(dripping(*pieces))]
    found = [read for chunk in sent for read in messages(pickle.loads(chunk))]
    expected = [(item.line, item) for item in read_messages(io.BytesIO(data))]
    assert [item if isinstance(item, LineError) else (n, item.body) for n, item in found] == [
        item if isinstance(item, LineError) else (n, item.message.body) for n, item in expected
    ]


def test_chunks_tell_whether_more_is_at_hand() -> None:
    chunks = Chunks(dripping(GOOD + b"\n" + GOOD + b"\n", GOOD + b"\n"))
    told = []
    for _ in chunks:
        told.append(chunks.at_hand)
    assert told == [True, False, False]
