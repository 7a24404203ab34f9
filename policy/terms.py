"""What a condition looks at: facts, lengths, counts and table cells, with their kinds."""

from __future__ import annotations

from dataclasses import dataclass

from . import model as m
from . import tree as t
from .diagnostics import did_you_mean
from .fact_names import OTHER_NAMES, fact_meant
from .scope import Scope, listed
from .vocabulary import FACTS, Fact

SHORT_NAMES = {"consent.status": "consent", "register.listed": "register"}
NOUNS = {
    "text": "a text",
    "number": "a plain number",
    "yes_no": "yes or no",
    "choice": "a word",
    "place": "a place",
    "language": "a language",
    "duration": "a duration",
    "subject": "a subject",
    "list": "a list",
    "places": "a list of places",
    "choices": "a list of words",
    "record": "a record",
    "day": "a date",
}
_EXAMPLES = {
    "text": 'is "…"',
    "number": "> 1",
    "yes_no": "is yes",
    "place": "is FR",
    "language": "is fr",
    "duration": "<= 2 years",
    "subject": "is gambling",
    "list": 'has "…"',
    "places": "has US-FL",
}
"""What may stand behind a fact of a kind, for help texts."""
_EXAMPLES_OF = {
    "subjects": "has gambling",
    "registrations": 'has "10dlc"',
    "recipient.timezones": 'has "Europe/Paris"',
}
"""The same for lists that hold no other entries."""
_TIME_WORDS = frozenset({"time", "hour", "at", "day", "weekday", "date", "now"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A term with its kind (of vocabulary.Kind), and what values it can have."""

    term: m.Term
    kind: str
    words: tuple[str, ...] = ()
    fact: Fact | None = None

    @property
    def name(self) -> str:
        """The term as written."""
        return self.term.span.text


def example(typed: Typed) -> str:
    """A condition about the term that can be written: `category is promotional`."""
    if typed.words:
        behind = f"{'has' if typed.kind == 'choices' else 'is'} {typed.words[0]}"
    else:
        behind = _EXAMPLES.get(typed.kind, "is known")
    return f"{typed.name} {_EXAMPLES_OF.get(typed.fact.name if typed.fact else '', behind)}"


def kind_of_constant(node: t.Term) -> str | None:
    """The kind of a value written out; None for names and tables."""
    kinds: dict[type, str] = {t.Text: "text", t.Number: "number", t.Duration: "duration", t.Day: "day"}
    return kinds.get(type(node))


def check_term(node: t.Term, scope: Scope) -> Typed | None:
    """The term a condition starts with; None, with the error reported, if it is no fact."""
    if isinstance(node, t.Path):
        return check_fact(node, scope)
    if isinstance(node, t.Length):
        return _length(node, scope)
    if isinstance(node, t.Count):
        return _count(node, scope)
    if isinstance(node, t.Lookup):
        return _lookup(node, scope)
    noun = NOUNS[kind_of_constant(node) or "text"]
    scope.error("E302", node.span, f"{noun} stands where a fact is expected", "write the fact first: `category is …`")
    return None


def check_fact(path: t.Path, scope: Scope) -> Typed | None:
    """A fact by its dotted name."""
    fact = FACTS.get(path.text)
    if fact is None:
        scope.error("E201", path.span, f"there is no fact called `{path.text}`", _other_name(path.text))
        return None
    term = m.FactTerm(path.span, SHORT_NAMES.get(fact.name, fact.name))
    return Typed(term, fact.kind, fact.words, fact)


def _other_name(name: str) -> str:
    if name in OTHER_NAMES:
        return f"it is called `{OTHER_NAMES[name]}` here"
    if name in _TIME_WORDS:
        return "a rule asks for the time with its action, as in `only mon-sat 08:00-20:00`, `since` or `before`"
    asked = [fact.name for fact in FACTS.values() if name in fact.words]
    if asked:
        return f"it is a value: write `{SHORT_NAMES.get(asked[0], asked[0])} is {name}`"
    if meant := fact_meant(name):
        return f"it is called `{meant}` here"
    return did_you_mean(name, FACTS) or "the language reference lists all facts"


def _length(node: t.Length, scope: Scope) -> Typed | None:
    typed = check_fact(node.of, scope)
    if typed is None or not isinstance(typed.term, m.FactTerm):
        return None
    if typed.kind != "text":
        hint = (
            f"write `count of {node.of.text}`"
            if typed.kind in ("list", "places", "choices")
            else "only texts have a length"
        )
        scope.error("E301", node.span, f"`{node.of.text}` is {NOUNS[typed.kind]}, which has no length", hint)
        return None
    return Typed(m.LengthTerm(node.span, typed.term), "number")


def _count(node: t.Count, scope: Scope) -> Typed | None:
    typed = check_fact(node.of, scope)
    if typed is None or not isinstance(typed.term, m.FactTerm):
        return None
    if typed.kind not in ("list", "places", "choices"):
        hint = f"write `length of {node.of.text}`" if typed.kind == "text" else "only lists can be counted"
        scope.error("E301", node.span, f"`{node.of.text}` is {NOUNS[typed.kind]}, which cannot be counted", hint)
        return None
    return Typed(m.CountTerm(node.span, typed.term), "number")


# ---- tables


def _lookup(node: t.Lookup, scope: Scope) -> Typed | None:
    table = scope.tables.get(node.table.text)
    if table is None:
        known, message = list(scope.tables), f"there is no table called `{node.table.text}`"
        otherwise = (
            f"the tables are {listed(sorted(known))}" if known else "declare it with `table NAME (…) -> (…) { … }`"
        )
        scope.unknown("E205", node.table, message, known, otherwise)
        return None
    column = _column(node, table, scope)
    arguments = _arguments(node, table, scope)
    if column is None or arguments is None:
        return None
    term = m.LookupTerm(node.span, table.name, arguments, node.column.text)
    kind = scope.column_kinds.get((table.name, node.column.text)) or "choice"
    cells = {cell_text(row.values[column]) for row in table.rows} if kind == "choice" else set()
    if cells & {"yes", "no"}:
        cells |= {"yes", "no"}
    return Typed(term, kind, tuple(sorted(cells)))


def _column(node: t.Lookup, table: m.Table, scope: Scope) -> int | None:
    if node.column.text in table.columns:
        return table.columns.index(node.column.text)
    message = f"the table `{table.name}` has no column `{node.column.text}`"
    scope.unknown("E205", node.column, message, table.columns, f"its columns are {listed(table.columns)}")
    return None


def _arguments(node: t.Lookup, table: m.Table, scope: Scope) -> tuple[m.Term, ...] | None:
    if len(node.arguments) != len(table.keys):
        given, wanted = len(node.arguments), len(table.keys)
        message = f"the table `{table.name}` is asked with {given} value{'s' * (given != 1)} instead of {wanted}"
        scope.error("E309", node.span, message, f"its keys are {listed(table.keys)}")
        return None
    checked = [_argument(node.arguments[place], table, place, scope) for place in range(len(table.keys))]
    arguments = tuple(argument for argument in checked if argument is not None)
    return arguments if len(arguments) == len(checked) else None


def _argument(node: t.Term, table: m.Table, place: int, scope: Scope) -> m.Term | None:
    constant = _constant(node)
    typed = None if constant else check_term(node, scope)
    if typed is None and constant is None:
        return None
    kind = _kind_as_key(typed.kind) if typed else kind_of_constant(node) or "choice"
    wanted = scope.column_kinds.get((table.name, table.keys[place]))
    if wanted and kind != wanted:
        message = f"the key `{table.keys[place]}` of `{table.name}` is {NOUNS[wanted]}, but this is {NOUNS[kind]}"
        scope.error("E310", node.span, message, f"its keys are, in this order, {listed(table.keys)}")
        return None
    return typed.term if typed else constant


def _constant(node: t.Term) -> m.ConstantTerm | None:
    if isinstance(node, t.Text | t.Number):
        return m.ConstantTerm(node.span, node.value)
    if isinstance(node, t.Path) and len(node.parts) == 1 and node.text not in FACTS and node.text not in OTHER_NAMES:
        value = {"yes": True, "no": False}.get(node.text, node.text)
        return m.ConstantTerm(node.span, value)
    return None


def _kind_as_key(kind: str) -> str:
    return "choice" if kind in ("yes_no", "subject", "language") else kind


def cell_text(cell: m.Constant) -> str:
    """A cell as it is written in the table."""
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)
