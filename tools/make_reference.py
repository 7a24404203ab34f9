"""Write the tables of docs/language.md anew from the vocabulary, the codes and the grammar.

    python tools/make_reference.py            writes them
    python tools/make_reference.py --check    says which stand otherwise, and exits 1

A table stands between `<!-- table: NAME -->` and `<!-- end of table -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from sendlaw.policy.codes import CODES
from sendlaw.policy.vocabulary import (
    BASES,
    FACTS,
    HISTORY_FIELDS,
    REGISTER_FIELDS,
    REGISTRATION_PREFIXES,
    REGISTRATIONS,
    SUBJECTS,
    TEST_FIELDS,
    Fact,
    MessageField,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "language.md"
GRAMMAR = ROOT / "grammar" / "policy.lark"
PLACE = re.compile(r"<!-- table: (?P<name>[a-z-]+) -->\n.*?<!-- end of table -->\n", re.DOTALL)

KINDS = {
    "text": "text",
    "number": "number",
    "yes_no": "yes or no",
    "choice": "one word",
    "place": "place",
    "language": "language",
    "duration": "duration",
    "subject": "subject",
    "list": "list of texts",
    "places": "list of places",
    "choices": "list of words",
    "record": "known or not",
}
FIELD_KINDS = {
    "text": 'text in quotes: `"ACME"`',
    "phone": 'number in quotes: `"+33639980001"`',
    "choice": "one word",
    "yes_no": "`yes` or `no`",
    "country": "country: `FR`",
    "subdivision": "subdivision: `US-FL`",
    "language": 'language: `fr`, `"pt-BR"`',
    "zone": 'zone in quotes: `"Europe/Paris"`',
    "number": "number",
    "moment": "date and time: `2026-11-24 22:14`",
    "day_or_moment": "date, or date and time",
    "day": "date: `2026-11-24`",
    "choices": "words, separated by commas",
    "subjects": "subjects, separated by commas",
    "registrations": "texts in quotes, separated by commas",
    "history": "`[ … ]`, or `unknown`",
}


def rows(head: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def listed(words: Iterable[str]) -> str:
    """Names as code, separated by commas."""
    return ", ".join(f"`{word}`" for word in words)


def _meaning(fact: Fact) -> str:
    words = f": {listed(fact.words)}" if fact.words else ""
    unit = f", in {fact.unit}" if fact.unit else ""
    return f"{fact.meaning}{unit}{words}"


def _origin(fact: Fact) -> str:
    """Which field of a message sets a fact, or that the engine finds it."""
    if fact.computed:
        return "found by the engine"
    return f"`{fact.missing_name}`"


def facts() -> str:
    """Every fact: name, kind, meaning, and where it comes from."""
    found = ((f"`{fact.name}`", KINDS[fact.kind], _meaning(fact), _origin(fact)) for fact in FACTS.values())
    return rows(("fact", "kind", "meaning", "from the message's"), found)


def _shape(field: MessageField) -> str:
    return FIELD_KINDS[field.kind] + (f": {listed(field.words)}" if field.words else "")


def fields() -> str:
    """Every message field that a test may set."""
    registers = [MessageField(f"registers.PLACE.{name}", kind, "") for name, kind in REGISTER_FIELDS.items()]
    return rows(
        ("field", "value"), ((f"`{field.name}`", _shape(field)) for field in (*TEST_FIELDS.values(), *registers))
    )


def earlier() -> str:
    """Every field of an entry of a test's history."""
    return rows(("field", "value"), ((f"`{field.name}`", _shape(field)) for field in HISTORY_FIELDS.values()))


def reserved() -> str:
    """The reserved words, as the grammar has them."""
    found = re.search(r"^NAME: /\(\?!\(\?:([a-z|]+)\)", GRAMMAR.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit("the grammar's NAME does not begin with its reserved words")
    return listed(sorted(found.group(1).split("|"))) + "\n"


def registrations() -> str:
    """The names of registrations."""
    return listed((*REGISTRATIONS, *(f"{prefix}:PLACE" for prefix in REGISTRATION_PREFIXES))) + "\n"


def _page(code: str) -> str:
    return f"[`{code}`](errors/{code}.md)"


TABLES: dict[str, Callable[[], str]] = {
    "facts": facts,
    "fields": fields,
    "earlier": earlier,
    "subjects": lambda: listed(SUBJECTS) + "\n",
    "registrations": registrations,
    "bases": lambda: " > ".join(f"`{basis}`" for basis in BASES) + "\n",
    "reserved": reserved,
    "codes": lambda: rows(("code", "what is wrong"), ((_page(code), text) for code, text in CODES.items())),
}


def written(text: str) -> str:
    """A page with its tables as they should stand. Raises KeyError for a table of an unknown name."""
    return PLACE.sub(lambda match: _block(match["name"]), text)


def _block(name: str) -> str:
    return f"<!-- table: {name} -->\n\n{TABLES[name]()}\n<!-- end of table -->\n"


def main() -> None:
    """Write the tables, or, with `--check`, compare them."""
    old = PAGE.read_text(encoding="utf-8")
    new = written(old)
    if "--check" in sys.argv[1:]:
        if old != new:
            sys.exit("docs/language.md: a table stands otherwise; run `python tools/make_reference.py`")
        return
    PAGE.write_text(new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
