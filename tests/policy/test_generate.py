"""The random rule files that other tests rest on are accepted by the checker, and cover the grammar."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy.checker import check
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source

from .generate import policy_tokens, scattered


@given(st.randoms(use_true_random=False))
def test_every_random_file_is_accepted(r: Random) -> None:
    source = Source("random.policy", scattered(r, policy_tokens(r)))
    findings = check([parse(source)]).findings
    assert [(one.code, one.message, one.span.text) for one in findings if one.severity == "error"] == []
