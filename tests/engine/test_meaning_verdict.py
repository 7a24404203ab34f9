"""The verdict as others read it: its bytes, its digest, and that nothing but message and rules decide."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sendlaw import Message, Policy
from sendlaw.engine.message import MessageError
from sendlaw.policy.source import Source

from .meaning import judged, message, policy, told, written
from .random_messages import random_message

CONTRACT = """policy FR "France" { recipients FR languages fr
  source charter "AF2M charter 2026" "https://example.com/charter" checked 2026-11-20
  source cpce "CPCE, art. L34-5" "https://example.com/cpce" checked 2026-11-20
  rule hours "Marketing only from 08:00 to 21:30" {
    when category is promotional only 08:00-21:30 basis carrier cite charter
  }
  rule way_out "A marketing message says how to stop" {
    when category is promotional require body mentions "STOP" else append " STOP au {stop}" basis law cite cpce
  }
}
"""


def test_a_verdict_is_the_json_of_the_contract_byte_for_byte() -> None:
    rules = policy(CONTRACT)
    at, body = "2026-11-24T22:14:00+01:00", "Soldes !"
    verdict = judged(rules, {"id": "m1", "at": at, "body": body, "brand": {"name": "ACME", "stop": "36179"}})
    assert verdict.model_dump_json() == (
        '{"id": "m1", "at": "2026-11-24T22:14:00+01:00", "decision": "defer", "until": "2026-11-25T08:00:00+01:00", '
        '"reasons": [{"rule": "FR.hours", "place": "FR", "effect": "defer", '
        '"title": "Marketing only from 08:00 to 21:30", "basis": "carrier", '
        '"sources": [{"title": "AF2M charter 2026", "url": "https://example.com/charter"}], '
        '"detail": "22:14 in Europe/Paris; open 08:00–21:30; next opening Wednesday 08:00", "missing": []}, '
        '{"rule": "FR.way_out", "place": "FR", "effect": "append", "title": "A marketing message says how to stop", '
        '"basis": "law", "sources": [{"title": "CPCE, art. L34-5", "url": "https://example.com/cpce"}], '
        '"detail": "no STOP in the text", "missing": []}], "missing": [], '
        '"obligations": [{"kind": "append", "text": " STOP au 36179", "rule": "FR.way_out"}], '
        '"text": "Soldes ! STOP au 36179", "warnings": [], "country": "FR", "sender_type": "alphanumeric", '
        f'"timezones": ["Europe/Paris"], "encoding": "GSM-7", "segments": 1, "policy": "{rules.digest}"}}'
    )


def test_a_refusal_and_a_permission_have_no_until_and_an_unnamed_message_no_id() -> None:
    rules = policy(written('rule a "A" { when category is political deny LAW }'))
    for category in ("promotional", "political"):
        shown = json.loads(judged(rules, {"category": category}).model_dump_json())
        assert "until" not in shown
        assert "id" not in shown


def test_missing_is_the_union_of_what_the_reasons_miss() -> None:
    rules = policy(
        written(
            'rule a "A" { require consent is opted_in and recipient.language is fr LAW }'
            'rule b "B" { require brand.country is FR or consent covers night GUIDE }'
        )
    )
    verdict = judged(rules, {})
    assert told(verdict) == ("deny; P.a deny ?consent ?recipient.language; P.b warn ?brand.country ?consent.covers")
    assert verdict.missing == ("brand.country", "consent", "consent.covers", "recipient.language")


def test_the_digest_knows_neither_names_nor_order_of_files() -> None:
    texts = [written('rule a "A" { deny LAW }'), written('rule b "B" { deny LAW }', name="Q")]
    one = policy(*texts)
    named = [Source(f"other-{n}.policy", text) for n, text in enumerate(reversed(texts))]
    other = Policy.from_sources(named, bundled=False)
    assert one.digest == other.digest
    assert judged(one, {}).model_dump_json() == judged(other, {}).model_dump_json()
    assert policy(texts[0]).digest != one.digest


@pytest.mark.parametrize(
    ("sender", "stated", "expected"),
    [
        ("ACME", None, "alphanumeric"),
        ("A1", None, "alphanumeric"),
        ("36123", None, "short_code"),
        ("+33700000000", None, "long_code"),
        ("+18445550123", None, "toll_free"),
        ("+12025550199", None, "long_code"),
        ("36123", "short_code", "short_code"),
        ("123456789", None, "short_code"),
        ("7-11", None, "alphanumeric"),
        ("ACME", "alphanumeric", "alphanumeric"),
        ("A123456789", None, "alphanumeric"),
        ("エース123456789", None, "alphanumeric"),
        ("+33700000000", "long_code", "long_code"),
    ],
)
def test_the_type_of_a_sender_is_read_off_unless_stated(sender: str, stated: str | None, expected: str) -> None:
    rules = policy(written('rule a "A" { warn "w" LAW }'))
    assert judged(rules, {"sender": sender, "sender_type": stated}).sender_type == expected


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"to": "+331"}, "to"),
        ({"to": "0612345678"}, "to"),
        ({"sender": "+33x"}, "sender"),
        ({"sender": "ACME", "sender_type": "long_code"}, "sender"),
        ({"sender": "+33639980002", "sender_type": "alphanumeric"}, "sender_type"),
        ({"sender": "+33639980002", "sender_type": "short_code"}, "sender_type"),
        ({"sender": "+447400123457", "sender_type": "toll_free"}, "sender_type"),
        ({"sender": "+18445550123", "sender_type": "alphanumeric"}, "sender_type"),
        ({"sender": "+33 6 39 98 00 02", "sender_type": "alphanumeric"}, "sender"),
        ({"sender": "ACME", "sender_type": "short_code"}, "sender_type"),
        ({"sender": "36-123", "sender_type": "short_code"}, "sender_type"),
        ({"sender": "36123", "sender_type": "alphanumeric"}, "sender_type"),
        ({"sender": "36123", "sender_type": "toll_free"}, "sender"),
        ({"sender": "0033639980002"}, "sender"),
        ({"sender": "0033639980002", "sender_type": "short_code"}, "sender"),
        ({"sender": "0033639980002", "sender_type": "alphanumeric"}, "sender"),
        ({"sender": "00 33 639-980-002"}, "sender"),
        ({"sender": "(33)639980002"}, "sender"),
        ({"sender": "３３６３９９８０００２"}, "sender"),
        ({"sender": "1234567890"}, "sender"),
        ({"at": "2026-11-24T12:00:00"}, "at"),
        ({"at": 1_795_518_000}, "at"),
        ({"body": 7}, "body"),
        ({"body": "a\x00b"}, "body"),
        ({"category": "advert"}, "category"),
        ({"colour": "red"}, "colour"),
        ({"consent": {"state": "opted_in"}}, "consent.state"),
        ({"history": [{"at": "2026-11-24T12:00:00Z", "sender": "A"}]}, "history.0.category"),
    ],
)
def test_what_is_malformed_is_an_error_that_names_the_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(MessageError) as raised:
        policy(written('rule a "A" { deny LAW }')).evaluate(message(**fields))
    assert raised.value.field == field


OPTED_OUT = {"consent": {"status": "opted_out"}, "body": "Votre refus est noté."}


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"category": "promotional"}, True),
        ({"category": "transactional"}, True),
        ({"category": "emergency"}, False),
        ({"category": "conversational", "answers": "opt_out"}, False),
        ({"category": "conversational", "answers": "help"}, False),
        ({"category": "conversational", "answers": "opt_in"}, False),
        ({"category": "conversational", "answers": "request"}, True),
        ({"category": "promotional", "answers": "opt_out"}, True),
    ],
)
def test_who_has_refused_gets_only_answers_and_emergencies(fields: dict[str, Any], refused: bool) -> None:
    verdict = Policy.load().evaluate(message(**OPTED_OUT, **fields))
    assert ("world.opted_out" in {reason.rule for reason in verdict.reasons}) is refused


def test_an_emergency_needs_an_authority() -> None:
    bundled = Policy.load()
    for registrations, refused in (([], True), (["authority:DE"], True), (["authority:FR"], False)):
        verdict = bundled.evaluate(message(**OPTED_OUT, category="emergency", registrations=registrations))
        assert ("world.emergency" in {reason.rule for reason in verdict.reasons}) is refused


def test_many_threads_on_a_cold_policy_say_the_same() -> None:
    messages = [random_message(random.Random(seed)) for seed in range(40)]
    expected = [verdict.model_dump_json() for verdict in Policy.load().evaluate_many(messages)]
    cold = Policy.load()

    def run(thread: int) -> list[str]:
        order = random.Random(thread).sample(range(len(messages)), len(messages))
        found = {n: cold.evaluate(messages[n]).model_dump_json() for n in order}
        return [found[n] for n in range(len(messages))]

    with ThreadPoolExecutor(16) as threads:
        assert all(said == expected for said in threads.map(run, range(16)))


PROGRAM = """
import random, sys
from random_messages import random_message
from sendlaw import Policy
policy = Policy.load()
for seed in range(40):
    print(policy.evaluate(random_message(random.Random(seed))).model_dump_json().encode())
"""


def test_every_process_says_the_same_bytes() -> None:
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    runs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "4711")
    }
    assert len(runs) == 1
    assert next(iter(runs)).count(b"\n") == 40


def test_a_message_object_says_what_its_dict_says() -> None:
    rules = policy(CONTRACT)
    fields = message(at=datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert rules.evaluate(Message(**fields)) == rules.evaluate(fields)
