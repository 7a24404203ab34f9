"""The same message and rule set give the same bytes: in every process, with every hash seed, in every Python."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from sendlaw import Policy

from . import judging
from .random_messages import random_message

HERE = Path(__file__).parent
KEPT = HERE / "same_answer"
RANDOM = 200
SEEDS = ("0", "1", "random")
_POLICY = re.compile(r'"policy": "sha256:[0-9a-f]{64}"')


def numbers(policy: Policy) -> list[str]:
    """A mobile number of every country that a policy is for."""
    countries = {country for found in policy.rule_set.policies for country in found.places.countries}
    mobile = phonenumbers.PhoneNumberType.MOBILE
    found = [phonenumbers.example_number_for_type(country, mobile) for country in sorted(countries)]
    return [phonenumbers.format_number(n, phonenumbers.PhoneNumberFormat.E164) for n in found if n is not None]


def messages(policy: Policy) -> list[dict[str, Any]]:
    """Random messages, and one to each country that a policy is for."""
    drawn = [random_message(random.Random(seed)) for seed in range(RANDOM)]
    return [*drawn, *(random_message(random.Random(to)) | {"to": to} for to in numbers(policy))]


def judged_elsewhere(path: Path, seed: str, cache: str) -> bytes:
    """What a process of its own prints."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "SENDLAW_CACHE": cache}
    command = [sys.executable, judging.__file__, str(path), str(HERE / "every_construct.policy")]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_processes_with_other_hash_seeds_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_rules = str(tmp_path / "cache")
    monkeypatch.setenv("SENDLAW_CACHE", kept_rules)
    policy = Policy.load(HERE / "every_construct.policy")
    asked = messages(policy)
    path = tmp_path / "messages.jsonl"
    path.write_text("".join(json.dumps(message) + "\n" for message in asked), "utf-8")
    here = "".join(f"{answer}\n" for answer in judging.answers(policy, asked)).encode()
    assert here.count(b"\n") == len(asked) > RANDOM
    # The first process compiles the rules itself, the others read what this one kept.
    for seed, cache in zip(SEEDS, ("off", kept_rules, kept_rules), strict=True):
        assert judged_elsewhere(path, seed, cache) == here, seed


@pytest.fixture(scope="module")
def kept() -> list[str]:
    """The verdicts of the kept rules on the kept messages; the policy's digest also names versions of libraries."""
    policy = Policy.load(KEPT / "rules.policy", bundled=False)
    answers = list(judging.answers(policy, judging.read_messages(KEPT / "messages.jsonl")))
    assert all(policy.digest in answer for answer in answers if "error" not in json.loads(answer))
    return [_POLICY.sub('"policy": ""', answer) for answer in answers]


def test_every_python_gives_the_kept_answers(kept: list[str]) -> None:
    """`digests.txt` holds the beginning of the SHA-256 of each verdict, `whole.txt` that of all of them.

    An answer may change where the data of a library do (numbers, zones, holidays), never with the Python that runs.
    """
    digests = [hashlib.sha256(answer.encode()).hexdigest() for answer in kept]
    wanted = (KEPT / "digests.txt").read_text("utf-8").split()
    changed = {
        json.loads(answer).get("id"): answer for d, w, answer in zip(digests, wanted, kept, strict=True) if d[:16] != w
    }
    assert not changed
    assert hashlib.sha256("\n".join(kept).encode()).hexdigest() == (KEPT / "whole.txt").read_text("utf-8").strip()


def test_the_kept_messages_ask_for_everything(kept: list[str]) -> None:
    verdicts = [json.loads(answer) for answer in kept]
    judged = [verdict for verdict in verdicts if "error" not in verdict]
    spoke = {reason["rule"] for verdict in judged for reason in verdict["reasons"]}
    rules = {f"{rule.policy}.{rule.name}" for rule in Policy.load(KEPT / "rules.policy", bundled=False).rule_set.rules}
    assert rules <= spoke
    assert {verdict["decision"] for verdict in judged} == {"allow", "defer", "deny"}
    assert {verdict["encoding"] for verdict in judged} == {"GSM-7", "UCS-2", "UTF-8"}
