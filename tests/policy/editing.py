"""Rule files for the tests of language features, and places in them marked with ‸."""

from __future__ import annotations

from datetime import date

from sendlaw.policy.language_features import Analysis, analyse
from sendlaw.policy.source import Source, Span

MARK = "‸"
TODAY = date(2026, 11, 22)

WORLD = """group EU = FR, DE

policy world "Everywhere" {
  recipients anywhere
  languages  en

  source trade "Trade guide"  "https://example.org/guide"  checked 2026-11-01

  words perfume {
    en: "perfume", "scent"
    fr: "parfum*"
  }

  table senders (country, sender_type) -> (support) {
    FR | alphanumeric | yes
    *  | *            | undocumented
  }

  rule hours "Daytime only" {
    when  category is promotional
    only  08:00-21:00
    basis guideline  cite trade
    note  "Advice *only*"
  }
}
"""

FRANCE = """policy FR "France" {
  recipients FR, EU
  languages  fr, en

  source cpce "CPCE, art. L34-5"  "https://example.org/cpce"  checked 2026-11-01

  rule hours "Until half past nine" {
    when     category is promotional and senders(recipient.country, sender.type).support is yes
    only     08:00-21:30
    replaces world.hours
    basis    law  cite cpce
    since    2026-03-01
  }

  rule perfume "No perfume" {
    when  subject is perfume or body mentions perfume
    deny
    basis law  cite cpce
  }

  test "Perfume is refused" {
    to "+33639980001"  from "ACME"  category promotional  subjects perfume
    body "x"
    expect deny by perfume
  }
}
"""


def together(**texts: str) -> Analysis:
    """An analysis of files, each named by its argument."""
    return with_bundled(frozenset(), texts)


def with_bundled(bundled: frozenset[str], texts: dict[str, str]) -> Analysis:
    """The same with some of the files among those that ship with the package."""
    return analyse([Source(name, text) for name, text in texts.items()], bundled, TODAY)


def marked(text: str) -> tuple[str, int]:
    """A text without its mark, and where that stood."""
    before, found, after = text.partition(MARK)
    assert found, "no mark"
    return before + after, len(before)


def behind(text: str, words: str) -> int:
    """The offset behind the first occurrence of some words."""
    return text.index(words) + len(words)


def shown(spans: tuple[Span, ...]) -> list[str]:
    """Stretches as `file:line:text`, sorted."""
    return sorted(f"{span.source.name}:{span.line}:{span.text}" for span in spans)
