"""What would let a message pass: each proposal is judged anew, needs every change it names, and says it honestly."""

from __future__ import annotations

from typing import Any

import pytest
from sendlaw.engine.changes import MOST_JUDGED, what_would_allow
from sendlaw.engine.message import parse_message
from sendlaw.engine.policy import Policy
from sendlaw.policy.source import Source

HEAD = """policy FR "France" { recipients FR languages fr
  words gambling { fr: "casino", "pari* sportif*" }
  table senders (country, sender_type) -> (support) {
    FR | alphanumeric | yes
    FR | short_code   | yes
    FR | long_code    | no
    *  | *            | undocumented
  }
"""
MESSAGE: dict[str, Any] = {
    "to": "+33639981234",
    "sender": "ACME",
    "category": "promotional",
    "body": "Soldes",
    "at": "2026-11-24T22:14:00+01:00",
    "history": [],
}


def policy_with(*rules: str) -> Policy:
    written = "".join(f'rule r{number} "R" {{ {rule} basis house }}\n' for number, rule in enumerate(rules))
    return Policy.from_sources([Source("fr.policy", f"{HEAD}{written}}}")], bundled=False)


def proposals(rules: tuple[str, ...], **fields: Any) -> list[tuple[str, ...]]:
    answer = what_would_allow(policy_with(*rules), {**MESSAGE, **fields})
    return [tuple(change.what for change in proposal.changes) for proposal in answer.proposals]


WAIT = "sent on Wednesday 2026-11-25 at 08:00 (+01:00)"
HOURS, CONSENT = "only 08:00-21:30", "require consent is opted_in"
OPTED_IN = "if the recipient has opted in"


@pytest.mark.parametrize(
    "rule, fields, what",
    [
        (HOURS, {}, WAIT),
        ("deny before 2026-12-01", {}, "sent on Tuesday 2026-12-01 at 00:00 (+01:00)"),
        (
            "limit 1 per 1 day per recipient",
            {"history": None},
            "if nothing was sent to the recipient before, and that is known",
        ),
        (CONSENT, {}, OPTED_IN),
        (CONSENT, {"consent": {"status": "opted_out"}}, "if the recipient has opted in again"),
        ("require consent is existing_customer", {}, "if the recipient is a customer who did not refuse"),
        ("require consent.method is written", {}, "if the recipient consented in writing"),
        ("require consent.double", {}, "if the consent was confirmed a second time"),
        ("require consent.age <= 2 years", {}, "if the consent was given or confirmed on 2026-11-24"),
        (
            "require consent.age <= 6 months",
            {"consent": {"status": "existing_customer"}},
            "if the relation last ended on 2026-11-24",
        ),
        ("only 08:00-21:30 unless consent covers night", {}, WAIT),
        ("deny unless consent covers night", {}, "if the consent covers night expressly"),
        ("require brand.stop is known", {}, "with a number or link for refusals, stated as brand.stop"),
        ("require brand.name is known", {}, "with the brand's name, stated as brand.name"),
        ("require brand.country is FR", {}, "if the brand is established in FR"),
        ("require recipient.language is fr", {}, "if the recipient's language is fr"),
        ("require recipient.age_at_least >= 18", {}, "if the recipient is at least 18 years old"),
        ("require recipient.age_at_least > 18", {}, "if the recipient is at least 19 years old"),
        (
            "require register is no and register.age <= 30 days",
            {},
            "if the do-not-contact register of FR was asked on 2026-11-24 and does not list the number",
        ),
        ('require registrations has "sender_id:FR"', {}, "if the sender ID is registered in FR (`sender_id:FR`)"),
        ("require sender.registered", {}, "if the sender ID is registered in FR (`sender_id:FR`)"),
        ('require registrations has "10dlc"', {}, "if the sender is registered (`10dlc`)"),
        ("require answers is request", {}, "if it answers a request of the recipient"),
        ("require sender.type is short_code", {}, "from a short code of FR"),
        ('require sender.id ends with "-AD"', {}, "with the sender ID ACME-AD"),
        ('require sender.id starts with "AD-"', {"sender": "LONGERNAMES"}, "with the sender ID AD-LONGERNA"),
        ('require sender.id matches "[A-Z]+-AD"', {}, "with the sender ID ACME-AD"),
        ("when subject is gambling deny", {"body": "Au Casino ce soir"}, "without “Casino”"),
        ("when body mentions gambling deny", {"body": "Pari sportif, casino"}, "without “Pari sportif”, “casino”"),
        ("when subject is gambling deny", {"subjects": ["gambling"]}, "if the message is not about gambling"),
        ("require count of body.links <= 0", {"body": "ici : https://example.org/a"}, "without its links"),
        (
            "require count of body.shorteners <= 0",
            {"body": "https://bit.ly/a ou example.org/b"},
            "without its shortened links",
        ),
        (
            "require count of body.phone_numbers <= 0",
            {"body": "Appelez 01 23 45 67 89 !"},
            "without the phone numbers in its text",
        ),
        ("require encoding is gsm7", {"body": "Soldes 🎉"}, "without the characters that GSM-7 lacks (🎉)"),
        ("require segments <= 1", {"body": "a" * 200}, "cut to 1 segment, 160 characters"),
        ("require length of body <= 20", {"body": "a" * 200}, "cut to 20 characters"),
        ('require body mentions "STOP"', {}, "with “STOP” in its text"),
        ('require body starts with "(Pub)"', {}, "with “(Pub)” at its beginning"),
        ('require body ends with "STOP 36111"', {}, "with “STOP 36111” at its end"),
        ("require body mentions brand.name", {"brand": {"name": "Soleil"}}, "with “Soleil” in its text"),
    ],
)
def test_one_change(rule: str, fields: dict[str, Any], what: str) -> None:
    assert (what,) in proposals((rule,), **fields)


