"""What a syntax error says: the place, what was found, what was expected, and what is usually meant."""

from __future__ import annotations

import re

from .diagnostics import Finding, same_word
from .source import Source, Span
from .syntax_comparisons import comparison_meant, entry_meant
from .syntax_expectations import expectation_meant
from .syntax_hints import hint
from .syntax_place import Meant, Place
from .syntax_values import date_meant, whole_number_meant
from .vocabulary import ENCODINGS

_WORDS = {
    "NAME": "a name",
    "CODE": "a place such as `FR`",
    "STRING": "a text in double quotes",
    "NUMBER": "a number",
    "UNIT": "a unit such as `days`",
    "DATE": "a date such as `2026-03-01`",
    "TIME": "a time such as `08:00`",
    "TIMES": "hours such as `08:00-21:30`",
    "DAYS": "days such as `mon-sat`",
    "DAY_HOLIDAYS": "`holidays`",
    "ZONE": "a time zone such as `Europe/Paris`",
    "OFFSET": "an offset such as `+01:00`",
    "TAG": "a language with a colon such as `fr:`",
    "LANGUAGE": "a language such as `fr`",
    "COLUMN": "a column name",
    "COMPARE": "a comparison such as `<=`",
    "EXCEPT": "`except holidays`",
    "ADD": "`append` or `prepend`",
    "_CHECKED": "`checked` and a date, as in `checked 2026-11-20`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LSQB": "`[`",
    "RSQB": "`]`",
    "COMMA": "`,`",
    "DOT": "`.`",
    "COLON": "`:`",
    "EQUAL": "`=`",
    "VBAR": "`|`",
    "STAR": "`*`",
    "$END": "the end of the file",
}
_IN_ROWS = frozenset(("SAYS", "CASE_FACT", "CASE_REPLY", "CASE_NOTHING"))
"""Words that are recognised by what stands behind them; where they may stand, others do that are named."""
_CLAUSES = frozenset(
    (
        "_WHEN",
        "_UNLESS",
        "_REQUIRE",
        "DENY",
        "_ONLY",
        "_LIMIT",
        "_PACE",
        "ADD",
        "_WARN",
        "_REPLACES",
        "_BASIS",
        "_CITE",
        "_SINCE",
        "_BEFORE",
        "_NOTE",
    )
)
_ENTRIES = frozenset(
    (
        "_RECIPIENTS",
        "_LANGUAGES",
        "_ALPHABETS",
        "_HOLIDAYS",
        "_SOURCE",
        "_WORDS",
        "_TABLE",
        "_RULE",
        "_NEVER",
        "_REPLIES",
        "_TEST",
        "_GROUP",
        "_NOTE",
    )
)
RESERVED = frozenset(
    (
        "allow",
        "alphabets",
        "also",
        "and",
        "anywhere",
        "append",
        "basis",
        "before",
        "by",
        "calendar",
        "cases",
        "checked",
        "cite",
        "count",
        "covers",
        "defer",
        "deny",
        "else",
        "ends",
        "except",
        "expect",
        "group",
        "has",
        "holidays",
        "in",
        "is",
        "known",
        "languages",
        "length",
        "limit",
        "matches",
        "mentions",
        "never",
        "not",
        "note",
        "of",
        "one",
        "only",
        "or",
        "pace",
        "per",
        "policy",
        "prepend",
        "recipients",
        "replaces",
        "replies",
        "require",
        "rule",
        "say",
        "since",
        "source",
        "starts",
        "table",
        "test",
        "unless",
        "until",
        "warn",
        "when",
        "with",
        "words",
    )
)
"""The words of the language that cannot be names, as in the grammar."""
_WITHIN_LINES = frozenset(
    (
        *(
            "also",
            "and",
            "anywhere",
            "by",
            "calendar",
            "checked",
            "count",
            "covers",
            "ends",
            "has",
            "in",
            "is",
            "known",
        ),
        *("length", "matches", "mentions", "not", "of", "one", "or", "per", "starts", "until", "with"),
    )
)
"""Words of the language that begin nothing."""
_SAYS_ALL = (
    "write",
    "leave",
    "take",
    "join",
    "choose",
    "a ",
    "`",
    "outside",
    "this does",
    "nothing but",
    "names hold",
    "the name",
)
"""How hints begin that leave nothing to be added."""
_LONGEST_HINT = 300
"""Characters of a hint; one that repeats a name without end helps nobody."""
_HYPHENS = re.compile(r"(?:-\w+)+")
_TOKEN = re.compile(r'"[^"\n]*"?|[^\W\d][\w-]*|\d[\d:.-]*|->|[<>=!&|]+|.', re.S)


