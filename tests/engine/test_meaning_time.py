"""When a message may go: windows, holidays, dates, ages, limits, and the earliest instant, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from .meaning import ANYWHERE_US, MIAMI, MUNICH, NOON, judged, message, policy, told, written

HONOLULU, APIA = {"timezone": "Pacific/Honolulu"}, {"timezone": "Pacific/Apia"}


def sent(*moments: str, **fields: Any) -> list[dict[str, Any]]:
    usual = {"category": "promotional", "sender": "ACME"}
    return [usual | {"at": moment} | fields for moment in moments]


@pytest.mark.parametrize(
    ("window", "at", "expected"),
    [
        # The end is excluded, the second before is not; seconds, and parts of them dropped.
        ("08:00-21:30", "2026-11-24T07:59:59+01:00", "defer 2026-11-24T08:00:00+01:00; P.a defer"),
        ("08:00-21:30", "2026-11-24T08:00:00+01:00", "allow"),
        ("08:00-21:30", "2026-11-24T21:29:59.999+01:00", "allow"),
        ("08:00-21:30", "2026-11-24T21:30:00+01:00", "defer 2026-11-25T08:00:00+01:00; P.a defer"),
        ("08:00-21:30", "2026-11-24T20:30:00Z", "defer 2026-11-25T08:00:00+01:00; P.a defer"),
        # Up to 24:00; days that wrap round the week; several spans.
        ("mon-sat 00:00-24:00", "2026-11-28T23:59:59+01:00", "allow"),
        ("mon-sat 00:00-24:00", "2026-11-29T00:00:00+01:00", "defer 2026-11-30T00:00:00+01:00; P.a defer"),
        ("sat-thu 10:00-11:00", "2026-11-27T10:30:00+01:00", "defer 2026-11-28T10:00:00+01:00; P.a defer"),
        ("sat-thu 10:00-11:00", "2026-11-29T10:30:00+01:00", "allow"),
        ("mon 08:00-09:00, 12:00-13:00", "2026-11-24T08:30:00+01:00", "defer 2026-11-24T12:00:00+01:00; P.a defer"),
        # A fixed clock, whatever the recipient's.
        ("09:00-10:00 in Asia/Tokyo", "2026-11-24T12:00:00+01:00", "defer 2026-11-25T01:00:00+01:00; P.a defer"),
        # Outside, with a remark only.
        ('08:00-09:00 else warn "w"', "2026-11-24T12:00:00+01:00", "allow; P.a warn"),
        # Holidays: left out, or with hours of their own that replace the weekday's.
        ("08:00-20:00 except holidays", "2026-05-01T12:00:00+02:00", "defer 2026-05-02T08:00:00+02:00; P.a defer"),
        (
            "fri 08:00-20:00, holidays 10:00-11:00",
            "2026-05-01T12:00:00+02:00",
            "defer 2026-05-08T10:00:00+02:00; P.a defer",
        ),
        ("fri 08:00-20:00, holidays 10:00-11:00", "2026-05-01T10:30:00+02:00", "allow"),
        ("sat-sun holidays 09:00-20:00", "2026-05-01T10:30:00+02:00", "allow"),
        ("sat-sun holidays 09:00-20:00", "2026-05-04T10:30:00+02:00", "defer 2026-05-08T09:00:00+02:00; P.a defer"),
        # A skipped minute does not exist, a repeated one counts twice.
        ("02:30-04:00", "2026-03-29T01:59:59+01:00", "defer 2026-03-29T03:00:00+02:00; P.a defer"),
        ("02:10-02:50", "2026-10-25T02:30:00+02:00", "allow"),
        ("02:10-02:50", "2026-10-25T02:30:00+01:00", "allow"),
        ("02:10-02:50", "2026-10-25T02:50:00+02:00", "defer 2026-10-25T02:10:00+01:00; P.a defer"),
        ("02:10-02:50", "2026-10-25T02:50:00+01:00", "defer 2026-10-26T02:10:00+01:00; P.a defer"),
        # A holiday in a part of the country shuts as long as it is not known where they are.
        (
            "09:00-20:00 except holidays",
            "2026-12-26T10:00:00+01:00",
            "defer 2026-12-27T09:00:00+01:00; P.a defer ?recipient.subdivision",
        ),
        # A year without data is unknown where it turns on the holiday.
        ("09:00-20:00 except holidays", "2041-01-02T10:00:00+01:00", "deny; P.a deny ?holidays"),
        ("09:00-20:00", "2041-01-02T10:00:00+01:00", "allow"),
        ("09:00-20:00 except holidays", "2040-12-31T21:00:00+01:00", "deny; P.a deny ?holidays"),
    ],
)
def test_windows(window: str, at: str, expected: str) -> None:
    assert told(judged(policy(written(f'rule a "A" {{ only {window} LAW }}')), {"at": at})) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-12-25T21:00:00+01:00", "defer 2026-12-26T09:00:00+01:00; P.a defer"),
        ("2026-12-26T10:00:00+01:00", "allow; P.a warn ?recipient.subdivision"),
        ("2026-12-26T21:00:00+01:00", "defer 2026-12-27T09:00:00+01:00; P.a defer"),
        ("2040-12-31T21:00:00+01:00", "defer 2041-01-01T09:00:00+01:00; P.a defer"),
        ("2041-01-02T10:00:00+01:00", "allow; P.a warn ?holidays"),
        ("2041-01-02T21:00:00+01:00", "defer 2041-01-03T09:00:00+01:00; P.a defer"),
    ],
)
def test_a_guideline_only_warns_where_a_holiday_is_not_known_and_opens_there(at: str, expected: str) -> None:
    rules = policy(written('rule a "A" { only 09:00-20:00 except holidays GUIDE }'))
    assert told(judged(rules, {"at": at})) == expected


def test_what_lacks_for_a_holiday_is_told() -> None:
    rules = policy(written('rule a "A" { only 09:00-20:00 except holidays LAW }'))
    verdict = judged(rules, {"at": "2041-01-02T10:00:00+01:00"})
    assert verdict.reasons[0].detail.startswith("cannot be judged without holidays (no holiday data for FR in 2041);")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # Open in all zones the recipient may be in: 09:00 in Honolulu is 14:00 in New York.
        (
            {"to": ANYWHERE_US, "at": "2026-11-24T09:00:00-05:00"},
            "defer 2026-11-24T09:00:00-10:00; P.a defer",
        ),
        ({"to": ANYWHERE_US, "at": "2026-11-24T14:00:00-05:00"}, "allow"),
        # The stated zone alone.
        (
            {"to": ANYWHERE_US, "at": "2026-11-24T09:00:00-05:00", "recipient": {"timezone": "America/New_York"}},
            "allow",
        ),
        (
            {"to": MIAMI, "at": "2026-11-24T14:00:00Z", "recipient": HONOLULU},
            "defer 2026-11-24T09:00:00-10:00; P.a defer",
        ),
        # `until` is written in the first zone by name.
        ({"to": ANYWHERE_US, "at": "2026-11-24T23:00:00-05:00"}, "defer 2026-11-25T09:00:00-10:00; P.a defer"),
        ({"to": "+351912345678", "at": "2026-11-24T23:00:00Z"}, "defer 2026-11-25T09:00:00-01:00; P.a defer"),
    ],
)
def test_zones(fields: dict[str, Any], expected: str) -> None:
    rules = policy(written('rule a "A" { only 09:00-20:00 LAW }', "US, PT", holidays=""))
    assert told(judged(rules, fields)) == expected


@pytest.mark.parametrize(
    ("rules", "fields", "expected"),
    [
        # In force from local midnight of `since` to the end of the day before `before`.
        ("deny LAW since 2026-11-24", {"at": "2026-11-23T23:59:59+01:00"}, "allow"),
        ("deny LAW since 2026-11-24", {"at": "2026-11-24T00:00:00+01:00"}, "deny; P.a deny"),
        ("deny LAW before 2026-11-24", {"at": "2026-11-23T23:59:59+01:00"}, "deny; P.a deny"),
        ("deny LAW before 2026-11-24", {"at": "2026-11-24T00:00:00+01:00"}, "allow"),
        ("deny LAW since 2026-11-24", {"at": "2026-11-24T00:00:00+01:00", "recipient": HONOLULU}, "allow"),
        ("deny LAW since 2026-11-24", {"at": "2026-11-23T12:00:00+01:00", "recipient": APIA}, "deny; P.a deny"),
        # Of one day: from its first second to its last.
        ("deny LAW since 2026-11-24 before 2026-11-25", {"at": "2026-11-23T23:59:59+01:00"}, "allow"),
        ("deny LAW since 2026-11-24 before 2026-11-25", {"at": "2026-11-24T00:00:00+01:00"}, "deny; P.a deny"),
        ("deny LAW since 2026-11-24 before 2026-11-25", {"at": "2026-11-24T23:59:59+01:00"}, "deny; P.a deny"),
        ("deny LAW since 2026-11-24 before 2026-11-25", {"at": "2026-11-25T00:00:00+01:00"}, "allow"),
        # With several zones, in force if in force in any.
        ("deny LAW since 2026-11-24", {"to": ANYWHERE_US, "at": "2026-11-24T00:00:00-05:00"}, "deny; P.a deny"),
        ("deny LAW since 2026-11-24", {"to": ANYWHERE_US, "at": "2026-11-23T23:59:59-05:00"}, "allow"),
        ("deny LAW before 2026-11-24", {"to": ANYWHERE_US, "at": "2026-11-23T23:59:59-10:00"}, "deny; P.a deny"),
        ("deny LAW before 2026-11-24", {"to": ANYWHERE_US, "at": "2026-11-24T00:00:00-10:00"}, "allow"),
        # Refused at its own time by anything but windows and limits: denied, though a later date would cure it.
        ("deny LAW before 2026-11-25", {}, "deny; P.a deny"),
        ('only 08:00-09:00 LAW } rule b "B" { deny LAW before 2026-11-25', {}, "deny; P.a defer; P.b deny"),
        # A window that ends with its rule, one that begins later, and a refusal that begins and ends on the way.
        ("only 08:00-09:00 LAW before 2026-11-25", {}, "defer 2026-11-25T00:00:00+01:00; P.a defer"),
        (
            'only 08:00-14:00 LAW } rule b "B" { only 15:00-16:00 LAW before 2026-12-01',
            {},
            "defer 2026-12-01T08:00:00+01:00; P.b defer",
        ),
        (
            'only 08:00-09:00 LAW } rule b "B" { deny LAW since 2026-11-25 before 2026-11-27',
            {},
            "defer 2026-11-27T08:00:00+01:00; P.a defer",
        ),
        (
            'only 08:00-09:00 LAW } rule b "B" { only 10:00-11:00 LAW since 2026-11-25',
            {},
            "deny; P.a deny",
        ),
        # Within 400 days, and not one second later.
        (
            "only 08:00-09:00 LAW before 2027-12-29",
            {"at": "2026-11-24T09:00:00+01:00"},
            "defer 2026-11-25T08:00:00+01:00; P.a defer",
        ),
        (
            'only 08:00-09:00 LAW } rule b "B" { only 10:00-11:00 LAW before 2027-12-29',
            {"at": "2026-11-24T08:00:00+01:00"},
            "defer 2027-12-29T08:00:00+01:00; P.b defer",
        ),
        (
            'only 08:00-09:00 LAW } rule b "B" { only 10:00-11:00 LAW before 2027-12-29',
            {"at": "2026-11-24T07:59:59+01:00"},
            "deny; P.a deny; P.b deny",
        ),
    ],
)
def test_dates_and_the_earliest_instant(rules: str, fields: dict[str, Any], expected: str) -> None:
    recipients = "US" if "to" in fields else "FR"
    text = written(f'rule a "A" {{ {rules} }}', recipients, holidays="")
    assert told(judged(policy(text), fields)) == expected


@pytest.mark.parametrize(
    ("asked", "given", "at", "holds"),
    [
        # Years and months by the calendar, kept to the second; the rest elapsed.
        ("consent.age <= 2 years", "2024-11-24T12:00:00+01:00", "2026-11-24T12:00:00+01:00", True),
        ("consent.age <= 2 years", "2024-11-24T12:00:00+01:00", "2026-11-24T12:00:01+01:00", False),
        ("consent.age < 2 years", "2024-11-24T12:00:00+01:00", "2026-11-24T12:00:00+01:00", False),
        ("consent.age <= 1 year", "2024-02-29T12:00:00+01:00", "2025-02-28T12:00:00+01:00", True),
        ("consent.age <= 1 year", "2024-02-29T12:00:00+01:00", "2025-02-28T12:00:01+01:00", False),
        ("consent.age <= 4 years", "2024-02-29T12:00:00+01:00", "2028-02-29T12:00:00+01:00", True),
        ("consent.age <= 1 month", "2026-01-31T12:00:00+01:00", "2026-02-28T12:00:00+01:00", True),
        ("consent.age <= 1 month", "2026-01-31T12:00:00+01:00", "2026-02-28T12:00:01+01:00", False),
        ("consent.age <= 6 months", "2026-01-15T12:00:00+01:00", "2026-07-15T12:00:00+02:00", True),
        ("consent.age <= 1 day", "2026-03-28T12:00:00+01:00", "2026-03-29T13:00:00+02:00", True),
        ("consent.age <= 1 day", "2026-03-28T12:00:00+01:00", "2026-03-29T13:00:01+02:00", False),
        ("consent.age >= 1 hour", "2026-11-24T11:00:00+01:00", "2026-11-24T12:00:00+01:00", True),
        ("consent.age > 1 hour", "2026-11-24T11:00:00+01:00", "2026-11-24T12:00:00+01:00", False),
        ("consent.age >= 0 days", "2026-11-24T12:00:00.9+01:00", "2026-11-24T12:00:00+01:00", True),
    ],
)
def test_ages(asked: str, given: str, at: str, holds: bool) -> None:
    rules = policy(written(f'rule a "A" {{ require {asked} LAW }}'))
    assert judged(rules, {"at": at, "consent": {"at": given}}).allowed is holds


@pytest.mark.parametrize(
    ("limit", "fields", "expected"),
    [
        # Elapsed time, free exactly at its end.
        ("1 per 7 days per recipient", {"history": sent("2026-11-17T12:00:00+01:00")}, "allow"),
        (
            "1 per 7 days per recipient",
            {"history": sent("2026-11-17T12:00:01+01:00")},
            "defer 2026-11-24T12:00:01+01:00; P.a defer",
        ),
        # Calendar periods are local: a day, a week from Monday, a month.
        ("1 per calendar day per recipient", {"history": sent("2026-11-23T23:59:59+01:00")}, "allow"),
        (
            "1 per calendar day per recipient",
            {"history": sent("2026-11-23T23:00:00Z")},
            "defer 2026-11-25T00:00:00+01:00; P.a defer",
        ),
        (
            "1 per calendar week per recipient",
            {"history": sent("2026-11-23T00:00:00+01:00")},
            "defer 2026-11-30T00:00:00+01:00; P.a defer",
        ),
        ("1 per calendar week per recipient", {"history": sent("2026-11-22T23:59:59+01:00")}, "allow"),
        (
            "1 per calendar month per recipient",
            {"history": sent("2026-11-01T00:00:00+01:00")},
            "defer 2026-12-01T00:00:00+01:00; P.a defer",
        ),
        ("1 per calendar month per recipient", {"history": sent("2026-10-31T23:59:59+01:00")}, "allow"),
        # Nothing is hidden by `when`: what was sent for another purpose counts, unless a key says otherwise.
        (
            "1 per 1 day per recipient",
            {"history": sent("2026-11-24T11:00:00+01:00", category="authentication")},
            "defer 2026-11-25T11:00:00+01:00; P.a defer",
        ),
        (
            "1 per 1 day per recipient, category",
            {"history": sent("2026-11-24T11:00:00+01:00", category="authentication")},
            "allow",
        ),
        # A missing key equals every value, in the history and in the message.
        (
            "1 per 1 day per recipient, brand",
            {"brand": {"name": "A"}, "history": sent("2026-11-24T11:00:00+01:00")},
            "defer 2026-11-25T11:00:00+01:00; P.a defer",
        ),
        (
            "1 per 1 day per recipient, brand",
            {"history": sent("2026-11-24T11:00:00+01:00", brand="B")},
            "defer 2026-11-25T11:00:00+01:00; P.a defer",
        ),
        (
            "1 per 1 day per recipient, brand",
            {"brand": {"name": "A"}, "history": sent("2026-11-24T11:00:00+01:00", brand="B")},
            "allow",
        ),
        (
            "1 per 1 day per recipient, sender, campaign",
            {"campaign": "c", "history": sent("2026-11-24T11:00:00+01:00", campaign="d")},
            "allow",
        ),
        # By subject: silent without, the strictest of several.
        ("1 per 1 day per recipient, subject", {"history": sent("2026-11-24T11:00:00+01:00")}, "allow"),
        (
            "1 per 1 day per recipient, subject",
            {"subjects": ["loans"], "history": sent("2026-11-24T11:00:00+01:00")},
            "defer 2026-11-25T11:00:00+01:00; P.a defer",
        ),
        (
            "1 per 1 day per recipient, subject",
            {
                "subjects": ["loans", "gifts"],
                "history": [
                    *sent("2026-11-24T10:00:00+01:00", subjects=["loans"]),
                    *sent("2026-11-24T11:00:00+01:00", subjects=["gifts"]),
                ],
            },
            "defer 2026-11-25T11:00:00+01:00; P.a defer",
        ),
        # What is sent later counts from its own time on.
        ("1 per 1 day per recipient", {"history": sent("2026-11-24T12:00:01+01:00")}, "allow"),
    ],
)
def test_limits(limit: str, fields: dict[str, Any], expected: str) -> None:
    rules = policy(written(f'rule a "A" {{ when category is promotional limit {limit} LAW }}'))
    assert told(judged(rules, fields)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # Denied from tomorrow on as long as the consent is young: three days and not one second longer.
        ("consent.age < 3 days", "defer 2026-11-28T08:00:00+01:00; P.a defer"),
        ("category is promotional and consent.age < 3 days", "defer 2026-11-28T08:00:00+01:00; P.a defer"),
        ("category is political or consent.age < 3 days", "defer 2026-11-28T08:00:00+01:00; P.a defer"),
        ("not (consent.age >= 3 days)", "defer 2026-11-28T08:00:00+01:00; P.a defer"),
        ("category is promotional and not (consent.age >= 3 days)", "defer 2026-11-28T08:00:00+01:00; P.a defer"),
        ("consent.age < 68 hours", "defer 2026-11-27T08:00:00+01:00; P.a defer"),
        ("consent.age <= 68 hours", "defer 2026-11-27T08:00:01+01:00; P.a defer"),
        # Old enough to be denied for ever, and before that.
        ("consent.age >= 20 hours", "deny; P.a deny"),
        ("consent.age > 20 hours", "defer 2026-11-25T08:00:00+01:00; P.a defer"),
        ("category is promotional", "deny; P.a deny"),
    ],
)
def test_a_refusal_that_ends_with_an_age(asked: str, expected: str) -> None:
    rules = policy(
        written(f'rule a "A" {{ only 08:00-09:00 LAW }} rule b "B" {{ when {asked} deny LAW since 2026-11-25 }}')
    )
    assert told(judged(rules, {"consent": {"at": NOON}})) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("consent.age <= 2 days", "defer 2026-11-26T12:00:01+01:00; P.a defer"),
        ("consent.age < 2 days", "defer 2026-11-26T12:00:00+01:00; P.a defer"),
        ("not (consent.age > 2 days)", "defer 2026-11-26T12:00:01+01:00; P.a defer"),
        ("consent.age <= 6 days", "defer 2026-11-30T10:00:00+01:00; P.a defer"),
    ],
)
def test_a_window_that_ends_with_an_age_in_rules_without_dates(asked: str, expected: str) -> None:
    rules = policy(written(f'rule a "A" {{ when {asked} only mon 10:00-11:00 LAW }}'))
    assert told(judged(rules, {"consent": {"at": NOON}})) == expected


def test_a_refusal_that_ends_when_an_age_is_known() -> None:
    rules = policy(
        written(
            'rule a "A" { only 08:00-09:00 LAW } rule b "B" {'
            " when category is promotional and not (consent.age is known) deny LAW since 2026-11-25 }"
        )
    )
    fields = {"consent": {"at": "2026-11-26T08:30:00+01:00"}}
    assert told(judged(rules, fields)) == "defer 2026-11-26T08:30:00+01:00; P.a defer"


def test_text_obligations_warnings_and_segments_are_those_of_the_later_instant() -> None:
    rules = policy(
        written(
            'rule a "A" { only 13:00-14:00 LAW before 2026-11-25 }'
            'rule b "B" { only 08:00-09:00 LAW }'
            f'rule c "C" {{ append "{"x" * 160}" LAW since 2026-11-25 }}'
            'rule d "D" { when segments >= 2 warn "long" LAW }'
            'rule e "E" { warn "old" LAW before 2026-11-25 }'
            'rule f "F" { require consent is opted_in else warn "f" LAW before 2026-11-25 }'
        )
    )
    verdict = judged(rules, {})
    assert told(verdict) == ("defer 2026-11-25T08:00:00+01:00; P.a defer; P.b defer; P.e warn; P.f warn ?consent")
    assert verdict.missing == ("consent",)
    assert (verdict.text, verdict.segments) == ("Soldes" + "x" * 160, 2)
    assert [obligation.rule for obligation in verdict.obligations] == ["P.c"]
    assert verdict.warnings == ("long",)


def test_a_deferral_is_allowed_at_its_instant() -> None:
    rules = policy(
        written('rule a "A" { only mon 08:00-09:00 LAW } rule b "B" { limit 1 per 14 days per recipient LAW }')
    )
    fields = {"history": sent("2026-11-23T12:00:00+01:00")}
    verdict = judged(rules, fields)
    assert told(verdict) == "defer 2026-12-14T08:00:00+01:00; P.a defer; P.b defer"
    assert verdict.until is not None
    assert judged(rules, message(**fields, at=verdict.until.isoformat())).allowed


def test_munich_keeps_what_any_state_keeps() -> None:
    rules = policy(written('rule a "A" { only 08:00-20:00 except holidays LAW }', "DE", holidays="holidays DE"))
    fields = {"to": MUNICH, "at": "2026-11-01T12:00:00+01:00"}
    assert told(judged(rules, fields)).endswith("P.a defer ?recipient.subdivision")
    assert judged(rules, fields | {"recipient": {"subdivision": "DE-BE"}}).allowed
    assert told(judged(rules, fields | {"recipient": {"subdivision": "DE-BY"}})).endswith("P.a defer")
