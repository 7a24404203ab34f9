"""Phrases that cannot be looked for are errors of the checker, before anything is compiled."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sendlaw.engine.words import phrase_problem
from sendlaw.policy.checker import check
from sendlaw.policy.parser import parse
from sendlaw.policy.phrases import LONGEST_PHRASE, phrase_fault
from sendlaw.policy.source import Source


@pytest.mark.parametrize(
    "phrase",
    [
        "bet",
        "bet*",
        "pari* sportif*",
        "d'argent*",
        "18+",
        "赌*",
        "카지*",
        "カー*",
        "जुआ*",
        "été*",
        "N",
        "x" * LONGEST_PHRASE,
    ],
)
def test_phrases_that_can_be_looked_for(phrase: str) -> None:
    assert phrase_fault(phrase) is None
    assert phrase_problem(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("!!!", "no letter or digit"),
        ("ᅠ", "no letter or digit"),
        ("x" * (LONGEST_PHRASE + 1), "longer than 200"),
        ("bet!*", "follows no word"),
        ("b*", "begins with `b`"),
        ("win é*", "begins with `é`"),
        ("l'a*", "begins with `a`"),
        ("½*", "begins with `2`"),
        ("賭b*", "begins with `b`"),
    ],
)
def test_phrases_that_cannot(phrase: str, part: str) -> None:
    fault = phrase_fault(phrase)
    assert fault is not None and part in fault[0] and fault[1]


words = st.text(st.sampled_from("abÉ1½賭카ー€!™ᅠ’'́ािー㈱⒖ "), min_size=1, max_size=4)


@given(st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=3), st.text(max_size=6))
@example([("賭b", True)], "")
@example([("ーा", True)], "")
@example([("ーाि", True)], "")
def test_what_the_engine_refuses_the_checker_refuses_before(parts: list[tuple[str, bool]], other: str) -> None:
    phrase = " ".join(word.rstrip() + "*" * (starred and bool(word.strip())) for word, starred in parts)
    for text in (phrase, other.replace("*", "")):
        assert phrase_problem(text) is None or phrase_fault(text) is not None


@pytest.mark.parametrize(
    "entry",
    [
        'words signs { en: "!!!" }',
        'words short { en: "a*" }',
        'rule r "R" { when body mentions "?" deny basis house }',
        'rule r "R" { when body mentions "a*" deny basis house }',
        'rule r "R" { when body mentions "*a" deny basis house }',
        'replies { opt_out en: "?!" }',
        'replies { opt_out en: "stop!*" }',
    ],
)
def test_the_checker_says_so(entry: str) -> None:
    text = f'policy world "World" {{ recipients anywhere languages en {entry} }}'
    findings = check([parse(Source("phrases.policy", text))]).findings
    assert [finding.code for finding in findings] == ["E302"]
    assert findings[0].span.text.startswith('"') and findings[0].help
