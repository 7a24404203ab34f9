"""Coverage: each side of each rule, condition and boundary, and which messages show it."""

from __future__ import annotations

import pytest
from sendlaw.engine.coverage import measure
from sendlaw.engine.policy import Policy
from sendlaw.engine.testing import run_tests
from sendlaw.policy.source import Source

HEAD = 'policy FR "France" { recipients FR languages fr holidays FR\n'
MESSAGE = 'to "+33639981234" from "ACME" category promotional body "Soldes"'


def gaps(rule: str, *cases: str) -> dict[str, str]:
    """What tests of these settings leave out of one rule `r`, with the line to try."""
    tests = "".join(f'test "T{number}" {{ {MESSAGE} {case} }}\n' for number, case in enumerate(cases))
    policy = Policy.from_sources(
        [Source("fr.policy", f'{HEAD} rule r "R" {{ {rule} basis house }}\n{tests}}}')], bundled=False
    )
    rules = [found for found in policy.rule_set.rules if found.id == "FR.r"]
    results = run_tests(policy, policy.rule_set.tests)
    return {gap.what: gap.line for gap in measure(policy, rules, results).gaps}


def boundaries(rule: str, *cases: str) -> list[str]:
    told = gaps(rule, *cases)
    return [what for what in told if "in a test" not in what]


ONLY = "only 08:00-21:30"
EDGES = [
    "07:59, the last minute refused",
    "08:00, the first minute allowed",
    "21:29, the last minute allowed",
    "21:30, the first minute refused",
]


def test_a_rule_without_a_test_shows_nothing() -> None:
    assert gaps(ONLY) == {
        "never speaks in a test": "expect defer by r",
        "never stays silent in a test": "expect no defer by r",
        EDGES[0]: "at 2026-01-15 07:59  expect defer by r",
        EDGES[1]: "at 2026-01-15 08:00  expect no defer by r",
        EDGES[2]: "at 2026-01-15 21:29  expect no defer by r",
        EDGES[3]: "at 2026-01-15 21:30  expect defer by r",
    }


@pytest.mark.parametrize(
    "settings, shown",
    [
        ("at 2026-01-15 07:58:59", None),
        ("at 2026-01-15 07:59:00", 0),
        ("at 2026-01-15 07:59:59", 0),
        ("at 2026-01-15 08:00:00", 1),
        ("at 2026-01-15 08:01:00", None),
        ("at 2026-07-15 21:29:59", 2),
        ("at 2026-07-15 21:30", 3),
        ("at 2026-07-15 21:30 UTC", None),
        ("at 2026-07-15 19:30 UTC", 3),
        # on 29 March clocks go forward, on 25 October back
        ("at 2026-03-29 08:00", 1),
        ("at 2026-10-25 07:59", 0),
    ],
)
def test_edges_of_hours_stand_on_the_recipients_clock(settings: str, shown: int | None) -> None:
    left = [edge for edge in EDGES if shown is None or edge != EDGES[shown]]
    assert boundaries(ONLY, settings) == left


def test_a_wait_shows_both_sides_of_the_opening_where_the_test_names_it() -> None:
    late = "at 2026-01-15 23:00"
    assert boundaries(ONLY, f"{late} expect defer by r") == EDGES
    assert boundaries(ONLY, f"{late} expect defer until 2026-01-16 09:00") == EDGES
    assert boundaries(ONLY, f"{late} expect defer until 2026-01-16 08:00") == EDGES[2:]


def test_a_rule_that_does_not_apply_shows_no_edge() -> None:
    rule = f"when category is transactional {ONLY}"
    assert boundaries(rule, "at 2026-01-15 21:30") == EDGES
    assert boundaries(f"unless channel is sms {ONLY}", "at 2026-01-15 21:30") == EDGES
    assert boundaries(f"when campaign is known {ONLY}", 'at 2026-01-15 21:30 campaign "x"') == EDGES[:3]


