"""Silences, safe edits, and that linting never fails on what compiles."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy.linter import apply_edits
from sendlaw.policy.source import Source

from ..generate import policy_text
from .linting import HEAD, findings, rule

RULE = 'rule a "A" {{ deny basis law }}{comment}\n'
LATE = date(2099, 1, 1)


def codes(entries: str) -> list[str]:
    """The codes found, but for those of the surrounding policy."""
    return [finding.code for finding in findings(f"{HEAD}{entries}}}") if finding.code in ("L101", "L190", "L191")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RULE.format(comment=""), ["L101"]),
        (RULE.format(comment=" # lint: allow L101 because the act is secret"), []),
        ("# lint: allow L101 because the act is secret\n" + RULE.format(comment=""), []),
        ("#lint:allow L101  because x\n" + RULE.format(comment=""), []),
        ("# lint: allow L101 because too far\n\n" + RULE.format(comment=""), ["L191", "L101"]),
        (RULE.format(comment="") + "# lint: allow L101 because too late\n", ["L101", "L191"]),
        (RULE.format(comment=" # lint: allow L101"), ["L101", "L190"]),
        (RULE.format(comment=" # lint: allow L101 because"), ["L101", "L190"]),
        (RULE.format(comment=" # lint: allow L102 because the wrong one"), ["L101", "L191"]),
        (RULE.format(comment=" # about lint: allow L101 because it is only spoken of"), ["L101"]),
        ('# lint: allow L101 because both\nrule a "A" { deny basis law } rule b "B" { deny basis law }\n', []),
    ],
)
def test_silences(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ('words w { fr: "x", "y" , "X", "z" }', 'words w { fr: "x", "y", "z" }'),
        ('words w { fr: "x", "x", "x" }', 'words w { fr: "x" }'),
        ('words w { fr: "x", # why\n "x" }', 'words w { fr: "x", # why\n "x" }'),
        ('words w { fr: "x" fr: "x" }', 'words w { fr: "x" fr: "x" }'),
        ('replies { opt_out fr: "STOP", "stop" say "{brand}" }', 'replies { opt_out fr: "STOP" say "{brand}" }'),
        (rule("a", "deny", "law cite act, act, guide, act"), rule("a", "deny", "law cite act, guide")),
    ],
)
def test_safe_edits(typed: str, mended: str) -> None:
    text = f"{HEAD}{typed}}}"
    assert apply_edits(Source("a.policy", text), findings(text)) == f"{HEAD}{mended}}}"


def test_edits_of_other_files_are_left_out() -> None:
    text = f'{HEAD}words w {{ fr: "x", "x" }}}}'
    assert apply_edits(Source("b.policy", text), findings(text)) == text


@given(st.randoms(use_true_random=False))
def test_linting_never_fails_and_mending_leaves_nothing_to_mend(r: Random) -> None:
    text = policy_text(r)
    mended = apply_edits(Source("a.policy", text), findings(text, LATE))
    assert not any(finding.edits for finding in findings(mended, LATE))
