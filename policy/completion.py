"""Completion: what may be written at a place in a rule file, by vocabulary and position. Works in broken files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytz

from . import completion_items as items
from .analysis import Analysis
from .completion_conditions import condition_completions
from .completion_items import Completion as Completion
from .completion_items import Completions
from .cursor import Cursor, cursor_at
from .gsm7 import NATIONAL
from .meanings import BLOCKS, CLAUSES, EFFECTS, ENTRIES, OPERATORS, OUTCOMES, TEST_WORDS
from .vocabulary import (
    DAYS,
    ENCODINGS,
    LIMIT_KEYS,
    MISSING,
    PACE_KEYS,
    PLACEHOLDERS,
    REGISTER_FIELDS,
    REPLY_KINDS,
    TEST_FIELDS,
    UNITS,
    FieldKind,
)

_SNIPPETS = {
    "policy": 'policy ${1:FR} "${2:France}" {\n  recipients ${1:FR}\n  languages  ${3:fr}\n\n  $0\n}',
    "group": "group ${1:NAME} = $0",
    "rule": 'rule ${1:name} "${2:title}" {\n  when    ${3:category is promotional}\n  $0\n'
    "  basis   ${4:law}  cite $5\n}",
    "source": 'source ${1:name} "${2:title}" "${3:https://}" checked ${4:2026-01-01}',
    "words": 'words ${1:name} {\n  ${2:en}: "$0"\n}',
    "table": "table ${1:name} (${2:country}) -> (${3:value}) {\n  $0\n}",
    "never": "never allow when $0",
    "replies": 'replies {\n  opt_out ${1:en}: "${2:STOP}"\n}',
    "test": 'test "${1:title}" {\n  to "${2:+12025550100}"  from "${3:ACME}"  category ${4:promotional}\n'
    '  body "$5"\n  expect ${6:allow}\n}',
    "append": 'append "$1"',
    "prepend": 'prepend "$1"',
    "warn": 'warn "$1"',
    "note": 'note "$1"',
}


def completions(analysis: Analysis, name: str, offset: int) -> tuple[Completion, ...]:
    """What may be written at an offset of a file, the likeliest first. Never raises.

    All that fits the place is given, whatever letters of it are written already: editors choose among it by them.
    """
    source = analysis.source(name)
    if source is None:
        return ()
    cursor = cursor_at(source.text, offset)
    if cursor.comment:
        return ()
    found = _in_text(cursor) if cursor.text is not None else _BLOCKS[cursor.block](analysis, cursor)
    return tuple({item.label: item for item in reversed(list(found))}.values())[::-1]


def completion_start(text: str, offset: int) -> int:
    """Where the word starts that completion at an offset replaces."""
    return cursor_at(text, offset).start


def _in_text(cursor: Cursor) -> Completions:
    """Inside of quotes, placeholders alone are known."""
    takes_them = cursor.clause[:1] in (("append",), ("prepend",)) or "say" in cursor.clause
    opened = (cursor.text or "").rfind("{") > (cursor.text or "").rfind("}")
    return items.values(PLACEHOLDERS if takes_them and opened else (), "a placeholder")


# ---- policies


def _in_file(analysis: Analysis, cursor: Cursor) -> Completions:
    if cursor.clause[:1] == ("group",):
        return items.places(analysis) if "=" in cursor.clause else iter(())
    return items.words(BLOCKS, _SNIPPETS)


def _in_policy(analysis: Analysis, cursor: Cursor) -> Completions:
    word, last = cursor.clause[0] if cursor.clause else "", cursor.clause[-1] if cursor.clause else ""
    entries = items.words(ENTRIES, _SNIPPETS)
    expects_more = last in (word, ",", "=")
    if word in ("recipients", "group", "holidays") and "also" not in cursor.clause:
        more = items.values(["anywhere"]) if word == "recipients" else iter(())
        if expects_more:
            return (
                iter(())
                if word == "group" and last != "=" and "=" not in cursor.clause
                else chain(more, items.places(analysis))
            )
        return chain(items.values(["also"]) if word == "holidays" else iter(()), entries)
    if word == "languages":
        return items.all_languages(analysis) if expects_more else entries
    if word == "alphabets":
        return items.values(NATIONAL) if expects_more else entries
    if word == "never":
        return _promise(analysis, cursor, entries)
    if word == "source":
        return _source(cursor, entries)
    is_naming = word in ("rule", "words", "table", "test", "replies", "note") and (last == word or word == "table")
    return iter(()) if is_naming else entries


def _promise(analysis: Analysis, cursor: Cursor, entries: Completions) -> Completions:
    if len(cursor.clause) < 3:
        return items.values([("allow", "when")[len(cursor.clause) - 1]])
    found = condition_completions(analysis, cursor.clause[3:])
    return chain(items.only(("and", "or"), OPERATORS), entries) if found is None else found


def _source(cursor: Cursor, entries: Completions) -> Completions:
    texts = sum(token.startswith('"') for token in cursor.clause)
    if "checked" in cursor.clause:
        return entries if cursor.clause[-1] != "checked" else iter(())
    return items.values(["checked"]) if texts >= 2 else iter(())


# ---- rules


def _in_rule(analysis: Analysis, cursor: Cursor) -> Completions:
    word, rest = (cursor.clause[0], cursor.clause[1:]) if cursor.clause else ("", ())
    clauses = items.words(CLAUSES, _SNIPPETS)
    if word in ("when", "unless", "require"):
        return _condition(analysis, cursor, clauses)
    if word in _CLAUSES:
        found = _CLAUSES[word](analysis, cursor)
        return clauses if found is None else found
    if word in ("append", "prepend") and (not rest or rest[-1] == ","):
        return items.languages(analysis.languages(cursor.policy))
    return iter(()) if word in ("warn", "note", "since", "before") and not rest else clauses


def _condition(analysis: Analysis, cursor: Cursor, clauses: Completions) -> Completions:
    rest = cursor.clause[1:]
    if rest[-1:] == ("else",):
        return items.words({word: CLAUSES[word] for word in ("append", "prepend", "warn", "deny")}, _SNIPPETS)
    found = condition_completions(analysis, rest)
    if found is not None:
        return found
    more = items.values(["else"]) if cursor.clause[0] == "require" else iter(())
    return chain(items.only(("and", "or"), OPERATORS), more, clauses)


def _names_or_over(cursor: Cursor, names: Callable[[], Completions]) -> Completions | None:
    """Names where one is due: behind the clause's word and behind commas; None where the clause may be over."""
    return names() if len(cursor.clause) == 1 or cursor.clause[-1] == "," else None


