"""From what the rules said to the verdict: reasons in order, obligations, warnings, and the text to be sent."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..policy import model as m
from ..policy.registrations import registration_problem
from ..policy.vocabulary import BASES
from .encoding import encode
from .facts import Facts, are_few
from .firing import Firing
from .identity import by_identity
from .message import Message
from .state import Judged, State
from .subject_names import SubjectNames
from .verdict import STRICTNESS, Obligation, Reason, SourceRef, Verdict
from .zones import as_datetime

NO_COUNTRY_RULE = "sendlaw.number"
"""The rule in whose name a number of no country is refused; it stands in the engine, not in a file."""
_E164 = SourceRef("ITU-T E.164", "https://www.itu.int/rec/T-REC-E.164")
SUBDIVISION = "recipient.subdivision"


def assemble(facts: Facts, judged: Judged | None, policy: str, subjects: SubjectNames) -> Verdict:
    """The verdict from V(at), and V(T) and T where the message may go (T is `at` if it may go now); from nothing where
    no rule speaks at `at`.
    """
    if judged is None:
        return _unopposed(facts, policy, subjects)
    message, (now, then, until) = facts.message, judged
    firings = now.firings if then is not None or "defer" not in now.effects else _never_open(now)
    reasons = _reasons(facts, firings) if firings else ()
    carried = then if then is not None else now
    encoding = facts.written.sent_as(carried.text).encoded(message.channel)
    return _verdict(
        (
            message.id,
            message.at,
            "allow" if then is now else "deny" if then is None else "defer",
            None if then is now or until is None else as_datetime(facts.timezones[0], until),
            reasons,
            reasons[0].missing if len(reasons) == 1 else _missing(reasons) if reasons else (),
            (*carried.obligations, *_paces(carried)) if "pace" in carried.effects else carried.obligations,
            carried.text,
            _warnings(message, carried, subjects)
            if "warn" in carried.effects or message.registrations or message.subjects
            else (),
            facts.country,
            facts.sender_type,
            facts.timezones,
            encoding.name,
            encoding.segments,
            policy,
        )
    )


def _unopposed(facts: Facts, policy: str, subjects: SubjectNames) -> Verdict:
    """The verdict where no rule speaks."""
    message, written = facts.message, facts.written
    encoding = written.encoded(message.channel)
    return _verdict(
        (
            message.id,
            message.at,
            "allow",
            None,
            (),
            (),
            (),
            written.text,
            _unknown_names(message, subjects) if message.registrations or message.subjects else (),
            facts.country,
            facts.sender_type,
            facts.timezones,
            encoding.name,
            encoding.segments,
            policy,
        )
    )


def _verdict(fields: tuple[Any, ...]) -> Verdict:
    """A verdict from its fields in their order; to name them, or to call the class, takes twice as long."""
    return tuple.__new__(Verdict, fields)


def refuse_number(message: Message, sender_type: str, policy: str, subjects: SubjectNames) -> Verdict:
    """The verdict on a number that belongs to no country."""
    reason = Reason(
        rule=NO_COUNTRY_RULE,
        place="",
        effect="deny",
        title="A number that belongs to no country has no law to be judged by",
        basis="provider",
        sources=(_E164,),
        detail="recipient.country is none",
    )
    encoding = encode(message.body, message.channel)
    return Verdict(
        id=message.id,
        at=message.at,
        decision="deny",
        until=None,
        reasons=(reason,),
        missing=(),
        obligations=(),
        text=message.body,
        warnings=_unknown_names(message, subjects),
        country=None,
        sender_type=sender_type,
        timezones=(),
        encoding=encoding.name,
        segments=encoding.segments,
        policy=policy,
    )


def _never_open(now: State) -> tuple[Firing, ...]:
    """A message that no window or limit ever lets through is denied by those that never open, or by all together."""
    closed = [firing for firing in now.firings if firing.effect == "defer"]
    guilty = [firing for firing in closed if firing.opens is None]
    if not guilty and not now.refuses:
        guilty = closed
    return tuple(f._replace(effect="deny") if f in guilty else f for f in now.firings)


def _missing(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    """The facts for want of which any of them was given."""
    return tuple(sorted({name for reason in reasons for name in reason.missing}))


def _reasons(facts: Facts, firings: tuple[Firing, ...]) -> tuple[Reason, ...]:
    kept = firings if facts.subdivisions else _strictest_region(facts, firings)
    if len(kept) > 1:
        kept = tuple(sorted(kept, key=lambda firing: (firing.rule.id, firing.place)))
    return tuple(map(_reason, kept))


def _strictest_region(facts: Facts, firings: tuple[Firing, ...]) -> tuple[Firing, ...]:
    """Where no subdivision is known, one of those that spoke stands for all."""
    country = facts.country
    for firing in firings:
        if firing.place != country:
            break
    else:
        return firings
    regional = [firing for firing in firings if firing.place != country]
    strictest = min(regional, key=_strictness)
    told = strictest._replace(missing=strictest.missing | {SUBDIVISION})
    return (*(firing for firing in firings if firing.place == facts.country), told)


def _strictness(firing: Firing) -> tuple[int, float, int, str, str]:
    """Strictest effect first, then the latest opening, the firmest basis, rule and place."""
    opens = float("inf") if firing.opens is None else firing.opens
    basis = BASES.index(firing.rule.basis)
    return STRICTNESS[firing.effect], -opens, basis, firing.rule.id, firing.place


def _reason(firing: Firing) -> Reason:
    rule = firing.rule
    missing = tuple(sorted(firing.missing)) if firing.missing else ()
    told = rule.id, firing.place, firing.effect, rule.title, rule.basis, _sources(rule), firing.detail, missing
    return tuple.__new__(Reason, told)


@by_identity
def _sources(rule: m.Rule) -> tuple[SourceRef, ...]:
    return tuple(SourceRef(source.title, source.url) for source in rule.sources)


def _paces(state: State) -> tuple[Obligation, ...]:
    paces = (firing for firing in state.firings if firing.effect == "pace")
    return tuple(sorted({Obligation("pace", f.text or "", f.rule.id) for f in paces}, key=lambda o: o.rule))


def _warnings(message: Message, state: State, subjects: SubjectNames) -> tuple[str, ...]:
    fired = sorted((f for f in state.firings if f.effect == "warn"), key=lambda f: (f.rule.id, f.place))
    said = [firing.warning or firing.rule.title for firing in fired]
    return tuple(dict.fromkeys([*said, *_unknown_names(message, subjects)]))


def _unknown_names(message: Message, subjects: SubjectNames) -> tuple[str, ...]:
    """Registrations that there are none of, and subjects that look like misspelt ones."""
    registered = _registered(message.registrations) if message.registrations else ()
    return (*registered, *subjects.warnings(message.subjects)) if message.subjects else registered


def _registered(names: tuple[str, ...]) -> tuple[str, ...]:
    """What there is to say of registrations. A sender's messages all name the same, so they are looked at once."""
    return _remembered_warnings(names) if are_few(names) else _registration_warnings(names)


def _registration_warnings(names: tuple[str, ...]) -> tuple[str, ...]:
    problems = (registration_problem(name) for name in names)
    return tuple(dict.fromkeys("; ".join(filter(None, problem)) for problem in problems if problem is not None))


_remembered_warnings = lru_cache(maxsize=1024)(_registration_warnings)
