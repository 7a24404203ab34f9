"""Two rules that require what cannot hold at once.

Where both apply, every message is refused, and no sender can mend it. Their conditions were meant to differ, or one was
meant to replace the other. So it is with a rule that adds a text and one that refuses it: a word, a length, another
beginning.

Before:

    rule code "Short codes only" { when category is promotional  require sender.type is short_code }
    rule name "Names only"       { when category is promotional  require sender.type is alphanumeric }

After:

    rule sender "Short codes or names" {
      when    category is promotional
      require sender.type is one of (short_code, alphanumeric)
    }
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from .. import model as m
from ..added_body import AddedBody
from ..diagnostics import Finding, Related
from ..lint_context import LintContext, share_dates, share_places, silences, warning
from ..rule_logic import WIDTH, Outcomes, acts, asked, can_refuse, surely_speaks
from ..satisfiability import asks_about, search
from ..walk import walk
from ..witness import witness

CODE, SLUG = "L124", "contradicting-requirements"


def find(context: LintContext) -> Iterator[Finding]:
    """Pairs of rules that apply to one message, of which one requires or adds what the other refuses."""
    rules = [rule for rule in context.rule_set.rules if isinstance(rule.action, m.Require) and can_refuse(rule)]
    asked_for = {rule.id: asks_about(asked(rule)[2]) for rule in rules}
    for one, other in combinations(rules, 2):
        if not asked_for[one.id] & asked_for[other.id] or not _may_meet(one, other):
            continue
        both, known = (*asked(one), *asked(other)), context.known(one, other)
        together = search(both, _both_speak, known)
        if together.found is not None and search(both, _both_satisfied, known).none:
            related = (Related(context.name_of(one), "the other rule"),)
            message = f"`{other.id}` and `{one.id}` require what cannot hold at once"
            hint = "let one replace the other, or part their conditions"
            yield warning(CODE, context.name_of(other), message, hint, related, witness=witness(together))
    yield from _refused_additions(context)


def _refused_additions(context: LintContext) -> Iterator[Finding]:
    adding = [(rule, rule.action) for rule in context.rule_set.rules if isinstance(rule.action, m.AddText)]
    refusing = [rule for rule in context.rule_set.rules if can_refuse(rule) and _asks_of_body(rule)]
    for rule in refusing:
        for adder, action in adding:
            bodies = _bodies(context, adder, action) if _may_meet(adder, rule) else []
            shown = [_always_refused(adder, rule, body, context) for body in bodies]
            if shown and all(one is not None for one in shown):
                related = (Related(context.name_of(adder), "the rule that adds"),)
                message = f"`{rule.id}` refuses the text that `{adder.id}` adds"
                hint = "let one replace the other, or part their conditions"
                yield warning(CODE, context.name_of(rule), message, hint, related, witness=shown[0])


def _asks_of_body(rule: m.Rule) -> bool:
    return any(isinstance(node, m.FactTerm) and node.name == "body" for node in walk(list(asked(rule))))


def _bodies(context: LintContext, adder: m.Rule, action: m.AddText) -> list[AddedBody]:
    """What is known of the body for each of the texts that a rule may add, with those that others may add there too."""
    beside = [
        text
        for other in context.rule_set.rules
        if other.id != adder.id and share_places(other.places, adder.places) and share_dates(other, adder)
        if (adds := _added(other.action)) is not None and adds.kind == action.kind
        for _, text in adds.texts
    ]
    return [AddedBody(action.kind, text, tuple(beside), context.rule_set.word_lists) for _, text in action.texts]


def _added(action: m.Action) -> m.AddText | None:
    adds = action.otherwise if isinstance(action, m.Require) else action
    return adds if isinstance(adds, m.AddText) else None


def _always_refused(adder: m.Rule, rule: m.Rule, body: AddedBody, context: LintContext) -> Mapping[str, object] | None:
    """A message that both rules speak of, if the one refuses all that the other adds to; None if not."""
    when, unless, required = (body.decided(condition) for condition in asked(rule))
    denies = isinstance(rule.action, m.Deny)
    both = (*asked(adder), when, unless, m.Or(rule.span, ()) if denies else required)
    together = search(both, _both_speak, context.known(adder, rule))
    lets_pass = search(both, _lets_added_pass if denies else _added_satisfies, context.known(adder, rule))
    changed = (when, unless, required) != asked(rule)
    return witness(together) if changed and together.found is not None and lets_pass.none else None


def _may_meet(one: m.Rule, other: m.Rule) -> bool:
    return share_places(one.places, other.places) and share_dates(one, other) and not silences(one, other)


def _both_speak(both: Outcomes) -> bool:
    return surely_speaks(both[:WIDTH]) and surely_speaks(both[WIDTH:])


def _lets_added_pass(both: Outcomes) -> bool:
    """Whether a `deny` does nothing to a message that gets a text: it says itself which ones it is about."""
    return surely_speaks(both[:WIDTH]) and not acts(both[WIDTH:])


def _added_satisfies(both: Outcomes) -> bool:
    return _both_speak(both) and both[-1] is True


def _both_satisfied(both: Outcomes) -> bool:
    return _both_speak(both) and both[WIDTH - 1] is True and both[-1] is True
