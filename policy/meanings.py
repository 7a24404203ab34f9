"""One line on every word of the language, for hovering and completion."""

from __future__ import annotations

BLOCKS: dict[str, str] = {
    "policy": 'A named set of rules for the numbers of some places: `policy FR "France" { … }`.',
    "group": "A named set of places: `group EU = AT, BE, …`.",
}
"""What stands outside of policies."""

ENTRIES: dict[str, str] = {
    "recipients": "Whom the policy protects: countries, states such as `US-FL`, groups, or `anywhere`.",
    "languages": "The languages in which its recipients read, and may answer.",
    "alphabets": "The languages whose tables of GSM-7 handsets and carriers there understand: `turkish`.",
    "holidays": "The public-holiday calendar of a place, and further dates behind `also`.",
    "source": "Where rules come from: a name, a title, an address, and the date on which it was last read.",
    "words": "A list of words and phrases per language; lists of one name in several policies are one.",
    "table": "A decision table: the most specific row wins, `*` is any value.",
    "rule": "One obligation, with its action, basis and sources.",
    "never": "A promise about all rules together: no such message is ever allowed.",
    "replies": "What a recipient may answer, per language, and what they are told.",
    "test": "A message with the verdict it must get.",
    "group": BLOCKS["group"],
    "note": "A remark for readers.",
}
"""What stands in a policy."""

CLAUSES: dict[str, str] = {
    "when": "The rule applies where this holds; where a fact is not known, it holds.",
    "unless": "The rule does not apply where this holds; what is not known does not excuse.",
    "deny": "The message may not be sent.",
    "require": "This must hold; if not, the message is denied, or what stands behind `else` happens.",
    "only": "Sending hours, on the recipient's clock or `in` a zone; outside of them the message waits.",
    "limit": "At most so many messages per recipient in a time; above it the message waits.",
    "pace": "How fast to dispatch. Never changes the decision.",
    "append": "A text that the message must carry at its end; may hold `{brand}`, `{sender}` and `{stop}`.",
    "prepend": "A text that the message must carry at its start; may hold `{brand}`, `{sender}` and `{stop}`.",
    "warn": "The message is sent, with a remark.",
    "replaces": "Where this rule is known to apply, the named rules of wider policies are silent.",
    "basis": "How firm the rule stands: law, regulator, carrier, provider, house or guideline.",
    "cite": "The sources of the rule, by name.",
    "since": "In force from this date on, at the recipient's midnight.",
    "before": "In force until the day before this date.",
    "note": "A remark for readers: conflicting sources, doubts.",
}
"""What stands in a rule."""

TEST_WORDS: dict[str, str] = {
    "expect": "What the verdict must be.",
    "cases": "Several messages as rows of a table, each with what is expected.",
}
"""What stands in a test beside message fields."""

OUTCOMES: dict[str, str] = {
    "allow": "The message may be sent now.",
    "deny": "The message may not be sent.",
    "defer": "The message may be sent later: `defer until 2026-11-25 08:00`.",
    "append": "A rule adds a text at the end.",
    "prepend": "A rule adds a text at the start.",
    "warn": "A rule has a remark.",
    "pace": "A rule says how fast to dispatch.",
    "no": "No rule does this: `no deny by R`, `no append`, `no warn`.",
    "text": "The text as it will be sent.",
    "segments": "How many segments the text takes.",
    "encoding": "How the text is encoded: `gsm7` or `ucs2`.",
    "missing": "A fact that the verdict lacks.",
    "opt_out": "The recipient's `reply` refuses further messages.",
    "opt_in": "The recipient's `reply` asks for messages.",
    "help": "The recipient's `reply` asks for help.",
    "nothing": "The recipient's `reply` means nothing in particular.",
}
"""What may stand behind `expect`."""

EFFECTS = ("deny", "defer", "append", "prepend", "warn", "pace")
"""Those of them that are what a rule does: they may stand behind `expect no`."""

OPERATORS: dict[str, str] = {
    "and": "Both must hold. Mixing `and` with `or` needs parentheses.",
    "or": "One of them must hold. Mixing `and` with `or` needs parentheses.",
    "not": "The opposite: `not (…)`, or `is not`.",
    "is": "Equal to a value.",
    "is not": "Not equal to a value.",
    "is one of": "Equal to one of several values: `is one of (a, b)`.",
    "is not one of": "Equal to none of several values.",
    "is known": "Whether the fact is known at all; always yes or no.",
    "is not known": "Whether the fact is missing.",
    "mentions": "Holds one of the words or phrases, disguised or not.",
    "starts with": "The text begins so.",
    "ends with": "The text ends so.",
    "matches": "The whole text has the form of a pattern (RE2).",
    "covers": "The consent names this beyond the ordinary.",
    "has": "The list holds this.",
    "length of": "How many characters a text has.",
    "count of": "How many entries a list has.",
    "<=": "At most.",
    ">=": "At least.",
    "<": "Less than.",
    ">": "More than.",
}
"""What stands in conditions beside facts and values."""

_OTHERS: dict[str, str] = {
    "anywhere": "Everybody, wherever their number belongs.",
    "also": "Further dates that count as public holidays.",
    "by": "Rules that must be among the reasons of the verdict.",
    "calendar": "Counted by the recipient's calendar: `calendar day`, `calendar week` (from Monday), `calendar month`.",
    "checked": "The date on which somebody last read the source.",
    "count": OPERATORS["count of"],
    "else": "What happens instead of a denial.",
    "ends": OPERATORS["ends with"],
    "except": "`except holidays`: closed on public holidays.",
    "in": "On the clock of this zone; after a reply: in this language.",
    "known": OPERATORS["is known"],
    "length": OPERATORS["length of"],
    "of": "Belongs to `one of`, `length of` and `count of`.",
    "one": OPERATORS["is one of"],
    "per": "Per this time, and per each of these keys.",
    "say": "What the recipient is told.",
    "starts": OPERATORS["starts with"],
    "until": "The instant from which the message may be sent.",
    "with": "Belongs to `starts with` and `ends with`.",
}

WORDS: dict[str, str] = {**_OTHERS, **OPERATORS, **OUTCOMES, **TEST_WORDS, **BLOCKS, **CLAUSES, **ENTRIES}
"""Every word of the language with its meaning; where one has two, that in a policy or rule."""

BASIS_MEANINGS: dict[str, str] = {
    "law": "a statute, or a court's reading of it",
    "regulator": "an authority's decision",
    "carrier": "a rule of the mobile operators",
    "provider": "a rule of the messaging providers",
    "house": "the sender's own rule; needs no source",
    "guideline": "advice; an unknown fact makes it warn, not refuse",
}
"""What each basis means, firmest first."""
