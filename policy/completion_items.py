"""What completion offers, and the lists it offers it from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .analysis import Analysis
from .meanings import BASIS_MEANINGS
from .places import LANGUAGES, countries
from .terms import NOUNS
from .vocabulary import FACTS, REGISTER_FIELDS, SUBJECTS, TEST_FIELDS, Fact

CompletionKind = Literal["word", "fact", "value", "rule", "source", "words", "table", "place", "language", "field"]


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that may be written at the cursor: the text, what it is, and a line about it."""

    label: str
    kind: CompletionKind
    detail: str = ""
    snippet: str = ""
    """What to write instead of the label, with `${1:…}` where to go on; for editors that know such snippets."""


Completions = Iterator[Completion]


def words(meanings: Mapping[str, str], snippets: Mapping[str, str] | None = None) -> Completions:
    """Words of the language with their meanings."""
    for word, meaning in meanings.items():
        yield Completion(word, "word", meaning, (snippets or {}).get(word, ""))


def only(names: Iterable[str], meanings: Mapping[str, str]) -> Completions:
    """Some of the words of the language."""
    return words({name: meanings[name] for name in names})


def values(names: Iterable[str], detail: str = "") -> Completions:
    """Values without a meaning of their own."""
    return (Completion(name, "value", detail) for name in names)


def bases() -> Completions:
    """How firm a rule can stand."""
    return (Completion(name, "value", meaning) for name, meaning in BASIS_MEANINGS.items())


def facts(*kinds: str) -> Completions:
    """The facts of some kinds, or all."""
    return (
        Completion(fact.name, "fact", fact_line(fact)) for fact in FACTS.values() if not kinds or fact.kind in kinds
    )


def fact_line(fact: Fact) -> str:
    """A fact's kind, unit and meaning on one line."""
    unit = f" of {fact.unit}" if fact.unit else ""
    return f"{NOUNS[fact.kind]}{unit}: {fact.meaning}"


def tables(analysis: Analysis) -> Completions:
    """The decision tables, as they are asked."""
    for name, table in sorted(analysis.tables.items()):
        keys = ", ".join(key.text for key in table.keys)
        asked = ", ".join(f"${{{number}:{key.text}}}" for number, key in enumerate(table.keys, 1))
        yield Completion(name, "table", f"table by {keys}", f"{name}({asked}).${{{len(table.keys) + 1}:column}}")


def word_lists(analysis: Analysis) -> Completions:
    """The lists of words."""
    for name, blocks in sorted(analysis.words.items()):
        languages = sorted({one.language.text for block in blocks for one in block.entries if one.language})
        yield Completion(name, "words", f"words in {', '.join(languages)}" if languages else "words")


def subjects(analysis: Analysis) -> Completions:
    """What a text can be about."""
    yield from word_lists(analysis)
    yield from values((name for name in SUBJECTS if name not in analysis.words), "a subject that messages declare")


def places(analysis: Analysis) -> Completions:
    """Groups, and all countries, and the subdivisions that some policy protects."""
    for name, group in sorted(analysis.groups.items()):
        yield Completion(name, "place", f"group of {len(group.places)}")
    for code, name in sorted(countries().items()):
        yield Completion(code, "place", name)
    named = {symbol.name for symbol in analysis.occurrences if symbol.kind == "place" and "-" in symbol.name}
    for code in sorted(named):
        yield Completion(code, "place", f"part of {countries().get(code.partition('-')[0], code)}")


def languages(codes: Iterable[str]) -> Completions:
    """Languages by their codes."""
    return (Completion(code, "language") for code in codes)


def all_languages(analysis: Analysis) -> Completions:
    """The languages that policies name first, then all others."""
    named = analysis.languages("")
    yield from languages([*named, *sorted(LANGUAGES - set(named))])


def sources(analysis: Analysis, policy: str) -> Completions:
    """The sources of a policy."""
    for name, node in sorted(analysis.citations(policy).items()):
        yield Completion(name, "source", node.title.value)


def rules(analysis: Analysis, policy: str, *, own: bool) -> Completions:
    """The rules of other policies by full id; with `own`, first those of this policy by their short name."""
    if own:
        for full_id, rule in sorted(analysis.rules.items()):
            if full_id.startswith(f"{policy}."):
                yield Completion(rule.name.text, "rule", rule.title.value)
    for full_id, rule in sorted(analysis.rules.items()):
        if not full_id.startswith(f"{policy}."):
            yield Completion(full_id, "rule", rule.title.value)


def fields(analysis: Analysis) -> Completions:
    """The message fields a test may set."""
    for field in TEST_FIELDS.values():
        name = field.field or "what the recipient answered"
        yield Completion(field.name, "field", f"{field.kind.replace('_', ' ')}: {name}")
    registers = {symbol.name for symbol in analysis.occurrences if symbol.kind == "field" and "." in symbol.name}
    registers = {name.split(".")[1] for name in registers if name.startswith("registers.")}
    for place in sorted(registers | {"FR"}):
        for last, kind in REGISTER_FIELDS.items():
            yield Completion(f"registers.{place}.{last}", "field", kind.replace("_", " "))
