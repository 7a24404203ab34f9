"""The tables of the reference say what the code says."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from sendlaw.engine import message as shapes
from sendlaw.engine.closures import HORIZON
from sendlaw.engine.rule_store import MAX_BYTES
from sendlaw.engine.verdict import Decision, Effect, Obligation, Reason, SourceRef, Verdict
from sendlaw.policy import vocabulary
from sendlaw.policy.parser import MAX_ERRORS, MAX_NESTING
from sendlaw.policy.phrases import LONGEST_PHRASE

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = runpy.run_path(str(ROOT / "tools" / "make_reference.py"))


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def table(name: str, heading: str) -> dict[str, list[str]]:
    """The first table under a heading: the name in its first column, then its other cells."""
    section = re.split(r"^#+ ", page(name).split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in lines)
    return {first.strip(" `"): rest for first, *rest in cells}


def test_the_tables_of_the_language_are_those_of_the_code() -> None:
    text = page("language.md")
    assert REFERENCE["written"](text) == text
    assert set(re.findall(r"<!-- table: ([a-z-]+) -->", text)) == set(REFERENCE["TABLES"])


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("brackets within brackets", f"{MAX_NESTING} deep"),
        ("a rule file", f"{MAX_BYTES // 1_000_000} MB"),
        ("syntax errors told for one file", f"{MAX_ERRORS}"),
        ("how far a deferral reaches", f"{HORIZON // 86_400} days"),
        ("a phrase of a words list", f"{LONGEST_PHRASE} characters"),
    ],
)
def test_the_limits_are_those_of_the_code(what: str, most: str) -> None:
    assert f"\n| {what} | {most} |\n" in page("language.md")


def anchors(name: str) -> set[str]:
    """The anchors of a page's headings, as they are made on the web."""
    found = re.findall(r"^#+ (.+)$", page(name), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("name", ["language.md", "message.md", "verdict.md"])
def test_links_between_the_pages_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([a-z-]*\.md)?(?:#([a-z0-9-]+))?\)", page(name))
    assert [link for link in links if link[1] and link[1] not in anchors(link[0] or name)] == []
    assert [link for link in links if link[0] and not (ROOT / "docs" / link[0]).is_file()] == []


def nested(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return None


def fields(shape: type[BaseModel], before: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of a message, those of its parts dotted."""
    for name, field in shape.model_fields.items():
        inner = nested(field.annotation)
        if inner is None:
            yield f"{before}{name}", field
        else:
            yield from fields(inner, f"{before}{name}.")


def test_the_message_page_lists_every_field() -> None:
    assert list(table("message.md", "Fields")) == [name for name, _ in fields(shapes.Message)]


def test_the_message_page_says_what_is_required() -> None:
    said = {name for name, cells in table("message.md", "Fields").items() if "required" in cells[1]}
    assert said == {name for name, field in fields(shapes.Message) if field.is_required()}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sender_type", get_args(shapes.SenderType)),
        ("channel", get_args(shapes.Channel)),
        ("category", get_args(shapes.Category)),
        ("answers", get_args(shapes.Answer)),
        ("consent.status", get_args(shapes.Status)),
        ("consent.method", get_args(shapes.Method)),
    ],
)
def test_the_message_page_lists_the_words_of_a_field(name: str, words: tuple[str, ...]) -> None:
    assert re.findall(r"`([a-z_]+)`", table("message.md", "Fields")[name][0]) == list(words)


def test_the_message_page_lists_the_fields_of_an_earlier_send_and_of_a_register() -> None:
    assert list(table("message.md", "History")) == list(shapes.Earlier.model_fields)
    assert list(table("message.md", "Registers")) == list(shapes.Register.model_fields)


def test_the_message_page_lists_all_registrations() -> None:
    known = {*vocabulary.REGISTRATIONS, *(f"{prefix}:XX" for prefix in vocabulary.REGISTRATION_PREFIXES)}
    assert set(table("message.md", "Registrations")) == known


def test_the_verdict_page_lists_every_field() -> None:
    assert set(table("verdict.md", "Fields")) == set(Verdict.__annotations__)
    reason = {name for name in Reason.__annotations__ if name != "sources"}
    assert set(table("verdict.md", "Reasons")) == reason | {f"sources.{n}" for n in SourceRef.__annotations__}
    assert set(table("verdict.md", "Obligations")) == set(Obligation.__annotations__)


def test_the_verdict_page_lists_decisions_and_effects() -> None:
    assert list(table("verdict.md", "Decisions")) == list(get_args(Decision))
    assert list(table("verdict.md", "Effects")) == list(get_args(Effect))