US = """policy US "US" { recipients US languages en rule hours "R" { only 13:00-20:00 basis house } }
policy TX "TX" { recipients US-TX languages en rule none_there "R" { deny basis house } }"""


def test_where_the_recipient_is() -> None:
    policy = Policy.from_sources([Source("us.policy", US)], bundled=False)
    answer = what_would_allow(policy, {**MESSAGE, "to": "+18005550199"})
    told = [[change.what for change in proposal.changes] for proposal in answer.proposals]
    # 15:14 in Chicago, but 11:14 in Honolulu: the number alone does not say which
    assert [
        "if the recipient is known to be in US-AK",
        "if the recipient's clock is that of America/Chicago",
    ] in told
    assert not any("TX" in what for changes in told for what in changes)


def test_changes_together_and_only_those_that_are_needed() -> None:
    policy = policy_with(HOURS, CONSENT, "require brand.stop is known", "when subject is gambling deny")
    answer = what_would_allow(policy, {**MESSAGE, "body": "Casino"})
    (first,) = answer.proposals
    assert [(change.what, change.kind) for change in first.changes] == [
        (WAIT, "choice"),
        ("with a number or link for refusals, stated as brand.stop", "choice"),
        ("without “Casino”", "choice"),
        (OPTED_IN, "fact"),
    ]
    assert first.sets == {
        "at": "2026-11-25T08:00:00+01:00",
        "brand.stop": "36111",
        "body": "",
        "consent.status": "opted_in",
    }
    assert first.verdict.decision == "allow"


def test_larger_sets_are_told_where_they_hold_no_smaller_one() -> None:
    found = proposals(
        (f"{HOURS} unless consent covers night", "when consent.covers is known and consent covers night deny")
    )
    assert found == [(WAIT,)]
    assert proposals((f"unless consent covers night {HOURS}",)) == [(WAIT,), ("if the consent covers night expressly",)]


def test_what_nothing_can_move() -> None:
    answer = what_would_allow(policy_with("deny", HOURS), MESSAGE)
    assert (answer.proposals, answer.unmoved) == ((), ("FR.r0",))


@pytest.mark.parametrize(
    ("rule", "fields", "why"),
    [
        ("deny", {}, "it asks nothing: it refuses whatever is sent"),
        (
            "when recipient.line is fixed deny",
            {},
            "the numbering plan does not tell `recipient.line` of this number, and no field of a message states it; "
            "only a message to another number may pass",
        ),
        (
            "when recipient.line is fixed deny",
            {"to": "+33123456789"},
            "`recipient.line` follows from the number in `to`; only a message to another number may pass",
        ),
        (
            "when category is promotional deny",
            {},
            "what the message is for is no matter of choice (`category`)",
        ),
        (
            "require register is no",
            {"registers": {"FR": {"listed": True, "checked": "2026-11-24"}}},
            "the do-not-contact register lists the number (`register`); only a message to another number may pass",
        ),
        (
            "when category is promotional and recipient.country is FR deny",
            {},
            "what the message is for is no matter of choice (`category`); "
            "`recipient.country` follows from the number in `to`; only a message to another number may pass",
        ),
        # the sender could be another, though none that was tried helps
        ("when sender.type is not toll_free and recipient.country is FR deny", {}, None),
        ('require body mentions "stopp*"', {}, None),
        ("require brand.country is BE", {}, None),
    ],
)
def test_why_nothing_moves_a_rule_is_told_where_it_is_certain(
    rule: str, fields: dict[str, Any], why: str | None
) -> None:
    answer = what_would_allow(policy_with(rule), {**MESSAGE, **fields})
    assert (answer.proposals, answer.unmoved) == ((), ("FR.r0",))
    assert dict(answer.why) == ({} if why is None else {"FR.r0": why})
    assert answer.model_dump()["why"] == dict(answer.why)


