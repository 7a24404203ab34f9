"""What one rule does to one message in one place: nothing, or a firing with its effect and its words.

Whether a rule is in force, applies in a place, or is silenced by another is the caller's question; this module asks
the rule itself. Unknown facts go against the message: an unknown `when` holds, an unknown `unless` does not excuse,
an unknown `require` fails, an unknown window or limit stays shut. A guideline that turns on an unknown only warns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..policy import model as m
from ..policy.vocabulary import PLACEHOLDERS
from . import frequency, hours
from .closures import HORIZON, closed
from .details import as_written, decided
from .identity import by_identity
from .kleene import Look, Truth, holds, missing
from .verdict import STRICTNESS, Effect

_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


class Firing(NamedTuple):
    """What a rule did. `opens`: for a deferral, the first instant at which it would let the message pass, None if
    never.

    `text`: what it adds to the body, with its place holders filled; `warning`: what it warns of.
    """

    rule: m.Rule
    place: str
    effect: Effect
    detail: str
    missing: frozenset[str]
    opens: int | None = None
    text: str | None = None
    warning: str | None = None

    @property
    def closed(self) -> bool:
        """Whether it is a window or limit that keeps the message back."""
        return self.effect == "defer"


class _Act(NamedTuple):
    """What an action comes to, before it is known whether the rule turned on unknown facts."""

    effect: Effect
    detail: str
    unknown: frozenset[str] = frozenset()
    opens: int | None = None
    text: str | None = None
    warning: str | None = None


def adds_text(rule: m.Rule) -> bool:
    """Whether the rule may add text, and therefore is asked about the text as its sender wrote it."""
    action = rule.action
    return isinstance(action, m.AddText) or (isinstance(action, m.Require) and isinstance(action.otherwise, m.AddText))


def fire(rule: m.Rule, look: Look, subjects: Iterable[str]) -> Firing | None:
    """What the rule does; a rule that says `subject` is judged once for each subject, and the strictest counts."""
    if not rule.per_subject:
        return _fire(rule, look)
    found = [(subject, firing) for subject in subjects if (firing := _fire(rule, look.about(subject)))]
    return _strictest_subject(found) if found else None


def _strictest_subject(found: list[tuple[str, Firing]]) -> Firing:
    strictest = min(STRICTNESS[firing.effect] for _, firing in found)
    kept = [(subject, firing) for subject, firing in found if STRICTNESS[firing.effect] == strictest]
    opens = [firing.opens for _, firing in kept]
    latest = None if None in opens else max(instant for instant in opens if instant is not None)
    detail = "; ".join(f"{subject}: {firing.detail}" for subject, firing in kept)
    unknown = frozenset[str]().union(*(firing.missing for _, firing in kept))
    return kept[0][1]._replace(opens=latest, detail=detail, missing=unknown)


def _fire(rule: m.Rule, look: Look) -> Firing | None:
    when: Truth = True if rule.when is None else holds(rule.when, look)
    unless: Truth = False if rule.unless is None else holds(rule.unless, look)
    if when is False or unless is True:
        return None
    act = _act(rule, look)
    if act is None:
        return None
    unknown = act.unknown
    for condition, truth in ((rule.when, when), (rule.unless, unless)):
        if condition is not None and truth is None:
            unknown |= missing(condition, look)
    turned = when is None or unless is None or bool(act.unknown)
    if turned and rule.basis == "guideline" and act.effect not in ("warn", "pace"):
        return Firing(rule, look.place, "warn", act.detail, unknown, warning=rule.title)
    return Firing(rule, look.place, act.effect, act.detail, unknown, act.opens, act.text, act.warning)


def _act(rule: m.Rule, look: Look) -> _Act | None:
    return _ACTS[type(rule.action)](rule, rule.action, look)


def _deny(rule: m.Rule, _: m.Deny, look: Look) -> _Act:
    return _Act("deny", decided(rule.when, look) or "always")


def _warn(rule: m.Rule, warn: m.Warn, look: Look) -> _Act:
    return _Act("warn", decided(rule.when, look) or "always", warning=warn.text)


def _add_always(rule: m.Rule, added: m.AddText, look: Look) -> _Act | None:
    return _add(rule, added, decided(rule.when, look) or "always", frozenset(), look)


def _pace(_: m.Rule, pace: m.Pace, __: Look) -> _Act:
    return _Act("pace", pace_words(pace), text=pace_words(pace))


def _require(rule: m.Rule, require: m.Require, look: Look) -> _Act | None:
    truth = holds(require.condition, look)
    if truth is True:
        return None
    unknown = missing(require.condition, look) if truth is None else frozenset[str]()
    told = decided(require.condition, look)
    match require.otherwise:
        case None:
            return _Act("deny", f"{told}; required: {as_written(require.condition)}", unknown)
        case m.AddText() as added:
            return _add(rule, added, told, unknown, look)
        case m.Warn() as warn:
            return _Act("warn", told, unknown, warning=warn.text)


def _add(rule: m.Rule, added: m.AddText, told: str, unknown: frozenset[str], look: Look) -> _Act | None:
    template = choose_text(added, look.facts.message.recipient.language, rule.languages)
    brand = look.facts.message.brand
    given = {"brand": brand.name, "sender": look.facts.message.sender, "stop": brand.stop}
    lacking = [name for name in dict.fromkeys(_PLACEHOLDER.findall(template)) if given[name] is None]
    if lacking:
        names = frozenset(f"brand.{'name' if name == 'brand' else name}" for name in lacking)
        return _Act("deny", f"{told}; the text to {added.kind} needs {', '.join(sorted(names))}", unknown | names)
    text = _PLACEHOLDER.sub(lambda found: given[found[1]] or "", template)
    body = look.text.text
    if body.startswith(text) if added.kind == "prepend" else body.endswith(text):
        return None
    return _Act("prepend" if added.kind == "prepend" else "append", told, unknown, text=text)


def choose_text(added: m.AddText, language: str | None, preferred: tuple[str, ...]) -> str:
    """The text in the recipient's language; else in the policy's first language that has one; else the first."""
    texts = dict(added.texts)
    wanted = [] if language is None else [language, language.split("-")[0]]
    for code in (*wanted, *preferred, None):
        if code in texts:
            return texts[code]
    return added.texts[0][1]


def _only(rule: m.Rule, only: m.Only, look: Look) -> _Act | None:
    facts, window = look.facts, only.window
    shut = closed(window, facts.timezones, facts.subdivisions, look.t, rule.basis == "guideline")
    if shut is None:
        return None
    told = f"{_clocks(window, facts.timezones, shut.shut, look.t)}; open {shut.hours}"
    if only.warning is not None:
        return _Act("warn", told, frozenset(shut.shut.missing), warning=only.warning)
    return _Act("defer", f"{told}; {shut.later}", shut.missing, opens=shut.opens)


def _clocks(window: m.Window, zones: tuple[str, ...], shut: hours.Closure, t: int) -> str:
    """What the clocks show and, if one decides, the holiday; or what is missing to judge by."""
    if shut.openness is hours.Openness.UNKNOWN:
        why = f" ({shut.holiday})" if shut.holiday else ""
        return f"cannot be judged without {', '.join(shut.missing)}{why}"
    clocks = hours.local_times((window.zone,) if window.zone is not None else zones, t)
    return f"{clocks}, {shut.holiday}" if shut.holiday else clocks


def limit_sends(limit: m.Limit, look: Look) -> tuple[int, ...] | None:
    """The instants of the earlier sends a limit counts, ascending; None where the history is not known."""
    message, facts = look.facts.message, look.facts
    if facts.history is None:
        return None
    own: dict[str, str | frozenset[str] | None] = {
        "brand": message.brand.name,
        "sender": message.sender,
        "campaign": message.campaign,
        "category": message.category,
        "subject": look.subject,
    }
    if "text" in limit.keys:
        own["text"] = frozenset({facts.written.digest, look.text.digest})
    return frequency.matching(facts.history, limit.keys, own)


def _limit(_: m.Rule, limit: m.Limit, look: Look) -> _Act | None:
    zones = look.facts.timezones
    sends = limit_sends(limit, look)
    if sends is None:
        told = f"the history is not known; at most {_allowance(limit)}"
        return _Act("defer", told, frozenset({"history"}), opens=None)
    if limit.calendar is not None and not zones:
        told = f"cannot be judged without recipient.timezone; at most {_allowance(limit)}"
        return _Act("defer", told, frozenset({"recipient.timezone"}), opens=None)
    count = frequency.count_at(limit, sends, zones, look.t)
    if count < limit.count:
        return None
    frees = frequency.frees_at(limit, sends, zones, look.t, look.t + HORIZON)
    told = f"{count} sent, at most {_allowance(limit)}"
    zone = zones[0] if zones else "UTC"
    free = "; never free again" if frees is None else f"; free again {hours.opening_words(zone, frees, look.t)}"
    return _Act("defer", told + free, opens=frees)


_UNITS = ((604_800, "week"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


@by_identity
def _allowance(limit: m.Limit) -> str:
    return f"{limit.count} {period_words(limit)}"


def period_words(limit: m.Limit) -> str:
    """A limit's period and keys in words: `in 7 days per recipient, brand`."""
    keys = ", ".join(("recipient", *limit.keys))
    if limit.calendar is not None:
        return f"in a calendar {limit.calendar} per {keys}"
    return f"in {_duration(limit.seconds or 0)} per {keys}"


def pace_words(pace: m.Pace) -> str:
    """A pace in words: `1 segment per second per sender`."""
    what = "segment" if pace.segments else "message"
    plural = "" if pace.count == 1 else "s"
    return f"{pace.count} {what}{plural} per {_duration(pace.seconds)} per {', '.join(pace.keys)}"


def _duration(seconds: int) -> str:
    """In the largest unit that fits; one week is told in days."""
    units = _UNITS[1:] if seconds == _UNITS[0][0] else _UNITS
    size, unit = next(each for each in units if seconds % each[0] == 0)
    count = seconds // size
    return unit if count == 1 and size == 1 else f"{count} {unit}{'' if count == 1 else 's'}"


_ACTS: dict[type, Callable[[m.Rule, Any, Look], _Act | None]] = {
    m.Deny: _deny,
    m.Require: _require,
    m.AddText: _add_always,
    m.Warn: _warn,
    m.Only: _only,
    m.Limit: _limit,
    m.Pace: _pace,
}
"""What each kind of action comes to."""
