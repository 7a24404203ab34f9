"""The JSON of a verdict, put together from kept parts, is byte for byte what the standard library writes."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.message import MessageError
from sendlaw.engine.policy import default_policy
from sendlaw.engine.verdict import Obligation, Reason, SourceRef, Verdict

from .random_messages import random_message

texts = st.text(st.characters())
names = st.lists(texts, max_size=3).map(tuple)
moments = st.datetimes(
    datetime(1971, 1, 1),
    datetime(2199, 12, 31),
    timezones=st.sampled_from([UTC, *(timezone(timedelta(minutes=m)) for m in (-570, -1, 330, 825))]),
)
sources = st.lists(st.builds(SourceRef, texts, texts), max_size=2).map(tuple)
reasons = st.builds(
    Reason,
    texts,
    texts,
    st.sampled_from(["deny", "defer", "warn", "pace"]),
    texts,
    texts,
    sources,
    texts,
    names,
)
verdicts = st.builds(
    Verdict,
    st.none() | texts,
    moments,
    st.sampled_from(["allow", "defer", "deny"]),
    st.none() | moments,
    st.lists(reasons, max_size=3).map(tuple),
    names,
    st.lists(st.builds(Obligation, st.sampled_from(["append", "prepend", "pace"]), texts, texts), max_size=2).map(
        tuple
    ),
    texts,
    names,
    st.none() | texts,
    texts,
    names,
    texts,
    st.integers(0, 10_000),
    texts,
)


def plain(verdict: Verdict) -> str:
    return json.dumps(verdict.model_dump(), ensure_ascii=False)


@given(verdicts)
def test_any_verdict(verdict: Verdict) -> None:
    assert verdict.model_dump_json() == plain(verdict)


@pytest.mark.parametrize("seed", range(4))
def test_verdicts_of_the_bundled_rules(seed: int) -> None:
    rng = random.Random(seed)
    judged = 0
    for _ in range(600):
        try:
            verdict = default_policy().evaluate(random_message(rng))
        except MessageError:
            continue
        judged += 1
        assert verdict.model_dump_json() == plain(verdict)
    assert judged > 300


def test_reasons_that_differ_only_in_their_sources_keep_their_own() -> None:
    """Two policies in one process may name a rule alike."""
    law = SourceRef("Law", "https://example.com/law")
    bare = Reason("a.b", "FR", "deny", "No", "law", (), "always")
    for reason in (bare, bare._replace(sources=(law,)), bare._replace(title="Not"), bare):
        verdict = Verdict(
            None,
            datetime(2026, 11, 24, tzinfo=UTC),
            "deny",
            None,
            (reason,),
            (),
            (),
            "x",
            (),
            "FR",
            "alphanumeric",
            ("Europe/Paris",),
            "GSM-7",
            1,
            "d",
        )
        assert verdict.model_dump_json() == plain(verdict)
