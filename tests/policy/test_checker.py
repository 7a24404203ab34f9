"""What the checker makes of rule files: names resolved, types checked, all files together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sendlaw.policy import model as m
from sendlaw.policy.checker import Checked, check
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source, Span
from sendlaw.policy.walk import walk

ALL = Path(__file__).resolve().parents[1] / "golden" / "valid" / "all.policy"
NOWHERE = Span(Source("", ""), 0, 0)
HEAD = 'recipients FR\nlanguages fr\nsource act "Act" "https://example.org" checked 2026-11-20\n'


def checked(*texts: str, bundled: frozenset[str] = frozenset()) -> Checked:
    """Files called `a`, `b`, … checked together."""
    return check([parse(Source("abcdef"[index], text)) for index, text in enumerate(texts)], bundled=bundled)


def meaning(*texts: str) -> m.RuleSet:
    result = checked(*texts)
    assert [(finding.code, finding.message) for finding in result.findings] == []
    assert result.rule_set is not None
    return result.rule_set


def policy(body: str, name: str = "FR") -> str:
    return f'policy {name} "Title" {{ {HEAD} {body} }}'


def codes(*texts: str) -> list[str]:
    return [finding.code for finding in checked(*texts).findings]


def condition(text: str, entries: str = "") -> m.Condition:
    rule = meaning(policy(f'{entries} rule r "R" {{ when {text} deny }}')).rules[0]
    assert rule.when is not None
    return rule.when


def fact(name: str) -> m.FactTerm:
    return m.FactTerm(NOWHERE, name)


def one_of(name: str, *values: m.Constant) -> m.OneOf:
    return m.OneOf(NOWHERE, fact(name), frozenset(values))


def negated(part: m.Condition) -> m.Not:
    return m.Not(NOWHERE, part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("category is promotional", one_of("category", "promotional")),
        ("category is not promotional", negated(one_of("category", "promotional"))),
        ("channel is one of (sms, mms)", one_of("channel", "sms", "mms")),
        ("channel is not one of (sms, mms)", negated(one_of("channel", "sms", "mms"))),
        ("consent is opted_in", one_of("consent", "opted_in")),
        ("consent.status is none", one_of("consent", "none")),
        ("consent is not known", negated(m.IsKnown(NOWHERE, fact("consent")))),
        ("consent.status is known", m.IsKnown(NOWHERE, fact("consent"))),
        ("register", one_of("register", True)),
        ("register.listed is no", one_of("register", False)),
        ("sender.shared", one_of("sender.shared", True)),
        ("sender.shared is yes", one_of("sender.shared", True)),
        ("sender.country is none", one_of("sender.country", "none")),
        ("sender.country is FR", one_of("sender.country", "FR")),
        ("recipient.country is one of (XK, AC)", one_of("recipient.country", "XK", "AC")),
        ("sender.country is brand.country", m.SameAs(NOWHERE, fact("sender.country"), fact("brand.country"))),
        ("recipient.language is fr", one_of("recipient.language", "fr")),
        ('recipient.language is "pt-BR"', one_of("recipient.language", "pt-BR")),
        ('brand.name is "ACME"', one_of("brand.name", "ACME")),
        ("segments is 2", one_of("segments", 2)),
        ("segments <= 2", m.CompareNumber(NOWHERE, fact("segments"), "<=", 2)),
        ("length of body > 160", m.CompareNumber(NOWHERE, m.LengthTerm(NOWHERE, fact("body")), ">", 160)),
        ("count of body.links is 0", m.OneOf(NOWHERE, m.CountTerm(NOWHERE, fact("body.links")), frozenset({0}))),
        ("consent.age < 6 months", m.CompareAge(NOWHERE, fact("consent.age"), "<", 6, "month")),
        ("register.age >= 30 days", m.CompareAge(NOWHERE, fact("register.age"), ">=", 30, "day")),
        ('body mentions "STOP"', m.Mentions(NOWHERE, fact("body"), None, "STOP")),
        ('sender.id starts with "AD-"', m.StartsWith(NOWHERE, fact("sender.id"), "AD-")),
        ('body ends with "!"', m.EndsWith(NOWHERE, fact("body"), "!")),
        ('sender.id matches "[A-Z]+"', m.Matches(NOWHERE, fact("sender.id"), "[A-Z]+")),
        ("consent covers night", m.Has(NOWHERE, fact("consent.covers"), "night")),
        ("consent.covers has calls", m.Has(NOWHERE, fact("consent.covers"), "calls")),
        ("subjects has gambling", m.Has(NOWHERE, fact("subjects"), "gambling")),
        ("recipient.subdivisions has US-FL", m.Has(NOWHERE, fact("recipient.subdivisions"), "US-FL")),
        ('registrations has "sender_id:{country}"', m.Has(NOWHERE, fact("registrations"), "sender_id:{country}")),
        ("not (sender.shared)", negated(one_of("sender.shared", True))),
        ("(sender.shared)", one_of("sender.shared", True)),
        (
            "sender.shared and (register or segments > 1)",
            m.And(
                NOWHERE,
                (
                    one_of("sender.shared", True),
                    m.Or(NOWHERE, (one_of("register", True), m.CompareNumber(NOWHERE, fact("segments"), ">", 1))),
                ),
            ),
        ),
    ],
)
def test_conditions_mean_what_they_say(text: str, expected: m.Condition) -> None:
    assert condition(text) == expected


def test_words_lists_and_subjects_are_found_in_any_file() -> None:
    lists = 'policy X "X" { recipients anywhere languages en words lottery { en: "lottery" } }'
    text = policy('rule r "R" { when subject is lottery and body mentions lottery deny }')
    assert meaning(text, lists).rules == meaning(lists, text).rules
    assert codes(text) == ["E209", "E209"]


def test_groups_stand_for_their_places() -> None:
    groups = "group BENELUX = BE, NL, LU group WEST = BENELUX, FR "
    rules = meaning(groups + 'policy W "W" { recipients WEST, US-FL languages fr rule r "R" { deny } }')
    assert rules.groups == {"BENELUX": {"BE", "NL", "LU"}, "WEST": {"BE", "NL", "LU", "FR"}}
    assert rules.rules[0].places == m.Places(False, frozenset({"BE", "NL", "LU", "FR"}), frozenset({"US-FL"}))


def test_groups_may_hold_one_another_but_in_a_circle() -> None:
    text = "group AA1 = BB1, FR group BB1 = CC1, DE group CC1 = BE"
    assert meaning(text).groups == {"AA1": {"FR", "DE", "BE"}, "BB1": {"DE", "BE"}, "CC1": {"BE"}}
    (finding,) = check([parse(Source("a.policy", text.replace("= BE", "= BE, AA1")))]).findings
    assert finding.code == "E507"
    assert finding.message.endswith("`AA1` holds `BB1` holds `CC1` holds `AA1`")


def test_a_list_of_places_has_any_of_a_group() -> None:
    text = 'group GULF = AE, QA policy P "P" { recipients anywhere languages en '
    rule = meaning(text + 'rule r "R" { when recipient.subdivisions has GULF deny } }').rules[0]
    places = tuple(m.Has(NOWHERE, fact("recipient.subdivisions"), place) for place in ("AE", "QA"))
    assert rule.when == m.Or(NOWHERE, places)


# ---- tables

TABLE = """
table t (country, sender_type) -> (allowed, parts, note) {
  FR | alphanumeric | yes          | 3            | "short"
  FR | *            | no           | 1            | "long"
  *  | *            | undocumented | undocumented | undocumented
}
"""
LOOKUP = "t(recipient.country, sender.type)"


def lookup(column: str) -> m.LookupTerm:
    return m.LookupTerm(NOWHERE, "t", (fact("recipient.country"), fact("sender.type")), column)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LOOKUP}.allowed is no", m.OneOf(NOWHERE, lookup("allowed"), frozenset({False}))),
        (f"{LOOKUP}.allowed", m.OneOf(NOWHERE, lookup("allowed"), frozenset({True}))),
        (f"{LOOKUP}.allowed is undocumented", m.OneOf(NOWHERE, lookup("allowed"), frozenset({"undocumented"}))),
        (f"{LOOKUP}.parts is undocumented", m.OneOf(NOWHERE, lookup("parts"), frozenset({"undocumented"}))),
        (f"{LOOKUP}.parts >= 2", m.CompareNumber(NOWHERE, lookup("parts"), ">=", 2)),
        (f'{LOOKUP}.note is "short"', m.OneOf(NOWHERE, lookup("note"), frozenset({"short"}))),
        (f"{LOOKUP}.note is known", m.IsKnown(NOWHERE, lookup("note"))),
        (f"segments is {LOOKUP}.parts", m.SameAs(NOWHERE, fact("segments"), lookup("parts"))),
    ],
)
def test_tables_are_asked(text: str, expected: m.Condition) -> None:
    assert condition(text, TABLE) == expected


def test_rows_hold_constants_and_none_for_any_key() -> None:
    table = meaning(policy(TABLE)).tables["t"]
    assert [row.keys for row in table.rows] == [("FR", "alphanumeric"), ("FR", None), (None, None)]
    assert [row.values for row in table.rows] == [
        (True, 3, "short"),
        (False, 1, "long"),
        ("undocumented", "undocumented", "undocumented"),
    ]


def test_a_table_serves_every_file_whatever_their_order() -> None:
    table, user = policy(TABLE), policy(f'rule r "R" {{ when {LOOKUP}.allowed is no deny }}', "DE")
    assert meaning(table, user) == meaning(user, table)
    assert codes(table, policy(TABLE, "DE")) == ["E215"]


# ---- rules


def rule(body: str, entries: str = "") -> m.Rule:
    return meaning(policy(f'{entries} rule r "Title of r" {{ {body} }}')).rules[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("deny", m.Deny()),
        ('warn "Careful"', m.Warn("Careful")),
        ("require register", m.Require(one_of("register", True), None)),
        ("require register else deny", m.Require(one_of("register", True), None)),
        ("require register else warn", m.Require(one_of("register", True), m.Warn("Title of r"))),
        ('append " STOP {stop}"', m.AddText("append", ((None, " STOP {stop}"),))),
        ('prepend fr: "PUB ", en: "AD "', m.AddText("prepend", (("fr", "PUB "), ("en", "AD ")))),
        ("limit 2 per 7 days per recipient", m.Limit(2, 604_800, None, ())),
        ("limit 2 per 1 week per recipient, brand", m.Limit(2, 604_800, None, ("brand",))),
        ("limit 3 per calendar month per recipient, text", m.Limit(3, None, "month", ("text",))),
        ("pace 1 segments per 1 second per sender", m.Pace(1, True, 1, ("sender",))),
        ("pace 10 per 1 minute per brand, campaign", m.Pace(10, False, 60, ("brand", "campaign"))),
    ],
)
def test_actions_mean_what_they_say(body: str, expected: m.Action) -> None:
    assert rule(body).action == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ("08:00-21:30", [({0, 1, 2, 3, 4, 5, 6}, False, 480, 1290)]),
        ("mon-sat 00:00-24:00", [({0, 1, 2, 3, 4, 5}, False, 0, 1440)]),
        ("sat-thu 9:00-18:00", [({5, 6, 0, 1, 2, 3}, False, 540, 1080)]),
        ("mon wed fri-fri 10:00-11:00", [({0, 2, 4}, False, 600, 660)]),
        ("sun-mon 10:00-11:00", [({6, 0}, False, 600, 660)]),
        ("sat-sun holidays 09:00-20:00", [({5, 6}, True, 540, 1200)]),
        ("mon-fri 08:00-12:00, holidays 10:00-11:00", [({0, 1, 2, 3, 4}, False, 480, 720), (set(), True, 600, 660)]),
        ("23:59-24:00", [({0, 1, 2, 3, 4, 5, 6}, False, 1439, 1440)]),
    ],
)
def test_hours_are_minutes_of_days(spans: str, expected: list[tuple[set[int], bool, int, int]]) -> None:
    action = rule(f"only {spans}", "holidays FR").action
    assert isinstance(action, m.Only)
    assert action.window.hours == tuple(m.Hours(frozenset(hours[0]), *hours[1:]) for hours in expected)
    assert (action.window.calendar is not None) == ("holidays" in spans)


@pytest.mark.parametrize(
    ("otherwise", "warning"), [("", None), ("else warn", "Title of r"), ('else warn "Quiet"', "Quiet")]
)
def test_a_window_with_a_remark_keeps_it(otherwise: str, warning: str | None) -> None:
    text = f"only 08:00-20:00 except holidays in Europe/Paris {otherwise}"
    action = rule(text, "holidays FR also 2026-12-24").action
    calendar = m.Calendar("FR", frozenset({date(2026, 12, 24)}))
    hours = (m.Hours(frozenset(range(7)), False, 480, 1200),)
    assert action == m.Only(m.Window(hours, True, "Europe/Paris", calendar), warning)


def test_a_rule_carries_all_it_says() -> None:
    body = 'deny basis law cite act since 2026-01-01 before 2027-01-01 note "N" replaces q, DE.q'
    found = meaning(
        policy(f'rule r "R" {{ {body} }} rule q "Q" {{ deny basis law }}'),
        policy('rule q "Q" { require register }', "DE"),
    ).rules[2]
    assert (found.id, found.policy, found.name, found.title) == ("FR.r", "FR", "r", "R")
    assert (found.since, found.before, found.note) == (date(2026, 1, 1), date(2027, 1, 1), "N")
    assert found.replaces == ("FR.q", "DE.q")
    assert [source.title for source in found.sources] == ["Act"]


def test_what_a_rule_leaves_out() -> None:
    found = rule("deny")
    assert (found.basis, found.sources, found.replaces, found.note) == ("house", (), (), None)
    assert (found.when, found.unless, found.since, found.before) == (None, None, None, None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("when subject is gambling deny", True),
        ("unless not (subject is gambling) deny", True),
        ("require subject is not gambling", True),
        ("limit 1 per 1 day per recipient, subject", True),
        ("when s(subject).ok deny", True),
        ("when subjects has gambling deny", False),
        ("deny", False),
    ],
)
def test_a_rule_that_says_subject_is_judged_once_for_each(body: str, expected: bool) -> None:
    assert rule(body, "table s (subject) -> (ok) { gambling | yes }").per_subject is expected


# ---- rule sets


def test_the_order_of_files_never_matters() -> None:
    first, second = policy('rule b "B" { deny } rule a "A" { deny }'), policy('rule c "C" { deny }', "DE")
    assert meaning(first, second) == meaning(second, first)
    assert [rule.id for rule in meaning(first, second).rules] == ["DE.c", "FR.a", "FR.b"]


def test_bundled_policies_are_marked() -> None:
    rule_set = checked(policy(""), policy("", "DE"), bundled=frozenset({"a"})).rule_set
    assert rule_set is not None
    assert {policy.name: policy.bundled for policy in rule_set.policies} == {"FR": True, "DE": False}


def test_a_policy_keeps_replies_notes_and_promises() -> None:
    body = 'note "N" replies { opt_out fr: "STOP", "FIN" say "{brand}" } never allow when register'
    rule_set = meaning(policy(body))
    assert rule_set.policies[0].notes == ("N",)
    assert rule_set.policies[0].replies == (m.Reply(NOWHERE, "opt_out", "fr", ("STOP", "FIN"), "{brand}"),)
    assert rule_set.promises == (m.Promise(NOWHERE, "FR", one_of("register", True)),)


def test_lists_of_one_name_unite() -> None:
    first = policy('words w { fr: "b", "a" } words w { fr: "c" en: "x" }')
    second = policy('words w { fr: "a" }', "DE")
    assert meaning(first, second).word_lists == {"w": {"en": ("x",), "fr": ("a", "b", "c")}}


def test_a_policy_in_two_files_names_both() -> None:
    finding = checked(policy(""), policy("")).findings[0]
    assert finding.code == "E215"
    assert finding.span.source.name == "b"
    assert "`FR` in a" in finding.message
    assert finding.related[0].span.source.name == "a"


def test_no_model_is_made_of_a_file_with_an_error() -> None:
    assert checked(policy('rule r "R" { deny }'), policy("rule", "DE")).rule_set is None


def test_what_could_not_be_read_is_not_missed() -> None:
    broken = policy('rule hours "H" { only nonsense } words lottery { en 3 } source gone 3 table t 3', "world")
    text = policy(
        'rule r "R" { only 08:00-20:00 replaces world.hours cite gone }'
        'rule s "S" { when subject is lottery and t(category).x deny } test "T" { expect deny by world.hours }'
    )
    assert {finding.span.source.name for finding in checked(text, broken).findings} == {"b"}
    assert set(codes(text, broken)) == {"E101"}


def test_every_error_of_every_file_is_reported_at_once() -> None:
    bad = 'rule r "R" { when categry is promotional deny } rule s "S" { limit 0 per 1 day per recipient }'
    assert codes(policy(bad), policy(bad, "DE")) == ["E201", "E407", "E201", "E407"]


def test_a_file_with_every_construct_has_a_meaning() -> None:
    rule_set = meaning(ALL.read_text("utf-8"))
    assert {type(rule.action) for rule in rule_set.rules} == set(m.Action.__args__)
    kinds = {type(node) for node in walk(rule_set)}
    assert set(m.Condition.__args__) <= kinds
    assert {m.LengthTerm, m.CountTerm, m.LookupTerm, m.ConstantTerm} <= kinds


# ---- tests in rule files


def test_rows_of_cases_share_what_stands_above_them() -> None:
    text = 'test "T" { to "+33639980001" expect warn by r cases (from, channel) { "A" | sms | deny by r, DE.q } }'
    other = policy('rule q "Q" { deny }', "DE")
    test = meaning(policy('rule r "R" { deny }' + text), other).tests[0]
    assert (test.policy, test.title, len(test.cases)) == ("FR", "T", 1)
    case = test.cases[0]
    assert [setting.field_name.text for setting in case.settings] == ["to", "from", "channel"]
    assert [expect.outcome.text for expect in case.expects] == ["warn", "deny"]
    assert case.rules == (("FR.r",), ("FR.r", "DE.q"))


def test_a_test_without_cases_is_one_case() -> None:
    cases = meaning(policy('test "T" { to "+33639980001" }')).tests[0].cases
    assert [(len(case.settings), case.expects, case.rules) for case in cases] == [(1, (), ())]


def test_a_policy_that_stands_twice_is_named_once() -> None:
    text = """policy FR "France" {
  recipients FR
  languages fr
  table t (country) -> (v) { FR | yes }
  rule a "A" { deny basis house }
  rule b "B" { deny basis house }
}
"""
    edited = text.replace('"B"', '"B, edited"')
    result = check([parse(Source("one.policy", text)), parse(Source("two.policy", edited))])
    assert [(finding.code, finding.span.source.name) for finding in result.findings] == [("E215", "two.policy")]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("UK", "`GB`"),
        ("USA", "`US`"),
        ("FRA", "`FR`"),
        ("DEU", "`DE`"),
        ("Germany", "write `DE` for Germany"),
        ("Germny", "write `DE` for Germany"),
        ("South_Korea", "`KR`"),
        ("England", "`GB`"),
    ],
)
def test_a_place_written_in_another_way_is_understood(written: str, told: str) -> None:
    result = check([parse(Source("a.policy", f'policy x "X" {{ recipients {written} languages fr }}'))])
    assert [finding.code for finding in result.findings] == ["E206"]
    assert told in result.findings[0].help
