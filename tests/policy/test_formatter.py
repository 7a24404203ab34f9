"""The formatter: what is asked of its layout on written examples, and that it never changes what a file says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy import formatter
from sendlaw.policy.diagnostics import PolicyError
from sendlaw.policy.formatter import format_source
from sendlaw.policy.layout import WIDTH
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source

from .generate import policy_tokens, scattered


def formatted(text: str) -> str:
    return format_source(Source("a.policy", text))


def in_policy(text: str) -> str:
    """The layout of entries of a policy, without the policy around them and without its indent."""
    lines = formatted(f'policy FR "France" {{\n{text}\n}}\n').splitlines()
    return "\n".join(line.removeprefix("  ") for line in lines[1:-1])


def comments(text: str) -> list[str]:
    return [comment.text for comment in parse(Source("a.policy", text)).file.comments]


@given(st.randoms(use_true_random=False))
def test_the_same_is_said_and_formatting_twice_changes_nothing(r: Random) -> None:
    text = scattered(r, policy_tokens(r))
    once = formatted(text)
    assert formatted(once) == once
    assert parse(Source("a.policy", once)).file == parse(Source("a.policy", text.replace("\r\n", "\n"))).file
    assert comments(once) == comments(text)
    assert once.endswith("}\n") or comments(text)


@given(st.randoms(use_true_random=False))
def test_layout_does_not_depend_on_how_it_was_typed(r: Random) -> None:
    tokens = policy_tokens(r)
    assert formatted(" ".join(tokens)) == formatted("\n".join(tokens))


@given(st.randoms(use_true_random=False))
def test_no_line_is_long_that_could_be_broken(r: Random) -> None:
    breakable = ("when ", "unless ", "require ", "recipients ", "cite ", "replaces ")
    for line in formatted(" ".join(policy_tokens(r))).splitlines():
        assert len(line) <= WIDTH or not line.lstrip().startswith(breakable) or line.count('"') >= 2


RULE = """rule consent "Prior consent" {
  when    category is promotional
  require (consent is opted_in and consent.age <= 2 years)
       or (consent is existing_customer and consent.age <= 6 months)
  else    append " STOP {stop}"
  basis   law  cite act, guide
  since   2026-03-01
  note    "why"
}"""
ONE_LINE = """rule consent "Prior consent" { when category is promotional require (consent is opted_in and
consent.age<=2 years) or(consent is existing_customer and consent.age <= 6 month) else append " STOP {stop}"
basis law cite act,guide since 2026-03-01 note "why" }"""
ONLY = """rule hours "Hours" {
  only  mon-sat 08:00-21:30, sun holidays 10:00-24:00  in Europe/Paris  else warn "late"
  basis carrier
}"""
LIMITS = """rule often "Often" {
  deny
  limit 2 per 7 days  per recipient, brand
  limit 1 per calendar week  per recipient
  pace  1 segments per 1 second  per sender
}"""
LONG_LIST = """rule many "Many" {
  when recipient.country is one of (AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IT, LT, LU,
         LV, MT, NL, PL, PT, RO, SE, SI, SK)
   and not (category is emergency)
  deny
}"""
WORDS = """words gambling {
  fr:    "casino", "pari* sportif*", "jeux d'argent"
  pt-BR: "aposta 1", "aposta 2", "aposta 3", "aposta 4", "aposta 5", "aposta 6", "aposta 7", "aposta 8",
         "aposta 9"
}"""
TABLE = """table senders (country, sender_type) -> (support, replies) {
  FR | alphanumeric | yes          | no
  *  | *            | undocumented | undocumented
}"""
REPLIES = """replies {
  opt_out fr: "STOP", "ARRET"  say "{brand}: stop"
  help    en: "HELP"
}"""
TEST = """test "Late" {
  to "+33639980001"  from "ACME"  category promotional  consent opted_in
  at 2026-11-24 22:14:05+01:00
  history [ 2025-11-20 10:00 promotional, 2025-11-21 09:00 UTC promotional brand "x" ]
  body "Soldes"
  brand.stop "36179"
  registrations "10dlc", "sender_id:FR"
  expect defer until 2026-11-25 08:00 by hours, world.hours
  cases (channel, sender_shared) {
    sms  | yes | deny by hours
    mms  | no  | allow
  }
}"""
ROWS = """test "Rows" {
  to "+33639980001"  from "ACME"  category promotional
  cases (body, subjects) {
    "a" | text    | text "a"
    "b" | missing | missing consent.at
    "c" | help    | segments 2
    "d" | nothing | encoding gsm7
    "e" | segment | missing holidays
    "f" | opt_out | no append by hours
  }
  cases (reply) {
    "STOP" | opt_out in fr
    "OUI"  | opt_in in pt-BR
    "AIDE" | help in fr
    "?"    | nothing
  }
}"""
HEAD = """recipients FR, US-FL
languages  fr
holidays   FR also 2026-12-24, 2026-12-31

