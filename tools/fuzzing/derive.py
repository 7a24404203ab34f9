"""Pieces of rule files derived from the grammar at random, with names that mostly mean something."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from lark import Lark
from lark.grammar import NonTerminal, Symbol
from sendlaw.policy.places import countries
from sendlaw.policy.vocabulary import (
    BASES,
    CATEGORIES,
    CONSENT_STATUSES,
    FACTS,
    LIMIT_KEYS,
    REPLY_KINDS,
    SENDER_TYPES,
    SUBJECTS,
    TEST_FIELDS,
)

from .seeds import ROOT

PIECES = (
    *("policy", "group", "recipients", "languages", "holidays", "citation", "words", "table", "row", "never", "note"),
    *("replies", "reply_entry", "rule", "when", "unless", "require", "add_text", "warn", "only", "span", "limit"),
    *("pace", "replaces", "cite", "since", "before", "condition", "predicate", "term", "value", "lookup", "test"),
    *("setting", "history_list", "expect", "cases", "case_row"),
)
_DEEP = 14
_NAMES = (*CATEGORIES, *SENDER_TYPES, *CONSENT_STATUSES, *SUBJECTS, *BASES, *LIMIT_KEYS, *REPLY_KINDS)
_TEXTS = (
    *('"STOP"', '"casino"', '"pari* sportif*"', '"https://example.org/act"', '"{brand}: {stop}"', '"+33639980001"'),
    *('"10dlc"', '"sender_id:FR"', '"[A-Z]+"', '""', '" "', '"(광고)"', '"Europe/Paris"', '"a\\"b\\\\c"'),
)
_SAMPLES: dict[str, Callable[[Random], str]] = {
    "NAME": lambda r: r.choice((*_NAMES, "act", "hours", "first", "senders", "support", "yes", "no", "none")),
    "CODE": lambda r: r.choice((*countries(), "US-FL", "CA-ON", "EU", "FR", "FR")),
    "LANGUAGE": lambda r: r.choice(("fr", "en", "de", "pt-BR", "zh-Hant", "xx")),
    "TAG": lambda r: r.choice(("fr", "en", "ko", "pt-BR")),
    "COLUMN": lambda r: r.choice(("country", "sender_type", "category", "support", "language", "subject", "when")),
    "STRING": lambda r: r.choice(_TEXTS),
    "NUMBER": lambda r: str(r.choice((0, 1, 2, 3, 7, 24, 160, 1_000_000, 10**12, 10**30))),
    "DATE": lambda r: r.choice(("2026-03-01", "2024-02-29", "2023-02-29", "0001-01-01", "9999-12-31", "2026-13-01")),
    "TIME": lambda r: r.choice(("08:00", "23:59", "24:00", "8:00", "10:00:59", "99:99")),
    "TIMES": lambda r: r.choice(("08:00-21:30", "00:00-24:00", "22:00-06:00", "8:00 – 9:00", "25:00-26:00")),
    "DAYS": lambda r: r.choice(("mon", "mon-sat", "sat-thu", "sun-sun")),
    "ZONE": lambda r: r.choice(("Europe/Paris", "UTC", "Asia/Calcutta", "America/Nowhere")),
    "OFFSET": lambda r: r.choice(("Z", "+01:00", "-00:00", "+99:99")),
    "UNIT": lambda r: r.choice(("second", "minutes", "hours", "days", "weeks", "months", "years")),
    "COMPARE": lambda r: r.choice(("<", "<=", ">", ">=")),
    "EXCEPT_HOLIDAYS": lambda r: "except holidays",
    "ADD": lambda r: r.choice(("append", "prepend")),
    "NO": lambda r: "no",
}


@cache
def _grammar() -> tuple[dict[str, list[list[Symbol]]], dict[str, str]]:
    """What each rule of the grammar may consist of, and each terminal that is always the same."""
    lark = Lark((ROOT / "grammar" / "policy.lark").read_text(encoding="utf-8"), parser="lalr")
    rules: dict[str, list[list[Symbol]]] = {}
    for rule in lark.rules:
        rules.setdefault(rule.origin.name, []).append(list(rule.expansion))
    fixed = {terminal.name: re.sub(r"\\b\Z|\\(?!b)", "", terminal.pattern.value) for terminal in lark.terminals}
    return rules, fixed


def derive(random: Random, name: str = "") -> str:
    """A piece of one of the kinds, as text on one line."""
    words: list[str] = []
    _grow(random, name or random.choice(PIECES), 0, words)
    return " ".join(words)


def _grow(random: Random, name: str, depth: int, words: list[str]) -> None:
    if name == "path" and random.random() < 0.9:
        words.append(random.choice((*FACTS, *_NAMES)))
        return
    if name == "setting_path" and random.random() < 0.9:
        words.append(random.choice(tuple(TEST_FIELDS)))
        return
    rules, fixed = _grammar()
    choices = rules[name]
    chosen = min(choices, key=len) if depth > _DEEP else random.choice(choices)
    for symbol in chosen:
        if isinstance(symbol, NonTerminal):
            _grow(random, symbol.name, depth + 1, words)
        else:
            sample = _SAMPLES.get(symbol.name)
            words.append(sample(random) if sample else fixed[symbol.name])
