"""The TextMate grammar: every construct has its scope, and it colours as the Pygments lexer does."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, String
from sendlaw.policy.highlighting import PolicyLexer

from .generate import policy_text
from .test_highlighting import KEYWORDS, RULE_FILES, words_of_the_grammar
from .textmate import scopes

ROOT = Path(__file__).parents[2]
_GOLDEN = ROOT / "tests" / "golden"
_BROKEN = {path.stem for path in (_GOLDEN / "errors").glob("*.expected") if "E1" in path.read_text("utf-8")}
"""Golden files that cannot be read at all, or hold one that cannot: no colours are agreed on there."""
GOLDEN = [path for path in sorted(_GOLDEN.rglob("*.policy")) if _BROKEN.isdisjoint({path.stem, path.parent.name})]
_OF_PYGMENTS = {
    Comment: "comment",
    String: "text",
    Literal: "number",
    Number: "number",
    Keyword.Type: "word",
    Keyword.Constant: "constant",
    Keyword: "word",
    Operator: "word",
    Name.Constant: "constant",
    Name.Label: "tag",
    Name: "name",
}
_OF_TEXTMATE = {
    "comment": "comment",
    "string": "text",
    "constant.character": "text",
    "variable.other.placeholder": "text",
    "constant.numeric": "number",
    "keyword": "word",
    "constant": "constant",
    "entity.name.tag": "tag",
    "entity": "name",
    "variable": "name",
}


def by_pygments(text: str) -> list[str]:
    """What every character is, in words that both ways of colouring share."""
    found: list[str] = []
    for _, token, value in PolicyLexer().get_tokens_unprocessed(text):
        kind = next((_OF_PYGMENTS[one] for one in reversed(token.split()) if one in _OF_PYGMENTS), "")
        found += [kind] * len(value)
    return found


def by_textmate(text: str) -> list[str]:
    """The same by the TextMate grammar."""
    longest = sorted(_OF_TEXTMATE, key=len, reverse=True)
    return [next((_OF_TEXTMATE[one] for one in longest if scope.startswith(one)), "") for scope in scopes(text)]


def differences(text: str) -> list[tuple[str, str, str]]:
    """The lines in which both differ, with the character and what each takes it for; blanks left aside."""
    lines = [line for line in text.split("\n") for _ in f"{line}\n"]
    pairs = zip(text, by_pygments(text), by_textmate(text), strict=True)
    return [
        (lines[at].strip(), f"{char}: {one}", other)
        for at, (char, one, other) in enumerate(pairs)
        if one != other and not char.isspace()
    ]


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_every_word_of_the_grammar_has_a_scope(word: str) -> None:
    assert word in words_of_the_grammar()
    kinds = {"variable"} if word == "segments" else {"keyword", "constant"}
    assert {scope.split(".")[0] for scope in scopes(word)} <= kinds
    assert set(scopes(f"{word}_x")) == {"variable.other"}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("# why", "comment.line.number-sign"),
        ('"text"', "string.quoted.double"),
        ('"open', "string.quoted.double"),
        ("2026-11-24", "constant.numeric.date"),
        ("08:00-21:30", "constant.numeric.time"),
        ("12:00:30", "constant.numeric.time"),
        ("+01:00", "constant.numeric.offset"),
        ("42", "constant.numeric"),
        ("mon-sat", "constant.language.day"),
        ("yes", "constant.language"),
        ("undocumented", "constant.language"),
        ("Europe/Paris", "constant.other.zone"),
        ("America/Argentina/Buenos_Aires", "constant.other.zone"),
        ("UTC", "constant.other.zone"),
        ("FR", "constant.other.place"),
        ("US-FL", "constant.other.place"),
        ("zh-Hant", "constant.other.language"),
        ("sender.type", "variable.other"),
        ("->", "keyword.operator"),
        ("<=", "keyword.operator"),
    ],
)
def test_other_constructs(text: str, scope: str) -> None:
    assert set(scopes(text)) == {scope}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("policy FR-X {", {"policy": "keyword.declaration", "FR-X": "entity.name.namespace"}),
        ("rule rule_a {", {"rule_a": "entity.name.function"}),
        ("words loans {", {"loans": "entity.name.type"}),
        ("7 days", {"7": "constant.numeric", "days": "keyword.other.unit"}),
        ("zh-Hant : x", {"zh-Hant": "entity.name.tag"}),
        ("is: x", {"is": "entity.name.tag"}),
        ('"a \\" {stop}"', {'\\"': "constant.character.escape", "{stop}": "variable.other.placeholder"}),
    ],
)
def test_words_in_their_place(text: str, words: dict[str, str]) -> None:
    found = scopes(text)
    for word, scope in words.items():
        at = text.index(word)
        assert set(found[at : at + len(word)]) == {scope}


@pytest.mark.parametrize("path", [*RULE_FILES, *GOLDEN], ids=lambda path: path.stem)
def test_files_look_alike_to_both(path: Path) -> None:
    assert differences(path.read_bytes().decode("utf-8")) == []


@given(seed=st.integers(0, 2**32))
def test_generated_files_look_alike_to_both(seed: int) -> None:
    assert differences(policy_text(Random(seed))) == []
