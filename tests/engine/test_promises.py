"""Promises (`never allow when …`) are held against every allowed message of the tests in rule files."""

from __future__ import annotations

import pytest
from sendlaw.engine.policy import Policy
from sendlaw.engine.testing import run_tests
from sendlaw.policy.source import Source

HEAD = """policy FR "France" {
  recipients FR
  languages  fr
  words gambling { en: "casino" }
"""
REFUSED = 'rule refused "Who refused gets nothing" { when consent is opted_out deny basis house }\n'


def differences(promise: str, test: str, rules: str = "") -> list[str]:
    text = f'{HEAD} never allow when {promise}\n{rules} test "One" {{ from "ACME" category promotional {test} }} }}\n'
    policy = Policy.from_sources([Source("promise.policy", text)], bundled=False)
    results = run_tests(policy, policy.rule_set.tests)
    return [difference.expected for result in results for difference in result.differences]


FRENCH = 'to "+33639980001" expect allow'


@pytest.mark.parametrize(
    ("promise", "test"),
    [
        ("consent is opted_out", f'body "Soldes" consent opted_out {FRENCH}'),
        ("subject is gambling", f'body "Soldes" subjects gifts, gambling {FRENCH}'),
        ("body mentions gambling", f'body "Au casino" {FRENCH}'),
        ("register", f'body "Soldes" registers.FR.listed yes {FRENCH}'),
    ],
)
def test_an_allowed_message_breaks_a_promise(promise: str, test: str) -> None:
    assert differences(promise, test) == [f"never allow when {promise}"]


@pytest.mark.parametrize(
    ("promise", "test"),
    [
        ("consent is opted_out", f'body "Soldes" consent none {FRENCH}'),
        ("consent is opted_out", f'body "Soldes" {FRENCH}'),
        ("subject is gambling", f'body "Soldes" subjects gifts {FRENCH}'),
        ("subject is gambling", f'body "Soldes" {FRENCH}'),
        ("consent is opted_out", 'body "Soldes" consent opted_out to "+32470123456" expect allow'),
        ("register", f'body "Soldes" registers.BE.listed yes {FRENCH}'),
    ],
)
def test_what_is_not_known_or_not_meant_breaks_none(promise: str, test: str) -> None:
    assert differences(promise, test) == []


def test_a_refused_message_breaks_none() -> None:
    test = 'body "Soldes" consent opted_out to "+33639980001" expect deny by refused'
    assert differences("consent is opted_out", test, REFUSED) == []


def test_the_text_as_it_is_to_be_sent_counts() -> None:
    adding = 'rule adds "It adds" { append " casino" basis house }\n'
    found = differences("body mentions gambling", f'body "Soldes" {FRENCH}', adding)
    assert found == ["never allow when body mentions gambling"]


def test_a_deferred_message_is_held_against_the_time_at_which_it_may_go() -> None:
    hours = 'rule hours "Mornings" { only 08:00-12:00 basis house }\n'
    test = 'body "Soldes" at 2026-11-24 22:00 consent.at 2026-11-23 12:00 to "+33639980001" expect defer'
    assert differences("consent.age > 18 hours", test, hours) == ["never allow when consent.age > 18 hours"]
    assert differences("consent.age > 44 hours", test, hours) == []


BERLIN = """policy BERLIN "Berlin" {
  recipients DE-BE
  languages  de
  never allow when consent is opted_out
  test "One" { from "ACME" category promotional consent opted_out body "Hallo" to "+4915123456789" expect allow %s }
}
"""


@pytest.mark.parametrize(
    ("known", "broken"), [("", 1), ("recipient.subdivision DE-BE", 1), ("recipient.subdivision DE-BY", 0)]
)
def test_a_promise_of_a_state_is_held_wherever_the_recipient_may_be_in_it(known: str, broken: int) -> None:
    policy = Policy.from_sources([Source("promise.policy", BERLIN % known)], bundled=False)
    found = [one.expected for result in run_tests(policy, policy.rule_set.tests) for one in result.differences]
    assert found == ["never allow when consent is opted_out"] * broken


def test_a_promise_of_a_state_says_nothing_of_another_country() -> None:
    policy = Policy.from_sources([Source("promise.policy", BERLIN.replace("DE-BE", "US-FL") % "")], bundled=False)
    assert all(result.passed for result in run_tests(policy, policy.rule_set.tests))


def test_a_message_without_subjects_breaks_no_promise_about_them() -> None:
    assert differences("subject is not gifts", f'body "Soldes" {FRENCH}') == []
    assert differences("not (subject is gifts)", f'body "Soldes" subjects loans {FRENCH}') != []
