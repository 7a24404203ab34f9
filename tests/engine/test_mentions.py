"""`body mentions brand.name`: the text names what only the message says."""

from __future__ import annotations

import pytest
from sendlaw import Policy
from sendlaw.engine.mentions import mentions
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
