"""Syntax of conditions: words, values, and what is asked of them.

`tree.py` gives them out with all other nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .source import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Anything written in a rule file, and where."""

    span: Span = field(compare=False, repr=False)


# ---- words and values


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A word: a name, a code such as `FR` or `US-FL`, or a zone."""

    text: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A dotted name such as `consent.age`, `world.hours` or `registers.US-FL.listed`."""

    parts: tuple[Name, ...]

    @property
    def text(self) -> str:
        """The dotted name as written."""
        return ".".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A quoted text; `value` has its escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Duration(Node):
    """A number with a unit, the unit in the singular."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Day(Node):
    """A date."""

    value: date


@dataclass(frozen=True, slots=True)
class Moment(Node):
    """A date and time on the recipient's clock, or in a zone, or with an offset (`zone` holds either)."""

    day: date
    hour: int
    minute: int
    second: int
    zone: Name | None


@dataclass(frozen=True, slots=True)
class Star(Node):
    """`*` in a table: any value."""


@dataclass(frozen=True, slots=True)
class Tagged(Node):
    """Texts of one language; `language` is None where none is written."""

    language: Name | None
    texts: tuple[Text, ...]


# ---- conditions


@dataclass(frozen=True, slots=True)
class Length(Node):
    """`length of X`."""

    of: Path


@dataclass(frozen=True, slots=True)
class Count(Node):
    """`count of X`."""

    of: Path


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """`senders(recipient.country, sender.type).support`."""

    table: Name
    arguments: tuple[Term, ...]
    column: Name


Term = Path | Text | Number | Duration | Day | Length | Count | Lookup


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """Conditions joined by `and` and `or`, as written; mixing them is an error of the checker."""

    operands: tuple[Condition, ...]
    words: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not (…)`."""

    operand: Condition


@dataclass(frozen=True, slots=True)
class Group(Node):
    """A condition in parentheses."""

    operand: Condition


@dataclass(frozen=True, slots=True)
class Bare(Node):
    """A fact that is yes or no by itself."""

    term: Term


@dataclass(frozen=True, slots=True)
class Is(Node):
    """`X is V`, `X is not V`, `X is one of (V, …)`, `X is not one of (V, …)`."""

    term: Term
    negated: bool
    one_of: bool
    values: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Known(Node):
    """`X is known`, `X is not known`."""

    term: Term
    negated: bool


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`X <= V`."""

    term: Term
    operator: str
    value: Term


@dataclass(frozen=True, slots=True)
class Verb(Node):
    """`X mentions V`, `X starts with V`, `ends with`, `covers`, `has`, `matches`; `verb`: the first word."""

    term: Term
    verb: str
    values: tuple[Term, ...]


Condition = Junction | Not | Group | Bare | Is | Known | Compare | Verb