def _only(analysis: Analysis, cursor: Cursor) -> Completions | None:
    last = cursor.clause[-1]
    if last == "in":
        return items.values(pytz.all_timezones)
    if last == "else":
        return items.only(("warn",), CLAUSES)
    if last == "except":
        return items.values(["holidays"])
    if last in ("only", ",") or not last[0].isdigit():
        return items.values((*DAYS, "mon-fri", "mon-sat", "sat-sun", "holidays"))
    return chain(items.values(("except holidays", "in", "else")), items.words(CLAUSES, _SNIPPETS))


def _counted(analysis: Analysis, cursor: Cursor) -> Completions | None:
    """`limit` and `pace`: a number, a time, and what is counted apart."""
    clause = cursor.clause
    is_limit, times = clause[0] == "limit", clause.count("per")
    keys = ("recipient", *LIMIT_KEYS) if is_limit else PACE_KEYS
    if times == 2:
        return items.values(keys) if clause[-1] in ("per", ",") else None
    if clause[-1] == "per":
        return items.values(["calendar"]) if is_limit else iter(())
    if clause[-1] == "calendar":
        return items.values(("day", "week", "month"))
    if times == 1 and clause[-1].isdigit():
        return items.values(f"{unit}s" for unit in UNITS if is_limit or unit not in ("month", "year"))
    if len(clause) == 1:
        return iter(())
    return items.values(["per"] if is_limit or "segments" in clause else ["per", "segments"])


_CLAUSES: dict[str, Callable[[Analysis, Cursor], Completions | None]] = {
    "basis": lambda analysis, cursor: _names_or_over(cursor, items.bases),
    "cite": lambda analysis, cursor: _names_or_over(cursor, lambda: items.sources(analysis, cursor.policy)),
    "replaces": lambda analysis, cursor: _names_or_over(
        cursor, lambda: items.rules(analysis, cursor.policy, own=False)
    ),
    "only": _only,
    "limit": _counted,
    "pace": _counted,
}


# ---- words, tables, replies


def _in_words(analysis: Analysis, cursor: Cursor) -> Completions:
    tags = [f"{code}:" for code in analysis.languages(cursor.policy)]
    return (Completion(tag, "language") for tag in tags)


