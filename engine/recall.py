"""Firings that come again: what a rule does is the same for all messages that agree in the facts it asks.

Only facts of few values count, such as consent, lines and registrations; not texts, clocks or histories.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from ..policy import model as m
from ..policy.walk import walk
from .facts import Facts, are_few
from .firing import Firing, fire
from .interpreter import conditions
from .kleene import Look

_MOST_KEPT = 8192
_NEW, _TOO_LONG = object(), object()
_LONGEST_KEPT = 32
"""Characters of a sender ID, or of a subject, that firings are kept for: longer ones would fill the memory."""

_PATHS: Mapping[str, str] = {
    "recipient.subdivisions": "subdivisions",
    "recipient.line": "number.line",
    "recipient.timezones": "timezones",
    "recipient.age_at_least": "message.recipient.age_at_least",
    "sender.id": "message.sender",
    "sender.country": "sender_country",
    "sender.line": "sender_line",
    "sender.shared": "message.sender_shared",
    "sender.registered": "registered",
    "channel": "message.channel",
    "answers": "message.answers",
    "registrations": "registrations",
    "consent": "consent",
    "consent.method": "message.consent.method",
    "consent.double": "message.consent.double",
}
"""Where `Facts` hold the facts of few values."""
_OF_THE_PLAN = ("recipient.country", "sender.type", "category", "subject")
"""Facts that are the same for all messages of a plan, and the subject, which is given."""


@dataclass(frozen=True, slots=True, eq=False)
class Application:
    """A rule that can speak for one kind of message, and the place it speaks for.

    `settled`: its `when` holds and its `unless` does not, for all messages of this kind. `asked`: reads off facts all
    that its firing depends on; None where that is too much to remember it by.
    """

    rule: m.Rule
    place: str
    settled: bool
    asked: Callable[[Facts], Hashable] | None


class Recall:
    """Firings by all they depend on. Threads may share it: two may both keep the same."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[tuple[Application, tuple[str, ...], Hashable], Firing | None] = {}

    def find(self, application: Application, look: Look, subjects: tuple[str, ...]) -> Firing | None:
        """What the rule does about these subjects in its place."""
        asked, facts = application.asked, look.facts
        if asked is None or len(facts.message.sender) > _LONGEST_KEPT or (subjects and not _are_short(subjects)):
            return _fired(application, look, subjects)
        values = asked(facts)
        if values is _TOO_LONG:
            return _fired(application, look, subjects)
        kept, key = self._kept, (application, subjects, values)
        known = kept.get(key, _NEW)
        if known is not _NEW:
            return cast(Firing | None, known)
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[key] = _fired(application, look if look.told else look.aloud(), subjects)
        return found


def _fired(application: Application, look: Look, subjects: tuple[str, ...]) -> Firing | None:
    if application.place != look.place:
        look = look.at(application.place)
    return fire(application.rule, look, subjects, application.settled)


def _are_short(subjects: tuple[str, ...]) -> bool:
    return len(subjects) == 1 and len(subjects[0]) <= _LONGEST_KEPT


def asked_by(rule: m.Rule) -> Callable[[Facts], Hashable] | None:
    """What reads off facts all that a rule's firing depends on; None where that is not of few values."""
    action = rule.action
    told = action.otherwise if isinstance(action, m.Require) else action
    if not isinstance(told, m.Deny | m.Warn | m.Pace | None):
        return None
    nodes: list[Any] = list(walk(tuple(conditions(rule))))
    if any(isinstance(node, m.Mentions | m.MentionsFact | m.CompareAge) for node in nodes):
        return None
    names = {node.name for node in nodes if isinstance(node, m.FactTerm)}.difference(_OF_THE_PLAN)
    if not names.issubset(_PATHS):
        return None
    read = attrgetter(*(_PATHS[name] for name in sorted(names))) if names else attrgetter("country")
    if "registrations" not in names:
        return read
    return lambda facts: read(facts) if are_few(facts.registrations) else _TOO_LONG