source a     "Act"       "https://example.com/1"  checked 2026-11-20
source other "Other Act" "https://example.com/2"  checked 2026-11-20
never allow when consent is opted_out"""


@pytest.mark.parametrize("text", [RULE, ONLY, LIMITS, LONG_LIST, WORDS, TABLE, REPLIES, ROWS])
def test_canonical_text_stays_and_comes_from_one_line(text: str) -> None:
    assert in_policy(text) == text
    assert in_policy(" ".join(text.split("\n"))) == text


def test_a_rule_typed_on_three_lines() -> None:
    assert in_policy(ONE_LINE) == RULE


@pytest.mark.parametrize("text", [TEST.replace("mms  |", "mms |").replace("sms  |", "sms |"), HEAD])
def test_tests_and_heads_stay(text: str) -> None:
    text = text.replace('"Act"       "', '"Act"        "').replace('"Other Act" "', '"Other Act"  "')
    assert in_policy(text) == text


COMMENTED = """# head

# about the policy
policy FR "France" {  # whom
  recipients FR  # numbers
  # languages next
  languages  fr

  # consent

  # really
  rule consent "Consent" {
    # first
    when     category is promotional  # ads
    # before the action
    deny
    replaces a,  # one
             b
    # last
  }  # after

  words w {
    fr: "a",  # said often
        "b"
  }

  # end of the policy
}
# end

# of the file
"""


def test_comments_stay_where_they_are() -> None:
    assert formatted(COMMENTED) == COMMENTED


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("rule a # 1\n'x' { deny }", ['rule a "x" {  # 1', "  deny", "}"]),
        ("rule # 1\na # 2\n'x' { deny }", ["# 1", 'rule a "x" {  # 2', "  deny", "}"]),
        ("rule a\n# 1\n'x' { deny } # 2", ["# 1", 'rule a "x" {', "  deny", "}  # 2"]),
        ("rule a 'x' { deny # 1\n\n\n# 2\n}", ['rule a "x" {', "  deny  # 1", "", "  # 2", "}"]),
        ("rule a 'x' {\n\n# 1\n\n\n\n# 2\n\ndeny }", ['rule a "x" {', "  # 1", "", "  # 2", "", "  deny", "}"]),
    ],
)
def test_comments_amid_a_line_move_to_its_end_or_before_it(typed: str, written: list[str]) -> None:
    assert in_policy(typed.replace("'", '"')).splitlines() == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("\ufeff# only a comment\r\n\r\n", "# only a comment\n"),
        ("\n\n  \n", ""),
        ('policy FR "x" { }', 'policy FR "x" {\n}\n'),
        ("group EU = AT,BE\ngroup A = FR", "group EU = AT, BE\ngroup A = FR\n"),
        ('policy FR "x" {}\ngroup A = FR', 'policy FR "x" {\n}\n\ngroup A = FR\n'),
    ],
)
def test_small_files(typed: str, written: str) -> None:
    assert formatted(typed) == written


@pytest.mark.parametrize("value", [r'"a \"b\" \\ \n \t"', '"é 中 # {stop}"', r'"\\\\"'])
def test_texts_stay_as_they_are(value: str) -> None:
    assert in_policy(f"note {value}") == f"note {value}"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("when segments <= 007 deny", "when segments <= 7"),
        ("when segments <= 99999999999999999999 deny", "when segments <= 99999999999999999999"),
        ("when consent.age <= 1 years deny", "when consent.age <= 1 year"),
        ("since 2026-02-31", "since 2026-02-31"),
        ("only 8:00 – 25:75", "only 08:00-25:75"),
        ("deny unless not(sender.shared)", "unless not (sender.shared)"),
    ],
)
def test_what_is_written_is_kept_even_where_it_is_wrong(typed: str, written: str) -> None:
    assert written in in_policy(f'rule a "x" {{ {typed} }}')


def test_a_file_with_syntax_errors_is_refused() -> None:
    with pytest.raises(PolicyError) as refused:
        formatted('policy FR "x" { rule a { deny } }')
    assert [finding.code for finding in refused.value.findings] == ["E101"]


def test_a_layout_that_would_change_the_meaning_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatter, "render", lambda page: 'policy FR "y" {\n}\n')
    with pytest.raises(PolicyError) as refused:
        formatted('policy FR "x" { }')
    assert [finding.code for finding in refused.value.findings] == ["E199"]


def test_a_layout_that_would_lose_a_comment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatter, "render", lambda page: 'policy FR "x" {\n}\n')
    with pytest.raises(PolicyError, match="would change what it says"):
        formatted('policy FR "x" { } # why')
