"""A phrase that stands twice in one language of a words list, or of the replies.

Case and width of letters do not tell phrases apart. `sendlaw lint --fix` takes the second one out.

Before:

    words gambling { en: "casino", "poker", "Casino" }

After:

    words gambling { en: "casino", "poker" }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, cut_from_list, normalised, warning

CODE, SLUG = "L115", "duplicate-phrase"


def find(context: LintContext) -> Iterator[Finding]:
    """Phrases that repeat an earlier one of the same language and list."""
    for _, words in context.entries(t.Words):
        yield from _repeated([("", tagged) for tagged in words.entries])
    for _, replies in context.entries(t.Replies):
        yield from _repeated([(entry.kind.text, entry.words) for entry in replies.entries])


def _repeated(lists: list[tuple[str, t.Tagged]]) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str], t.Text] = {}
    for kind, tagged in lists:
        language = tagged.language.text if tagged.language else ""
        for number, text in enumerate(tagged.texts):
            first = seen.setdefault((kind, language, normalised(text.value)), text)
            if first is not text:
                related, edits = (Related(first.span, "first here"),), cut_from_list(tagged.texts, number)
                yield warning(CODE, text.span, f"`{text.value}` stands here twice", "leave one out", related, edits)
