"""Silences, safe edits, and that linting never fails on what compiles."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy.lint_rules import LINT_RULES
from sendlaw.policy.linter import apply_edits
from sendlaw.policy.source import Source

from ..generate import policy_text
from .linting import HEAD, findings, rule, whole
from .test_lint_rules import CASES

SAMPLES = (
    *CASES,
    ("L103", 'rule a "A" { when category is promotional and category is political deny basis house }', ["a"]),
    ("L104", 'rule a "A" { when sender.shared or not (sender.shared) deny basis house }', ["a"]),
)

RULE = 'rule a "A" {{ deny basis law }}{comment}\n'
LATE = date(2099, 1, 1)


def codes(entries: str) -> list[str]:
    """The codes found, but for those of the surrounding policy."""
    return [finding.code for finding in findings(f"{HEAD}{entries}}}") if finding.code in ("L101", "L190", "L191")]


GOOD, BARE, IDLE = "# lint: allow {} because x\n", "# lint: allow {}\n", "# lint: allow L102 because idle\n"


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
    ("text", "expected"),
    [
        (GOOD.format("L191") + IDLE, []),
        (GOOD.format("L190") + BARE.format("L102"), []),
        (GOOD.format("L190") + BARE.format("L190"), []),
        (GOOD.format("L190"), ["L191"]),
        (GOOD.format("L191"), ["L191"]),
        (GOOD.format("L191") * 2, []),
        (GOOD.format("L191") * 3, ["L191"]),
        (GOOD.format("L191") * 2 + IDLE, ["L191"]),
        (BARE.format("L191") + IDLE, ["L190", "L191"]),
        (BARE.format("L190"), ["L190"]),
        (GOOD.format("L999"), ["L191"]),
        ("# lint: alow L101 because of a slip\n", ["L191"]),
        ("# lint: allow E101 because errors stay\n", ["L191"]),
        ("# lint: L101\n", ["L191"]),
        ("# linting: allow L101 because it is another word\n", []),
    ],
)
def test_silences_of_findings_about_silences(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("code", [rule.CODE for rule in LINT_RULES])
def test_every_finding_can_be_silenced_in_its_place(code: str) -> None:
    text = next(whole(entries) for known, entries, expected in SAMPLES if known == code and expected)
    found = findings(text)
    place = next(one.span for one in found if one.code == code)
    start = text.rfind("\n", 0, place.start) + 1
    above = f"{text[:start]}# lint: allow {code} because it is so\n{text[start:]}"
    assert Counter(one.code for one in findings(above)) == Counter(
        one.code for one in found if one.code != code or one.span.line not in (place.line, place.line - 1)
    )


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ('rule a "A" { deny basis house } # lint: allow L101 because x\n', 'rule a "A" { deny basis house }\n'),
        ("  # lint: allow L101 because x\nlanguages fr\n", "languages fr\n"),
        ("# lint: allow L101 because x\r\n", ""),
        ("# lint: allow L101\n", "# lint: allow L101\n"),
        ("# lint: none of these\n", "# lint: none of these\n"),
    ],
)
def test_a_silence_of_nothing_is_taken_out(typed: str, mended: str) -> None:
    text = f"{HEAD}{typed}}}".replace("  languages  fr\n", "", typed.count("languages"))
    assert apply_edits(Source("a.policy", text), findings(text)) == text.replace(typed, mended)


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
