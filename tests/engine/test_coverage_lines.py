"""The lines that coverage proposes: in a test, each shows what none showed; where nothing can, they say so."""

from __future__ import annotations

import re

import pytest
from sendlaw.engine.coverage import measure
from sendlaw.engine.policy import Policy
from sendlaw.engine.testing import run_tests
from sendlaw.policy.source import Source

HEAD = """policy FR "France" {
  recipients FR
  languages  fr
  holidays   FR
  table senders (country, sender_type) -> (support, price) {
    FR | alphanumeric | yes          | 3
    FR | long_code    | no           | 4
    *  | *            | undocumented | 9
  }
  table kinds (category) -> (ok) {
    promotional | no
    *           | yes
  }
  table lines (line, country) -> (ok) {
    mobile | FR | yes
    *      | *  | no
  }
  table own (sender_type, shared) -> (ok) {
    *          | yes | no
    short_code | no  | yes
    toll_free  | no  | no
  }
  words gambling {
    en: "bet now"
    fr: "pari* sportif*", "jeux d'argent"
  }
"""
DEFAULTS = {"to": '"+33639981234"', "from": '"ACME"', "category": "promotional", "body": '"Soldes"'}


def gaps(rule: str, *tests: str) -> dict[str, str]:
    """What tests of these settings leave out of one rule, with the line to try."""
    written = "\n".join(f'test "T{number}" {{ {settings} }}' for number, settings in enumerate(tests))
    source = Source("fr.policy", f'{HEAD} rule r "R" {{ {rule} basis house }}\n{written}\n}}')
    policy = Policy.from_sources([source], bundled=False)
    return {
        gap.what: gap.line
        for gap in measure(policy, policy.rule_set.rules, run_tests(policy, policy.rule_set.tests)).gaps
    }


def settings_with(line: str) -> str:
    fields = DEFAULTS | dict(part.split(" ", 1) for part in line.split("  "))
    return " ".join(f"{name} {value}" for name, value in fields.items() if name != "expect")


CELLS = [
    ("senders(recipient.country, sender.type).support is no", True, 'to "+33612345678"  from "+33612345678"'),
    ("senders(recipient.country, sender.type).support is no", False, 'to "+33612345678"  from "ACME"'),
    ("senders(recipient.country, sender.type).support is undocumented", True, 'from "12345"'),
    ("senders(recipient.country, sender.type).support", False, 'from "+33612345678"'),
    ("own(short_code, sender.shared).ok", True, "sender_shared no"),
    ("senders(recipient.country, sender.type).price > 3", True, 'from "+33612345678"'),
    ("senders(recipient.country, sender.type).price > 3", False, 'from "ACME"'),
    ("kinds(category).ok is no", True, "category promotional"),
    ("kinds(category).ok is no", False, "category transactional"),
    ("lines(recipient.line, recipient.country).ok", True, 'to "+33612345678"'),
    ("lines(recipient.line, recipient.country).ok", False, 'to "+33123456789"'),
    ("own(sender.type, sender.shared).ok", True, 'from "12345"  sender_shared no'),
    ("own(sender.type, sender.shared).ok", False, 'from "+33801234567"  sender_shared no'),
]
FACTS = [
    ("recipient.line is mobile", False, 'to "+33123456789"'),
    ("sender.country is recipient.country", True, 'from "12345"  sender_country FR'),
    ("sender.country is recipient.country", False, 'from "12345"  sender_country BE'),
    ("sender.country is none", True, 'from "ACME"'),
    ("brand.country is sender.country", True, 'brand.country BE  from "12345"  sender_country BE'),
    ("sender.type is toll_free", True, 'from "+33801234567"'),
    ("sender.type is short_code", False, 'from "ACME"'),
    ("sender.registered", True, 'from "ACME"  registrations "sender_id:FR"'),
    ('sender.id is "A\\"B"', True, 'from "A\\"B"'),
    ("encoding is ucs2", True, 'body "Œ"'),
    ("encoding is ucs2", False, 'body "Bonjour"'),
    ("encoding is utf8", True, "channel rcs"),
    ("segments > 1", False, 'body "Bonjour"'),
    ("length of body < 10", True, 'body "AAAAAAAAA"'),
    ("count of body.links > 1", True, 'body "https://a.example.com https://b.example.com"'),
    ("count of body.links > 1", False, 'body "https://a.example.com"'),
    ("count of body.shorteners > 0", True, 'body "https://bit.ly/a"'),
    ("count of body.phone_numbers > 0", True, 'body "+33612345678"'),
    ("count of body.unencodable > 2", True, 'body "ŒœŁ"'),
    ("count of subjects > 1", True, "subjects adult, alcohol"),
    ('body.links has "x.fr"', True, 'body "https://x.fr"'),
    ("subjects has gambling", True, "subjects gambling"),
    ("subjects has gambling", False, "subjects adult"),
    ("subject is gambling", False, "subjects adult"),
    ("recipient.subdivisions has FR-IDF", True, "recipient.subdivision FR-IDF"),
    ('recipient.timezones has "Europe/Paris"', False, 'recipient.timezone "UTC"'),
    ("recipient.language is fr", True, "recipient.language fr"),
    ("recipient.language is fr", False, "recipient.language en"),
    ("recipient.age_at_least >= 18", True, "recipient.age_at_least 18"),
    ("recipient.age_at_least >= 18", False, "recipient.age_at_least 17"),
    ("history is known", False, "history unknown"),
    ("consent.age is known", True, "consent.at 2026-01-01"),
    ("register is known", True, "registers.FR.listed yes"),
    ("campaign is known", True, 'campaign "other"'),
    ('campaign is "x"', False, 'campaign "other"'),
    ("body mentions gambling", True, 'body "… jeux d\'argent …"'),
    ("body mentions brand.name", True, 'brand.name "other"  body "… other …"'),
    ("body mentions brand.name", False, 'brand.name "other"  body "Bonjour"'),
]


