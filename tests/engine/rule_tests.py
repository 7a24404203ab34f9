"""A small rule set with a test of one's own in it, for the tests of tests."""

from __future__ import annotations

from sendlaw.engine.message import Message
from sendlaw.engine.policy import Policy
from sendlaw.engine.test_messages import build_message
from sendlaw.engine.testing import CaseResult, run_tests
from sendlaw.policy.source import Source

HEAD = """
policy FR "France" {
  recipients FR
  languages fr
  rule hours "Hours" {
    when category is promotional
    only 08:00-21:30
    basis house
  }
  rule hours_winter "Winter hours" {
    when category is promotional
    only 09:00-24:00
    basis house
  }
  rule consent "Consent" {
    when category is promotional
    require consent is opted_in
    basis house
  }
  rule way_out "Way out" {
    when category is promotional
    require body mentions "STOP"
    else append " STOP {stop}"
    basis house
  }
  rule late "Late" {
    when campaign is known and campaign is "late"
    warn "It is late."
    basis house
  }
  rule slowly "Pace" {
    when campaign is known and campaign is "fast"
    pace 1 per 1 second per sender
    basis house
  }
  rule ad "Label" {
    when campaign is known and campaign is "label"
    prepend "(Pub) "
    basis house
  }
  rule often "Often" {
    when category is promotional
    limit 1 per 1 day per recipient
    basis house
  }
  never allow when campaign is "secret"
  replies {
    opt_out fr: "STOP", "ARRÊT"
    opt_in  fr: "OUI"
  }
"""
US = """
policy US "United States" {
  recipients US
  languages en
  rule hours "Hours" { when category is promotional only 08:00-21:00 basis house }
}
"""
TO_FRANCE = 'to "+33639981234" from "ACME" category promotional consent opted_in body "Soldes STOP"'


def policy_with(test: str, more: str = US) -> Policy:
    return Policy.from_sources([Source("fr.policy", f'{HEAD}  test "T" {{ {test} }}\n}}\n{more}')], bundled=False)


def results(test: str) -> list[CaseResult]:
    policy = policy_with(test)
    return list(run_tests(policy, policy.rule_set.tests))


def result(test: str) -> CaseResult:
    (found,) = results(test)
    return found


def built(settings: str) -> Message:
    (test,) = policy_with(f"{settings} expect allow").rule_set.tests
    return build_message(test.cases[0])
