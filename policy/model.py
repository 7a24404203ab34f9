"""Meaning: what a set of rule files says, with names resolved and types checked. A model of its own, not
marks on the tree.

The checker makes it; interpreter, compiler, linter and tools read it. Spans stand outside equality.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .model_conditions import And as And
from .model_conditions import CompareAge as CompareAge
from .model_conditions import CompareNumber as CompareNumber
from .model_conditions import Condition as Condition
from .model_conditions import Constant as Constant
from .model_conditions import ConstantTerm as ConstantTerm
from .model_conditions import CountTerm as CountTerm
from .model_conditions import EndsWith as EndsWith
from .model_conditions import FactTerm as FactTerm
from .model_conditions import Has as Has
from .model_conditions import IsKnown as IsKnown
from .model_conditions import LengthTerm as LengthTerm
from .model_conditions import LookupTerm as LookupTerm
from .model_conditions import Matches as Matches
from .model_conditions import Mentions as Mentions
from .model_conditions import MentionsFact as MentionsFact
from .model_conditions import Not as Not
from .model_conditions import OneOf as OneOf
from .model_conditions import Or as Or
from .model_conditions import SameAs as SameAs
from .model_conditions import Sited as Sited
from .model_conditions import StartsWith as StartsWith
from .model_conditions import Term as Term

if TYPE_CHECKING:
    from .tree import Expect, Setting

# ---- actions


@dataclass(frozen=True, slots=True)
class Deny:
    """The message may not be sent."""


@dataclass(frozen=True, slots=True)
class AddText:
    """A text the body must carry, `append` or `prepend`; `texts` pairs a language (None: any) with a text."""

    kind: str
    texts: tuple[tuple[str | None, str], ...]


@dataclass(frozen=True, slots=True)
class Warn:
    """Sent, with a remark."""

    text: str


@dataclass(frozen=True, slots=True)
class Require:
    """`condition` must hold; if it does not: deny, or what `otherwise` says."""

    condition: Condition
    otherwise: AddText | Warn | None


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the day from `start` to `end` (excluded, 1440 at most) on these weekdays (0 is Monday), or
    on holidays.

    A span with `holiday` set speaks of public holidays beside its weekdays; if any span of a window does,
    holidays are open in those spans alone.
    """

    days: frozenset[int]
    holiday: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The public holidays of a place, and further dates."""

    place: str
    also: frozenset[date]


@dataclass(frozen=True, slots=True)
class Window:
    """Sending hours, on the recipient's clock or in a zone; `calendar` is set where holidays matter."""

    hours: tuple[Hours, ...]
    except_holidays: bool
    zone: str | None
    calendar: Calendar | None


@dataclass(frozen=True, slots=True)
class Only:
    """Only within the window; outside: defer, or, if `warning` is set, a remark."""

    window: Window
    warning: str | None


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` messages in `seconds` of elapsed time, or in a `calendar` period (`day`, `week`,
    `month`).

    `keys` are those written beside `recipient`, of vocabulary.LIMIT_KEYS.
    """

    count: int
    seconds: int | None
    calendar: str | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast to dispatch: `count` messages or segments per `seconds`, per `keys`.

    Never changes the decision.
    """

    count: int
    segments: bool
    seconds: int
    keys: tuple[str, ...]


Action = Deny | Require | Only | Limit | Pace | AddText | Warn


# ---- rules and what surrounds them


@dataclass(frozen=True, slots=True)
class Cited(Sited):
    """A source: where rules come from."""

    name: str
    title: str
    url: str
    checked: date


@dataclass(frozen=True, slots=True)
class Places:
    """Whom a policy protects. Groups stand resolved."""

    anywhere: bool
    countries: frozenset[str]
    subdivisions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule(Sited):
    """One obligation.

    `id` is `POLICY.NAME`; `replaces` holds such ids; `per_subject`: judged once per subject.
    """

    id: str
    policy: str
    name: str
    title: str
    places: Places
    languages: tuple[str, ...]
    when: Condition | None
    unless: Condition | None
    action: Action
    basis: str
    sources: tuple[Cited, ...]
    replaces: tuple[str, ...]
    since: date | None
    before: date | None
    note: str | None
    per_subject: bool


@dataclass(frozen=True, slots=True)
class TableRow(Sited):
    """Keys (None: any value) and values of one row."""

    keys: tuple[Constant | None, ...]
    values: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Table(Sited):
    """A decision table: the most specific row wins, further left deciding where counts are equal."""

    name: str
    policy: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class WordList(Sited):
    """One `words` block: phrases per language. Blocks of one name in several policies unite."""

    name: str
    policy: str
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reply(Sited):
    """What a recipient may answer in a language (`kind`: REPLY_KINDS), and what they are told."""

    kind: str
    language: str
    words: tuple[str, ...]
    say: str | None


@dataclass(frozen=True, slots=True)
class Promise(Sited):
    """`never allow when COND`."""

    policy: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Case(Sited):
    """One message of a test, as settings of message fields (vocabulary.TEST_FIELDS), and what is expected of
    its verdict.

    `rules` holds, for each of `expects`, the full ids of the rules behind its `by`.
    """

    settings: tuple[Setting, ...]
    expects: tuple[Expect, ...]
    rules: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Test(Sited):
    """A test: its title and its cases. Rule names behind `by` are resolved against `policy`."""

    policy: str
    title: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Policy(Sited):
    """A named set of rules and what belongs to it."""

    name: str
    title: str
    places: Places
    languages: tuple[str, ...]
    calendar: Calendar | None
    sources: tuple[Cited, ...]
    notes: tuple[str, ...]
    replies: tuple[Reply, ...]
    bundled: bool
    alphabets: tuple[str, ...] = ()
    """The languages whose GSM-7 tables are understood in its countries, sorted."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything several rule files say together.

    `rules` and `policies` sort by id, so the order of files never matters.
    """

    policies: tuple[Policy, ...]
    rules: tuple[Rule, ...]
    groups: Mapping[str, frozenset[str]]
    words: tuple[WordList, ...]
    tables: Mapping[str, Table]
    promises: tuple[Promise, ...]
    tests: Sequence[Test]

    @property
    def word_lists(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The united word lists: name → language → phrases, sorted, each once."""
        united: dict[str, dict[str, set[str]]] = {}
        for block in self.words:
            for language, phrases in block.phrases.items():
                united.setdefault(block.name, {}).setdefault(language, set()).update(phrases)
        return {
            name: {language: tuple(sorted(phrases)) for language, phrases in sorted(languages.items())}
            for name, languages in sorted(united.items())
        }