@pytest.mark.parametrize("condition, truth, line", [*CELLS, *FACTS])
def test_the_fields_that_are_proposed_show_it(condition: str, truth: bool, line: str) -> None:
    rule = f"when {condition} deny"
    what = f"`{condition}` is never {'true' if truth else 'false'} in a test"
    proposed = gaps(rule)[what]
    assert line in proposed
    assert what not in gaps(rule, settings_with(proposed))


@pytest.mark.parametrize(
    "condition, truth, line",
    [
        ("recipient.country is FR", False, "no message can show it: it is always true here; leave it out of the rule"),
        ("recipient.country is BE", True, "no message can show it: it is always false here; leave it out of the rule"),
        ("segments >= 1", False, "no message can show it: it is always true here; leave it out of the rule"),
        ("segments < 1", True, "no message can show it: it is always false here; leave it out of the rule"),
        ("length of sender.id > 0", False, "no message can show it: it is always true here; leave it out of the rule"),
        ("category is known", False, "no message can show it: it is always true here; leave it out of the rule"),
        ("body is known", False, "no message can show it: it is always true here; leave it out of the rule"),
        (
            "senders(recipient.country, sender.type).price is 7",
            True,
            "no message can show it: no row of `senders` says so here; add one, or leave the condition out",
        ),
        (
            "senders(recipient.country, sender.type).price is not 7",
            False,
            "no message can show it: no row of `senders` says so here; add one, or leave the condition out",
        ),
        (
            "senders(sender.country, sender.type).support is no",
            True,
            "a message of the row `FR | long_code` of `senders`",
        ),
        ('sender.id matches "[A-Z]+"', True, "from that fits “[A-Z]+” from beginning to end"),
        ('sender.id matches "[A-Z]+"', False, "from that does not fit “[A-Z]+” from beginning to end"),
    ],
)
def test_where_no_field_does_words_say_what_to_do(condition: str, truth: bool, line: str) -> None:
    assert gaps(f"when {condition} deny")[f"`{condition}` is never {'true' if truth else 'false'} in a test"] == line


def test_boundaries_of_table_cells_name_a_row_or_that_there_is_none() -> None:
    told = gaps("when senders(recipient.country, sender.type).price > 4 deny")
    asked = "`senders(recipient.country, sender.type).price > 4`"
    assert told[f"{asked} at 4"] == 'to "+33612345678"  from "+33612345678"'
    assert told[f"{asked} at 5"] == (
        "no message can show it: no row of `senders` has 5 in `price` here; compare with one that does"
    )


@pytest.mark.parametrize(
    "rule, speaks, silent",
    [
        ("deny", "expect deny by r", None),
        ('append " STOP"', "expect append by r", None),
        ("when recipient.country is FR deny", "expect deny by r", "its conditions are always true; leave them out"),
        ("deny unless recipient.country is BE", "expect deny by r", "its conditions are always true; leave them out"),
        ("when recipient.country is BE deny", "the rule never acts; leave it out", "expect no deny by r"),
        ("require recipient.country is FR", "the rule never acts; leave it out", "expect no deny by r"),
        ("only 00:00-24:00", "the rule never acts; leave it out", "expect no defer by r"),
        ("only 08:00-20:00", "expect defer by r", "expect no defer by r"),
        ("limit 1 per 1 day per recipient", "expect defer by r", "expect no defer by r"),
        ("when consent is opted_in deny", "expect deny by r", "expect no deny by r"),
    ],
)
def test_a_side_of_a_rule_that_nothing_shows_is_told_as_that(rule: str, speaks: str, silent: str | None) -> None:
    told = gaps(rule)
    assert re.sub("^no message can show it: ", "", told["never speaks in a test"]) == speaks
    kept = told.get("never stays silent in a test")
    assert (None if kept is None else re.sub("^no message can show it: ", "", kept)) == silent
