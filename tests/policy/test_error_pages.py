"""Every error has its page in docs/errors: what, why, and examples before and after, which are carried out here."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from sendlaw.policy.codes import CODES
from sendlaw.policy.error_pages import ERROR_PAGES, GROUPS
from sendlaw.policy.formatter import format_source
from sendlaw.policy.linter import known_codes
from sendlaw.policy.pages import PAGES
from sendlaw.policy.render import render_text

TOOL = runpy.run_path(str(Path(__file__).resolve().parents[2] / "tools" / "make_error_pages.py"))
CARRIED_OUT = [code for code in CODES if code not in ("E001", "E199")]
"""Codes that a rule file can cause: E001 is about files that are not read, E199 about a fault of the formatter."""


def examples(code: str) -> tuple[str, str]:
    before, after = TOOL["examples"](PAGES[code].text)
    return before, after


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert [code for _, pages in GROUPS for code in pages] == list(CODES)
    assert set(PAGES) == {*CODES, *known_codes()}
    assert all(page.code == code and page.text for code, page in PAGES.items())


def test_pages_are_those_of_the_texts(repository: Path) -> None:
    written = {path.name: path.read_text("utf-8") for path in (repository / "docs" / "errors").glob("*")}
    assert written == TOOL["pages"]()
    assert set(written) == {"README.md", *(f"{code}.md" for code in CODES)}


@pytest.mark.parametrize("code", CODES)
def test_every_page_says_what_and_why_in_whole_sentences(code: str) -> None:
    what, *why = PAGES[code].text.partition("\n\nBefore:")[0].split("\n\n")
    assert len(what) >= 25 and len(" ".join(why)) >= 100
    assert all(re.search(r"\.$", paragraph) for paragraph in (what, *why))


@pytest.mark.parametrize("code", CODES)
def test_every_page_shows_an_example_before_and_after(code: str) -> None:
    found = TOOL["examples"](PAGES[code].text)
    assert len(found) == (0 if code == "E199" else 2)
    assert "…" not in "".join(found)


@pytest.mark.parametrize("code", CARRIED_OUT)
def test_the_example_before_has_the_error_and_no_other(code: str) -> None:
    found = TOOL["findings"](examples(code)[0])
    assert {finding.code for finding in found} == {code}, render_text(found)


@pytest.mark.parametrize("code", CARRIED_OUT)
def test_the_example_after_has_no_error(code: str) -> None:
    found = TOOL["findings"](examples(code)[1])
    assert found == (), render_text(found)


@pytest.mark.parametrize("code", CARRIED_OUT)
def test_the_example_after_stands_in_the_canonical_layout(code: str) -> None:
    source = TOOL["completed"](examples(code)[1])
    assert format_source(source) == source.text


def test_no_sign_that_cannot_be_seen_stands_in_a_page() -> None:
    assert {code for code, text in ERROR_PAGES.items() if re.search(r"[^\S\n ]", text)} == set()
