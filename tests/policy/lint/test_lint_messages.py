"""What findings say, where that depends on how much there is to say."""

from __future__ import annotations

import pytest

from .linting import findings, whole
from .more_cases import MARKETING, REQUIRED, house, policy


def said(code: str, entries: str) -> list[str]:
    return [one.message for one in findings(whole(entries)) if one.code == code]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (" Stop : l’arret", "`’` makes"),
        (" Stop : l’arrêt", "`’` and `ê` make"),
        (" Stop – l’arrêt ’", "`–`, `’` and `ê` make"),
        (" “Stop” – l’arrê", "`“`, `”`, `–`, `’` and `ê` make"),
        (" “Stop” – l’arrêt…", "`“`, `”`, `–`, `’`, `ê` and 1 more make"),
        (" “Stop” – l’arrêt… ‹ici› œ", "`“`, `”`, `–`, `’`, `ê` and 4 more make"),
        (" Stop\u00a0\u200b", "`U+00A0` and `U+200B` make"),
    ],
)
def test_every_character_that_forces_ucs2_is_named_in_the_order_of_the_text(text: str, named: str) -> None:
    (message,) = said("L134", REQUIRED.format('body mentions "x"', f'append "{text}"'))
    assert message == f"{named} every message with this text UCS-2: 70 characters a segment, not 160"


def test_characters_of_the_alphabets_are_not_named() -> None:
    entries = REQUIRED.format('body mentions "x"', 'append " Durdur: şimdi’ğ"')
    (message,) = said("L134", f"alphabets turkish\n{entries}")
    assert message.startswith("`’` makes every message")
    (message,) = said("L134", entries)
    assert message.startswith("`ş`, `’` and `ğ` make every message")


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("not (not (sender.shared))", "two negations are none"),
        ("not (sender.type is not short_code)", "two negations are none"),
        ("not (not (not (sender.shared)))", "three negations are one"),
        ("not (not (segments is not 3))", "three negations are one"),
        ("not (not (not (consent is not known)))", "four negations are none"),
    ],
)
def test_negations_are_counted_and_told_once(condition: str, told: str) -> None:
    entries = f'rule a "A" {{ when {condition} deny basis house }}'
    assert [one.message for one in findings(whole(entries)) if one.code in ("L149", "L150")] == [told]


def test_places_without_words_of_refusal_are_named() -> None:
    marketing = house("a", MARKETING + "deny")
    nobody = "`A` rules marketing, and nobody can refuse it in fr"
    assert said("L133", policy("A", "BE, LU", marketing, "fr")) == [nobody]
    belgium = policy("B", "BE", 'replies { opt_out fr: "STOP" }', "fr")
    assert said("L133", policy("A", "BE, LU", marketing, "fr") + belgium) == [f"{nobody} where the recipient is in LU"]
    many = policy("A", "BE, LU, FR, CH, MC, CA, SN", marketing, "fr")
    assert said("L133", many + belgium) == [f"{nobody} where the recipient is in CA, CH, FR, LU, MC and 1 more"]


@pytest.mark.parametrize("again", ["deny", "limit 1 per 1 day per recipient"])
def test_a_rule_said_twice_is_one_finding(again: str) -> None:
    entries = house("a", MARKETING + again) + house("b", MARKETING + again)
    told = [one.code for one in findings(whole(entries)) if one.code in ("L106", "L109", "L121")]
    assert told == ["L109"]