@pytest.mark.parametrize(
    "window, edges",
    [
        ("only 00:00-24:00", set()),
        (
            "only mon-sat 00:00-24:00",
            {
                "sat 23:59, the last minute allowed",
                "sun 00:00, the first minute refused",
                "sun 23:59, the last minute refused",
                "mon 00:00, the first minute allowed",
            },
        ),
        (
            "only mon-sat 09:00-12:00, tue 12:00-24:00 except holidays",
            {
                "mon–sat 08:59, the last minute refused",
                "mon–sat 09:00, the first minute allowed",
                "mon, wed, thu, fri, sat 11:59, the last minute allowed",
                "mon, wed, thu, fri, sat 12:00, the first minute refused",
                "tue 23:59, the last minute allowed",
                "wed 00:00, the first minute refused",
                "a public holiday, refused at an hour that is open on other days",
            },
        ),
        (
            "only 08:00-20:00, holidays 10:00-24:00",
            {
                "07:59, the last minute refused",
                "08:00, the first minute allowed",
                "19:59, the last minute allowed",
                "20:00, the first minute refused",
                "09:59 on a public holiday, the last minute refused",
                "10:00 on a public holiday, the first minute allowed",
                "23:59 on a public holiday, the last minute allowed",
            },
        ),
    ],
)
def test_what_counts_as_an_edge(window: str, edges: set[str]) -> None:
    assert set(boundaries(window)) == edges


def test_holidays() -> None:
    window = "only 08:00-20:00, holidays 10:00-24:00"
    easter_monday = "at 2026-04-06"
    assert "08:00, the first minute allowed" in boundaries(window, f"{easter_monday} 08:00")
    assert "10:00 on a public holiday, the first minute allowed" not in boundaries(window, f"{easter_monday} 10:00")
    closed = "only 08:00-20:00 except holidays"
    told = "a public holiday, refused at an hour that is open on other days"
    assert told not in boundaries(closed, f"{easter_monday} 10:00")
    assert told in boundaries(closed, f"{easter_monday} 20:00")
    assert gaps(closed)[told] == "at 2026-04-06 12:00  expect defer by r"


def test_limits() -> None:
    limit = "limit 2 per 1 day per recipient"
    reached, below = "the limit of 2 in 1 day per recipient, reached", "one below the limit of 2 in 1 day per recipient"
    one, two = "2026-01-15 11:00 promotional", "2026-01-15 10:00 promotional"
    assert boundaries(limit) == [reached, below]
    assert boundaries(limit, f"history [ {one} ]") == [reached]
    assert boundaries(limit, f"history [ {one}, {two} ]") == [below]
    assert boundaries(limit, f"history [ {one}, {two}, 2026-01-15 09:00 promotional ]") == [reached, below]
    assert boundaries(limit, "history unknown") == [reached, below]
    assert gaps(limit)[below] == "history [ 2026-01-15 11:00 promotional ]  expect no defer by r"


@pytest.mark.parametrize(
    "at, shown",
    [
        ("2026-02-28 23:59:59", {"the day before 2026-03-01, not yet in force"}),
        ("2026-03-01 00:00", {"2026-03-01, the first day in force"}),
        ("2026-03-31 23:59:59", {"the day before 2026-04-01, the last in force"}),
        ("2026-04-01 00:00", {"2026-04-01, the first day no longer in force"}),
        ("2026-03-15 12:00", set()),
    ],
)
def test_dates(at: str, shown: set[str]) -> None:
    rule = "deny since 2026-03-01 before 2026-04-01"
    assert set(boundaries(rule)) - set(boundaries(rule, f"at {at}")) == shown


@pytest.mark.parametrize(
    "condition, settings, shown",
    [
        ("length of sender.id <= 4", "", "`length of sender.id <= 4` at 4"),
        ("length of sender.id < 4", "", "`length of sender.id < 4` at 4"),
        ("length of sender.id >= 5", "", "`length of sender.id >= 5` at 4"),
        ("length of sender.id > 4", "", "`length of sender.id > 4` at 4"),
        ("segments <= 2", "", None),
        ("recipient.age_at_least >= 18", "recipient.age_at_least 17", "`recipient.age_at_least >= 18` at 17"),
        ("consent.age <= 2 years", "consent.at 2024-01-15 12:00", "`consent.age <= 2 years` just before 2 years"),
        ("consent.age <= 2 years", "consent.at 2024-01-15 11:59:59", "`consent.age <= 2 years` just after 2 years"),
        ("consent.age < 2 years", "consent.at 2024-01-15 12:00", "`consent.age < 2 years` just after 2 years"),
        ("consent.age < 2 years", "consent.at 2024-01-17", None),
        ("consent.age <= 3 hours", "consent.at 2026-01-15 09:00", "`consent.age <= 3 hours` just before 3 hours"),
        ("consent.age <= 3 hours", "consent.at 2026-01-15 07:59", None),
        ("register.age <= 30 days", "registers.FR.checked 2025-12-16", "`register.age <= 30 days` just after 30 days"),
        ("register.age <= 30 days", "registers.FR.checked 2025-12-17", "`register.age <= 30 days` just before 30 days"),
    ],
)
def test_comparisons(condition: str, settings: str, shown: str | None) -> None:
    rule = f"require {condition}"
    assert set(boundaries(rule)) - set(boundaries(rule, settings)) == ({shown} if shown else set())
    assert len(boundaries(rule)) == 2


