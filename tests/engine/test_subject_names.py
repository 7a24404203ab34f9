"""Declared subjects that nothing in the rules names: a remark where one is close, silence where it is another word."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from sendlaw.engine import subject_names
from sendlaw.engine.policy import Policy
from sendlaw.policy.source import Source

RULES = """policy FR "France" {
  recipients FR
  languages  fr
  words timeshare { fr: "multipropriete" }
  table closed (about) -> (open) {
    fireworks | no
    *         | yes
  }
  table lines (line) -> (open) {
    gamblink | no
  }
  rule a "A" { when subject is gambling deny basis house }
  rule b "B" { when closed(subject).open is no deny basis house }
  rule c "C" { when sender.shared warn "shared" basis house }
}
"""
MESSAGE: dict[str, Any] = {
    "to": "+33639981234",
    "sender": "ACME",
    "category": "promotional",
    "body": "Soldes",
    "at": "2026-11-24T12:00:00+01:00",
    "history": [],
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_sources([Source("a.policy", RULES)], bundled=False)


def told(subject: str, meant: str) -> str:
    return f"no rule, table or list of words names the subject `{subject}`; did you mean `{meant}`?"


@pytest.mark.parametrize(
    ("subject", "meant"),
    [
        ("gambeling", "gambling"),
        ("Gambling", "gambling"),
        ("gamblink", "gambling"),
        ("debt collection", "debt_collection"),
        ("alcool", "alcohol"),
        ("timeshares", "timeshare"),
        ("firework", "fireworks"),
    ],
)
def test_a_subject_close_to_a_known_one_is_told(policy: Policy, subject: str, meant: str) -> None:
    verdict = policy.evaluate({**MESSAGE, "subjects": [subject]})
    assert verdict.warnings == (told(subject, meant),)
    assert policy.interpret({**MESSAGE, "subjects": [subject]}) == verdict
    assert verdict.decision == "allow"


@pytest.mark.parametrize("subject", ["gambling", "fireworks", "timeshare", "alcohol", "shoes", "news", "x" * 500, "*"])
def test_known_subjects_and_other_words_are_not_remarked_upon(policy: Policy, subject: str) -> None:
    assert policy.evaluate({**MESSAGE, "subjects": [subject]}).warnings == ()


def test_without_a_misspelling_the_verdict_is_what_it_was(policy: Policy) -> None:
    plain = policy.evaluate(MESSAGE).model_dump_json()
    assert policy.evaluate({**MESSAGE, "subjects": ["shoes", "loans"]}).model_dump_json() == plain
    assert policy.evaluate({**MESSAGE, "subjects": []}).model_dump_json() == plain


def test_remarks_stand_behind_those_of_rules_each_once_in_the_order_declared(policy: Policy) -> None:
    fields = {"sender": "12345", "sender_shared": True, "registrations": ["10-dlc"]}
    verdict = policy.evaluate({**MESSAGE, **fields, "subjects": ["gambeling", "shoes", "alcool", "gambeling"]})
    assert verdict.warnings == (
        "shared",
        "there is no registration called `10-dlc`; did you mean `10dlc`?",
        told("gambeling", "gambling"),
        told("alcool", "alcohol"),
    )


def test_the_verdict_on_a_number_of_no_country_says_it_too(policy: Policy) -> None:
    verdict = policy.evaluate({**MESSAGE, "to": "+88213300655", "subjects": ["gambeling"]})
    assert (verdict.decision, verdict.warnings) == ("deny", (told("gambeling", "gambling"),))


def test_a_list_of_subjects_is_compared_once(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    close = difflib.get_close_matches

    def counted(word: str, *others: Any, **more: Any) -> list[str]:
        compared.append(word)
        return close(word, *others, **more)

    monkeypatch.setattr(subject_names, "get_close_matches", counted)
    for _ in range(3):
        policy.evaluate({**MESSAGE, "subjects": ["gamblingg", "hats"]})
    assert compared == ["gamblingg", "hats"]
    policy.evaluate({**MESSAGE, "subjects": [f"hat{number}" for number in range(1000)]})
    assert len(compared) <= 2 + 50


def test_what_is_kept_does_not_grow_without_end(policy: Policy) -> None:
    names = subject_names.SubjectNames(policy.rule_set)
    for number in range(3000):
        assert names.warnings(("gambling", f"{number}" * 90)) == ()
    assert len(names._told) <= 1024
    assert names.warnings(("gambeling",)) == (told("gambeling", "gambling"),)