def test_a_rule_that_something_moves_has_no_such_reason() -> None:
    answer = what_would_allow(
        policy_with("when recipient.line is fixed and category is promotional deny", CONSENT), MESSAGE
    )
    assert answer.unmoved == ("FR.r0",)
    assert list(answer.why) == ["FR.r0"]
    assert what_would_allow(policy_with(CONSENT), MESSAGE).why == {}


def test_a_listed_number_and_earlier_sends_are_not_wished_away() -> None:
    listed = {"registers": {"FR": {"listed": True, "checked": "2026-11-24"}}}
    assert proposals(("require register is no",), **listed) == []
    earlier = [{"at": "2026-11-24T20:00:00+01:00", "category": "promotional", "sender": "ACME"}]
    found = proposals(("limit 1 per 1 day per recipient",), history=earlier)
    assert found == [("sent on Wednesday 2026-11-25 at 20:00 (+01:00)",)]


def test_a_sender_that_the_country_does_not_support_is_not_proposed() -> None:
    assert proposals(("require sender.type is long_code",)) == []


def test_an_allowed_message_and_one_to_no_country_need_no_change() -> None:
    policy = policy_with(HOURS)
    assert what_would_allow(policy, {**MESSAGE, "at": "2026-11-24T12:00:00+01:00"}).proposals == ()
    nowhere = what_would_allow(policy, {**MESSAGE, "to": "+88213300655"})
    assert (nowhere.proposals, nowhere.unmoved) == ((), ("sendlaw.number",))
    assert nowhere.why == {"sendlaw.number": "the number in `to` belongs to no country, and no rule speaks for it"}


# ---- with the bundled rules


BUNDLED: list[dict[str, Any]] = [
    {"to": "+33612345678"},
    {"to": "+33612345678", "body": "Casino http://bit.ly/x", "history": None},
    {"to": "+12025550123"},
    {"to": "+919812345678"},
    {"to": "+966512345678"},
    {"to": "+27821234567", "history": None},
    {"to": "+447400123456", "consent": {"status": "opted_out"}},
]


@pytest.fixture(scope="module")
def bundled() -> Policy:
    return Policy.load()


def changed(fields: dict[str, Any], sets: dict[str, Any]) -> dict[str, Any]:
    """The message with some dotted fields set, as somebody would who reads the answer."""
    data = parse_message({**MESSAGE, **fields}).model_dump(mode="json")
    for name, value in sets.items():
        part = data
        *path, last = name.split(".")
        for step in path:
            part = part.setdefault(step, {})
        part[last] = value
    return data


@pytest.mark.parametrize("fields", BUNDLED, ids=lambda fields: fields["to"])
def test_every_proposal_lets_the_message_pass_and_nothing_in_it_is_spare(
    fields: dict[str, Any], bundled: Policy
) -> None:
    answer = what_would_allow(bundled, {**MESSAGE, **fields})
    assert answer.proposals
    assert answer.judged <= MOST_JUDGED
    for proposal in answer.proposals:
        sets = dict(proposal.sets)
        assert bundled.interpret(changed(fields, sets)).decision == "allow"
        assert bundled.evaluate(changed(fields, {})).decision != "allow"
        if len(proposal.changes) == len(sets):
            for name in sets:
                fewer = {other: value for other, value in sets.items() if other != name}
                assert bundled.evaluate(changed(fields, fewer)).decision != "allow", (name, sets)


def test_the_answer_is_the_same_every_time(bundled: Policy) -> None:
    message = {**MESSAGE, **BUNDLED[1]}
    assert what_would_allow(bundled, message).model_dump() == what_would_allow(bundled, message).model_dump()
