"""What holds between conditions in every message: on one text, one list, facts in relation, a table and its keys.

Each tie only rules out what the engine never finds; conditions without one are taken as free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from . import model as m
from .beforehand import OTHER, Known, fact_of
from .fact_relations import RELATIONS, Seen
from .vocabulary import FACTS

_ENTRIES_MAY_BE_ONE = frozenset(("body.links", "body.shorteners"))
"""Lists of which one entry may be what several questions ask for: a host, and a domain above it."""

_KNOWN_IN_PART = frozenset(("recipient.subdivisions", "recipient.timezones"))
"""Lists of what a recipient may be in: which one it is may be unknown where the list is not."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Keys of conditions, and whether a message can have these values of them, in this order."""

    keys: tuple[object, ...]
    fits: Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Origin:
    """A key that others decide: the keys, in order, and the values it can have where they have these."""

    key: object
    keys: tuple[object, ...]
    gives: Callable[..., tuple[object, ...]]


# ---- keys of conditions


def name_of(key: object) -> str:
    """The name of a key in `RELATIONS`; empty if it can have none."""
    match key:
        case m.FactTerm(name=name):
            return name
        case m.CountTerm(fact=fact):
            return f"count of {fact.name}"
        case m.LengthTerm(fact=fact):
            return f"length of {fact.name}"
        case m.Has(term=term, value=value):
            return f"{term.name} has {value}"
        case m.StartsWith(term=term, text=text):
            return f'{term.name} starts with "{text}"'
    return ""


def ties(keys: Sequence[object], known: Known) -> Iterator[Tie]:
    """What holds between the keys of conditions in every message."""
    named = {name: key for key in keys if (name := name_of(key))}
    for relation in RELATIONS:
        asked = tuple(name for name in relation.names if name in named)
        if len(asked) > 1:
            yield Tie(tuple(named[name] for name in asked), _by_name(asked, relation.fits))
    for fact, about in _by_fact(keys).items():
        yield from _of_one_text(about) if FACTS[fact].kind == "text" else _of_one_list(fact, about)
        yield from _known_together(about, known.may_lack(fact) and fact not in _KNOWN_IN_PART)
    yield from _subject(named)
    yield from _shortened(named)
    yield from _several_subjects(named)
    yield from _place(named)


def _by_name(names: tuple[str, ...], fits: Callable[[Seen], bool]) -> Callable[..., bool]:
    return lambda *values: fits(dict(zip(names, values, strict=True)))


def _by_fact(keys: Iterable[object]) -> dict[str, list[object]]:
    """Keys that ask of one text or list, several each."""
    found: dict[str, list[object]] = {}
    for key in keys:
        term = key if isinstance(key, m.FactTerm | m.LengthTerm | m.CountTerm) else getattr(key, "term", None)
        fact = None if term is None else fact_of(term)
        if fact is not None and FACTS[fact.name].kind in ("text", "list", "places", "choices"):
            found.setdefault(fact.name, []).append(key)
    return {fact: about for fact, about in found.items() if len(about) > 1}


def _known_together(about: Sequence[object], may_lack: bool) -> Iterator[Tie]:
    for pair in pairwise(about) if may_lack else ():
        yield Tie(pair, lambda one, other: (one is None) is (other is None))


# ---- one text


def _of_one_text(about: Sequence[object]) -> Iterator[Tie]:
    for one, other in combinations(about, 2):
        for first, second in ((one, other), (other, one)):
            fits = _text_fits(first, second)
            if fits is not None:
                yield Tie((first, second), fits)
    lengths = [key for key in about if isinstance(key, m.LengthTerm)]
    begins = [key for key in about if isinstance(key, m.StartsWith)]
    ends = [key for key in about if isinstance(key, m.EndsWith)]
    for begin, end, length in product(begins, ends, lengths):
        yield Tie((begin, end, length), _overlap(begin.text, end.text))


def _text_fits(first: object, second: object) -> Callable[..., bool] | None:
    match first, second:
        case m.FactTerm(), m.StartsWith(text=text):
            return lambda whole, begins: whole in (OTHER, None) or begins in (whole.startswith(text), None)
        case m.FactTerm(), m.EndsWith(text=text):
            return lambda whole, ends: whole in (OTHER, None) or ends in (whole.endswith(text), None)
        case m.FactTerm(), m.LengthTerm():
            return lambda whole, length: whole in (OTHER, None) or length in (len(whole), None)
        case m.StartsWith(text=text) | m.EndsWith(text=text), m.LengthTerm():
            return lambda affixed, length: affixed is not True or length is None or length >= len(text)
        case m.StartsWith(text=short), m.StartsWith(text=long):
            return _affixes(short, long, long.startswith(short), short.startswith(long))
        case m.EndsWith(text=short), m.EndsWith(text=long):
            return _affixes(short, long, long.endswith(short), short.endswith(long))
    return None


def _overlap(begin: str, end: str) -> Callable[..., bool]:
    """A text that is as short as its beginning is no more than that; one in which beginning and end meet has both."""

    def fits(begins: object, ends: object, length: object) -> bool:
        if not isinstance(length, int):
            return True
        if begins is True and length == len(begin):
            return ends is begin.endswith(end)
        if ends is True and length == len(end):
            return begins is end.startswith(begin)
        shared = len(begin) + len(end) - length
        return not (begins is True and ends is True and shared > 0) or begin[-shared:] == end[:shared]

    return fits