def explain(source: Source, start: int, found: str | None, expected: set[str]) -> Finding:
    """The finding for a syntax error at `start`; `expected` holds the grammar's terminal names."""
    match = _TOKEN.match(source.text, start)
    lexeme = match.group() if match else ""
    span = Span(source, start, max(match.end() if match else start, start))
    if found == "" or not lexeme:
        return _unfinished(source, start, expected)
    if lexeme in RESERVED and expected <= {"NAME", "CODE", "COLUMN"} and not _begins_a_line(source, start, lexeme):
        message = f"`{lexeme}` is a word of the language and cannot be a name"
        return Finding("E104", message, span, help=f"choose another name, such as `{lexeme}_2`")
    place = Place(source.text, start, lexeme, frozenset(expected))
    meant = _meant(place) or hint(place, RESERVED, _keywords(expected))
    if isinstance(meant, Meant) and len(meant.help) <= _LONGEST_HINT:
        span = Span(source, meant.start, meant.end)
        message = meant.message or f"`{_shortened(span.text)}` is not expected here"
        return Finding("E101", message, span, help=meant.help)
    message = f"`{_shortened(lexeme)}` is not expected here"
    told = meant if isinstance(meant, str) and len(meant) <= _LONGEST_HINT else ""
    wanted = _expected(expected)
    helps = [told] if told else []
    if not told and not wanted:
        helps.append("take it away, or write what is missing before it")
    if wanted and not told.startswith(_SAYS_ALL):
        helps.append(f"expected {wanted}")
    return Finding("E101", message, span, help=(" " if told.endswith("?") else "; ").join(helps))


def _meant(place: Place) -> Meant | None:
    """What is meant by more than the one word or sign."""
    in_values = date_meant(place.text, place.start) or whole_number_meant(place.text, place.start)
    in_place = entry_meant(place) or _with_hyphens(place)
    return in_values or in_place or expectation_meant(place) or comparison_meant(place)


def _begins_a_line(source: Source, start: int, word: str) -> bool:
    """Whether this is a word of the language where one usually stands: what comes before it is not finished."""
    return word not in _WITHIN_LINES and not source.text[source.text.rfind("\n", 0, start) + 1 : start].strip()


def _with_hyphens(place: Place) -> Meant | None:
    """How a name with hyphens is written, if the second part of one stands here."""
    start = place.start
    if not place.lexeme.startswith("-"):
        return None
    first = re.search(r"[A-Za-z]\w*\Z", place.text[max(0, start - 80) : start])
    rest = _HYPHENS.match(place.text, start)
    if first is None or rest is None:
        return None
    word = first.group() + rest.group()
    if len(word) > _LONGEST_HINT:
        return None
    told = f"names hold no hyphens: write `{same_word(word, ENCODINGS) or word.replace('-', '_').lower()}`"
    if re.match("[A-Z]{2}-", word):
        told = "write a state or province by its code, as in `US-FL`"
    return Meant(start - len(first.group()), rest.end(), told)


def _unfinished(source: Source, start: int, expected: set[str]) -> Finding:
    span = Span(source, max(start - 1, 0), start)
    wanted = _expected(expected)
    help_text = f"expected {wanted}" if wanted else "write what is missing"
    return Finding("E102", "the file ends too early", span, help=help_text)


def _shortened(lexeme: str) -> str:
    if not lexeme.isprintable():
        return f"U+{ord(lexeme[0]):04X}"
    return lexeme if len(lexeme) <= 40 else lexeme[:37] + "…"


def _keywords(expected: set[str]) -> set[str]:
    known = {name for name in expected if name not in _WORDS and not name.startswith("$")} - _IN_ROWS
    return {name.strip("_").lower() for name in known} | ({"append", "prepend"} if "ADD" in expected else set())


def _expected(expected: set[str]) -> str:
    names = expected - _IN_ROWS
    parts = []
    if len(names & _CLAUSES) > 6:
        names -= _CLAUSES
        parts.append("a clause such as `when` or `basis`")
    if len(names & _ENTRIES) > 6:
        names -= _ENTRIES
        parts.append("an entry such as `rule` or `source`")
    described = sorted({_WORDS.get(name) or f"`{name.strip('_').lower()}`" for name in names})
    parts = described + parts
    if len(parts) > 6:
        return ""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}" if parts else ""
