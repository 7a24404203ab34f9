"""Checking a rule: its clauses one by one, and that they make a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from . import model as m
from . import tree as t
from .actions import check_action
from .conditions import check_condition
from .diagnostics import Related
from .scope import Context, Scope, listed
from .texts import check_day, check_filled
from .vocabulary import BASES
from .walk import walk

_ACTIONS = (t.Deny, t.Require, t.Only, t.Limit, t.Pace, t.AddText, t.Warn)
_ACTION_WORDS = ("deny", "require", "only", "limit", "pace", "append", "prepend", "warn")
_Clause = TypeVar("_Clause", bound=t.Clause)


def check_rule(node: t.Rule, context: Context) -> m.Rule | None:
    """The meaning of a rule; None, with every error reported, if it has none."""
    before = len(context.scope.findings)
    check_filled(node.title, "the title", context.scope)
    _check_repeated(node, context)
    action = _action(node, context)
    when = _first(node, t.When)
    unless = _first(node, t.Unless)
    checked_when = check_condition(when.condition, context.scope) if when else None
    checked_unless = check_condition(unless.condition, context.scope) if unless else None
    since, until = _dates(node, context)
    basis = _basis(_first(node, t.Basis), context)
    sources = _sources(_first(node, t.Cite), context)
    note, replaces = _first(node, t.Note), _first(node, t.Replaces)
    if len(context.scope.findings) > before or action is None:
        return None
    return m.Rule(
        span=node.span,
        id=f"{context.policy}.{node.name.text}",
        policy=context.policy,
        name=node.name.text,
        title=node.title.value,
        places=context.places,
        languages=context.languages,
        when=checked_when,
        unless=checked_unless,
        action=action,
        basis=basis,
        sources=sources,
        replaces=tuple(rule_id(path, context.policy) for path in replaces.rules) if replaces else (),
        since=since,
        before=until,
        note=note.text.value if note else None,
        per_subject=_per_subject(checked_when, checked_unless, action),
    )


def rule_id(path: t.Path, policy: str) -> str:
    """The full id of a rule named in a policy: a bare name is one of that policy's own."""
    return path.text if len(path.parts) > 1 else f"{policy}.{path.text}"


def unknown_rule(path: t.Path, full_id: str, scope: Scope) -> None:
    """Report a rule that nobody declares, unless it may stand in a part that could not be read."""
    if not scope.lost.isdisjoint(part.text for part in path.parts):
        return
    policy, _, _ = full_id.partition(".")
    own = [name for name in scope.rules if name.startswith(f"{policy}.")]
    known = own if len(path.parts) > 1 else [name.removeprefix(f"{policy}.") for name in own]
    otherwise = f"the policy `{policy}` has no such rule; rules of other policies are written `world.hours`"
    elsewhere = [name for name in scope.rules if name.endswith(f".{path.text}")]
    if len(path.parts) == 1 and elsewhere:
        otherwise = f"did you mean `{min(elsewhere)}`?"
    if policy not in scope.policies:
        otherwise = scope.near(path.text, scope.rules) or f"no file declares a policy `{policy}`"
    help_text = scope.near(path.text, known) or otherwise
    scope.error("E203", path.span, f"there is no rule called `{full_id}`", help_text)


def _first(node: t.Rule, kind: type[_Clause]) -> _Clause | None:
    return next((clause for clause in node.clauses if isinstance(clause, kind)), None)


def _word(clause: t.Clause) -> str:
    return clause.span.text.split(maxsplit=1)[0]


def _check_repeated(node: t.Rule, context: Context) -> None:
    seen: dict[type, t.Clause] = {}
    for clause in node.clauses:
        if isinstance(clause, _ACTIONS):
            continue
        first = seen.setdefault(type(clause), clause)
        if first is not clause:
            related = (Related(first.span, "first written here"),)
            hint = "join conditions with `and`, names with commas"
            context.scope.error("E403", clause.span, f"`{_word(clause)}` stands twice in one rule", hint, related)


def _action(node: t.Rule, context: Context) -> m.Action | None:
    actions = [clause for clause in node.clauses if isinstance(clause, _ACTIONS)]
    if not actions:
        message = f"the rule `{node.name.text}` has no action"
        hint = f"say what it asks: {listed(_ACTION_WORDS)}"
        context.scope.error("E401", node.name.span, message, hint)
        return None
    for extra in actions[1:]:
        related = (Related(actions[0].span, "the first action"),)
        message = f"the rule `{node.name.text}` has a second action, `{_word(extra)}`"
        context.scope.error("E402", extra.span, message, "write a rule of its own for it", related)
    checked = [check_action(action, node.title.value, context) for action in actions]
    return checked[0]


def _dates(node: t.Rule, context: Context) -> tuple[date | None, date | None]:
    since, before = _first(node, t.Since), _first(node, t.Before)
    start = check_day(since.day, context.scope) if since else None
    end = check_day(before.day, context.scope) if before else None
    if start and end and before and start >= end:
        message = f"the rule ends on {end} and begins on {start}"
        context.scope.error("E404", before.span, message, "`before` names a later day than `since`")
    return start, end


def _basis(node: t.Basis | None, context: Context) -> str:
    if node is None:
        return "house"
    if node.word.text not in BASES:
        message = f"there is no basis called `{node.word.text}`"
        context.scope.unknown("E211", node.word, message, BASES, f"from firm to soft: {listed(BASES)}")
    return node.word.text


def _sources(node: t.Cite | None, context: Context) -> tuple[m.Cited, ...]:
    known = context.scope.sources.get(context.policy, {})
    found: list[m.Cited] = []
    for name in node.sources if node else ():
        if name.text in known:
            found.append(known[name.text])
        else:
            message = f"the policy `{context.policy}` has no source called `{name.text}`"
            otherwise = f'declare it with `source {name.text} "title" "https://…" checked DATE`'
            context.scope.unknown("E204", name, message, known, otherwise)
    return tuple(dict.fromkeys(found))


def _per_subject(when: m.Condition | None, unless: m.Condition | None, action: m.Action) -> bool:
    if isinstance(action, m.Limit) and "subject" in action.keys:
        return True
    conditions: Sequence[m.Condition | None] = (
        when,
        unless,
        action.condition if isinstance(action, m.Require) else None,
    )
    return any(isinstance(node, m.FactTerm) and node.name == "subject" for node in walk(conditions))