def _affixes(short: str, long: str, within: bool, around: bool) -> Callable[..., bool] | None:
    """The longer of two beginnings brings the shorter along; two that differ exclude each other."""
    if within:
        return lambda one, other: other is not True or one is not False
    return None if around else lambda one, other: not (one is True and other is True)


# ---- one list


def _of_one_list(fact: str, about: Sequence[object]) -> Iterator[Tie]:
    counts = [key for key in about if isinstance(key, m.CountTerm)]
    entries = [key for key in about if isinstance(key, m.Has)]
    if fact in (*_KNOWN_IN_PART, "subjects"):
        return
    # An entry with a place to fill in may be what another one names.
    alike = fact in _ENTRIES_MAY_BE_ONE or any("{" in key.value for key in entries)
    for count in counts if entries else ():
        yield Tie((*entries, count), _at_least_one if alike else _one_each)


def _at_least_one(*values: object) -> bool:
    return not isinstance(values[-1], int) or values[-1] >= (True in values[:-1])


def _one_each(*values: object) -> bool:
    return not isinstance(values[-1], int) or values[-1] >= values[:-1].count(True)


def _subject(named: Mapping[str, object]) -> Iterator[Tie]:
    """The subject that is judged is one of the subjects."""
    if "subject" not in named:
        return
    for key in named.values():
        if isinstance(key, m.Has) and key.term.name == "subjects":
            yield Tie((named["subject"], key), _is_among(key.value))


def _several_subjects(named: Mapping[str, object]) -> Iterator[Tie]:
    """There are as many subjects as are known to be there: those asked for, the one judged, and politics."""
    count = named.get("count of subjects")
    keys = [key for name, key in named.items() if name in ("subject", "category") or name.startswith("subjects has ")]
    if count is not None and keys:
        yield Tie((*keys, count), lambda *values: values[-1] is None or len(_held(keys, values)) <= values[-1])


def _held(keys: Sequence[object], values: Sequence[object]) -> set[object]:
    found = {_subject_in(key, value) for key, value in zip(keys, values, strict=False)}
    return found - {None}


def _subject_in(key: object, value: object) -> object:
    """The subject that a value brings with it; None for those that bring none."""
    if isinstance(key, m.Has):
        return key.value if value is True else None
    if name_of(key) == "category":
        return value if value == "political" else None
    return value


def _is_among(entry: str) -> Callable[..., bool]:
    return lambda subject, has: subject != entry or has is True


def _shortened(named: Mapping[str, object]) -> Iterator[Tie]:
    """Shortened links are links, host by host."""
    for key in named.values():
        other = named.get(f"body.links has {key.value}") if isinstance(key, m.Has) else None
        count = named.get("count of body.links") if isinstance(key, m.Has) else None
        if count is not None and name_of(key).startswith("body.shorteners"):
            yield Tie((key, count), lambda short, number: short is not True or number != 0)
        if other is not None and name_of(key).startswith("body.shorteners"):
            yield Tie((key, other), lambda short, link: short is not True or link is True)


def _place(named: Mapping[str, object]) -> Iterator[Tie]:
    """A recipient is in a state of their own country alone, and known to be in one only where it is the only one."""
    states = [key for key in named.values() if isinstance(key, m.Has) and key.term.name == "recipient.subdivisions"]
    for one, other in combinations(states, 2):
        yield Tie((one, other), lambda first, second: not (first is True and second is True))
    for state in states:
        if "recipient.country" in named:
            yield Tie((named["recipient.country"], state), _in_country(state.value.partition("-")[0]))
    for fact in _KNOWN_IN_PART:
        count = named.get(f"count of {fact}")
        inside = [key for key in named.values() if isinstance(key, m.Has) and key.term.name == fact]
        for key in inside if count is not None else ():
            yield Tie((key, count), lambda is_there, number: is_there is not True or number == 1)


def _in_country(code: str) -> Callable[..., bool]:
    """Elsewhere it is known that a recipient is not in the state, even where no state is known."""
    return lambda country, inside: country == code or inside is False


# ---- tables, and two sides of one comparison


def origin_of(key: object, known: Known) -> Origin | None:
    """What decides a key; None for those that are free."""
    if isinstance(key, m.LookupTerm):
        return _cell(key, known) if key.table in known.tables else None
    return _same(key) if isinstance(key, m.SameAs) else None


def _cell(lookup: m.LookupTerm, known: Known) -> Origin:
    """A look-up says what stands in the table."""
    answers, column = known.tables[lookup.table], lookup.column
    return _origin(lookup, lookup.arguments, lambda *keys: (answers.cell(column, keys),))


def _same(condition: m.SameAs) -> Origin:
    """Two sides are the same or not; what nothing names may be either."""

    def gives(left: object, right: object) -> tuple[object, ...]:
        if left is None or right is None:
            return (None,)
        return (True, False) if left == right == OTHER else (left == right,)

    return _origin(condition, (condition.left, condition.right), gives)


def _origin(key: object, terms: Sequence[m.Term], gives: Callable[..., tuple[object, ...]]) -> Origin:
    """What a function of terms gives; constants among them are filled in."""
    if not any(isinstance(term, m.ConstantTerm) for term in terms):
        return Origin(key, tuple(terms), gives)
    facts = tuple(term for term in terms if not isinstance(term, m.ConstantTerm))

    def filled_in(*values: object) -> tuple[object, ...]:
        given = iter(values)
        return gives(*(term.value if isinstance(term, m.ConstantTerm) else next(given) for term in terms))

    return Origin(key, facts, filled_in)
