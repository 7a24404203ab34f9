"""Colours for rule files: a lexer for Pygments, registered as `sendlaw`.

The words are those of `grammar/policy.lark`; editors that read TextMate grammars use `grammar/policy.tmLanguage.json`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, include, words
from pygments.token import (
    Comment,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Whitespace,
    _TokenType,
)

from .vocabulary import FACTS, TEST_FIELDS

ENTRY_WORDS = (
    *(
        "policy",
        "group",
        "recipients",
        "languages",
        "alphabets",
        "holidays",
        "source",
        "words",
        "table",
        "rule",
        "never",
    ),
    *("replies", "test", "note", "cases", "expect"),
)
"""Words that begin something a file, a policy or a test holds."""
CLAUSE_WORDS = (
    *("when", "unless", "require", "only", "limit", "pace", "append", "prepend", "warn", "deny", "allow", "defer"),
    *("replaces", "basis", "cite", "since", "before", "else", "say"),
)
"""Words that begin a part of a rule, and what a verdict can be."""
OPERATOR_WORDS = (
    *("and", "or", "not", "is", "one", "of", "known", "mentions", "covers", "has", "matches", "starts", "ends"),
    *("with", "length", "count"),
)
"""Words of conditions."""
OTHER_WORDS = ("also", "anywhere", "by", "calendar", "checked", "except", "in", "per", "until")
"""Words that stand between others."""
WORDS_IN_PLACES = ("no", "nothing", "segments")
"""Words of the language in some places, and names in others."""
DAY_WORDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNIT_WORDS = ("second", "minute", "hour", "day", "week", "month", "year")

_by: Callable[..., Any] = bygroups


class PolicyLexer(RegexLexer):
    """A Pygments lexer for Sendlaw's rule files."""

    name = "Sendlaw policy"
    aliases: ClassVar = ["sendlaw"]
    filenames: ClassVar = ["*.policy"]
    mimetypes: ClassVar = ["text/x-sendlaw"]
    flags = re.MULTILINE

    def _path(self, match: re.Match[str]) -> Iterator[tuple[int, _TokenType, str]]:
        """A name, by what the vocabulary knows of it."""
        text = match.group()
        known = Name.Builtin if text in FACTS else Name.Attribute if text in TEST_FIELDS else Name
        yield match.start(), known, text

    tokens: ClassVar = {
        "root": [
            (r"\s+", Whitespace),
            (r"#[^\n]*", Comment.Single),
            (r'"', String.Double, "text"),
            include("dates"),
            (r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*(?=[ \t]*:)", Name.Label),
            include("declarations"),
            (words(ENTRY_WORDS, suffix=r"\b(?![.-])"), Keyword.Declaration),
            (words(CLAUSE_WORDS, suffix=r"\b(?![.-])"), Keyword),
            (words(OPERATOR_WORDS, suffix=r"\b(?![.-])"), Operator.Word),
            (words(OTHER_WORDS, suffix=r"\b(?![.-])"), Keyword.Pseudo),
            (r"(" + "|".join(DAY_WORDS) + r")(-(" + "|".join(DAY_WORDS) + r"))?\b", Keyword.Constant),
            (r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})+\b", Name.Constant),
            (r"(yes|no|nothing|undocumented)\b", Keyword.Constant),
            (r"[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+|UTC\b", Name.Constant),
            (r"[A-Z][A-Za-z0-9_]*(-[A-Z0-9]{1,3})?(?![A-Za-z0-9_])", Name.Constant),
            (r"[a-z_][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_-]*)*", _path),
            (r"->|<=|>=|[<>=*|]", Operator),
            (r"[{}()\[\],.:]", Punctuation),
        ],
        "dates": [
            (r"\d{4}-\d\d-\d\d\b", Literal.Date),
            (r"\d{1,2}:\d\d[ \t]*[-–][ \t]*\d{1,2}:\d\d", Literal.Date),
            (r"\d{1,2}:\d\d(:\d\d)?", Literal.Date),
            (r"[+-]\d\d:\d\d|Z\b", Literal.Date),
            (
                r"(\d+)([ \t]+)((?:" + "|".join(UNIT_WORDS) + r")s?)\b",
                _by(Number.Integer, Whitespace, Keyword.Type),
            ),
            (r"\d+", Number.Integer),
            (r"(per)([ \t]+)(?=\d)", _by(Keyword.Pseudo, Whitespace)),
        ],
        "declarations": [
            (r"(policy)([ \t]+)([A-Za-z][\w-]*)", _by(Keyword.Declaration, Whitespace, Name.Namespace)),
            (r"(rule)([ \t]+)([a-z]\w*)", _by(Keyword.Declaration, Whitespace, Name.Function)),
            (r"(group|source|words|table)([ \t]+)([A-Za-z]\w*)", _by(Keyword.Declaration, Whitespace, Name.Class)),
        ],
        "text": [
            (r'"', String.Double, "#pop"),
            (r"\n", Whitespace, "#pop"),
            (r"\\.", String.Escape),
            (r"\{[a-z]+\}", String.Interpol),
            (r'[^"\\{\n]+', String.Double),
            (r"[\\{]", String.Double),
        ],
    }