def _in_table(analysis: Analysis, cursor: Cursor) -> Completions:
    """What the column holds in other rows."""
    node = analysis.tables.get(cursor.head[1]) if len(cursor.head) > 1 else None
    at = cursor.row.count("|")
    if node is None or (cursor.row and cursor.row[-1] != "|"):
        return iter(())
    cells = {row.cells[at].span.text for row in node.rows if at < len(row.cells)}
    return items.values(sorted(cells | {"*" if at < len(node.keys) else "undocumented"}))


def _in_replies(analysis: Analysis, cursor: Cursor) -> Completions:
    kinds = items.words({kind: OUTCOMES[kind] for kind in REPLY_KINDS})
    if len(cursor.clause) == 1:
        return _in_words(analysis, cursor)
    if cursor.clause and cursor.clause[-1].startswith('"') and "say" not in cursor.clause:
        return chain(items.values(["say"]), kinds)
    return iter(()) if cursor.clause[-1:] == ("say",) else kinds


# ---- tests


def _in_test(analysis: Analysis, cursor: Cursor) -> Completions:
    word, rest = (cursor.clause[0], cursor.clause[1:]) if cursor.clause else ("", ())
    more = chain(items.words(TEST_WORDS), items.fields(analysis))
    if word == "expect":
        found = _outcome(analysis, cursor, rest)
        return more if found is None else found
    if word == "cases":
        return items.fields(analysis) if rest[-1:] in (("(",), (",",)) else iter(())
    if word and (not rest or rest[-1] == ","):
        return _field_values(analysis, word)
    return more


def _outcome(analysis: Analysis, cursor: Cursor, rest: tuple[str, ...]) -> Completions | None:
    if not rest:
        return items.words(OUTCOMES)
    if rest == ("no",):
        return items.only(EFFECTS, OUTCOMES)
    rest = rest[1:] if rest[0] == "no" else rest
    if rest[-1] == "by" or (rest[-1] == "," and "by" in rest):
        return items.rules(analysis, cursor.policy, own=True)
    match rest:
        case ("missing",):
            return items.values(sorted(MISSING))
        case ("encoding",):
            return items.values(ENCODINGS)
        case ("opt_out" | "opt_in" | "help",):
            return items.values(["in"])
        case (_, "in"):
            return items.languages(analysis.languages(cursor.policy))
        case ("text" | "segments",) | (_, "until"):
            return iter(())
    if "by" in rest or rest[0] in ("missing", "encoding", "text", "segments", "nothing", *REPLY_KINDS):
        return None
    until = items.values(["until"]) if rest == ("defer",) else iter(())
    more = chain(items.words(TEST_WORDS), items.fields(analysis))
    return chain(until, items.values(["by"]), more if cursor.block == "test" else iter(()))


def _field_values(analysis: Analysis, name: str) -> Completions:
    known = TEST_FIELDS.get(name)
    kind: FieldKind | None = known.kind if known else REGISTER_FIELDS.get(name.rpartition(".")[2])
    if known and known.words:
        return items.values(known.words, f"a value of `{name}`")
    if kind in ("country", "subdivision"):
        return items.places(analysis)
    if kind == "language":
        return items.all_languages(analysis)
    if kind == "subjects":
        return items.subjects(analysis)
    if kind == "zone":
        return items.values(f'"{zone}"' for zone in pytz.all_timezones)
    return items.values({"yes_no": ("yes", "no"), "history": ("unknown",)}.get(kind or "", ()))


def _in_cases(analysis: Analysis, cursor: Cursor) -> Completions:
    """The values of a column; behind the last, what is expected."""
    columns = [token for token in cursor.head[1:] if token not in "(),"]
    row = list(cursor.row)
    at = row.count("|")
    cell = row[len(row) - row[::-1].index("|") :] if "|" in row else row
    if at < len(columns):
        return iter(()) if cell else _field_values(analysis, columns[at])
    return _outcome(analysis, cursor, tuple(cell)) or iter(())


_BLOCKS: dict[str, Callable[[Analysis, Cursor], Completions]] = {
    "": _in_file,
    "?": lambda analysis, cursor: iter(()),
    "policy": _in_policy,
    "rule": _in_rule,
    "words": _in_words,
    "table": _in_table,
    "replies": _in_replies,
    "test": _in_test,
    "cases": _in_cases,
}
