"""What a syntax error says: the place, what was found, what was expected, and what is usually meant."""

from __future__ import annotations

import re

from .diagnostics import Finding, did_you_mean
from .source import Source, Span
from .vocabulary import DAYS

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
    "EXCEPT_HOLIDAYS": "`except holidays`",
    "ADD": "`append` or `prepend`",
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
_CLAUSE_WORDS = frozenset(
    (
        *("when", "unless", "require", "deny", "only", "limit", "pace", "append", "prepend", "warn", "else"),
        *("replaces", "basis", "cite", "since", "before"),
    )
)
"""How the clauses of a rule begin, `note` aside, which a policy may hold too."""
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
_OTHER_QUOTES = frozenset("“”„‟«»‘’‚'`")
"""What word processors make of a double quote."""
_TOKEN = re.compile(r'"[^"\n]*"?|[^\W\d][\w-]*|\d[\d:.-]*|[<>=!&|]+|.', re.S)


def explain(source: Source, start: int, found: str | None, expected: set[str]) -> Finding:
    """The finding for a syntax error at `start`; `expected` holds the grammar's terminal names."""
    match = _TOKEN.match(source.text, start)
    lexeme = match.group() if match else ""
    span = Span(source, start, max(match.end() if match else start, start))
    if found == "" or not lexeme:
        return _unfinished(source, start, expected)
    if lexeme in RESERVED and expected <= {"NAME", "CODE", "COLUMN"}:
        message = f"`{lexeme}` is a word of the language and cannot be a name"
        return Finding("E104", message, span, help=f"choose another name, such as `{lexeme}_2`")
    message = f"`{_shortened(lexeme)}` is not expected here"
    hint = _hint(source, start, lexeme, expected)
    wanted = _expected(expected)
    helps = [hint] if hint else []
    if not hint and not wanted:
        helps.append("take it away, or write what is missing before it")
    if wanted and not hint.startswith("write"):
        helps.append(f"expected {wanted}")
    return Finding("E101", message, span, help=(" " if hint.endswith("?") else "; ").join(helps))


def _unfinished(source: Source, start: int, expected: set[str]) -> Finding:
    span = Span(source, max(start - 1, 0), start)
    wanted = _expected(expected)
    help_text = f"expected {wanted}" if wanted else "write what is missing"
    return Finding("E102", "the file ends too early", span, help=help_text)


def _shortened(lexeme: str) -> str:
    if not lexeme.isprintable():
        return f"U+{ord(lexeme[0]):04X}"
    return lexeme if len(lexeme) <= 40 else lexeme[:37] + "…"


def _hint(source: Source, start: int, lexeme: str, expected: set[str]) -> str:
    if lexeme.startswith('"') and (len(lexeme) == 1 or not lexeme.endswith('"')):
        return 'write a closing `"` on the same line'
    if lexeme in _OTHER_QUOTES:
        return 'write texts in straight double quotes: "…"'
    if lexeme == "if" and "_WHEN" in expected:
        return "write `when`"
    if expected == {"NAME"} and lexeme != lexeme.lower() and lexeme.isidentifier():
        return f"write names in small letters: `{lexeme.lower()}`"
    if lexeme in ("=", "==") and "_IS" in expected:
        return "write `is` to compare with a value"
    if lexeme in ("!=", "<>") and "_IS" in expected:
        return "write `is not` to compare with a value"
    if lexeme in ("&&", "||", "&", "|") and "AND" in expected:
        return f"write `{'and' if '&' in lexeme else 'or'}`"
    if "LPAR" in expected and re.search(r"\bnot\s*$", source.text[max(0, start - 20) : start]):
        return "write `not (…)` with the condition in parentheses"
    if lexeme == "," and "AND" in expected:
        return "write `is one of (…, …)` to name several values"
    if "DAYS" in expected and lexeme[:3] in DAYS:
        return f"write `{lexeme[:3]}`"
    if not lexeme.isprintable():
        return "write what is meant in its place: this sign cannot be seen"
    if not lexeme.isascii() and lexeme.isidentifier():
        return "write texts in double quotes, and names with the letters a to z, digits and `_`"
    if lexeme in _CLAUSE_WORDS and expected & {"_RULE", "_POLICY"}:
        return (
            f"`{lexeme}` belongs in a rule: take away the `}}` that closes the rule before it, or write a rule round it"
        )
    if "_IS" in expected and (lexeme[0] == '"' or (lexeme not in RESERVED and lexeme.isidentifier())):
        return did_you_mean(lexeme, _keywords(expected)) or "write `is` between a fact and its value"
    return did_you_mean(lexeme, _keywords(expected)) if lexeme.isidentifier() else ""


def _keywords(expected: set[str]) -> set[str]:
    words = {name.strip("_").lower() for name in expected if name not in _WORDS and not name.startswith("$")}
    return words | {word for name in expected & {"ADD"} for word in ("append", "prepend")}


def _expected(expected: set[str]) -> str:
    names = expected - {"SAYS"}  # `append`, `warn` and `pace` are named without it
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
