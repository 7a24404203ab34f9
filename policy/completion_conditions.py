"""Completion inside of conditions: facts, what can be asked of them, and the values they can have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from . import completion_items as items
from .analysis import Analysis
from .completion_items import Completion, Completions
from .meanings import OPERATORS
from .vocabulary import COVERS, FACTS, REGISTRATION_PREFIXES, REGISTRATIONS, UNITS, Fact

_COMPARING = ("<=", ">=", "<", ">")
_EQUAL = ("is", "is not", "is one of", "is not one of", "is known", "is not known")
_OPERATORS: dict[str, tuple[str, ...]] = {
    "text": (*_EQUAL, "starts with", "ends with", "matches"),
    "number": (*_COMPARING, *_EQUAL),
    "yes_no": ("and", "or", "is", "is not", "is known", "is not known"),
    "duration": (*_COMPARING, "is known", "is not known"),
    "list": ("has", "is known", "is not known"),
    "places": ("has", "is known", "is not known"),
    "choices": ("has", "is known", "is not known"),
    "record": ("is known", "is not known"),
}
_VERBS = ("mentions", "covers", "has", "matches")
_ONE_OF = Completion("one of", "word", OPERATORS["is one of"], "one of ($1)")
_SNIPPETS = {
    "is one of": "is one of ($1)",
    "is not one of": "is not one of ($1)",
    "not": "not ($1)",
    "starts with": 'starts with "$1"',
    "ends with": 'ends with "$1"',
    "matches": 'matches "$1"',
}


def condition_completions(analysis: Analysis, tokens: Sequence[str]) -> Completions | None:
    """What may follow the tokens of a condition; None where the condition may be over."""
    parts = _predicate(tokens)
    if not parts:
        return chain(items.facts(), items.tables(analysis), items.only(("length of", "count of"), OPERATORS), _not())
    if parts[-1] in ("…", ")", "."):
        return _columns(analysis, parts[0]) if parts[1:2] == ["("] else None
    opened = _opened(parts)
    if opened is not None:
        return _listed(analysis, parts, opened)
    if parts[0] in ("length", "count") and len(parts) < 3:
        return items.values(["of"]) if len(parts) == 1 else items.facts(*_MEASURED[parts[0]])
    return _after_term(analysis, parts)


_MEASURED = {"length": ("text",), "count": ("list", "places", "choices")}


def _not() -> Completions:
    return iter([Completion("not", "word", OPERATORS["not"], _SNIPPETS["not"])])


def _predicate(tokens: Sequence[str]) -> list[str]:
    """The tokens of the predicate that is being written; `…` stands for one in parentheses that is over."""
    parts: list[str] = []
    grouping: list[bool] = []
    for number, token in enumerate(tokens):
        if token in ("and", "or") or (token == "not" and tokens[number - 1 : number] != ["is"] and not parts):
            parts = []
        elif token == "(" and not (parts and (parts[-1] == "of" or len(parts) == 1 or parts[-2:-1] == ["is"])):
            parts = []
            grouping.append(True)
        elif token == ")" and grouping and grouping.pop():
            parts = ["…"]
        else:
            grouping += [False] if token == "(" else []
            parts.append(token)
    return parts


def _opened(parts: Sequence[str]) -> int | None:
    """Where the parenthesis stands that is still open."""
    at = next((number for number in range(len(parts) - 1, -1, -1) if parts[number] in "()"), None)
    return at if at is not None and parts[at] == "(" else None


def _listed(analysis: Analysis, parts: Sequence[str], opened: int) -> Completions:
    if parts[-1] not in ("(", ","):
        return iter(())
    if parts[opened - 1] == "of":
        return _values(analysis, _term(parts))
    return items.facts()


def _term(parts: Sequence[str]) -> str:
    """The fact a predicate asks, or `table.column`, or the word before the fact that is measured."""
    if len(parts) > 1 and parts[1] == "(" and ")" in parts:
        column = parts[list(parts).index(")") + 1 :][:1]
        return f"{parts[0]}({column[0] if column else ''}"
    return parts[0]


def _after_term(analysis: Analysis, parts: Sequence[str]) -> Completions | None:
    term, asked = _term(parts), list(parts[_length(parts) :])
    fact = FACTS.get(term)
    if not asked:
        return _operators(term, fact)
    match asked:
        case ["is"]:
            known = items.values(["known"])
            return chain(_values(analysis, term), iter([_ONE_OF]), items.only(("not",), OPERATORS), known)
        case ["is", "not"]:
            return chain(_values(analysis, term), iter([_ONE_OF]), items.values(["known"]))
        case ["is", "one"] | ["is", "not", "one"]:
            return items.values(["of"])
        case ["starts"] | ["ends"]:
            return items.values(["with"])
        case [word] if word in _VERBS:
            return _after_verb(analysis, word, term)
        case [word] if word in _COMPARING:
            return iter(())
        case [word, number] if word in _COMPARING and number.isdigit() and fact and fact.kind == "duration":
            return items.values(f"{unit}s" for unit in UNITS)
    return None


def _length(parts: Sequence[str]) -> int:
    """How many tokens the term of a predicate takes."""
    if parts[0] in _MEASURED:
        return 3
    return list(parts).index(")") + 2 if len(parts) > 1 and parts[1] == "(" and ")" in parts else 1


def _operators(term: str, fact: Fact | None) -> Completions:
    names = _OPERATORS.get(fact.kind if fact else "number" if term in _MEASURED else "", _EQUAL)
    if term == "body":
        names = ("mentions", *names)
    if term == "consent":
        names = (*names, "covers")
    return items.words({name: OPERATORS[name] for name in names}, _SNIPPETS)


def _columns(analysis: Analysis, table: str) -> Completions:
    node = analysis.tables.get(table)
    return items.values([column.text for column in node.columns] if node else [], f"a column of `{table}`")


def _after_verb(analysis: Analysis, verb: str, term: str) -> Completions:
    if verb == "mentions":
        return items.word_lists(analysis)
    if verb == "covers":
        return items.values(COVERS)
    if verb == "has":
        return _HELD[term](analysis) if term in _HELD else iter(())
    return iter(())


def _registrations() -> list[str]:
    return [f'"{name}"' for name in (*REGISTRATIONS, *(f"{prefix}:FR" for prefix in REGISTRATION_PREFIXES))]


_HELD: dict[str, Callable[[Analysis], Completions]] = {
    "registrations": lambda analysis: items.values(_registrations(), "a registration"),
    "recipient.subdivisions": items.places,
    "subjects": items.subjects,
    "consent.covers": lambda analysis: items.values(COVERS),
}


def _values(analysis: Analysis, term: str) -> Completions:
    """The values a fact or the column of a table can have."""
    if "(" in term:
        return items.values(_cells(analysis, *term.split("(.", 1)))
    fact = FACTS.get(term)
    if fact is None:
        return iter(())
    if fact.kind == "choice":
        return items.values(fact.words, f"a value of `{fact.name}`")
    by_kind: dict[str, Callable[[], Completions]] = {
        "yes_no": lambda: items.values(("yes", "no")),
        "place": lambda: chain(items.places(analysis), items.values(("none",))),
        "language": lambda: items.all_languages(analysis),
        "subject": lambda: items.subjects(analysis),
    }
    return by_kind[fact.kind]() if fact.kind in by_kind else iter(())


def _cells(analysis: Analysis, table: str, column: str = "") -> list[str]:
    """What stands in the column of a table."""
    node = analysis.tables.get(table)
    names = [name.text for name in (*node.keys, *node.columns)] if node else []
    if node is None or column not in names:
        return []
    at = names.index(column)
    return sorted({row.cells[at].span.text for row in node.rows if at < len(row.cells)} - {"*"})
