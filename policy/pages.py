"""What is said of each finding at length: one page for each code, as Markdown that reads well as it is.

The text stands beside the code that finds it: for errors in `error_pages/`, for the linter in the docstrings of
`lint_rules/`, for comments that silence in `silences.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .codes import CODES
from .error_pages import ERROR_PAGES
from .lint_rules import LINT_RULES
from .silences import SILENCES


@dataclass(frozen=True, slots=True)
class Page:
    """A code, its name (the linter's have one), a line on what is wrong, and the rest: why, and examples."""

    code: str
    name: str
    title: str
    text: str

    @property
    def heading(self) -> str:
        """The code with its name or, where it has none, with what is wrong."""
        return f"{self.code} {self.name or self.title}"

    @property
    def body(self) -> str:
        """All that stands below the heading."""
        return f"{self.title}\n\n{self.text}" if self.name else self.text

    @property
    def why(self) -> str:
        """What is said before the examples, on one line."""
        return " ".join(self.text.partition("Before:\n")[0].split())


def _pages() -> Iterator[Page]:
    yield from (Page(code, "", title, ERROR_PAGES[code].strip()) for code, title in CODES.items())
    named = [(rule.CODE, rule.SLUG, rule.__doc__ or "") for rule in LINT_RULES]
    for code, name, page in (*named, *((code, name, page) for code, (name, page) in SILENCES.items())):
        title, _, text = page.strip().partition("\n\n")
        yield Page(code, name, title, text)


PAGES: dict[str, Page] = {page.code: page for page in _pages()}
"""The page of every code, of errors and of the linter's findings."""
