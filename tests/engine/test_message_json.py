"""A message read straight from JSON is the one that is read step by step; what is not sure is left to that."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.message import Message, MessageError, parse_message
from sendlaw.engine.message_json import message_from_json

from .random_messages import random_message

GOOD: dict[str, Any] = {
    "to": "+33639981242",
    "sender": "ACME",
    "category": "promotional",
    "body": "Soldes !",
    "at": "2026-11-24T22:14:00.5+01:00",
}
FULL = GOOD | {
    "brand": {"name": "ACME", "stop": None},
    "registrations": ["10dlc"],
    "registers": {"FR": {"listed": False, "checked": "2026-11-01"}, "US-FL": {}},
    "recipient": {"age_at_least": 18, "timezone": "Europe/Paris"},
    "consent": {"status": None, "covers": ["night"], "at": "2026-10-01T12:00:00Z"},
    "history": [
        {"at": "2026-11-01T10:00:00Z", "category": "promotional", "sender": "ACME", "subjects": []},
    ],
}


class Twice(Exception):
    """A name stands twice in one object."""


def strictly(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise Twice
    return dict(pairs)


def step_by_step(line: bytes) -> Message | None:
    """The message by way of the standard library and a dict; None if there is none."""
    try:
        return parse_message(json.loads(line.decode(), object_pairs_hook=strictly))
    except (ValueError, MessageError, Twice, RecursionError):
        return None


def same(quick: Message, slow: Message) -> bool:
    return quick == slow and quick.model_fields_set == slow.model_fields_set and repr(quick) == repr(slow)


@pytest.mark.parametrize("data", [GOOD, FULL, GOOD | {"history": None}, GOOD | {"registers": {}}])
@pytest.mark.parametrize("separators", [(", ", ": "), (",", ":")])
@pytest.mark.parametrize("ascii", [True, False])
def test_a_plain_line_is_read_at_once(data: dict[str, Any], separators: tuple[str, str], ascii: bool) -> None:
    line = json.dumps(data | {"body": "Soldes à 10 % : « là » 😀"}, separators=separators, ensure_ascii=ascii).encode()
    quick, slow = message_from_json(line), step_by_step(line)
    assert quick is not None and slow is not None
    assert same(quick, slow)


@pytest.mark.parametrize(
    "line",
    [
        b'{"to": "+33639981242", %s, "to": "+33639981242"}',
        b'{"to": "+33639981242", %s, "\\u0074o": "+33639981243"}',
        b'{"to": "+33639981242", %s, "brand": {"name": "A", "name": "B"}}',
        b'{"to": "+33639981242", %s, "brand": {"name": "A"}, "brand": {"stop": "B"}}',
        b'{"to": "+33639981242", %s, "brand": {}, "brand": {}}',
        b'{"to": "+33639981242", %s, "registers": {"FR": {}, "FR": {}}}',
        b'{"to": "+33639981242", %s, "history": [], "history": []}',
        b'{"to": "+33639981242", %s, "to" : "+33639981242"}',
        b'{"to": "+33639981242", %s, "to"\t: "+33639981242"}',
        b'{"to": "+33639981242", %s, "to"\r: "+33639981242"}',
        b'{"to": "+33639981242", %s, "to"\n: "+33639981242"}',
        b'{"to": "+33639981242", %s, "to"  : "+33639981242"}',
        b'{"to": "+33639981242", %s, "to" \t: "+33639981242"}',
    ],
)
def test_a_name_twice_is_never_passed_over(line: bytes) -> None:
    rest = json.dumps({name: value for name, value in GOOD.items() if name != "to"}).encode()[1:-1]
    assert message_from_json(line % rest) is None


def test_a_name_twice_is_not_hidden_by_a_text_that_looks_like_one() -> None:
    body = json.dumps({**GOOD, "body": 'say "x":'})
    assert message_from_json(body.encode()) is None
    assert message_from_json(body.replace('"sender"', '"to": "+33639981242", "sender"').encode()) is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"nonsense",
        b"\xef\xbb\xbf{}",
        json.dumps(GOOD).encode() + b" {}",
        json.dumps(GOOD | {"body": "a\ud800"}).encode(),
        json.dumps(GOOD | {"body": "a\0"}).encode(),
        json.dumps(GOOD | {"body": "?"}).encode().replace(b"?", b"\xff"),
        json.dumps(GOOD | {"body": "?"}).encode().replace(b"?", b"\x01"),
        json.dumps(GOOD | {"at": 5}).encode(),
        json.dumps(GOOD | {"at": "2026-11-24"}).encode(),
        json.dumps(GOOD | {"colour": "red"}).encode(),
        json.dumps(GOOD | {"recipient": {"age_at_least": float("nan")}}).encode(),
        json.dumps(GOOD | {"recipient": {"age_at_least": 18.0}}).encode(),
        json.dumps(GOOD | {"recipient": {"age_at_least": 10**400}}).encode(),
        json.dumps(GOOD | {"recipient": {"age_at_least": True}}).encode(),
        json.dumps(GOOD | {"registrations": "10dlc"}).encode(),
        b'{"body": ' + b"[" * 100_000 + b"}",
    ],
)
def test_what_is_no_message_is_left_to_the_step_by_step_way(line: bytes) -> None:
    assert message_from_json(line) is None
    assert step_by_step(line) is None


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=4)
    | st.sampled_from(["+33639981242", "FR", "US-FL", "2026-11-24T22:14:00Z", "2026-11-24", "none", "0", "-0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Message.model_fields, "FR"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*FULL, "id", "subjects", "sender_shared", "colour"]), values, max_size=2))
def test_whatever_stands_in_a_field(changed: dict[str, Any]) -> None:
    line = json.dumps(FULL | changed).encode()
    quick = message_from_json(line)
    if quick is not None:
        slow = step_by_step(line)
        assert slow is not None and same(quick, slow)


@given(st.data())
def test_whatever_bytes_a_line_is_spoilt_with(data: st.DataObject) -> None:
    line = bytearray(json.dumps(FULL).encode())
    start = data.draw(st.integers(0, len(line)))
    inner = data.draw(st.sampled_from([b'"', b" ", b":", b",", b"}", b"{", b"\\", b"\t", b"0", b"null"]) | st.binary())
    line[start : start + data.draw(st.integers(0, 3))] = inner
    quick = message_from_json(bytes(line))
    if quick is not None:
        slow = step_by_step(bytes(line))
        assert slow is not None and same(quick, slow)


@pytest.mark.parametrize("seed", range(3))
def test_random_messages_are_nearly_all_read_at_once(seed: int) -> None:
    rng = random.Random(seed)
    lines = [json.dumps(random_message(rng) | {"at": GOOD["at"]}).encode() for _ in range(500)]
    found = [(message_from_json(line), step_by_step(line)) for line in lines]
    assert all(quick is None or (slow is not None and same(quick, slow)) for quick, slow in found)
    assert sum(quick is not None for quick, _ in found) > 0.9 * sum(slow is not None for _, slow in found) > 100


TIMES = [
    "2026-11-24T22:14:00+01:00",
    "2026-11-24 22:14Z",
    "2026-11-24T22:14z",
    "2026-11-24T22:14:00.123456789Z",
    "2026-11-24T22:14:00.Z",
    "2026-11-24T22:14:00",
    "2026-11-24T24:00:00Z",
    "2026-02-30T10:00:00Z",
    "2026-11-24T22:14:60Z",
    "2026-11-24T22:14:00+0100",
    "2026-11-24T22:14:00+24:00",
    "2026-11-24T22:14:00-23:59",
    "1970-12-31T23:59:59Z",
    "1971-01-01T00:00:00+14:00",
    "2199-12-31T23:59:59-12:00",
    "2200-01-01T00:00:00Z",
    "2026-11-24",
    " 2026-11-24T22:14:00Z",
    "2026-11-24T22:14:00Z\n",
    "２026-11-24T22:14:00Z",
    "1764000000",
    1764000000,
    None,
    "",
]
TEXTS = ["", "a", "a\n", "\n", "a\u0000b", "\u0000", "+", "😀", " ", "\u2028", "a" * 5000, 5, None, True, ["a"]]
NUMBERS = [
    "+12015550123",
    "+12015550123\n",
    "12015550123",
    "+02015550123",
    "+1",
    "+1234567890123456",
    "+１2015550123",
    "",
]
PATHS: dict[str, list[Any]] = {
    "at": TIMES,
    "consent.at": TIMES,
    "history.at": TIMES,
    "to": NUMBERS,
    "sender": TEXTS,
    "body": TEXTS,
    "brand.name": TEXTS,
    "brand.country": ["FR", "fr", "FRA", "F1", "FR\n", "ＦＲ", "XX", "UK", None],
    "sender_country": ["FR", "XX", "UK", None],
    "recipient.subdivision": ["US-FL", "US-XX", "US", None],
    "registers": [{"FR": {}}, {"US-FL": {}}, {"XX": {}}, {"US-XX": {}}],
    "history.text": ["a" * 64, "A" * 64, "a" * 63, "g" * 64, "a" * 64 + "\n", None],
}


def placed(path: str, value: Any) -> dict[str, Any]:
    outer, _, inner = path.partition(".")
    if not inner:
        return GOOD | {outer: value}
    earlier = {"at": "2026-11-01T10:00:00Z", "category": "promotional", "sender": "ACME"}
    return GOOD | {outer: [earlier | {inner: value}] if outer == "history" else {inner: value}}


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in PATHS.items() for value in values])
def test_every_field_is_read_alike_at_its_edges(path: str, value: Any) -> None:
    line = json.dumps(placed(path, value), ensure_ascii=False, separators=(",", ":")).encode()
    quick, slow = message_from_json(line), step_by_step(line)
    if b'" ' not in line:  # which leaves it to the slow way
        assert (quick is None) is (slow is None)
    assert quick is None or (slow is not None and same(quick, slow))
