"""The compiled evaluator against the readable interpreter: whole verdicts, over random messages.

A million over rule files written by hand and a million over drawn ones: `python -m tools.compare_meanings`.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools import compare_meanings

from .agreement import Disagreement, compare_chunk, compare_drawn, compare_written, watched, written_policy
from .census import Census, expected
from .random_messages import random_message

DECISIONS = {"decision: allow", "decision: defer", "decision: deny"}
EFFECTS = {f"effect: {effect}" for effect in ("deny", "defer", "append", "prepend", "warn", "pace")}


# Twenty thousand messages in all, cut so that several processes may share them.
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize(("rules", "messages"), [("bundled", 1500), ("every construct", 1250), ("both", 500)])
def test_messages_are_judged_alike(rules: str, messages: int, part: int) -> None:
    census = compare_written(rules, f"{rules}/{part}", messages)
    assert set(census) > DECISIONS | (EFFECTS - {"effect: pace"} if rules == "bundled" else EFFECTS)


@pytest.mark.parametrize("part", range(8))
def test_drawn_rule_files_mean_the_same_compiled_and_interpreted(part: int) -> None:
    census = compare_drawn(f"drawn/{part}", 875)
    assert set(census) > DECISIONS | EFFECTS


@given(seed=st.integers(0, 2**48))
@settings(max_examples=300, deadline=None)
def test_a_message_that_hypothesis_draws_is_judged_alike(seed: int) -> None:
    watched(written_policy("every construct"), "every construct", Census()).on(random_message(random.Random(seed)))


def test_a_disagreement_is_told_with_message_rules_and_both_verdicts(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = watched(written_policy("every construct"), "every construct", Census())
    monkeypatch.setattr(compared.policy, "interpret", lambda message: None)
    with pytest.raises(Disagreement, match=r"message: \{.*\ncompiled: .*\ninterpreted: None\nrules: every construct"):
        compared.on(random_message(random.Random(1)))


def test_a_comparison_is_taken_up_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compared: list[int] = []

    def count(rules: str, seed: int, chunk: int, messages: int) -> Census:
        compared.append(chunk)
        if chunk == 3:
            raise Disagreement({}, "a", "b", rules)
        return Census({"messages": messages, "decision: allow": messages})

    monkeypatch.setattr(compare_meanings, "compare_chunk", count)
    arguments = ["--messages", "4500", "--keep", str(tmp_path), "--part"]
    assert compare_meanings.main([*arguments, "1/2"]) == 0
    assert "3 of 5 chunks compared, 2,500 messages, 0 disagreements" in capsys.readouterr().out
    assert compare_meanings.main([*arguments, "1/1"]) == 1
    assert compared == [0, 2, 4, 1, 3]
    told = capsys.readouterr()
    assert "5 of 5 chunks compared, 3,500 messages, 1 disagreements" in told.out
    assert "not reached: action append: append" in told.out
    assert "chunk 3: message: {}" in told.err


@pytest.mark.soak
@pytest.mark.parametrize("rules", ["bundled", "generated"])
def test_a_hundred_thousand_messages_reach_all_there_is(rules: str) -> None:
    seed = random.SystemRandom().randrange(2**40)
    census = Census()
    for chunk in range(100):
        census.update(compare_chunk(rules, seed, chunk, 1000))
    assert expected(written=rules == "bundled") - set(census) == set()
