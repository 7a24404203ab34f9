"""Colours: the words of the Pygments lexer and of the TextMate grammar are those of the grammar; no text is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Comment, Error, Keyword, Literal, Name, Number, Operator, String, Token
from sendlaw.policy import highlighting
from sendlaw.policy.highlighting import PolicyLexer
from sendlaw.policy.vocabulary import DAYS, UNITS

from .editing import FRANCE, WORLD
from .generate import policy_text

ROOT = Path(__file__).parents[2]
KEYWORDS = {
    *(*highlighting.ENTRY_WORDS, *highlighting.CLAUSE_WORDS, *highlighting.OPERATOR_WORDS),
    *(*highlighting.OTHER_WORDS, *highlighting.WORDS_IN_PLACES),
}
RULE_FILES = sorted([*(ROOT / "rulesets").rglob("*.policy"), *(ROOT / "examples").rglob("*.policy")])


def words_of_the_grammar() -> set[str]:
    """The words that the grammar's terminals spell out, days and units left out, and what else a row of cases can
    expect: these are names there as behind `expect`.
    """
    text = (ROOT / "grammar" / "policy.lark").read_text(encoding="utf-8")
    terminals = dict(re.findall(r"^((?!CASE_)_?[A-Z_]+)(?:\.\d+)?: /(.+)/$", text, re.M))
    spelt = {name: re.match(r"\(?([a-z|]+)(?:\\s\+([a-z]+))?", pattern) for name, pattern in terminals.items()}
    found = {
        word for match in spelt.values() if match for group in match.groups() if group for word in group.split("|")
    }
    return found - set(DAYS) - set(UNITS)


def textmate() -> dict[str, Any]:
    grammar: dict[str, Any] = json.loads((ROOT / "grammar" / "policy.tmLanguage.json").read_text(encoding="utf-8"))
    return grammar


def textmate_words() -> set[str]:
    """Every word that the TextMate grammar spells out by itself."""
    repository = textmate()["repository"]
    rules = [repository[name] for name in ("entries", "clauses", "operators", "connectives")]
    rules += repository["values"]["patterns"][1:2]
    return {word for rule in rules for word in re.findall(r"[a-z]{2,}", rule["match"])}


def test_the_lexer_has_the_words_of_the_grammar() -> None:
    assert words_of_the_grammar() == KEYWORDS


def test_the_textmate_grammar_has_the_words_of_the_grammar() -> None:
    # `segments` is a word of the language behind a number alone; to both it has the colour of a fact.
    assert textmate_words() - {"yes", "undocumented"} == KEYWORDS - {"segments"}


def test_both_know_the_days_and_units() -> None:
    assert (*highlighting.DAY_WORDS,) == (*DAYS,)
    assert set(highlighting.UNIT_WORDS) == set(UNITS)
    values = json.dumps(textmate())
    assert [word for word in (*DAYS, *UNITS) if word not in values] == []


def test_every_pattern_of_the_textmate_grammar_can_be_used_and_every_part_is_there() -> None:
    grammar = textmate()
    parts = json.dumps(grammar)
    for key in ("match", "begin", "end"):
        for pattern in re.findall(rf'"{key}": ("(?:[^"\\]|\\.)*")', parts):
            assert re.compile(json.loads(pattern)).match("") is None or key == "end"
    included = {pattern["include"].removeprefix("#") for pattern in grammar["patterns"]}
    assert included == set(grammar["repository"])
    assert grammar["scopeName"] == "source.sendlaw"


def test_pygments_finds_the_lexer() -> None:
    assert isinstance(get_lexer_by_name("sendlaw"), PolicyLexer)
    assert isinstance(get_lexer_for_filename("FR.policy"), PolicyLexer)


def tokens(text: str) -> list[tuple[Any, str]]:
    return [(kind, value) for _, kind, value in PolicyLexer().get_tokens_unprocessed(text)]


@given(text=st.text() | st.text(st.sampled_from('ab"\\{}\n# 1:-2rule|é🛒')))
def test_no_text_is_lost(text: str) -> None:
    assert "".join(value for _, value in tokens(text)) == text


@given(seed=st.integers(0, 2**32))
def test_every_word_of_a_sound_file_has_its_colour(seed: int) -> None:
    text = policy_text(Random(seed))
    found = tokens(text)
    assert "".join(value for _, value in found) == text
    assert [value for kind, value in found if kind in Error] == []


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_the_rule_files_of_the_repository_have_their_colours(path: Path) -> None:
    assert [value for kind, value in tokens(path.read_text(encoding="utf-8")) if kind in Error] == []


@pytest.mark.parametrize(
    "word, kind",
    [
        ("policy", Keyword.Declaration),
        ("FR", Name.Namespace),
        ("hours", Name.Function),
        ("cpce", Name.Class),
        ("when", Keyword),
        ("category", Name.Builtin),
        ("sender.type", Name.Builtin),
        ("is", Operator.Word),
        ("and", Operator.Word),
        ("08:00-21:30", Literal.Date),
        ("2026-03-01", Literal.Date),
        ("EU", Name.Constant),
        ("expect", Keyword.Declaration),
        ("checked", Keyword.Pseudo),
        ("to", Name.Attribute),
    ],
)
def test_colours(word: str, kind: Any) -> None:
    assert next(found for found, value in tokens(FRANCE) if value == word) is kind


def test_texts_and_comments() -> None:
    found = tokens('append "STOP {stop} \\" {x y" # rule "x"\nlimit 2 per 7 days')
    assert (String.Interpol, "{stop}") in found
    assert (String.Escape, '\\"') in found
    assert (Comment.Single, '# rule "x"') in found
    assert (Number.Integer, "7") in found and (Keyword.Type, "days") in found


def test_a_text_without_its_end_stops_at_the_line() -> None:
    assert (Keyword, "deny") in tokens('note "open\ndeny')


def test_tables_and_tags() -> None:
    found = tokens(WORLD)
    assert (Name.Label, "en") in found and (Operator, "|") in found and (Operator, "->") in found
    assert not [value for kind, value in found if kind is Token]