@pytest.mark.parametrize(
    "condition, line, shows",
    [
        ("recipient.age_at_least >= 18", "recipient.age_at_least 18", "`recipient.age_at_least >= 18` at 18"),
        ("length of sender.id <= 11", 'from "AAAAAAAAAAA"', "`length of sender.id <= 11` at 11"),
        ("consent.age <= 30 days", "consent.at 2025-12-17", "`consent.age <= 30 days` just before 30 days"),
        ("consent.age <= 30 days", "consent.at 2025-12-16", "`consent.age <= 30 days` just after 30 days"),
        ("consent.age < 2 years", "consent.at 2024-01-16", "`consent.age < 2 years` just before 2 years"),
        ("consent.age < 2 years", "consent.at 2024-01-15", "`consent.age < 2 years` just after 2 years"),
        ("consent.age <= 1 month", "consent.at 2025-12-15", "`consent.age <= 1 month` just after 1 month"),
        ("consent is opted_in", "consent opted_in", "`consent is opted_in` is never true in a test"),
        ("consent is opted_in", "consent existing_customer", "`consent is opted_in` is never false in a test"),
        ("channel is not sms", "channel mms", "`channel is not sms` is never true in a test"),
        ("sender.shared", "sender_shared yes", "`sender.shared` is never true in a test"),
        ("register is no", "registers.FR.listed no", "`register is no` is never true in a test"),
        ('registrations has "10dlc"', 'registrations "10dlc"', '`registrations has "10dlc"` is never true in a test'),
        ("consent covers night", "consent.covers night", "`consent covers night` is never true in a test"),
        ('body mentions "STOP"', 'body "… STOP …"', '`body mentions "STOP"` is never true in a test'),
        ('body starts with "AD"', 'body "AD…"', '`body starts with "AD"` is never true in a test'),
    ],
)
def test_the_line_to_try_closes_its_gap(condition: str, line: str, shows: str) -> None:
    rule = f"require {condition}"
    before = gaps(rule)
    assert before[shows] == line
    field = line.split()[0]
    settings = f'to "+33639981234" {line}' + "".join(
        f" {name} {value}"
        for name, value in (("from", '"ACME"'), ("category", "promotional"), ("body", '"x"'))
        if name != field
    )
    policy = Policy.from_sources(
        [Source("fr.policy", f'{HEAD} rule r "R" {{ {rule} basis house }} test "T" {{ {settings} }} }}')], bundled=False
    )
    left = measure(policy, policy.rule_set.rules, run_tests(policy, policy.rule_set.tests)).gaps
    assert shows not in {gap.what for gap in left}


def test_each_part_of_a_condition_is_one() -> None:
    rule = 'when (channel is sms or channel is mms) and not (body mentions "a") unless channel is sms deny'
    conditions = [what for what in gaps(rule) if what.startswith("`")]
    assert conditions == [
        f"`{part}` is never {truth} in a test"
        for part in ("channel is sms", "channel is mms", 'body mentions "a"')
        for truth in ("true", "false")
    ]
    assert [what for what in gaps(rule, "") if what.startswith("`")] == [
        "`channel is sms` is never false in a test",
        "`channel is mms` is never true in a test",
        '`body mentions "a"` is never true in a test',
    ]


def test_an_unknown_condition_is_neither_true_nor_false() -> None:
    assert len([what for what in gaps("require consent is opted_in", "") if what.startswith("`")]) == 2


def test_a_rule_about_subjects_is_silent_without_one() -> None:
    rule = "when subject is gambling deny"
    assert "never stays silent in a test" not in gaps(rule, "")
    assert "`subject is gambling` is never false in a test" in gaps(rule, "")
    assert "`subject is gambling` is never false in a test" not in gaps(rule, "subjects health")
    assert "never speaks in a test" not in gaps(rule, "subjects health, gambling")
