"""Regular expressions of rules: the quick ways to match say what the library says of the whole value."""

from __future__ import annotations

import random

import pytest
import re2
from sendlaw.engine.patterns import matcher, matches
from sendlaw.engine.policy import default_policy
from sendlaw.policy import model as m
from sendlaw.policy.walk import walk

WORDS = (
    "STOP", "stop", " ", ".", ":", "au", "to", "36179", "+33 6 39 98 00 01", "ACME", "é", "नमस्ते", "☕", "\n", "-", "_",
    "info", "AD-ACME", "https://example.com/x", "a" * 20, "\U0001f600", "İ", "ß",
)  # fmt: skip


def patterns() -> list[str]:
    """All that the bundled rules ask for."""
    found = {node.pattern for node in walk(default_policy().rule_set.rules) if isinstance(node, m.Matches)}
    assert len(found) > 20
    return sorted(found)


def test_every_bundled_pattern_matches_what_the_library_matches() -> None:
    rng, matched = random.Random(1), 0
    for pattern in patterns():
        for _ in range(150):
            value = "".join(rng.choices(WORDS, k=rng.randrange(12)))
            expected = re2.fullmatch(pattern, value) is not None
            assert matches(pattern, value) is expected, (pattern, value)
            matched += expected
    assert matched > 100


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        ("", "", True),
        ("", "a", False),
        ("a*", "", True),
        ("a", "a\n", False),
        ("(?s).*", "a\nb" * 20, True),
        (".*", "a\nb" * 20, False),
        (r"\bSTOP\b", "STOP", True),
        ("é+", "é" * 30, True),
        (".{17}", "é" * 17, True),
        ("[a-z]{16}", "a" * 16, True),
        ("[a-z]{17}", "a" * 17, True),
        ("[a-z]{17}", "a" * 16, False),
    ],
)
def test_the_whole_value_must_match(pattern: str, value: str, expected: bool) -> None:
    assert matches(pattern, value) is expected
    assert matches(pattern, value) is expected  # remembered, where it is short


def test_a_pattern_too_large_for_a_set_matches_all_the_same() -> None:
    pattern = "|".join(f"(?i)[a-z]{{{size}}}x[0-9]{{500}}" for size in range(400, 440))
    assert re2.compile(pattern).programsize > 4096
    assert matches(pattern, "b" * 420 + "X" + "7" * 500)
    assert not matches(pattern, "b" * 440 + "X" + "7" * 500)
    assert not matches(pattern, "b" * 420 + "X" + "7" * 501)


def test_what_one_pattern_remembers_is_bounded_and_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.patterns._MOST_REMEMBERED", 3)
    asked = matcher("[A-Z]{1,12}")
    values = ["ACME", "acme", "A", "", "AB C", "X" * 12, "X" * 13, "Y" * 17, "é"]
    for value in [*values, *reversed(values)] * 2:
        assert asked(value) is (re2.fullmatch("[A-Z]{1,12}", value) is not None)
