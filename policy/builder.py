"""From the parser's raw tree to frozen nodes. Iterative, so that no text can run it out of stack."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from . import tree as t
from .source import Source, Span

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t"}


def build(raw: Any, source: Source, comments: tuple[t.Comment, ...]) -> t.File:
    """The frozen tree of a file from Lark's tree of it."""
    builder = _Builder(source)
    built: dict[int, Any] = {}
    for node in raw.iter_subtrees():
        children = [built[id(child)] if hasattr(child, "children") else child for child in node.children]
        built[id(node)] = builder.node(node.data, node.meta, children)
    items = built[id(raw)]
    return t.File(Span(source, 0, len(source.text)), source, tuple(items), comments)


def _unescape(quoted: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match.group(1), match.group(1)), quoted[1:-1])


def _minutes(clock: str) -> int:
    """Minutes from midnight; -1 where no day has such a time."""
    hours, minutes = (int(part) for part in clock.strip().split(":")[:2])
    return hours * 60 + minutes if minutes < 60 and hours * 60 + minutes <= 24 * 60 else -1


def _unit(word: str) -> str:
    return word.removesuffix("s")


class _Builder:
    """One method per grammar rule; each takes the stretch it covers and its children, already built."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def node(self, name: str, meta: Any, children: list[Any]) -> Any:
        # What the parser added to go on reading stands behind the end of the source.
        length = len(self.source.text)
        start, end = (0, 0) if meta.empty else (min(meta.start_pos, length), min(meta.end_pos, length))
        span = Span(self.source, start, end)
        return getattr(self, str(name))(span, children)

    def token(self, token: Any) -> t.Name:
        return t.Name(Span(self.source, token.start_pos, token.end_pos), str(token))

    # words and values

    def start(self, span: Span, children: list[Any]) -> Any:
        return children

    names = columns = start

    def name(self, span: Span, children: list[Any]) -> Any:
        return self.token(children[0])

    any_name = code = language = tag = zone = column = unit = name

    def path(self, span: Span, children: list[Any]) -> Any:
        return t.Path(span, tuple(self.token(child) for child in children))

    setting_path = rule_ref = code_path = calendar = path

    def text(self, span: Span, children: list[Any]) -> Any:
        return t.Text(span, _unescape(children[0]))

    def number(self, span: Span, children: list[Any]) -> Any:
        return t.Number(span, _integer(children[0]))

    def duration(self, span: Span, children: list[Any]) -> Any:
        return t.Duration(span, _integer(children[0]), _unit(children[1]))

    def day(self, span: Span, children: list[Any]) -> Any:
        return t.Day(span, _date(children[0]))

    def moment(self, span: Span, children: list[Any]) -> Any:
        clock = [int(part) for part in children[1].split(":")] + [0]
        zone = self.token(children[2]) if children[2] is not None else None
        return t.Moment(span, _date(children[0]), clock[0], clock[1], clock[2], zone)

    def star(self, span: Span, children: list[Any]) -> Any:
        return t.Star(span)

    # entries

    def policy(self, span: Span, children: list[Any]) -> Any:
        return t.Policy(span, children[0], children[1], tuple(children[2:]))

    def group(self, span: Span, children: list[Any]) -> Any:
        return t.PlaceGroup(span, children[0], tuple(children[1:]))

    def anywhere(self, span: Span, children: list[Any]) -> Any:
        return t.Recipients(span, True, ())

    def recipients(self, span: Span, children: list[Any]) -> Any:
        return t.Recipients(span, False, tuple(children))

    def languages(self, span: Span, children: list[Any]) -> Any:
        return t.Languages(span, tuple(children))

    def alphabets(self, span: Span, children: list[Any]) -> Any:
        return t.Alphabets(span, tuple(children))

    def holidays(self, span: Span, children: list[Any]) -> Any:
        return t.Holidays(span, children[0], tuple(children[1:]))

    def citation(self, span: Span, children: list[Any]) -> Any:
        return t.Citation(span, *children)

    def words(self, span: Span, children: list[Any]) -> Any:
        return t.Words(span, children[0], tuple(children[1:]))

    def tagged_words(self, span: Span, children: list[Any]) -> Any:
        return t.Tagged(span, children[0], tuple(children[1:]))

    tagged_text = tagged_words

    def never(self, span: Span, children: list[Any]) -> Any:
        return t.Never(span, children[0])

    def note(self, span: Span, children: list[Any]) -> Any:
        return t.Note(span, children[0])

    def table(self, span: Span, children: list[Any]) -> Any:
        return t.Table(span, children[0], tuple(children[1]), tuple(children[2]), tuple(children[3:]))

    def row(self, span: Span, children: list[Any]) -> Any:
        return t.Row(span, tuple(children))

    def replies(self, span: Span, children: list[Any]) -> Any:
        return t.Replies(span, tuple(children))

    def reply_entry(self, span: Span, children: list[Any]) -> Any:
        return t.ReplyEntry(span, children[0], children[1], children[2] if len(children) > 2 else None)

    # rules

    def rule(self, span: Span, children: list[Any]) -> Any:
        return t.Rule(span, children[0], children[1], tuple(children[2:]))

    def when(self, span: Span, children: list[Any]) -> Any:
        return t.When(span, children[0])

    def unless(self, span: Span, children: list[Any]) -> Any:
        return t.Unless(span, children[0])

    def deny(self, span: Span, children: list[Any]) -> Any:
        return t.Deny(span)

    def require(self, span: Span, children: list[Any]) -> Any:
        return t.Require(span, children[0], children[1] if len(children) > 1 else None)

    def add_text(self, span: Span, children: list[Any]) -> Any:
        texts = [c if isinstance(c, t.Tagged) else t.Tagged(c.span, None, (c,)) for c in children[1:]]
        return t.AddText(span, str(children[0]), tuple(texts))

    def warn(self, span: Span, children: list[Any]) -> Any:
        return t.Warn(span, children[0])

    def warn_bare(self, span: Span, children: list[Any]) -> Any:
        return t.Warn(span, None)

    def only(self, span: Span, children: list[Any]) -> Any:
        *spans, excepted, _, zone, otherwise = children
        return t.Only(span, tuple(spans), excepted is not None, zone, otherwise)

    def span(self, span: Span, children: list[Any]) -> Any:
        *days, times = children
        start, end = re.split("[-–]", times)
        return t.DaySpan(span, tuple(self.token(day) for day in days), _minutes(start), _minutes(end))

    def limit(self, span: Span, children: list[Any]) -> Any:
        return t.Limit(span, children[0], children[1], False, tuple(children[2]))

    def calendar_limit(self, span: Span, children: list[Any]) -> Any:
        unit = children[1]
        period = t.Duration(unit.span, 1, _unit(unit.text))
        return t.Limit(span, children[0], period, True, tuple(children[2]))

    def pace(self, span: Span, children: list[Any]) -> Any:
        return t.Pace(span, children[0], children[1] is not None, children[2], tuple(children[3]))

    def replaces(self, span: Span, children: list[Any]) -> Any:
        return t.Replaces(span, tuple(children))

    def basis(self, span: Span, children: list[Any]) -> Any:
        return t.Basis(span, children[0])

    def cite(self, span: Span, children: list[Any]) -> Any:
        return t.Cite(span, tuple(children[0]))

    def since(self, span: Span, children: list[Any]) -> Any:
        return t.Since(span, children[0])

    def before(self, span: Span, children: list[Any]) -> Any:
        return t.Before(span, children[0])

    # conditions

    def junction(self, span: Span, children: list[Any]) -> Any:
        return t.Junction(span, tuple(children[::2]), tuple(self.token(word) for word in children[1::2]))

    def grouped(self, span: Span, children: list[Any]) -> Any:
        return t.Group(span, children[0])

    def negation(self, span: Span, children: list[Any]) -> Any:
        return t.Not(span, children[0])

    def bare(self, span: Span, children: list[Any]) -> Any:
        return t.Bare(span, children[0])

    def equals(self, span: Span, children: list[Any]) -> Any:
        return t.Is(span, children[0], children[1] is not None, False, (children[2],))

    def one_of(self, span: Span, children: list[Any]) -> Any:
        return t.Is(span, children[0], children[1] is not None, True, tuple(children[2:]))

    def known(self, span: Span, children: list[Any]) -> Any:
        return t.Known(span, children[0], children[1] is not None)

    def compare(self, span: Span, children: list[Any]) -> Any:
        return t.Compare(span, children[0], str(children[1]), children[2])

    def verb(self, span: Span, children: list[Any]) -> Any:
        return t.Verb(span, children[0], str(children[1]), tuple(children[2:]))

    def length(self, span: Span, children: list[Any]) -> Any:
        return t.Length(span, children[0])

    def count(self, span: Span, children: list[Any]) -> Any:
        return t.Count(span, children[0])

    def lookup(self, span: Span, children: list[Any]) -> Any:
        return t.Lookup(span, children[0], tuple(children[1:-1]), children[-1])

    # tests

    def setting(self, span: Span, children: list[Any]) -> Any:
        return t.Setting(span, children[0], tuple(children[1:]))

    def history_list(self, span: Span, children: list[Any]) -> Any:
        return t.HistoryList(span, tuple(child for child in children if child is not None))

    def history_entry(self, span: Span, children: list[Any]) -> Any:
        return t.HistoryEntry(span, children[0], children[1], tuple(children[2:]))

    def history_field(self, span: Span, children: list[Any]) -> Any:
        return t.Setting(span, children[0], tuple(children[1:]))

    def expect(self, span: Span, children: list[Any]) -> Any:
        return children[0]

    def by(self, span: Span, children: list[Any]) -> Any:
        return tuple(children)

    def verdict_outcome(self, span: Span, children: list[Any]) -> Any:
        rules = children[-1] if isinstance(children[-1], tuple) else ()
        value = next((child for child in children[1:] if isinstance(child, t.Moment)), None)
        return t.Expect(span, self.token(children[0]), value, None, rules)

    def effect_outcome(self, span: Span, children: list[Any]) -> Any:
        rules = children[-1] if isinstance(children[-1], tuple) else ()
        value = next((child for child in children[1:] if isinstance(child, t.Text)), None)
        return t.Expect(span, self.token(children[0]), value, None, rules)

    def no_effect_outcome(self, span: Span, children: list[Any]) -> Any:
        return replace(self.effect_outcome(span, children[1:]), negated=True)

    def fact_outcome(self, span: Span, children: list[Any]) -> Any:
        return t.Expect(span, children[0], children[1], None, ())

    def case_fact_outcome(self, span: Span, children: list[Any]) -> Any:
        return t.Expect(span, self.token(children[0]), children[1], None, ())

    def reply_outcome(self, span: Span, children: list[Any]) -> Any:
        return t.Expect(span, children[0], None, children[1], ())

    def case_reply_outcome(self, span: Span, children: list[Any]) -> Any:
        return t.Expect(span, self.token(children[0]), None, children[1], ())

    def no_reply_outcome(self, span: Span, children: list[Any]) -> Any:
        return t.Expect(span, self.token(children[0]), None, None, ())

    def cases(self, span: Span, children: list[Any]) -> Any:
        columns = tuple(child for child in children if isinstance(child, t.Path))
        return t.Cases(span, columns, tuple(child for child in children if isinstance(child, t.CaseRow)))

    def case_row(self, span: Span, children: list[Any]) -> Any:
        return t.CaseRow(span, tuple(children[:-1]), children[-1])

    def test(self, span: Span, children: list[Any]) -> Any:
        parts = children[1:]
        return t.Test(
            span,
            children[0],
            tuple(part for part in parts if isinstance(part, t.Setting)),
            tuple(part for part in parts if isinstance(part, t.Expect)),
            tuple(part for part in parts if isinstance(part, t.Cases)),
        )


def _integer(token: str) -> int:
    # A number of thousands of digits would be refused by int() itself; none that long means anything here.
    return int(token) if len(token) <= 12 else 10**12


def _date(token: str) -> date:
    try:
        return date.fromisoformat(token)
    except ValueError:
        return date.min
