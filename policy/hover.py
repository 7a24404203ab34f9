"""What an editor shows above a word: its meaning, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import model as m
from . import tree as t
from .analysis import Analysis
from .meanings import BASIS_MEANINGS, WORDS
from .navigation import plain_word, symbol_at
from .places import countries
from .rules_check import rule_id
from .source import Span
from .terms import NOUNS
from .vocabulary import FACTS, REGISTER_FIELDS, SUBJECTS, TEST_FIELDS


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown about a stretch of text."""

    text: str
    span: Span


_MOST_TESTS = 6
"""Tests of which a hover tells one by one."""

Judge = Callable[[m.RuleSet, m.Test], Sequence[str]]
"""Runs a test of a checked rule set: every difference from what it expects, in words; none where it passes."""


def hover(analysis: Analysis, name: str, offset: int, judge: Judge | None = None) -> Hover | None:
    """What the word at an offset of a file means; None where there is nothing to say. Never raises.

    With `judge`, rules and tests show whether the tests pass, where the files compile.
    """
    found = symbol_at(analysis, name, offset)
    if found is not None:
        lines = list(_ABOUT[found.symbol.kind](analysis, found.symbol.name))
        if found.symbol.kind == "rule" and lines:
            lines += _results(analysis, lambda test: _names(test, found.symbol.name), judge)
        if lines:
            return Hover("\n\n".join(lines), found.span)
    return _test(analysis, name, offset, judge) or _word(analysis, name, offset)


def _word(analysis: Analysis, name: str, offset: int) -> Hover | None:
    found = plain_word(analysis, name, offset)
    if found is None:
        return None
    span, cursor = found
    meaning = (BASIS_MEANINGS if cursor.clause[-1:] == ("basis",) else WORDS).get(span.text)
    return Hover(f"**{span.text}**: {meaning}", span) if meaning else None


