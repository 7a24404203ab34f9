"""Lint rules about conditions, and what they rest on."""

from __future__ import annotations

import pytest

from .linting import findings, found, rule, whole

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
    "sender.type is alphanumeric and sender.line is mobile",
    "sender.type is long_code and sender.line is toll_free",
    'sender.type is toll_free and not (sender.id starts with "+")',
    "recipient.line is none",
    'sender.type is short_code and sender.id starts with "+"',
    "sender.type is short_code and length of sender.id > 9",
    'recipient.timezones has "Europe/Paris" and count of recipient.timezones > 1',
    "channel is rcs and encoding is ucs2",
    "channel is sms and encoding is utf8",
    "encoding is gsm7 and count of body.unencodable > 0",
    "channel is mms and count of body.unencodable > 0",
    'encoding is gsm7 and body.unencodable has "ж"',
    "channel is imessage and segments > 1",
    "segments > 1 and length of body < 36",
    "segments > 3 and length of body <= 99",
    "segments < 1",
    "recipient.subdivisions has US-FL",
    "recipient.subdivisions has FR-IDF and recipient.subdivisions has FR-BRE",
    "recipient.subdivisions has FR-IDF and count of recipient.subdivisions > 1",
    "category is political and not (subjects has political)",
    "category is political and subjects has gambling and count of subjects is 1",
    "subject is gambling and not (subjects has gambling)",
    'registrations has "10dlc" and count of registrations is 0',
    'registrations has "10dlc" and registrations has "campaign_verify" and count of registrations < 2',
    "sender.registered and count of registrations is 0",
    "count of body.shorteners > 0 and count of body.links is 0",
    "count of body.shorteners > 2 and count of body.links < 3",
    'body.shorteners has "bit.ly" and not (body.links has "bit.ly")',
    'body starts with "A" and body starts with "B"',
    'body ends with "A" and body ends with "B"',
    'body starts with "AB" and not (body starts with "A")',
    'body starts with "ABC" and length of body < 3',
    'body starts with "AB" and body ends with "CD" and length of body is 3',
    'brand.name is "ACME" and length of brand.name > 4',
    'brand.name is one of ("ACME", "AB") and brand.name starts with "B"',
    "sender.country is recipient.country and sender.country is DE",
    "length of sender.id is 0",
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
    'sender.id starts with "A" and sender.id starts with "AB"',
    'sender.id starts with "A" and not (sender.id starts with "AB")',
    'sender.id starts with "AB" and sender.id ends with "BC" and length of sender.id is 3',
    'sender.id starts with "A" and sender.id is not "A"',
    "sender.type is long_code and sender.line is mobile",
    "sender.type is toll_free and sender.line is not known",
    'recipient.timezones has "Europe/Paris" and count of recipient.timezones is 1',
    'recipient.timezones has "Asia/Calcutta" and recipient.timezones has "Asia/Kolkata"',
    'sender.type is alphanumeric and sender.id starts with "+"',
    "sender.type is short_code and length of sender.id > 8",
    "channel is sms and encoding is ucs2",
    "segments > 1 and length of body < 37",
    "segments > 3 and length of body <= 100",
    "category is political and subjects has gambling and count of subjects is 2",
    "subject is gambling and count of subjects is 1",
    "recipient.subdivisions has FR-IDF and count of recipient.subdivisions < 2",
    'registrations has "sender_id:{country}" and registrations has "sender_id:FR" and count of registrations is 1',
    'body.links has "example.com" and body.links has "a.example.com" and count of body.links is 1',
    "count of body.shorteners > 2 and count of body.links < 4",
    "sender.country is recipient.country and sender.country is FR",
    "sender.country is brand.country and sender.country is not FR",
    "recipient.language is known and recipient.language is not fr",
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


RATE = "table t (category) -> (n, ok) { promotional | 1 | yes  transactional | undocumented | yes  * | 2 | no }\n"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("t(category).n > 3", "L103"),
        ("category is promotional and t(category).n > 1", "L103"),
        ("category is emergency and t(category).ok", "L103"),
        ("t(category).n > 1 and t(category).ok", "L103"),
        ("t(category).n is undocumented and category is not transactional", "L103"),
        ("t(category).n is known and t(category).ok is undocumented", "L103"),
        ("t(category).n > 5 and t(category).n is undocumented", "L103"),
        ("t(category).n > 0", "L104"),
        ("t(category).n is known", "L104"),
        ("category is not promotional or t(category).n < 2", "L104"),
        ("t(category).n > 1 or t(category).ok", "L104"),
        ("t(category).n > 1", None),
        ("t(category).n is undocumented", None),
        ("category is promotional and t(category).ok", None),
        ("t(category).n > 1 and not (t(category).ok)", None),
    ],
)
def test_a_table_says_what_its_cells_say(asked: str, code: str | None) -> None:
    constant = [(one.code, one.span.text) for one in findings(whole(RATE + rule("a", f"when {asked} deny")))]
    assert [one for one in constant if one[0] in ("L103", "L104")] == ([(code, asked)] if code else [])


@pytest.mark.parametrize(("country", "codes"), [("FR", []), ("DE", ["L104"]), ("FR, DE", [])])
def test_a_table_is_asked_only_about_the_places_of_the_rule(country: str, codes: list[str]) -> None:
    table = "table t (country) -> (open) { FR | no  DE | yes  * | no }"
    asked = rule("a", "when t(recipient.country).open is yes deny", "house")
    text = f'policy a "A" {{ recipients {country} languages en {table} {asked} }}'
    assert [one.code for one in findings(text) if one.code == "L104"] == codes


def test_a_table_answers_a_regional_language_as_written() -> None:
    table = "table t (language) -> (open) { fr | no  * | yes }\n"
    assert found("L103", table + rule("a", "when recipient.language is fr and t(recipient.language).open deny")) == []
    asked = "recipient.language is fr and t(recipient.language).open is undocumented"
    assert found("L103", table + rule("a", f"when {asked} deny")) == [asked]


def test_tables_of_many_rows_are_tried_too() -> None:
    rows = " ".join(f'"b{number}" | {number % 3}' for number in range(400))
    table = f"table t (brand) -> (n) {{ {rows} * | 9 }}\n"
    asked = 't(brand.name).n is 2 and t(brand.name).n < 9 and brand.name is "b3"'
    assert found("L103", table + rule("a", f"when {asked} deny")) == [asked]
    assert found("L103", table + rule("a", f"when {asked.replace('b3', 'b5')} deny")) == []
