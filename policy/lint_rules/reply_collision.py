"""A reply word that means one thing here and another in a policy that protects the same recipients.

The policies of a country, its states and the world are read together, in all their languages. Opt-out beats help beats
opt-in, so the second meaning never counts.

Before:

    policy CA "Canada" {
      recipients CA
      replies { opt_out fr: "ARRET", "FIN" }
    }

    policy CA_QC "Quebec" {
      recipients CA-QC
      replies { help fr: "FIN" }
    }

After:

    policy CA "Canada" {
      recipients CA
      replies { opt_out fr: "ARRET", "FIN" }
    }

    policy CA_QC "Quebec" {
      recipients CA-QC
      replies { help fr: "AIDE" }
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import model as m
from .. import tree as t
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, normalised, share_places, warning

CODE, SLUG = "L131", "reply-collision"

_Word = tuple[str, str, t.Text]


def find(context: LintContext) -> Iterator[Finding]:
    """Words under two kinds of reply in two policies whose places meet."""
    places = {policy.name: policy.places for policy in context.rule_set.policies}
    earlier: dict[str, list[_Word]] = {}
    for policy, replies in context.entries(t.Replies):
        for kind, text in ((entry.kind.text, text) for entry in replies.entries for text in entry.words.texts):
            same = earlier.setdefault(normalised(text.value), [])
            other = next((one for one in same if _collides(one, policy.name.text, kind, places)), None)
            same.append((policy.name.text, kind, text))
            if other is not None:
                related = (Related(other[2].span, f"here it is `{other[1]}`"),)
                message = f"`{text.value}` is `{kind}` here and `{other[1]}` in `{other[0]}`"
                shown = {"reply": text.value}
                yield warning(CODE, text.span, message, "keep it under one kind of reply", related, witness=shown)


def _collides(one: _Word, policy: str, kind: str, places: dict[str, m.Places]) -> bool:
    return one[0] != policy and one[1] != kind and share_places(places[one[0]], places[policy])
