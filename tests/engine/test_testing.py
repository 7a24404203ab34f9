"""The tests inside rule files: what they expect, and how a difference is told."""

from __future__ import annotations

import pytest
from sendlaw.engine.testing import run_tests, silent_rules

from .rule_tests import TO_FRANCE, policy_with, result, results


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
        ("", "missing holidays", "nothing is missing"),
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


OLD = """
policy AGES "Ages" {
  recipients FR
  languages fr
  rule old "Old" { when consent.age > 10 days warn "It is old." basis house }
  rule young "Young" { when consent.age <= 10 days warn "It is young." basis house }
}
"""


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("warn", None),
        ('warn "It is old."', None),
        ('warn "It is old." by AGES.old', None),
        ("warn by AGES.old", None),
        ("no warn", "warn by AGES.old, AGES.young"),
        ("no warn by AGES.old", "warn by AGES.old"),
        ('no warn "It is old."', "warn “It is old.”"),
        # What is told now, at 00:30, and no longer at 09:00, is no warning of the verdict, though a reason.
        ("warn by AGES.young", None),
        ('warn "It is young."', "warn “It is old.”"),
        # What refuses then is no expectation of what refuses now.
        ("no defer by hours_winter", "defer by FR.hours_winter"),
        ("no deny", None),
    ],
)
def test_a_deferral_is_judged_by_what_is_told_at_its_end(expected: str, got: str | None) -> None:
    late = f"{TO_FRANCE} at 2026-11-24 00:30 consent.at 2026-11-14 02:00"
    policy = policy_with(f"{late} expect defer expect {expected}", OLD)
    (found,) = run_tests(policy, policy.rule_set.tests)
    assert [difference.got for difference in found.differences] == ([] if got is None else [got])


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


def test_a_row_expects_all_that_expect_does() -> None:
    found = results(
        """to "+33639981234" from "ACME" category promotional cases (body, consent) {
          "Soldes STOP" | opted_in | segments 1
          "Soldes STOP" | opted_in | segments 2
          "“STOP”"      | opted_in | encoding ucs2
          "“STOP”"      | opted_in | encoding gsm7
          "STOP"        | unknown  | missing consent
          "STOP"        | unknown  | missing holidays
          "Soldes"      | opted_in | missing brand.stop
          "STOP"        | opted_in | text "STOP"
          "STOP"        | opted_in | text "x"
        }"""
    )
    assert [[difference.got for difference in one.differences] for one in found] == [
        [],
        ["1 in GSM-7"],
        [],
        ["UCS-2"],
        [],
        ["missing consent"],
        [],
        [],
        ["“STOP”"],
    ]


def test_a_row_expects_what_a_reply_means() -> None:
    found = results(
        """cases (reply) {
          "stop"    | opt_out in fr
          "bonjour" | opt_out in fr
          "oui"     | opt_in in fr
          "stop"    | nothing
          "nothing" | nothing
        }
        """
    )
    assert [[difference.got for difference in one.differences] for one in found] == [
        [],
        ["nothing"],
        [],
        ["opt_out in fr, by “STOP” of FR"],
        [],
    ]


def test_a_broken_promise_fails_the_test_that_shows_it() -> None:
    found = result(f'{TO_FRANCE} campaign "secret" expect allow')
    (difference,) = found.differences
    assert difference.expected == 'never allow when campaign is "secret"'
    assert difference.got == "this message is allowed"
    assert result(f'{TO_FRANCE} campaign "secret" consent.method written at 2026-11-24 22:00 expect defer').differences
    denied = TO_FRANCE.replace("consent opted_in", "consent none")
    assert result(f'{denied} campaign "secret" expect deny by consent').passed
