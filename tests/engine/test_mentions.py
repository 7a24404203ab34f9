"""`body mentions brand.name`: the text names what only the message says."""

from __future__ import annotations

import random

import pytest
from sendlaw import Policy
from sendlaw.engine.mentions import mentions
from sendlaw.engine.words import WordIndex, phrase_problem
from sendlaw.policy.source import Source

POLICY = """policy FR "France" {
  recipients FR
  languages fr
  source made "Made up" "https://example.org" checked 2026-11-22
  rule named "Names its brand" {
    when category is promotional
    require body mentions brand.name
    else prepend "{brand}: "
    basis law cite made
  }
}
"""


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("Soleil Black Friday", "Soleil", True),
        ("SOLEIL: soldes", "Soleil", True),
        ("Chez Soleil, tout brille", "soleil", True),
        ("Ensoleillement", "Soleil", False),
        ("Café de Flore vous attend", "Cafe de Flore", True),
        ("Crédit-Agricole", "Crédit Agricole", True),
        ("Credit card", "Crédit Agricole", False),
        ("A*B sale", "A*B", True),
        ("", "Soleil", False),
        ("2 + 2", "+", True),
        ("2 2", "+", False),
        ("ユニクロのセール", "ユニクロ", True),
    ],
)
def test_whole_words(text: str, name: str, there: bool) -> None:
    assert mentions(text, name) is there


def test_a_name_seen_at_once_is_one_that_the_search_for_words_finds() -> None:
    """Where text and name are ASCII the plain forms are compared before anything is searched."""
    rng, there = random.Random(3), 0
    pieces = (
        "ACME",
        "acme",
        "Shoes",
        "Sho",
        "es",
        "A",
        "C M E",
        " ",
        "-",
        "'",
        ".",
        "*",
        "!",
        "4CME",
        "é",
        "l",
        "I",
        "&",
    )
    for _ in range(6000):
        name = "".join(rng.choices(pieces, k=rng.randrange(1, 4)))
        text = "".join(rng.choices((*pieces, name), k=rng.randrange(8)))
        phrase = name.replace("*", " ").strip()
        if phrase_problem(phrase) is None:
            found = bool(WordIndex({"": {"": (phrase,)}}).scan(text))
            assert mentions(text, name) is found, (text, name)
            there += found
    assert 400 < there < 5000


@pytest.mark.parametrize(
    ("body", "brand", "decision", "text"),
    [
        ("Soleil Black Friday", "Soleil", "allow", "Soleil Black Friday"),
        ("Black Friday", "Soleil", "allow", "Soleil: Black Friday"),
        ("Black Friday", None, "deny", "Black Friday"),
    ],
)
def test_a_brand_is_added_only_where_it_is_not_named(body: str, brand: str | None, decision: str, text: str) -> None:
    policy = Policy.from_sources([Source("x.policy", POLICY)], bundled=False)
    message = {
        "to": "+33612345678",
        "sender": "ACME",
        "category": "promotional",
        "body": body,
        "at": "2026-11-24T12:00:00+01:00",
        "brand": {"name": brand},
    }
    verdict = policy.evaluate(message)
    assert verdict == policy.interpret(message)
    assert (verdict.decision, verdict.text) == (decision, text)
    assert verdict.missing == (("brand.name",) if brand is None else ())
