"""Rule files made for measuring: the same eight rules for any number of countries, and word lists of any length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

_LETTERS = "bcdfghklmnprstvz"
_VOWELS = "aeiou"

_POLICY = """policy {code} "Rules of {code}" {{
  recipients {code}
  languages  en
  source made "Made for measuring" "https://example.org/{code}" checked 2026-11-22

  words gambling {{ en: {words} }}

  rule brief "At most {segments} segments" {{
    when category is promotional
    require segments <= {segments} else warn "long"
    basis guideline cite made
  }}
  rule consent "Marketing needs consent" {{
    when category is promotional
    require consent is one of (opted_in, existing_customer)
    basis law cite made
  }}
  rule gambling "No gambling" {{ when subject is gambling deny basis provider cite made }}
  rule hours "Marketing by day" {{ when category is promotional only {hours} basis law cite made }}
  rule landline "Landlines cannot receive" {{
    when recipient.line is one of (fixed, premium, shared_cost, uan, pager, voicemail)
    deny
    basis provider cite made
  }}
  rule name "A name has at most 11 letters or digits" {{
    when sender.type is alphanumeric
    require length of sender.id <= 11 and sender.id matches "[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*"
    basis carrier cite made
  }}
  rule seldom "At most {limit} a week" {{
    when category is promotional
    limit {limit} per 7 days per recipient, brand, category
    basis regulator cite made
  }}
  rule way_out "Marketing says how to stop" {{
    when category is promotional
    require body mentions "STOP"
    else append " STOP: {{stop}}"
    basis law cite made
  }}
}}
"""
_HOURS = ("08:00-21:00", "mon-sat 08:00-20:00", "mon-fri 09:00-21:00, sat 10:00-19:00", "09:00-20:00")


def words(count: int, seed: int = 7) -> list[str]:
    """Made-up words of six to ten letters, all different."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choice(_LETTERS) + rng.choice(_VOWELS) for _ in range(rng.randrange(3, 6)))] = None
    return list(found)


def country_rules(countries: Iterable[str]) -> str:
    """Eight rules for each country; hours, limits and segments differ from one to the next."""
    return "\n".join(_country(code, number, ("casino", "bet* now")) for number, code in enumerate(countries))


def with_words(countries: Iterable[str], count: int) -> str:
    """The same, with `count` words in the lists of all countries together."""
    codes = list(countries)
    listed = words(count)
    shares = [listed[number :: len(codes)] for number in range(len(codes))]
    return "\n".join(_country(code, number, shares[number]) for number, code in enumerate(codes))


def _country(code: str, number: int, phrases: Iterable[str]) -> str:
    return _POLICY.format(
        code=code,
        words=", ".join(_quoted(phrases)),
        segments=2 + number % 2,
        limit=2 + number % 3,
        hours=_HOURS[number % len(_HOURS)],
    )


def _quoted(phrases: Iterable[str]) -> Iterator[str]:
    return (f'"{phrase}"' for phrase in phrases)
