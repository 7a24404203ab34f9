"""Syntax: what was written, as frozen nodes.

Positions stand outside equality, so two layouts of one text are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .source import Source
from .tree_conditions import Bare as Bare
from .tree_conditions import Compare as Compare
from .tree_conditions import Condition as Condition
from .tree_conditions import Count as Count
from .tree_conditions import Day as Day
from .tree_conditions import Duration as Duration
from .tree_conditions import Group as Group
from .tree_conditions import Is as Is
from .tree_conditions import Junction as Junction
from .tree_conditions import Known as Known
from .tree_conditions import Length as Length
from .tree_conditions import Lookup as Lookup
from .tree_conditions import Moment as Moment
from .tree_conditions import Name as Name
from .tree_conditions import Node as Node
from .tree_conditions import Not as Not
from .tree_conditions import Number as Number
from .tree_conditions import Path as Path
from .tree_conditions import Star as Star
from .tree_conditions import Tagged as Tagged
from .tree_conditions import Term as Term
from .tree_conditions import Text as Text
from .tree_conditions import Verb as Verb

# ---- clauses of a rule


@dataclass(frozen=True, slots=True)
class When(Node):
    """`when COND`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Unless(Node):
    """`unless COND`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Deny(Node):
    """`deny`."""


@dataclass(frozen=True, slots=True)
class AddText(Node):
    """`append` or `prepend` with a text, or a text per language."""

    kind: str
    texts: tuple[Tagged, ...]


@dataclass(frozen=True, slots=True)
class Warn(Node):
    """`warn "…"`; after `only … else` the text may be left out."""

    text: Text | None


@dataclass(frozen=True, slots=True)
class Require(Node):
    """`require COND [else …]`."""

    condition: Condition
    otherwise: AddText | Warn | Deny | None


@dataclass(frozen=True, slots=True)
class DaySpan(Node):
    """Days (`mon`, `mon-sat`, `holidays`; none means every day) and minutes from midnight, end excluded.

    A time that no day has, such as 08:75, is -1.
    """

    days: tuple[Name, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Only(Node):
    """`only SPANS [except holidays] [in ZONE] [else warn]`."""

    spans: tuple[DaySpan, ...]
    except_holidays: bool
    zone: Name | None
    otherwise: Warn | None


@dataclass(frozen=True, slots=True)
class Limit(Node):
    """`limit N per DURATION per recipient, KEYS`; a calendar period has `calendar` and a count of 1."""

    count: Number
    period: Duration
    calendar: bool
    keys: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Pace(Node):
    """`pace N [segments] per DURATION per KEYS`."""

    count: Number
    segments: bool
    period: Duration
    keys: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Replaces(Node):
    """`replaces POLICY.RULE, …`."""

    rules: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Basis(Node):
    """`basis WORD`."""

    word: Name


@dataclass(frozen=True, slots=True)
class Cite(Node):
    """`cite SOURCE, …`."""

    sources: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Since(Node):
    """`since DATE`."""

    day: Day


@dataclass(frozen=True, slots=True)
class Before(Node):
    """`before DATE`."""

    day: Day


@dataclass(frozen=True, slots=True)
class Note(Node):
    """`note "…"`."""

    text: Text


Action = Deny | Require | Only | Limit | Pace | AddText | Warn
Clause = When | Unless | Action | Replaces | Basis | Cite | Since | Before | Note


# ---- entries of a policy


@dataclass(frozen=True, slots=True)
class Recipients(Node):
    """`recipients FR, US-FL, EU` or `recipients anywhere`."""

    anywhere: bool
    places: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Languages(Node):
    """`languages fr, en`."""

    codes: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Alphabets(Node):
    """`alphabets turkish`."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Holidays(Node):
    """`holidays FR also 2026-12-24, …`."""

    place: Name
    also: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Citation(Node):
    """`source ID "title" "URL" checked DATE`."""

    name: Name
    title: Text
    url: Text
    checked: Day


@dataclass(frozen=True, slots=True)
class Words(Node):
    """`words NAME { fr: "…", … }`."""

    name: Name
    entries: tuple[Tagged, ...]


@dataclass(frozen=True, slots=True)
class Row(Node):
    """One row of a table."""

    cells: tuple[Cell, ...]


Cell = Path | Text | Number | Duration | Day | Star


@dataclass(frozen=True, slots=True)
class Table(Node):
    """`table NAME (keys) -> (values) { rows }`."""

    name: Name
    keys: tuple[Name, ...]
    columns: tuple[Name, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Rule(Node):
    """`rule ID "title" { … }`, its clauses in the order written."""

    name: Name
    title: Text
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Never(Node):
    """`never allow when COND`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class ReplyEntry(Node):
    """`opt_out fr: "STOP", … say "…"`."""

    kind: Name
    words: Tagged
    say: Text | None


@dataclass(frozen=True, slots=True)
class Replies(Node):
    """`replies { … }`."""

    entries: tuple[ReplyEntry, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry(Node):
    """One earlier send in a test: when, its category, and further fields with their values."""

    at: Moment
    category: Name
    fields: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class HistoryList(Node):
    """`[ … ]` behind `history`."""

    entries: tuple[HistoryEntry, ...]


Value = Path | Text | Number | Duration | Day | Moment | HistoryList


@dataclass(frozen=True, slots=True)
class Setting(Node):
    """A message field and its values in a test."""

    field_name: Path
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Expect(Node):
    """What a test expects.

    `outcome`: `allow`, `deny`, `defer`, `append`, `prepend`, `warn`, `pace`, `opt_out`, `opt_in`, `help`,
    `nothing`, `text`, `segments`, `encoding` or `missing`; `value` is the instant, text or name behind it,
    `rules` those after `by`, `language` the code after `in`. `negated`: the verdict must hold nothing of the kind.
    """

    outcome: Name
    value: Value | None
    language: Name | None
    rules: tuple[Path, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow(Node):
    """One row of test cases: a value for each column, then what is expected."""

    values: tuple[Value, ...]
    expect: Expect


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """`cases (columns) { rows }`."""

    columns: tuple[Path, ...]
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class Test(Node):
    """`test "…" { … }`."""

    title: Text
    settings: tuple[Setting, ...]
    expects: tuple[Expect, ...]
    cases: tuple[Cases, ...]


@dataclass(frozen=True, slots=True)
class PlaceGroup(Node):
    """`group EU = AT, BE, …`."""

    name: Name
    places: tuple[Name, ...]


Entry = (
    Recipients
    | Languages
    | Alphabets
    | Holidays
    | Citation
    | Words
    | Table
    | Rule
    | Never
    | Replies
    | Test
    | PlaceGroup
    | Note
)


@dataclass(frozen=True, slots=True)
class Policy(Node):
    """`policy ID "title" { … }`."""

    name: Name
    title: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Comment(Node):
    """A comment, `#` included. Not part of the meaning; the formatter keeps it."""

    text: str


@dataclass(frozen=True, slots=True)
class File(Node):
    """A rule file: its policies and groups, and its comments beside them."""

    source: Source = field(compare=False, repr=False)
    items: tuple[Policy | PlaceGroup, ...]
    comments: tuple[Comment, ...] = field(compare=False)
