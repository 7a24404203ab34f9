"""What one rule does to one message in one place: nothing, or a firing with its effect and its words.

Whether a rule is in force, applies in a place, or is silenced by another is the caller's question; this module asks
the rule itself. Unknown facts go against the message: an unknown `when` holds, an unknown `unless` does not excuse,
an unknown `require` fails, an unknown window or limit stays shut. A guideline that turns on an unknown only warns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
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


_NOTHING: frozenset[str] = frozenset()


def adds_text(rule: m.Rule) -> bool:
    """Whether the rule may add text, and therefore is asked about the text as its sender wrote it."""
    action = rule.action
    return isinstance(action, m.AddText) or (isinstance(action, m.Require) and isinstance(action.otherwise, m.AddText))


def fire(rule: m.Rule, look: Look, subjects: Iterable[str], settled: bool = False) -> Firing | None:
    """What the rule does; a rule that says `subject` is judged once for each subject, and the strictest counts.

    `settled`: its `when` is known to hold and its `unless` not to, whatever else the message says.
    """
    if not rule.per_subject:
        return _act(rule, look) if settled else _fire(rule, look)
    found = [(subject, firing) for subject in subjects if (firing := _fire(rule, look.about(subject)))]
    return _strictest_subject(found) if found else None


def _strictest_subject(found: list[tuple[str, Firing]]) -> Firing:
    if len(found) == 1:
        subject, one = found[0]
        told = f"{subject}: {one.detail}"
        return Firing(one.rule, one.place, one.effect, told, one.missing, one.opens, one.text, one.warning)
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
    firing = _act(rule, look)
    if firing is None or (when is True and unless is False):
        return firing
    unknown = firing.missing
    for condition, truth in ((rule.when, when), (rule.unless, unless)):
        if condition is not None and truth is None:
            unknown |= missing(condition, look)
    return _weighed(firing._replace(missing=unknown))


def _act(rule: m.Rule, look: Look) -> Firing | None:
    """What the action comes to, for a rule whose `when` holds."""
    firing = _ACTS[type(rule.action)](rule, rule.action, look)
    return firing if firing is None or not firing.missing else _weighed(firing)


def _weighed(firing: Firing) -> Firing:
    """What a rule does that turned on something unknown: a guideline only warns."""
    rule = firing.rule
    if rule.basis != "guideline" or firing.effect in ("warn", "pace"):
        return firing
    return Firing(rule, firing.place, "warn", firing.detail, firing.missing, warning=rule.title)


def _deny(rule: m.Rule, _: m.Deny, look: Look) -> Firing:
    return Firing(rule, look.place, "deny", _why(rule, look), _NOTHING)


def _warn(rule: m.Rule, warn: m.Warn, look: Look) -> Firing:
    return Firing(rule, look.place, "warn", _why(rule, look), _NOTHING, warning=warn.text)


def _add_always(rule: m.Rule, added: m.AddText, look: Look) -> Firing | None:
    return _add(rule, added, _why(rule, look), _NOTHING, look)


def _why(rule: m.Rule, look: Look) -> str:
    """What of the rule's `when` decided."""
    return (decided(rule.when, look) or "always") if look.told else ""


def _pace(rule: m.Rule, pace: m.Pace, look: Look) -> Firing:
    return Firing(rule, look.place, "pace", pace_words(pace), _NOTHING, text=pace_words(pace))


def _require(rule: m.Rule, require: m.Require, look: Look) -> Firing | None:
    truth = holds(require.condition, look)
    if truth is True:
        return None
    unknown = missing(require.condition, look) if truth is None else _NOTHING
    told = decided(require.condition, look) if look.told else ""
    match require.otherwise:
        case None:
            told = f"{told}; required: {as_written(require.condition)}"
            return Firing(rule, look.place, "deny", told, unknown)
        case m.AddText() as added:
            return _add(rule, added, told, unknown, look)
        case m.Warn() as warn:
            return Firing(rule, look.place, "warn", told, unknown, warning=warn.text)


def _add(rule: m.Rule, added: m.AddText, told: str, unknown: frozenset[str], look: Look) -> Firing | None:
    template = choose_text(added, look.facts.message.recipient.language, rule.languages)
    brand = look.facts.message.brand
    given = {"brand": brand.name, "sender": look.facts.message.sender, "stop": brand.stop}
    pieces = _pieces(template)
    lacking = [name for name in dict.fromkeys(pieces[1::2]) if given[name] is None]
    if lacking:
        names = frozenset(f"brand.{'name' if name == 'brand' else name}" for name in lacking)
        told = f"{told}; the text to {added.kind} needs {', '.join(sorted(names))}"
        return Firing(rule, look.place, "deny", told, unknown | names)
    text = "".join([(given[piece] or "") if index % 2 else piece for index, piece in enumerate(pieces)])
    body = look.text.text
    if body.startswith(text) if added.kind == "prepend" else body.endswith(text):
        return None
    return Firing(rule, look.place, "prepend" if added.kind == "prepend" else "append", told, unknown, text=text)


@lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[str, ...]:
    """A text to be filled in, cut at its place holders, whose names stand at the odd places."""
    return tuple(_PLACEHOLDER.split(template))


def choose_text(added: m.AddText, language: str | None, preferred: tuple[str, ...]) -> str:
    """The text in the recipient's language; else in the policy's first language that has one; else the first."""
    if len(added.texts) == 1:
        return added.texts[0][1]
    texts = dict(added.texts)
    for code in (*_ever_wider(language), *preferred, None):
        if code in texts:
            return texts[code]
    return added.texts[0][1]


def _ever_wider(language: str | None) -> Iterator[str]:
    """A language, then with one part less each time: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    while language:
        yield language
        language = language.rpartition("-")[0]


def _only(rule: m.Rule, only: m.Only, look: Look) -> Firing | None:
    facts, window = look.facts, only.window
    shut = closed(window, facts.timezones, facts.subdivisions, look.t, rule.basis == "guideline")
    if shut is None:
        return None
    told = f"{_clocks(window, facts.timezones, shut.shut, look.t)}; open {shut.hours}" if look.told else ""
    if only.warning is not None:
        return Firing(rule, look.place, "warn", told, frozenset(shut.shut.missing), warning=only.warning)
    return Firing(rule, look.place, "defer", f"{told}; {shut.later}", shut.missing, shut.opens)


def _clocks(window: m.Window, zones: tuple[str, ...], shut: hours.Closure, t: int) -> str:
    """What the clocks show and, if one decides, the holiday; or what is missing to judge by."""
    if shut.openness is hours.Openness.UNKNOWN:
        why = f" ({shut.holiday})" if shut.holiday else ""
        return f"cannot be judged without {', '.join(shut.missing)}{why}"
    clocks = hours.local_times((window.zone,) if window.zone is not None else zones, t)
    return f"{clocks}, {shut.holiday}" if shut.holiday else clocks


def limit_sends(limit: m.Limit, look: Look) -> tuple[int, ...] | None:
    """The instants of the earlier sends a limit counts, ascending; None where the history is not known."""
    facts, keys = look.facts, limit.keys
    if facts.history is None:
        return None
    if "subject" in keys or "text" in keys:
        return frequency.matching(facts.history, keys, _own(keys, look))
    known = facts.counted
    if known is None:
        known = facts.counted = {}
    found = known.get(keys)
    if found is None:
        found = known[keys] = frequency.matching(facts.history, keys, _own(keys, look))
    return found


def _own(keys: tuple[str, ...], look: Look) -> frequency.Wanted:
    """What the message has for each key of a limit."""
    message = look.facts.message
    own: dict[str, str | frozenset[str] | None] = {
        "brand": message.brand.name,
        "sender": message.sender,
        "campaign": message.campaign,
        "category": message.category,
        "subject": look.subject,
    }
    if "text" in keys:
        own["text"] = frozenset({look.facts.written.digest, look.text.digest})
    return own


def _limit(rule: m.Rule, limit: m.Limit, look: Look) -> Firing | None:
    zones = look.facts.timezones
    sends = limit_sends(limit, look)
    if sends is None:
        told = f"the history is not known; at most {_allowance(limit)}"
        return Firing(rule, look.place, "defer", told, frozenset({"history"}))
    if limit.calendar is not None and not zones:
        told = f"cannot be judged without recipient.timezone; at most {_allowance(limit)}"
        return Firing(rule, look.place, "defer", told, frozenset({"recipient.timezone"}))
    count = frequency.count_at(limit, sends, zones, look.t)
    if count < limit.count:
        return None
    frees = frequency.frees_at(limit, sends, zones, look.t, look.t + HORIZON)
    return Firing(rule, look.place, "defer", _used_up(limit, count, frees, look) if look.told else "", _NOTHING, frees)


def _used_up(limit: m.Limit, count: int, frees: int | None, look: Look) -> str:
    zone = next(iter(look.facts.timezones), "UTC")
    free = "never free again" if frees is None else f"free again {hours.opening_words(zone, frees, look.t)}"
    return f"{count} sent, at most {_allowance(limit)}; {free}"


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


@by_identity
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


_ACTS: dict[type, Callable[[m.Rule, Any, Look], Firing | None]] = {
    m.Deny: _deny,
    m.Require: _require,
    m.AddText: _add_always,
    m.Warn: _warn,
    m.Only: _only,
    m.Limit: _limit,
    m.Pace: _pace,
}
"""What each kind of action comes to."""
