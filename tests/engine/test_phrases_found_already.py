"""Where the linter says that one phrase finds another already, the engine finds it: as it is, and disguised."""

from __future__ import annotations

from datetime import date

import pytest
from sendlaw.engine.words import WordIndex
from sendlaw.policy.checker import check
from sendlaw.policy.lint_context import LintContext
from sendlaw.policy.lint_rules import covered_phrase
from sendlaw.policy.linter import LintConfig
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source

LISTED = ("casino", "casin*", "poker room", "loan", "bet", "whisky*", "cialis", "illegal", "slot*", "viagra")
OTHERS = (
    *(
        "c4sino",
        "c a s i n o",
        "ca-sino",
        "cas1no",
        "C4S1N0",
        "c4sino royale",
        "p0ker room",
        "p0k3r r00m",
        "poker r00m",
    ),
    *("l0an", "1oan", "b3t", "be7", "b e t", "l o a n", "c1al1s", "cia1is", "i11egal", "s10t", "s l o t s", "5lots"),
    *(
        "v1agra",
        "via9ra",
        "v1agr4 now",
        "4711",
        "l0",
        "w h i s k y",
        "wh1skyf",
        "c.a.s.i.n.o",
        "c a s1 n o",
        "24h casino",
    ),
)


def found(listed: str, other: str) -> bool:
    text = f'policy P "P" {{ recipients FR languages en words w {{ en: "{listed}", "{other}" }} }}'
    parsed = parse(Source("a.policy", text))
    rule_set = check([parsed]).rule_set
    assert rule_set is not None
    context = LintContext(rule_set, [parsed.file], LintConfig(date(2026, 11, 22)).today)
    return any(finding.span.text == f'"{other}"' for finding in covered_phrase.find(context))


PAIRS = [(listed, other) for listed in LISTED for other in OTHERS]


@pytest.mark.parametrize("listed", LISTED)
def test_what_is_found_already_is_found_by_the_engine(listed: str) -> None:
    index = WordIndex({"w": {"en": [listed]}})
    for other in OTHERS:
        if found(listed, other):
            assert [
                other for text in (other, f"now {other}, today", other.upper()) if "w" not in index.scan(text)
            ] == []


def test_disguises_are_found_already() -> None:
    assert [other for other in OTHERS if found("casino", other)] == [
        *("c4sino", "c a s i n o", "cas1no", "C4S1N0", "c4sino royale", "c.a.s.i.n.o", "24h casino"),
    ]
    assert [other for other in OTHERS if found("poker room", other)] == ["p0ker room", "p0k3r r00m", "poker r00m"]
    assert not any(found("bet", other) for other in OTHERS)
