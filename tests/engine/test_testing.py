"""The tests inside rule files: what they set, what they expect, and how a difference is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sendlaw.engine.message import Message
from sendlaw.engine.policy import Policy
from sendlaw.engine.test_messages import SettingError, build_message
from sendlaw.engine.testing import CaseResult, run_tests, silent_rules
from sendlaw.engine.text import digest
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


# ---- the message


PARIS = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    "moment, expected",
    [
        ("2026-11-24 22:14", datetime(2026, 11, 24, 21, 14, tzinfo=UTC)),
        ("2026-11-24 22:14:30", datetime(2026, 11, 24, 21, 14, 30, tzinfo=UTC)),
        ("2026-07-01 00:00", datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
        ("2026-11-24 22:14 America/New_York", datetime(2026, 11, 25, 3, 14, tzinfo=UTC)),
        ("2026-11-24 22:14 Asia/Calcutta", datetime(2026, 11, 24, 16, 44, tzinfo=UTC)),
        ("2026-11-24 22:14 UTC", datetime(2026, 11, 24, 22, 14, tzinfo=UTC)),
        ("2026-11-24 22:14Z", datetime(2026, 11, 24, 22, 14, tzinfo=UTC)),
        ("2026-11-24 22:14 +05:30", datetime(2026, 11, 24, 16, 44, tzinfo=UTC)),
        ("2026-11-24 22:14 -03:00", datetime(2026, 11, 25, 1, 14, tzinfo=UTC)),
        # clocks go back on 25 October 2026: the first of two
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_time_of_a_message(moment: str, expected: datetime) -> None:
    assert built(f"{TO_FRANCE} at {moment}").at == expected


def test_a_message_without_a_time_is_sent_at_noon_of_a_fixed_day_on_the_recipients_clock() -> None:
    assert built(TO_FRANCE).at == datetime(2026, 1, 15, 12, 0, tzinfo=PARIS)
    everywhere = TO_FRANCE.replace("+33639981234", "+18005550199")
    assert built(everywhere).at.hour == 12
    assert built(everywhere) == built(everywhere)


def test_a_stated_zone_is_the_recipients_clock() -> None:
    message = built(
        'to "+12025550123" from "ACME" category promotional body "x" recipient.timezone "America/Denver" '
        "at 2026-11-24 22:14"
    )
    assert message.at == datetime(2026, 11, 25, 5, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "settings, reason",
    [
        (f"{TO_FRANCE} at 2026-03-29 02:30", "`2026-03-29 02:30` does not exist in Europe/Paris: clocks skip it"),
        (TO_FRANCE.replace("+33639981234", "+18005550199") + " at 2026-11-24 22:14", "needs a zone or offset"),
        (TO_FRANCE.replace("+33639981234", "+88213300655") + " at 2026-11-24 22:14", "needs a zone or offset"),
        ('from "ACME" category promotional body "x"', "the message is wrong: to: is required"),
        ('to "+33639981234" from "ACME" category promotional', "the message is wrong: body: is required"),
        (TO_FRANCE.replace("+33639981234", "+331"), "the message is wrong: to: not a possible phone number"),
        (TO_FRANCE.replace("Soldes STOP", ""), ""),
    ],
)
def test_a_message_that_cannot_be_made(settings: str, reason: str) -> None:
    if not reason:
        assert built(settings).body == ""
        return
    with pytest.raises(SettingError) as caught:
        built(settings)
    assert reason in caught.value.reason
    told = result(f"{settings} expect allow").differences[0]
    assert reason in told.got
    assert told.span == caught.value.span


def test_every_field_of_a_message_can_be_set() -> None:
    message = built(
        'id "m1" to "+33639981234" sender "36123" sender_type short_code sender_country FR sender_shared yes '
        'brand.name "ACME" brand.country FR brand.stop "36179" registrations "sender_id:FR", "10dlc" channel mms '
        'category political answers request subjects gambling, "health" body "a \\"b\\"" campaign "c" '
        'recipient.timezone "Europe/Paris" recipient.subdivision FR-57 recipient.language fr '
        "recipient.age_at_least 18 consent existing_customer consent.method purchase consent.at 2026-01-02 "
        "consent.double no consent.covers night, calls registers.FR.listed yes registers.FR.checked 2026-01-03 "
        "history unknown at 2026-11-24 22:14"
    )
    assert message.model_dump(mode="json", exclude={"at", "consent"}) == {
        "id": "m1",
        "to": "+33639981234",
        "sender": "36123",
        "sender_type": "short_code",
        "sender_country": "FR",
        "sender_shared": True,
        "brand": {"name": "ACME", "country": "FR", "stop": "36179"},
        "registrations": ["sender_id:FR", "10dlc"],
        "registers": {"FR": {"listed": True, "checked": "2026-01-03"}},
        "channel": "mms",
        "category": "political",
        "answers": "request",
        "subjects": ["gambling", "health"],
        "body": 'a "b"',
        "campaign": "c",
        "recipient": {
            "timezone": "Europe/Paris",
            "subdivision": "FR-57",
            "language": "fr",
            "age_at_least": 18,
        },
        "history": None,
    }
    consent = message.consent
    assert (consent.status, consent.method, consent.double, consent.covers) == (
        "existing_customer",
        "purchase",
        False,
        ("night", "calls"),
    )
    assert consent.at == datetime(2026, 1, 2, 0, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    "setting, field, expected",
    [
        ("answers none", "answers", None),
        ("sender_country none", "sender_country", None),
        ("history []", "history", ()),
        ("sender_shared no", "sender_shared", False),
    ],
)
def test_words_that_stand_for_nothing(setting: str, field: str, expected: object) -> None:
    assert getattr(built(f"{TO_FRANCE} {setting}"), field) == expected


def test_history() -> None:
    history = built(
        f'{TO_FRANCE} history [ 2025-11-20 10:00 promotional, 2025-11-21 10:00Z transactional from "OTHER" brand "B" '
        'campaign "C" subjects gambling text "hé" ]'
    ).history
    assert history is not None
    first, second = history
    assert (first.at, first.category, first.sender) == (
        datetime(2025, 11, 20, 9, 0, tzinfo=UTC),
        "promotional",
        "ACME",
    )
    assert (second.at, second.sender, second.brand, second.campaign) == (
        datetime(2025, 11, 21, 10, 0, tzinfo=UTC),
        "OTHER",
        "B",
        "C",
    )
    assert second.subjects == ("gambling",)
    assert second.text == digest("hé")


# ---- what is expected


@pytest.mark.parametrize(
    "settings, expected, got",
    [
        ("at 2026-11-24 12:00", "allow", None),
        ("at 2026-11-24 12:00", "deny", "allow"),
        ("at 2026-11-24 12:00", "defer", "allow"),
        ("at 2026-11-24 22:00", "allow", "defer until 2026-11-25 09:00:00+01:00 by FR.hours"),
        ("at 2026-11-24 22:00", "defer", None),
        ("at 2026-11-24 22:00", "defer by hours", None),
        ("at 2026-11-24 22:00", "defer by FR.hours", None),
        ("at 2026-11-24 22:00", "defer until 2026-11-25 09:00 by hours", None),
        ("at 2026-11-24 22:00", "defer until 2026-11-25 08:00Z", None),
        (
            "at 2026-11-24 22:00",
            "defer until 2026-11-25 09:00 by hours_winter",
            "defer until 2026-11-25 09:00:00+01:00 by FR.hours",
        ),
        (
            "at 2026-11-24 22:00",
            "defer until 2026-11-25 08:00 by hours",
            "defer until 2026-11-25 09:00:00+01:00 by FR.hours",
        ),
        ("at 2026-11-24 07:00", "defer by hours, hours_winter", None),
        (
            "at 2026-11-24 07:00",
            "defer by hours, often",
            "defer until 2026-11-24 09:00:00+01:00 by FR.hours, FR.hours_winter",
        ),
        ("at 2026-11-24 12:00 history [ 2026-11-24 11:00 promotional ]", "defer until 2026-11-25 11:00 by often", None),
        ("consent.method written at 2026-11-24 12:00", "deny by consent", "allow"),
        # what rules add
        ('campaign "late"', 'warn "It is late."', None),
        ('campaign "late"', "warn by late", None),
        ('campaign "late"', 'warn "It is early."', "warn “It is late.”"),
        ("", "warn", "no warn"),
        ('campaign "fast"', "pace by slowly", None),
        ('campaign "fast"', 'pace "1 message per second per sender"', None),
        ('campaign "fast"', 'pace "a"', "pace “1 message per second per sender”"),
        ("", "pace", "no pace"),
        ('campaign "label"', 'prepend "(Pub) " by ad', None),
        ('campaign "label"', "append", "no append"),
        ('campaign "label"', "prepend by way_out", "prepend by FR.ad"),
        ('campaign "label"', 'text "(Pub) Soldes STOP"', None),
        ('campaign "label"', 'text "Soldes STOP"', "“(Pub) Soldes STOP”"),
        # what no rule does
        ("", "no deny", None),
        ("", "no deny by consent", None),
        ("", "no warn by late", None),
        ("", 'no append " STOP"', None),
        ("consent.method written at 2026-11-24 22:00", "no deny by consent", None),
        ("at 2026-11-24 22:00", "no deny by hours, consent", None),
        ("at 2026-11-24 22:00", "no defer", "defer until 2026-11-25 09:00:00+01:00 by FR.hours"),
        ("at 2026-11-24 22:00", "no defer by hours, often", "defer by FR.hours"),
        ("at 2026-11-24 22:00", "no defer by often", None),
        ('campaign "late"', "no warn", "warn by FR.late"),
        ('campaign "late"', "no warn by late", "warn by FR.late"),
        ('campaign "late"', 'no warn "It is early."', None),
        ('campaign "late"', 'no warn "It is late."', "warn “It is late.”"),
        ('campaign "late"', 'no warn "It is late." by ad', None),
        ('campaign "fast"', "no pace by slowly", "pace by FR.slowly"),
        ('campaign "label"', "no prepend", "prepend by FR.ad"),
        ('campaign "label"', "no append by ad", None),
        # what the verdict says
        ("", "segments 1", None),
        ("", "segments 2", "1 in GSM-7"),
        ("", "encoding gsm7", None),
        ("", "encoding ucs2", "GSM-7"),
        ("", "missing consent", "nothing is missing"),
        ("history unknown", "missing history", None),
        ("history unknown", "missing brand.stop", "missing history"),
        # nothing of a message
        ("", "nothing", "a verdict: the test has no `reply`"),
        ("", "opt_out in fr", "a verdict: the test has no `reply`"),
    ],
)
def test_expectations_of_a_message(settings: str, expected: str, got: str | None) -> None:
    found = result(f"{TO_FRANCE} {settings} expect {expected}")
    if got is None:
        assert found.passed, found.differences
    else:
        (difference,) = found.differences
        assert (difference.expected, difference.got) == (expected, got)
        assert difference.span.line == found.case.span.line


def test_a_refusal_is_not_expected_away_by_naming_another_rule() -> None:
    refused = TO_FRANCE.replace("consent opted_in", "consent none")
    assert result(f"{refused} expect no deny by ad").passed
    (difference,) = result(f"{refused} expect no deny").differences
    assert (difference.expected, difference.got) == ("no deny", "deny by FR.consent")


def test_no_is_also_a_value_in_a_row() -> None:
    yes, no = results(f"{TO_FRANCE} cases (sender_shared) {{ yes | no deny\n no | no # why\n deny by consent }}")
    assert yes.passed and no.passed
    assert no.case.expects[0].negated


def test_a_deferral_is_judged_by_what_is_added_at_its_end() -> None:
    late = TO_FRANCE.replace("Soldes STOP", "Soldes") + ' brand.stop "36179" at 2026-11-24 22:00'
    assert result(f'{late} expect defer expect append " STOP 36179" by way_out expect text "Soldes STOP 36179"').passed


def test_every_difference_is_told() -> None:
    found = result(f"{TO_FRANCE} expect deny expect segments 3 expect allow")
    assert [difference.expected for difference in found.differences] == ["deny", "segments 3"]


@pytest.mark.parametrize(
    "settings, expected, why",
    [
        ("at 2026-11-24 12:00", "defer by hours", {"FR.hours": "the window is open"}),
        (
            "at 2026-11-24 08:30",
            "defer by hours, hours_winter, often",
            {
                "FR.hours": "the window is open",
                "FR.often": "there is room within the limit",
            },
        ),
        ("at 2026-11-24 12:00", "deny by consent", {"FR.consent": "what it requires holds"}),
        ("", "warn by late", {"FR.late": "its `when` does not hold"}),
        ("", "no deny by consent", {}),
        ("at 2026-11-24 22:00", "allow", {}),
        ("at 2026-11-24 22:00", "no defer by hours", {}),
    ],
)
def test_rules_that_were_expected_and_stayed_silent_are_explained(
    settings: str, expected: str, why: dict[str, str]
) -> None:
    policy = policy_with(f"{TO_FRANCE} {settings} expect {expected}")
    (found,) = run_tests(policy, policy.rule_set.tests)
    assert {looked.rule.id: looked.why for looked in silent_rules(policy, found)} == why


@pytest.mark.parametrize(
    "reply, expected, got",
    [
        ('reply "stop"', "opt_out in fr", None),
        ('reply "arret"', "opt_out in fr", None),
        ('reply "stop"', "opt_out in en", "opt_out in fr, by “STOP” of FR"),
        ('reply "stop"', "opt_in in fr", "opt_out in fr, by “STOP” of FR"),
        ('reply "oui"', "opt_in in fr", None),
        ('reply "bonjour"', "nothing", None),
        ('reply "bonjour"', "opt_out in fr", "nothing"),
        ('reply "stop"', "nothing", "opt_out in fr, by “STOP” of FR"),
        ('reply "stop" to "+12025550123"', "opt_out in fr", None),
        ('reply "oui" to "+12025550123"', "nothing", None),
        ('reply "stop" to "+331"', "opt_out in fr", "to: not a possible phone number: too short for country code +33"),
        ('reply "stop"', "allow", "a reply, which is not judged: leave `reply` out"),
    ],
)
def test_expectations_of_a_reply(reply: str, expected: str, got: str | None) -> None:
    found = result(f"{reply} expect {expected}")
    assert [difference.got for difference in found.differences] == ([] if got is None else [got])


def test_rows_are_cases_of_their_own() -> None:
    first, second = results(
        f"{TO_FRANCE} expect segments 1 cases (at) {{\n 2026-11-24 21:29 | allow\n 2026-11-24  21:30 | allow\n}}"
    )
    assert first.passed
    assert not second.passed
    assert second.row == "2026-11-24 21:30 | allow"
    assert second.case.span.line == first.case.span.line + 1


def test_a_broken_promise_fails_the_test_that_shows_it() -> None:
    found = result(f'{TO_FRANCE} campaign "secret" expect allow')
    (difference,) = found.differences
    assert difference.expected == 'never allow when campaign is "secret"'
    assert difference.got == "this message is allowed"
    assert result(f'{TO_FRANCE} campaign "secret" consent.method written at 2026-11-24 22:00 expect defer').differences
    denied = TO_FRANCE.replace("consent opted_in", "consent none")
    assert result(f'{denied} campaign "secret" expect deny by consent').passed