def _plain(text: str) -> str:
    """A text of a rule file as Markdown that shows it as it is."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~!" else char for char in " ".join(text.split()))


# ---- tests


def _test(analysis: Analysis, name: str, offset: int, judge: Judge | None) -> Hover | None:
    """A test by its head: the word `test` and the title."""
    tests = [(policy, node) for policy, node in analysis.entries(t.Test) if node.span.source.name == name]
    found = next((one for one in tests if one[1].span.start <= offset <= one[1].title.span.end), None)
    if found is None:
        return None
    policy, node = found
    rows = sum(len(cases.rows) for cases in node.cases)
    lines = [f"**test** of {policy.name.text}: {_plain(node.title.value)}", *([f"{rows} cases"] if rows else [])]
    lines += _results(analysis, lambda test: test.span == node.span, judge)
    return Hover("\n\n".join(lines), Span(node.span.source, node.span.start, node.title.span.end))


def _names(test: m.Test, rule: str) -> bool:
    return any(rule in rules for case in test.cases for rules in case.rules)


def _results(analysis: Analysis, wanted: Callable[[m.Test], bool], judge: Judge | None) -> Iterator[str]:
    """Whether tests pass, those that fail first; nothing where the files do not compile."""
    rule_set = analysis.checked.rule_set
    if rule_set is None or judge is None:
        return
    results = [(test, judge(rule_set, test)) for test in rule_set.tests if wanted(test)]
    lines = [f"Test “{_plain(test.title)}” fails: {_plain('; '.join(found))}" for test, found in results if found]
    lines += [f"Test “{_plain(test.title)}” passes" for test, found in results if not found]
    yield from lines[:_MOST_TESTS]
    if len(lines) > _MOST_TESTS:
        failing = sum(bool(found) for _, found in results)
        yield f"{len(lines)} tests in all, of which {failing or 'none'} fail{'s' if failing == 1 else ''}"


# ---- rules and their sources


def _rule(analysis: Analysis, name: str) -> Iterator[str]:
    node = analysis.rules.get(name)
    if node is None:
        return
    yield f"**{name}**: {_plain(node.title.value)}"
    yield from (line for clause in node.clauses for line in _clause(analysis, name.partition(".")[0], clause))
    wider = [path.text for clause in node.clauses if isinstance(clause, t.Replaces) for path in clause.rules]
    if wider:
        yield f"Replaces {_listed(wider)}"
    narrower = [other for other, rule in sorted(analysis.rules.items()) if name in _replaced(other, rule)]
    if narrower:
        yield f"Replaced by {_listed(narrower)}"


def _clause(analysis: Analysis, policy: str, clause: t.Clause) -> Iterator[str]:
    match clause:
        case t.Basis():
            yield f"Basis: {clause.word.text}, {BASIS_MEANINGS.get(clause.word.text, 'which does not exist')}"
        case t.Cite():
            cited = analysis.citations(policy)
            yield from (_citation(cited[name.text]) for name in clause.sources if name.text in cited)
        case t.Since():
            yield f"In force from {clause.day.value}"
        case t.Before():
            yield f"In force until the day before {clause.day.value}"
        case t.Note():
            yield f"Note: {_plain(clause.text.value)}"


def _replaced(full_id: str, rule: t.Rule) -> set[str]:
    policy = full_id.partition(".")[0]
    clauses = [clause for clause in rule.clauses if isinstance(clause, t.Replaces)]
    return {rule_id(path, policy) for clause in clauses for path in clause.rules}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _source(analysis: Analysis, name: str) -> Iterator[str]:
    policy, _, short = name.rpartition(".")
    node = analysis.citations(policy).get(short)
    if node is not None:
        yield f"**{short}**, a source of {policy}"
        yield _citation(node)


def _citation(node: t.Citation) -> str:
    url = node.url.value
    safe = url.startswith(("https://", "http://")) and not any(char in url for char in "()<> \n")
    title = f"[{_plain(node.title.value)}]({url})" if safe else f"{_plain(node.title.value)} ({_plain(url)})"
    return f"Source: {title}, checked {node.checked.value}"


# ---- lists, tables, places


def _words(analysis: Analysis, name: str) -> Iterator[str]:
    if name in SUBJECTS:
        yield f"**{name}**: a subject that messages declare"
    counts: dict[str, int] = {}
    for block in analysis.words.get(name, ()):
        for entry in block.entries:
            tag = entry.language.text if entry.language else ""
            counts[tag] = counts.get(tag, 0) + len(entry.texts)
    if counts:
        yield f"**{name}**: words and phrases in {len(counts)} language{'s' if len(counts) > 1 else ''}"
        yield ", ".join(f"{tag}: {count}" for tag, count in sorted(counts.items()))


def _table(analysis: Analysis, name: str) -> Iterator[str]:
    node = analysis.tables.get(name)
    if node is not None:
        yield f"**{name}**: a table of {len(node.rows)} row{'' if len(node.rows) == 1 else 's'}"
        yield f"Asked by {_listed(key.text for key in node.keys)}; gives {_listed(one.text for one in node.columns)}"


def _column(analysis: Analysis, name: str) -> Iterator[str]:
    table, _, column = name.partition(".")
    node = analysis.tables.get(table)
    names = [one.text for one in (*node.keys, *node.columns)] if node else []
    if node is not None and column in names:
        at = names.index(column)
        cells = sorted({row.cells[at].span.text for row in node.rows if at < len(row.cells)})
        more = ", …" if len(cells) > 12 else ""
        yield f"**{column}**: a {'key' if at < len(node.keys) else 'column'} of the table `{table}`"
        yield f"Holds {_listed(cells[:12])}{more}" if cells else "Holds nothing yet"


def _place(analysis: Analysis, name: str) -> Iterator[str]:
    group = analysis.groups.get(name)
    if group is not None:
        yield f"**{name}**: a group of {len(group.places)} place{'' if len(group.places) == 1 else 's'}"
        yield ", ".join(f"{place.text} ({countries().get(place.text, 'group')})" for place in group.places)
    elif name in countries():
        yield f"**{name}**: {countries()[name]}"
    elif (country := name.partition("-")[0]) in countries():
        yield f"**{name}**: a part of {countries()[country]} (ISO 3166-2)"


def _policy(analysis: Analysis, name: str) -> Iterator[str]:
    for node in analysis.policies:
        if node.name.text == name:
            yield f"**{name}**: {_plain(node.title.value)}"
            rules = sum(isinstance(entry, t.Rule) for entry in node.entries)
            yield f"{rules} rule{'' if rules == 1 else 's'}"
            return


# ---- facts and fields


def _fact(analysis: Analysis, name: str) -> Iterator[str]:
    fact = FACTS.get(name)
    if fact is None:
        return
    unit = f", in {fact.unit}" if fact.unit else ""
    yield f"**{fact.name}** ({NOUNS[fact.kind]}{unit}): {fact.meaning}"
    if fact.words:
        yield f"One of {_listed(fact.words)}"
    if fact.missing_name != fact.name:
        yield f"Called `{fact.missing_name}` in a verdict's `missing`"


def _field(analysis: Analysis, name: str) -> Iterator[str]:
    field = TEST_FIELDS.get(name)
    if field is not None:
        where = f"sets `{field.field}` of the message" if field.field else "what the recipient answers"
        yield f"**{name}** ({field.kind.replace('_', ' ')}): {where}"
        if field.words:
            yield f"One of {_listed(field.words)}"
    elif name.startswith("registers.") and (last := name.rpartition(".")[2]) in REGISTER_FIELDS:
        what = "whether the number is listed in" if last == "listed" else "the day of asking"
        yield f"**{name}** ({REGISTER_FIELDS[last].replace('_', ' ')}): {what} the place's do-not-contact register"


_ABOUT: dict[str, Callable[[Analysis, str], Iterator[str]]] = {
    "policy": _policy,
    "rule": _rule,
    "source": _source,
    "words": _words,
    "table": _table,
    "column": _column,
    "place": _place,
    "fact": _fact,
    "field": _field,
}
