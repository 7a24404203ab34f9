"""Meaning of conditions: what they look at, and what they ask of it.

`model.py` gives them out with all else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .source import Span

Constant = str | int | bool


@dataclass(frozen=True, slots=True)
class Sited:
    """Anything with a place in a rule file."""

    span: Span = field(compare=False, repr=False)


# ---- terms: what a condition looks at


@dataclass(frozen=True, slots=True)
class FactTerm(Sited):
    """A fact, by its vocabulary name (`consent.status` and `register.listed` under their short names)."""

    name: str


@dataclass(frozen=True, slots=True)
class LengthTerm(Sited):
    """The length of a text fact, in characters."""

    fact: FactTerm


@dataclass(frozen=True, slots=True)
class CountTerm(Sited):
    """The number of entries of a list fact."""

    fact: FactTerm


@dataclass(frozen=True, slots=True)
class LookupTerm(Sited):
    """A cell of a table: the most specific row whose keys equal the arguments."""

    table: str
    arguments: tuple[Term, ...]
    column: str


@dataclass(frozen=True, slots=True)
class ConstantTerm(Sited):
    """A constant where a term may stand (as a table argument)."""

    value: Constant


Term = FactTerm | LengthTerm | CountTerm | LookupTerm | ConstantTerm


# ---- conditions


@dataclass(frozen=True, slots=True)
class And(Sited):
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or(Sited):
    """One part or more holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Sited):
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class IsKnown(Sited):
    """The fact is known: always true or false."""

    term: Term


@dataclass(frozen=True, slots=True)
class OneOf(Sited):
    """The value is one of these. Groups of places stand resolved; yes and no are True and False."""

    term: Term
    values: frozenset[Constant]


@dataclass(frozen=True, slots=True)
class SameAs(Sited):
    """Two terms have the same value."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class CompareNumber(Sited):
    """A number against a number; `operator` is one of `<`, `<=`, `>`, `>=`."""

    term: Term
    operator: str
    value: int


@dataclass(frozen=True, slots=True)
class CompareAge(Sited):
    """An age (`consent.age`, `register.age`) against a duration; months and years go by the calendar."""

    term: FactTerm
    operator: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Mentions(Sited):
    """The text mentions a word list (`words`) or a phrase (`phrase`); exactly one of the two is set."""

    term: FactTerm
    words: str | None
    phrase: str | None


@dataclass(frozen=True, slots=True)
class MentionsFact(Sited):
    """The text mentions, as whole words, what another text fact holds: `body mentions brand.name`."""

    term: FactTerm
    fact: FactTerm


@dataclass(frozen=True, slots=True)
class StartsWith(Sited):
    """The text starts with these characters exactly."""

    term: FactTerm
    text: str


@dataclass(frozen=True, slots=True)
class EndsWith(Sited):
    """The text ends with these characters exactly."""

    term: FactTerm
    text: str


@dataclass(frozen=True, slots=True)
class Matches(Sited):
    """The whole value matches a regular expression in RE2's syntax, which runs in linear time."""

    term: FactTerm
    pattern: str


@dataclass(frozen=True, slots=True)
class Has(Sited):
    """A list has this entry.

    `{country}` in it stands for the recipient's country. For link hosts: the domain or a subdomain.
    """

    term: FactTerm
    value: str


Condition = (
    And
    | Or
    | Not
    | IsKnown
    | OneOf
    | SameAs
    | CompareNumber
    | CompareAge
    | Mentions
    | MentionsFact
    | StartsWith
    | EndsWith
    | Matches
    | Has
)
