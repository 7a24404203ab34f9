"""The code that is generated: countries whose rules have one shape share it, and nothing of what their rules say."""

from __future__ import annotations

from sendlaw.engine.codegen import Known
from sendlaw.engine.compiler import Plan
from sendlaw.engine.evaluator import Evaluator
from sendlaw.engine.facts import read_facts, read_number
from sendlaw.engine.message import parse_message
from sendlaw.engine.policy import Policy

from .meaning import ANYWHERE_US, MUNICH, PARIS, judged, message, policy, told, written

RULES = """
rule hours "Hours" {{ only {hours} LAW }}
rule size "Size" {{ require length of sender.id <= {length} LAW }}
rule seldom "Seldom" {{ limit {limit} per 1 day per recipient LAW }}
rule name "Name" {{ require sender.id matches "{pattern}" LAW }}
rule asked "Asked" {{ require consent is {status} LAW }}
"""
FRENCH = {"hours": "08:00-20:00", "length": "4", "limit": "2", "pattern": "[A-Z]*", "status": "opted_in"}
GERMAN = {"hours": "09:00-13:00", "length": "9", "limit": "1", "pattern": "[a-z]*", "status": "existing_customer"}


def both() -> Policy:
    return policy(
        written(RULES.format(**FRENCH), "FR", "FR"),
        written(RULES.format(**GERMAN), "DE", "DE"),
    )


def plan_of(rules: Policy, to: str) -> Plan:
    judge = rules._evaluator
    assert isinstance(judge, Evaluator)
    asked = parse_message(message(to=to))
    return judge.plan(read_facts(asked, read_number(asked), rules.index, rules.subject_words))


def test_rules_of_one_shape_share_their_code_and_not_their_numbers() -> None:
    rules = both()
    french, german = (plan_of(rules, to).speakers for to in (PARIS, MUNICH))
    assert french is not german
    assert french.__code__ is german.__code__
    history = [{"at": "2026-11-24T10:00:00+01:00", "category": "promotional", "sender": "ACME"}]
    late = {"at": "2026-11-24T14:00:00+01:00", "history": history}
    for to, consent, sender, said in (
        (PARIS, "opted_in", "ACME", "allow"),
        (PARIS, "existing_customer", "ACME", "deny; FR.asked deny"),
        (PARIS, "opted_in", "acmes", "deny; FR.name deny; FR.size deny"),
        (MUNICH, "existing_customer", "acmes", "defer 2026-11-25T10:00:00+01:00; DE.hours defer; DE.seldom defer"),
        (MUNICH, "opted_in", "ACME", "deny; DE.asked deny; DE.hours defer; DE.name deny; DE.seldom defer"),
        (PARIS, "opted_in", "ACME", "allow"),
    ):
        assert told(judged(rules, {"to": to, "consent": {"status": consent}, "sender": sender, **late})) == said


def test_equal_constants_are_one_and_what_only_compares_equal_is_not() -> None:
    same: dict[object, object] = {}
    one, other = Known({}, {}, same), Known({}, {}, same)
    for value, equal in (
        (frozenset("ab"), frozenset("ba")),
        ("opted", "".join(["op", "ted"])),
        ((1, "x"), (*[1], "x")),
    ):
        assert value is not equal
        assert one.constants[one.constant(value)] is other.constants[other.constant(equal)] is value
    names = [one.constant(value) for value in (1, True, 0, False)]
    assert [one.constants[name] for name in names] == [1, True, 0, False]
    assert [type(one.constants[name]) for name in names] == [int, bool, int, bool]
    assert one.constants[one.made(str.upper, "x")] is other.constants[other.made(str.upper, "x")]
    assert one.constants[one.made(str.title, "xy")] == "Xy" != other.constants[other.made(str.upper, "xy")]


def test_the_rules_of_a_state_do_not_speak_in_another_country() -> None:
    """Where no subdivision is known, all that policies name of the country may be the recipient's, and no other."""
    rules = policy(
        written('rule a "A" { deny LAW }', "US-NY", "NY", "holidays US"),
        written('rule b "B" { deny LAW }', "FR-IDF", "IDF"),
    )
    assert told(judged(rules, {"to": PARIS})) == "deny; IDF.b deny ?recipient.subdivision"
    assert told(judged(rules, {"to": MUNICH})) == "allow"
    assert told(judged(rules, {"to": ANYWHERE_US})) == "deny; NY.a deny ?recipient.subdivision"
