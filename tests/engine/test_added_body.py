"""Where the linter says that a rule refuses what another adds, every message is refused, whatever its sender writes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy.checker import check
from sendlaw.policy.linter import LintConfig, lint
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source

from .meaning import judged, policy, written

ADDED = (
    *('append " STOP"', 'append " STOP {stop}"', 'append "STOP {stop}"', 'append " STOP{stop}"', 'prepend "[X] "'),
    *('prepend "{brand}: "', 'prepend "STOP"', 'append fr: " STOP.", en: " stop!"', 'prepend "(Ad) STOP"'),
)
REFUSED = (
    *('require not (body mentions "STOP")', 'require body mentions "STOP"', 'when body mentions "stop" deny'),
    *("require length of body <= 5", "require length of body > 4", "require length of body is 6"),
    *('require body starts with "(Ad)"', 'require body starts with "[X] "', 'require body ends with "!"'),
    *('require body ends with "STOP"', 'require not (body starts with "[X")', 'require body ends with "P"'),
)
PARTS = st.sampled_from(("", "STOP", " ", "(Ad) ", "[X] ", "!", "Soldes", "ACME: ", "1"))


def rules(added: str, refused: str) -> str:
    return written(f'rule a "A" {{ {added} basis house }}\nrule b "B" {{ {refused} LAW }}')


def is_found(text: str) -> bool:
    parsed = parse(Source("a.policy", text))
    rule_set = check([parsed]).rule_set
    assert rule_set is not None
    return any(finding.code == "L124" for finding in lint(rule_set, [parsed.file], LintConfig(date(2026, 11, 22))))


PAIRS = [(added, refused) for added in ADDED for refused in REFUSED]
FOUND = [pair for pair in PAIRS if is_found(rules(*pair))]


def test_some_pairs_are_found_and_some_are_not() -> None:
    assert ('append " STOP"', "require length of body <= 5") not in FOUND
    assert 10 < len(FOUND) < len(PAIRS) / 2


@pytest.mark.parametrize(("added", "refused"), FOUND)
@given(body=st.lists(PARTS, max_size=4).map("".join), stop=st.sampled_from(("36179", "x", "")), language=st.booleans())
def test_every_message_is_refused(added: str, refused: str, body: str, stop: str, language: bool) -> None:
    brand = {"name": "ACME", "stop": stop}
    fields = {"body": body, "brand": brand, "recipient": {"language": "en"} if language else {}}
    assert judged(policy(rules(added, refused)), fields).decision == "deny"
