"""Every lint rule has its page in docs/lint, equal to its docstring, with an example before and after."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from sendlaw.policy.lint_context import LintModule
from sendlaw.policy.lint_rules import LINT_RULES


def test_pages_are_those_of_the_docstrings(repository: Path) -> None:
    pages = runpy.run_path(str(repository / "tools" / "make_lint_pages.py"))["pages"]()
    written = {path.name: path.read_text("utf-8") for path in (repository / "docs" / "lint").glob("*.md")}
    assert written == pages


@pytest.mark.parametrize("lint_rule", LINT_RULES, ids=lambda lint_rule: lint_rule.SLUG)
def test_every_page_has_an_example(lint_rule: LintModule) -> None:
    page = lint_rule.__doc__ or ""
    assert page.index("\nBefore:\n\n    ") < page.index("\nAfter:\n\n    ")
