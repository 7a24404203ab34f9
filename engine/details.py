"""The words of a reason: the values that decided, in plain English, the same for the same facts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ..policy import model as m
from ..policy.characters import as_seen
from ..policy.vocabulary import ENCODINGS
from .encoding import substitute
from .identity import by_identity
from .kleene import Look, holds, mention_key, value
from .mentions import mentions

_SHOWN_ENTRIES = 5
_PLAIN = frozenset({"category", "recipient.country"})
"""Facts a reader knows from the message itself; told only when nothing else decided."""
_MEASURES = frozenset({"encoding", "segments"})


def decided(condition: m.Condition | None, look: Look) -> str:
    """What made a condition true, false or unknown: the parts that decided, with the values in place."""
    if condition is None:
        return ""
    tell = _ATOMS.get(type(condition))
    if tell is not None:
        return tell(condition, look)
    told = list(dict.fromkeys(_parts(condition, look)))
    telling = [text for text, plain in told if not plain]
    return "; ".join(telling or [text for text, _ in told])


@by_identity
def as_written(condition: m.Condition) -> str:
    """A condition as it stands in its rule file, on one line."""
    return " ".join(condition.span.text.split())


def _parts(condition: m.Condition, look: Look) -> list[tuple[str, bool]]:
    """The deciding atoms as (words, whether plain)."""
    tell = _ATOMS.get(type(condition))
    if tell is not None:
        return [(tell(condition, look), _is_plain(condition))]
    match condition:
        case m.And() | m.Or():
            truths = [holds(part, look) for part in condition.parts]
            decisive = isinstance(condition, m.Or)
            truth = decisive if decisive in truths else None if None in truths else not decisive
            return [
                told
                for part, own in zip(condition.parts, truths, strict=True)
                if own is truth
                for told in _parts(part, look)
            ]
        case m.Not():
            return _parts(condition.part, look)
        case m.SameAs():
            return [
                (f"{_term(side)} is {_shown(value(side, look))}", False) for side in (condition.left, condition.right)
            ]
    raise AssertionError(condition)


def _is_plain(condition: Any) -> bool:
    return isinstance(condition.term, m.FactTerm) and condition.term.name in _PLAIN


def _fact(condition: Any, look: Look) -> str:
    term = condition.term
    told = f"{_term(term)} is {_shown(value(term, look))}"
    return told + _forcing(term, look) if isinstance(term, m.FactTerm) and term.name in _MEASURES else told


def _mention(condition: m.Mentions, look: Look) -> str:
    found = look.text.found.get(mention_key(condition))
    wanted = condition.phrase if condition.phrase is not None else f"word of `{condition.words}`"
    if found is None:
        return f"no {wanted} in the text"
    listed = f" ({condition.words}, {found.language})" if condition.words is not None else ""
    return f"“{found.text}” in the text{listed}"


def _mentions_fact(condition: m.MentionsFact, look: Look) -> str:
    wanted = value(condition.fact, look)
    if wanted is None:
        return f"{condition.fact.name} is not known"
    return f"“{_shown(wanted)}” {'in' if mentions(look.text.text, wanted, look.text.forms) else 'not in'} the text"


def _forcing(term: m.FactTerm, look: Look) -> str:
    """Where the encoding or the segments decide: which characters make a text UCS-2, and what is plain for them."""
    forcing = look.text.encoded(look.facts.message.channel).unencodable
    if not forcing:
        return ""
    more = f" and {len(forcing) - _SHOWN_ENTRIES} more" if len(forcing) > _SHOWN_ENTRIES else ""
    named = ", ".join(map(_character, forcing[:_SHOWN_ENTRIES])) + more
    return f"{' in UCS-2' if term.name == 'segments' else ''}, for {named}"


@lru_cache(maxsize=1024)
def _character(char: str) -> str:
    """A character that makes a text UCS-2, and what is plain for it."""
    seen, plain = as_seen(char), substitute(char)
    told = f"“{seen}”" if seen == char else seen
    return told if plain is None else f"{told} (plain: “{plain}”)" if plain else f"{told} (needless)"


def _age(condition: m.CompareAge, look: Look) -> str:
    age = value(condition.term, look)
    if age is None:
        return f"{condition.term.name} is not known"
    unit = condition.unit if condition.count == 1 else f"{condition.unit}s"
    days = age // 86_400
    old = f"{days} day{'' if days == 1 else 's'}"
    return f"{condition.term.name} is {old}; asked: {condition.operator} {condition.count} {unit}"


def _term(term: m.Term) -> str:
    match term:
        case m.FactTerm():
            return term.name
        case m.LengthTerm():
            return f"length of {term.fact.name}"
        case m.CountTerm():
            return f"count of {term.fact.name}"
        case m.LookupTerm():
            return f"{term.table}({', '.join(_term(part) for part in term.arguments)}).{term.column}"
        case m.ConstantTerm():
            return _shown(term.value)


def _shown(known: Any) -> str:
    if known is None:
        return "not known"
    if isinstance(known, bool):
        return "yes" if known else "no"
    if isinstance(known, tuple | frozenset | list):
        return _listed([str(entry) for entry in (known if isinstance(known, tuple) else sorted(known))])
    if isinstance(known, str):
        return ENCODINGS.get(known, known if len(known) <= 60 else f"{known[:57]}…") or "empty"
    return str(known)


def _listed(entries: list[str]) -> str:
    if not entries:
        return "empty"
    more = f" and {len(entries) - _SHOWN_ENTRIES} more" if len(entries) > _SHOWN_ENTRIES else ""
    return ", ".join(entries[:_SHOWN_ENTRIES]) + more


_ATOMS: dict[type, Callable[[Any, Look], str]] = {
    m.Mentions: _mention,
    m.MentionsFact: _mentions_fact,
    m.CompareAge: _age,
    **dict.fromkeys((m.IsKnown, m.OneOf, m.CompareNumber, m.StartsWith, m.EndsWith, m.Matches, m.Has), _fact),
}
"""How conditions without parts are told."""
