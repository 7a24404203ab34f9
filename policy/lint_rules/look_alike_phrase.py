"""Two phrases of a words list that differ in nothing a reader sees.

Signs between words do not count, and letters of other alphabets that look alike are found anyway: the second phrase
adds nothing.

Before:

    words gambling { en: "e-casino", "e casino", "сasino" }

After:

    words gambling { en: "e-casino", "casino" }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, normalised, warning
from ..wording import looks_like

CODE, SLUG = "L127", "look-alike-phrase"


def find(context: LintContext) -> Iterator[Finding]:
    """Phrases that look like an earlier one of their language; those that are the same are another finding."""
    for _, words in context.entries(t.Words):
        seen: dict[tuple[str, str], t.Text] = {}
        for tagged in words.entries:
            language = tagged.language.text if tagged.language else ""
            for text in tagged.texts:
                first = seen.setdefault((language, looks_like(text.value)), text)
                if first is not text and normalised(first.value) != normalised(text.value):
                    related = (Related(first.span, "first here"),)
                    message = f"`{text.value}` looks like `{first.value}`"
                    yield warning(CODE, text.span, message, "leave one out", related)
