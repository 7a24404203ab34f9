"""A language of a policy in which nobody can refuse.

Who reads a language answers in it. A policy that lists replies lists words of refusal for each of its languages, or a
wider policy does, or that of one of its countries.

Before:

    languages fr, nl
    replies { opt_out fr: "STOP", "ARRET" }

After:

    languages fr, nl
    replies {
      opt_out fr: "STOP", "ARRET"
      opt_out nl: "STOP", "AFMELDEN"
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree as t
from ..diagnostics import Finding
from ..lint_context import LintContext, warning
from ..reply_languages import refusal_languages

CODE, SLUG = "L132", "missing-reply-language"


def find(context: LintContext) -> Iterator[Finding]:
    """Languages, in policies with replies, that have no `opt_out` in the policies of any of the recipients."""
    known = {policy.name: policy for policy in context.rule_set.policies}
    for policy, languages in context.entries(t.Languages):
        checked = known[policy.name.text]
        covered = set[str]().union(*refusal_languages(checked, context.rule_set).values())
        for code in languages.codes:
            if checked.replies and code.text.partition("-")[0] not in covered:
                message = f"nobody can refuse in `{code.text}`: no `opt_out` has words of it"
                hint = f"add `opt_out {code.text}:` with its words to the replies"
                yield warning(CODE, code.span, message, hint)
