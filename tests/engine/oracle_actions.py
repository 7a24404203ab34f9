"""What a rule does once it speaks, written from the language's definition without the engine's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sendlaw.engine.text import digest
from sendlaw.policy import model as m
from sendlaw.policy.vocabulary import BASES

from .naive_clock import DAY
from .oracle_conditions import EITHER, FALSE, TRUE, View, missing, truths
from .oracle_times import closed, count, instants, leniently_open, sends

HORIZON = 400 * DAY
STRICTEST = ("deny", "defer", "prepend", "append", "warn", "pace")
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Spoken:
    """What a rule did in a place. `opens`: when a closed window or a full limit would let the message pass."""

    rule: m.Rule
    place: str
    effect: str
    missing: frozenset[str]
    text: str = ""
    opens: int | None = None


def adds_text(rule: m.Rule) -> bool:
    action = rule.action
    return isinstance(action, m.AddText) or (isinstance(action, m.Require) and isinstance(action.otherwise, m.AddText))


def does(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    when = TRUE if rule.when is None else truths(rule.when, view)
    unless = FALSE if rule.unless is None else truths(rule.unless, view)
    if when == FALSE or unless == TRUE:
        return None
    done = _ACTS[type(rule.action)](rule, view, quick)
    if done is None:
        return None
    unknown = done.missing
    for condition in (rule.when, rule.unless):
        unknown |= NONE if condition is None else missing(condition, view)
    turns = EITHER in (when, unless) or done.missing
    if turns and rule.basis == "guideline" and done.effect not in ("warn", "pace"):
        return Spoken(rule, view.place, "warn", unknown, rule.title)
    return replace(done, missing=unknown)


def strictest(found: list[Spoken]) -> Spoken:
    """Of several subjects, the strictest counts, and for all on which it is equal."""
    best = min(STRICTEST.index(s.effect) for s in found)
    kept = [s for s in found if STRICTEST.index(s.effect) == best]
    opens = [s.opens for s in kept]
    latest = None if None in opens else max(t for t in opens if t is not None)
    return replace(kept[0], missing=NONE.union(*(s.missing for s in kept)), opens=latest)


def _deny(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    return Spoken(rule, view.place, "deny", NONE)


def _warn(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    assert isinstance(rule.action, m.Warn)
    return Spoken(rule, view.place, "warn", NONE, rule.action.text)


def _pace(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    return Spoken(rule, view.place, "pace", NONE)


def _add(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    assert isinstance(rule.action, m.AddText)
    return _added(rule, rule.action, NONE, view)


def _require(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    assert isinstance(rule.action, m.Require)
    if truths(rule.action.condition, view) == TRUE:
        return None
    unknown = missing(rule.action.condition, view)
    match rule.action.otherwise:
        case m.AddText() as added:
            return _added(rule, added, unknown, view)
        case m.Warn() as warn:
            return Spoken(rule, view.place, "warn", unknown, warn.text)
        case None:
            return Spoken(rule, view.place, "deny", unknown)


def _added(rule: m.Rule, added: m.AddText, unknown: frozenset[str], view: View) -> Spoken | None:
    """The text in the recipient's language, else in the first of the policy's that has one; `{stop}` filled in."""
    message, by_language = view.facts.message, dict(added.texts)
    wanted = message.recipient.language
    parts = [] if wanted is None else wanted.split("-")
    own = ["-".join(parts[:many]) for many in range(len(parts), 0, -1)]
    chosen = next((code for code in (*own, *rule.languages, None) if code in by_language), added.texts[0][0])
    text, filled = by_language[chosen], {"sender": message.sender}
    filled |= {name: v for name, v in (("brand", message.brand.name), ("stop", message.brand.stop)) if v is not None}
    asked = set(re.findall(r"\{(brand|sender|stop)\}", text))
    lacking = {"brand": "brand.name", "stop": "brand.stop"}
    if asked - set(filled):
        return Spoken(rule, view.place, "deny", unknown | {lacking[name] for name in asked - set(filled)})
    text = "".join(filled.get(part, part) if odd else part for part, odd in _split(text))
    body = message.body
    there = body[: len(text)] == text if added.kind == "prepend" else body[max(len(body) - len(text), 0) :] == text
    return None if there else Spoken(rule, view.place, added.kind, unknown, text)


def _split(text: str) -> Iterator[tuple[str, bool]]:
    for number, part in enumerate(re.split(r"\{(brand|sender|stop)\}", text)):
        yield part, number % 2 == 1


def _only(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    assert isinstance(rule.action, m.Only)
    window, zones, parts = rule.action.window, view.facts.timezones, view.facts.subdivisions
    unknown = closed(window, zones, parts, view.t)
    if unknown is None:
        return None
    if rule.action.warning is not None:
        return Spoken(rule, view.place, "warn", unknown, rule.action.warning)
    if quick:
        return Spoken(rule, view.place, "defer", unknown)
    tried = sorted(set(instants(rule.action, zones, [], view.t, view.t + HORIZON)))
    # A guideline is open as soon as it does not close for certain, for then it only warns.
    certain = rule.basis == "guideline" and not unknown
    opens = next((t for t in tried if _passes(closed(window, zones, parts, t), certain)), None)
    if opens is None:
        hoped = next((t for t in tried if leniently_open(window, zones, parts, t)), None)
        unknown |= NONE if hoped is None else closed(window, zones, parts, hoped) or NONE
    return Spoken(rule, view.place, "defer", unknown, opens=opens)


def _passes(unknown: frozenset[str] | None, lenient: bool) -> bool:
    return unknown is None or (lenient and bool(unknown))


def _limit(rule: m.Rule, view: View, quick: bool) -> Spoken | None:
    limit, message = rule.action, view.facts.message
    assert isinstance(limit, m.Limit)
    if message.history is None:
        return Spoken(rule, view.place, "defer", frozenset({"history"}))
    texts = {digest(message.body), digest(view.text.text)}
    sent = sends(limit, message, view.subject, texts)
    if count(limit, sent, view.facts.timezones, view.t) < limit.count:
        return None
    tried = sorted(t for t in set(instants(limit, view.facts.timezones, sent, view.t, view.t + HORIZON)) if t > view.t)
    frees = next((t for t in tried if count(limit, sent, view.facts.timezones, t) < limit.count), None)
    return Spoken(rule, view.place, "defer", NONE, opens=frees)


_ACTS: dict[type, Callable[[m.Rule, View, bool], Spoken | None]] = {
    m.Deny: _deny,
    m.Require: _require,
    m.Only: _only,
    m.Limit: _limit,
    m.Pace: _pace,
    m.AddText: _add,
    m.Warn: _warn,
}


def carried(body: str, spoken: list[Spoken]) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """The body with what is added, firmest outermost, then by rule; equal texts once."""
    ranked = sorted((BASES.index(s.rule.basis), s.rule.id, s.place, s.effect, s.text) for s in spoken)
    placed: dict[str, list[tuple[str, str, str]]] = {"prepend": [], "append": []}
    for _, rule, _, effect, text in ranked:
        if effect in placed and text not in [other for _, other, _ in placed[effect]]:
            placed[effect].append((effect, text, rule))
    obligations = (*placed["prepend"], *reversed(placed["append"]))
    before = "".join(text for _, text, _ in placed["prepend"])
    after = "".join(text for _, text, _ in reversed(placed["append"]))
    return before + body + after, obligations


def _asked(rule: m.Rule) -> Iterator[m.Condition]:
    """The conditions of a rule that are not made of others."""
    own = rule.action.condition if isinstance(rule.action, m.Require) else None
    waiting = [condition for condition in (rule.when, rule.unless, own) if condition is not None]
    while waiting:
        match waiting.pop():
            case m.And(parts=parts) | m.Or(parts=parts):
                waiting += parts
            case m.Not(part=part):
                waiting.append(part)
            case asked:
                yield asked


def ages_asked(rule: m.Rule) -> Iterator[m.CompareAge]:
    """The ages a rule asks for."""
    yield from (asked for asked in _asked(rule) if isinstance(asked, m.CompareAge))


def reads_text(rule: m.Rule) -> bool:
    """Whether what the rule does may turn on the text."""
    if isinstance(rule.action, m.AddText | m.Limit) or adds_text(rule):
        return True
    words = ("body", "encoding", "segments", "LookupTerm", "Mentions")
    return any(word in str(asked) for asked in _asked(rule) for word in words)
