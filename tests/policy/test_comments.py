"""Blanks, line ends and comments separate words and mean nothing else, wherever they stand."""

from __future__ import annotations

import re

from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source

EVERY_ACTION = """
policy X "X" {
  recipients FR, BE  languages fr, nl  holidays FR also 2026-05-02
  source act "The Act" "https://example.org/act" checked 2026-11-20
  words w { fr: "casino" , "pari*"  en: "poker" }
  table t (country, sender_type) -> (ok) { FR | alphanumeric | yes
    * | * | no }
  rule a "A" { when not (category is one of (promotional, political)) and consent.age <= 2 years
    only mon-fri 08:00-20:00, sat holidays 10:00-12:00 except holidays in Europe/Paris else warn "w"
    basis law cite act }
  rule b "B" { require (length of body <= 20 or count of body.links is 0) and body mentions w
    else append fr: " STOP", nl: " STOP {stop}" basis law cite act since 2026-01-01 before 2027-01-01 note "n" }
  rule c "C" { limit 1 per calendar day per recipient, brand replaces a basis house }
  rule d "D" { pace 1 segments per 1 second per sender basis house }
  rule e "E" { when campaign is not known or body starts with "x" or consent covers night unless body ends with "y" deny
    basis house }
  replies { opt_out fr: "STOP" say "Au revoir." }
  test "T" { to "+33639980001" from "ACME" category promotional body "x" history [ 2025-11-20 10:00 promotional ]
    expect no deny by a expect defer until 2026-11-24 08:00 by a }
}
"""


def test_a_comment_may_stand_wherever_a_blank_may() -> None:
    whole = parse(Source("a.policy", EVERY_ACTION))
    assert not whole.findings
    blanks = [found.start() for found in re.finditer(r'"[^"\n]*"|( +)', EVERY_ACTION) if found[1]]
    assert len(blanks) > 200
    for at in blanks:
        commented = f"{EVERY_ACTION[:at]} # why\n {EVERY_ACTION[at:]}"
        assert parse(Source("a.policy", commented)).file.items == whole.file.items, EVERY_ACTION[at - 20 : at + 20]
