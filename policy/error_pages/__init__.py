"""What is said at length of each error of parser and checker: one module for each group of codes."""

from __future__ import annotations

from . import in_tests, kinds, names, parts, reading, together

GROUPS: tuple[tuple[str, dict[str, str]], ...] = tuple(
    ((module.__doc__ or "").strip(), module.PAGES) for module in (reading, names, kinds, parts, together, in_tests)
)
"""What a group of codes is about, and the text of their pages, by code."""
ERROR_PAGES: dict[str, str] = {code: text for _, pages in GROUPS for code, text in pages.items()}
"""The text of every page, by code: what is wrong, why it matters, and an example before and after."""
