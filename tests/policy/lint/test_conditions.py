"""Lint rules about conditions, and what they rest on."""

from __future__ import annotations

import pytest

from .linting import findings, found, rule

IMPOSSIBLE = [
    "category is promotional and category is transactional",
    "category is not one of (promotional, transactional, authentication, conversational, consent_request, "
    "emergency, political)",
    "segments > 3 and segments < 3",
    "segments > 2 and segments < 3",
    "segments < 0",
    "length of body <= 5 and length of body is 6",
    "recipient.country is DE",
    "consent.age > 2 years and consent.age < 12 months",
    "consent.age > 30 days and consent.age <= 4 weeks",
    "sender.shared and not (sender.shared)",
    "consent is not known and consent is opted_in",
    "subject is gambling and subject is alcohol",
    'recipient.language is not pt and recipient.language is "pt-BR"',
    'sender.id is "A" and sender.id is "B"',
    "(category is promotional and sender.shared) and (segments > 1 and category is emergency)",
    "category is promotional and (category is emergency or category is political)",
    'body mentions "a" and not (body mentions "a")',
]
ALWAYS = [
    "category is not promotional or category is not political",
    "recipient.country is FR",
    "segments >= 0",
    "segments <= 3 or segments > 2",
    "consent is one of (opted_in, existing_customer, opted_out, none)",
    "consent is known or consent is not known",
    "consent.age < 2 years or consent.age >= 24 months",
    "not (sender.shared and not (sender.shared))",
]
OPEN = [
    "category is promotional or category is transactional",
    "consent is known",
    "consent is not known or consent is opted_in",
    "segments > 1 and segments < 3",
    "consent.age > 1 month and consent.age < 2 months",
    "consent.age > 30 days and consent.age < 1 month",
    "consent.age > 1 day and consent.age < 2 days",
    "length of body > 5 and segments < 3",
    "sender.country is not FR",
    "sender.country is one of (FR, DE) and sender.country is not FR",
    'sender.id starts with "A" and sender.id starts with "B"',
    'registrations has "10dlc" and registrations has "sender_id:FR"',
    'sender.id is not one of ("A", "B")',
    "brand.country is FR or sender.country is FR",
    'recipient.language is pt and recipient.language is "pt-BR"',
    'recipient.language is pt and recipient.language is not "pt-BR"',
]


@pytest.mark.parametrize("condition", IMPOSSIBLE)
def test_what_is_never_true_is_found(condition: str) -> None:
    assert found("L103", rule("a", f"when {condition} deny")) == [condition]
    assert found("L104", rule("a", f"when not ({condition}) deny")) == [f"not ({condition})"]


@pytest.mark.parametrize("condition", ALWAYS)
def test_what_is_never_false_is_found(condition: str) -> None:
    assert found("L104", rule("a", f"when {condition} deny")) == [condition]
    assert found("L103", rule("a", f"when not ({condition}) deny")) == [f"not ({condition})"]


@pytest.mark.parametrize("condition", OPEN)
def test_what_may_be_either_is_not_found(condition: str) -> None:
    text = rule("a", f"when {condition} deny")
    assert found("L103", text) == found("L104", text) == []


def test_parts_are_found_where_the_whole_may_vary() -> None:
    text = rule("a", "when sender.shared or (segments > 3 and segments < 2) deny")
    assert found("L103", text) == ["segments > 3 and segments < 2"]
    text = rule("a", "require sender.shared and (segments > 2 or segments < 3)")
    assert found("L104", text) == ["segments > 2 or segments < 3"]


def test_a_condition_with_too_many_cases_is_left_open() -> None:
    parts = " or ".join(f'(body mentions "{word}" and not (sender.shared))' for word in "abcdefghijkl")
    assert found("L104", rule("a", f"when {parts} deny")) == []


def test_a_rule_excused_wherever_it_applies_is_found() -> None:
    when = "when category is promotional"
    assert found("L103", rule("a", f"{when} unless category is one of (promotional, political) deny")) == ["a"]
    assert found("L103", rule("a", f"{when} unless category is promotional and sender.shared deny")) == []


@pytest.mark.parametrize(("condition", "hit"), [("segments > 3 and segments < 2", True), ("segments > 3", False)])
def test_promises_are_looked_at(condition: str, hit: bool) -> None:
    assert found("L103", f"never allow when {condition}") == ([condition] if hit else [])


@pytest.mark.parametrize(
    ("recipients", "country", "code"),
    [
        ("US-FL", "US", "L104"),
        ("US-FL", "DE", "L103"),
        ("US-PR", "PR", None),
        ("US-PR", "DE", "L103"),
        ("US, PR", "US", None),
        ("anywhere", "DE", None),
    ],
)
def test_the_country_is_known_from_the_recipients(recipients: str, country: str, code: str | None) -> None:
    condition = f"recipient.country is {country}"
    text = f'policy a "A" {{ recipients {recipients} languages en {rule("a", f"when {condition} deny", "house")} }}'
    constant = [(one.code, one.span.text) for one in findings(text) if one.code in ("L103", "L104")]
    assert constant == ([(code, condition)] if code else [])


def test_cells_of_tables_may_be_of_any_value() -> None:
    table = "table t (country) -> (most) { FR | 1 DE | undocumented }\n"
    for asked in ("t(recipient.country).most >= 0", "t(recipient.country).most < 5 or t(recipient.country).most > 5"):
        assert found("L104", table + rule("a", f"when {asked} deny")) == []
    asked = "t(recipient.country).most > 5 and t(recipient.country).most is undocumented"
    assert found("L103", table + rule("a", f"when {asked} deny")) == [asked]
