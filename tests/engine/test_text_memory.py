"""Texts that come again are looked at once, the memory stays bounded, and no verdict changes."""

from __future__ import annotations

import random
import re

import pytest
from sendlaw.engine.facts import TextFacts
from sendlaw.engine.message import MessageError
from sendlaw.engine.policy import default_policy
from sendlaw.engine.text_memory import TextMemory

from .random_messages import random_message


@pytest.fixture
def memory() -> TextMemory:
    return TextMemory()


def test_a_text_is_known_again_by_country(memory: TextMemory) -> None:
    index = default_policy().index
    assert memory("a", index, "FR") is memory("a", index, "FR")
    assert memory("a", index, "FR") is not memory("a", index, "GB")
    assert memory("a", index, "FR").text == "a"


def test_what_was_met_lately_stays_and_what_was_not_goes(memory: TextMemory) -> None:
    index = default_policy().index
    often, once = memory("often", index, "FR"), memory("once", index, "FR")
    for n in range(3000):
        memory(f"{n}", index, "FR")
        assert memory("often", index, "FR") is often
    assert memory("once", index, "FR") is not once
    assert 512 <= len(memory) <= 1024


def test_a_text_no_handset_shows_is_not_kept(memory: TextMemory) -> None:
    index = default_policy().index
    assert memory("x" * 2001, index, "FR") is not memory("x" * 2001, index, "FR")
    assert memory("x" * 2000, index, "FR") is memory("x" * 2000, index, "FR")


def test_a_text_as_sent_is_made_once_in_a_row() -> None:
    written = TextFacts("a", default_policy().index, "FR")
    sent = written.sent_as("a STOP")
    assert sent is written.sent_as("a STOP")
    assert (sent.text, written.sent_as("b a").text, written.sent_as("a STOP").text) == ("a STOP", "b a", "a STOP")


@pytest.mark.parametrize("seed", range(3))
def test_verdicts_are_the_same_with_texts_that_come_again(seed: int) -> None:
    """The same texts under other dates, countries, senders and rules that add to them."""
    rng = random.Random(seed)
    policy = default_policy()
    one_after_another = policy.one_after_another()
    bodies = [random_message(rng)["body"] for _ in range(12)]
    judged = 0
    for _ in range(900):
        message = random_message(rng) | {"body": rng.choice(bodies)}
        try:
            plain = policy.evaluate(message)
        except MessageError as error:
            with pytest.raises(MessageError, match=re.escape(str(error))):
                one_after_another(message)
            continue
        judged += 1
        assert one_after_another(message).model_dump_json() == plain.model_dump_json()
    assert judged > 400
