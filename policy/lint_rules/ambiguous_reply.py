"""A reply word that means two things.

Within one policy a word is a refusal, a consent or a call for help, not two of them. Case and width of letters do not
tell words apart. Opt-out beats the others, so that the second meaning never counts.

Before:

    replies {
      opt_out en: "STOP", "OK"
      opt_in  en: "START", "ok"
    }

After:

    replies {
      opt_out en: "STOP"
      opt_in  en: "START", "OK"
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, normalised, warning

CODE, SLUG = "L107", "ambiguous-reply"


def find(context: LintContext) -> Iterator[Finding]:
    """Words that stand under two kinds of reply in one policy."""
    first: dict[tuple[str, str], tuple[str, t.Text]] = {}
    for policy, replies in context.entries(t.Replies):
        for entry in replies.entries:
            for text in entry.words.texts:
                key = policy.name.text, normalised(text.value)
                kind, earlier = first.setdefault(key, (entry.kind.text, text))
                if kind != entry.kind.text:
                    message = f"`{text.value}` is both `{kind}` and `{entry.kind.text}`"
                    related = (Related(earlier.span, f"here it is `{kind}`"),)
                    yield warning(CODE, text.span, message, "keep it under one kind of reply", related)
