"""Every finding has its page in docs/lint: what, why, and examples before and after, which are carried out here."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from sendlaw.policy.linter import apply_edits
from sendlaw.policy.source import Source

from .linting import findings
from .page_examples import BESIDE, PAGES, completed, page_of


def test_pages_are_those_of_the_docstrings(repository: Path) -> None:
    pages = runpy.run_path(str(repository / "tools" / "make_lint_pages.py"))["pages"]()
    written = {path.name: path.read_text("utf-8") for path in (repository / "docs" / "lint").glob("*.md")}
    assert written == pages


@pytest.mark.parametrize("code", PAGES)
def test_every_page_says_what_why_and_shows_both(code: str) -> None:
    page = page_of(code)
    assert page.title.endswith(".") and len(page.title) <= 120
    assert re.search(r"[.!?:]$", page.why.split("\n\n")[-1]) and len(page.why) >= 40
    assert "…" not in page.before + page.after


def codes_in(example: str) -> set[str]:
    """What the linter finds in an example that stands on a page; the policies beside it left aside."""
    text = completed(example)
    return {one.code for one in findings(text) if one.span.start < len(text) - len(BESIDE)}


@pytest.mark.parametrize("code", PAGES)
def test_the_example_before_has_the_finding_and_the_one_after_has_not(code: str) -> None:
    page = page_of(code)
    assert code in codes_in(page.before)
    assert code not in codes_in(page.after)


@pytest.mark.parametrize("code", [code for code in PAGES if "--fix`" in PAGES[code]])
def test_where_a_page_says_so_the_finding_is_mended(code: str) -> None:
    source = Source("a.policy", completed(page_of(code).before))
    found = [one for one in findings(source.text) if one.code == code]
    assert code not in {one.code for one in findings(apply_edits(source, found))}


def test_pages_say_so_wherever_a_finding_is_mended() -> None:
    mended = {
        code
        for code in PAGES
        if any(one.edits for one in findings(completed(page_of(code).before)) if one.code == code)
    }
    assert mended == {code for code in PAGES if "--fix`" in PAGES[code]}
