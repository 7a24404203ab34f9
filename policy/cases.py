"""The cases a condition is tried on: values that differ in what they make true, as far as they can meet in one message.

Conditions that hang together, by what they look at or by what `fact_relations` knows, are tried together; others
are independent. Cases that make the same true are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import model as m
from .beforehand import OTHER, Known, fact_of
from .fact_relations import LEAST, LONGEST_SHORT_CODE, NEVER, fewest_letters
from .ties import Origin, Tie, name_of, origin_of, ties
from .vocabulary import FACTS, UNITS
from .walk import walk

Truth = bool | None
_Rows = list[tuple[object, ...]]
MOST_STEPS = 400_000
"""Cases times the parts of conditions that each of them looks at."""
MOST_JOINT = 20_000
"""Cases of conditions that hang together, tried or ruled out; where there are more, what ties them is left aside."""

_MONTHS = {"month": 1, "year": 12}
_ANY_REGION = "-001"
"""A regional form of a language that no rule names: the world's."""


@dataclass(frozen=True, slots=True)
class Case:
    """What conditions without parts come to in one message, by identity (None is unknown), and the values behind it."""

    truths: Mapping[int, Truth]
    values: Mapping[object, object]


def cases(asked: Iterable[m.Condition], known: Known) -> list[list[Case]] | None:
    """For each group of conditions that hang together, all that they can come to; groups are independent.

    None where looking through the values of one group would take too long.
    """
    shape = _Shape(atoms_by_key(asked), known)
    groups = shape.groups()
    return None if any(map(shape.takes_long, groups)) else [shape.joint(*group) for group in groups]


def linked(parts: Sequence[m.Condition], known: Known) -> list[list[m.Condition]]:
    """Parts that hang together, each group in order: others cannot contradict each other."""
    atoms = [[*atoms_by_key((part,))] for part in parts]
    groups = _Shape(atoms_by_key(parts), known).groups()
    place = {key: number for number, (group, _) in enumerate(groups) for key in group}
    return _united([({place[key] for key in keys}, [part]) for part, keys in zip(parts, atoms, strict=True)])


def atoms_by_key(asked: Iterable[m.Condition]) -> dict[object, list[m.Condition]]:
    """Conditions without parts, by what their truth hangs on."""
    atoms: dict[object, list[m.Condition]] = {}
    for condition in asked:
        for node in walk(condition):
            if isinstance(node, m.Condition) and not isinstance(node, m.And | m.Or | m.Not):
                atoms.setdefault(_key(node), []).append(node)
    return atoms


def _key(atom: m.Condition) -> object:
    """What an atom's truth hangs on: its term, or, where its values cannot be listed, the atom itself."""
    if isinstance(atom, m.CompareAge):
        return atom.term, atom.unit in _MONTHS
    if isinstance(atom, m.OneOf | m.CompareNumber | m.IsKnown):
        return atom.term
    return atom


def _united(groups: Iterable[tuple[set[int], list[m.Condition]]]) -> list[list[m.Condition]]:
    united: list[tuple[set[int], list[m.Condition]]] = []
    for keys, members in groups:
        whole, together = set(keys), members
        for group in [group for group in united if group[0] & keys]:
            united.remove(group)
            whole |= group[0]
            together = group[1] + together
        united.append((whole, together))
    return [members for _, members in united]


class _Shape:
    """The keys of conditions, those that stand behind them, all values of each, and what ties them."""

    def __init__(self, atoms: Mapping[object, list[m.Condition]], known: Known) -> None:
        self._atoms = atoms
        self._known = known
        self._keys = _with_those_behind(atoms)
        self._ties = [*ties(self._keys, known)]
        self._origins = {key: origin for key in self._keys if (origin := origin_of(key, known))}
        self._values = self._all_values()

    def groups(self) -> list[tuple[list[object], _Rows]]:
        """Keys that hang together, and all values they can have; what is too much to try together stands alone."""
        found = []
        for group in _components(self._keys, [one.keys for one in self._ties] + self._from_origins()):
            rows = self._rows(group)
            found += [(group, rows)] if rows is not None else [([key], self._rows([key]) or []) for key in group]
        return found

    def _from_origins(self) -> list[tuple[object, ...]]:
        return [(*origin.keys, key) for key, origin in self._origins.items()]

    def takes_long(self, group: tuple[Sequence[object], _Rows]) -> bool:
        """Whether it takes long to try each value on each condition that looks at it."""
        keys, rows = group
        return len(rows) * sum(len(self._atoms.get(key, ())) for key in keys) > MOST_STEPS

    def joint(self, group: Sequence[object], rows: _Rows) -> list[Case]:
        """All that the conditions of a group can come to, with the first values that make it so."""
        atoms = {key: self._atoms.get(key, ()) for key in group}
        of_value = {
            key: {value: _truths(atoms[key], value) for value in {row[at] for row in rows}}
            for at, key in enumerate(group)
        }
        found: dict[tuple[object, ...], Case] = {}
        for row in rows:
            signs = tuple([of_value[key][value] for key, value in zip(group, row, strict=True)])
            if signs not in found:
                truths = {
                    id(atom): truth
                    for key, sign in zip(group, signs, strict=True)
                    for atom, truth in zip(atoms[key], sign, strict=True)
                }
                found[signs] = Case(truths, dict(zip(group, row, strict=True)))
        return [*found.values()]

    def _rows(self, group: Sequence[object]) -> _Rows | None:
        """All values that keys can have together; None if they are too many to try."""
        places = {key: place for place, key in enumerate(group)}
        settled: dict[int, list[tuple[list[int], Tie]]] = {}
        for tie in self._ties:
            if all(key in places for key in tie.keys):
                order = [places[key] for key in tie.keys]
                settled.setdefault(max(order), []).append((order, tie))
        rows: _Rows = [()]
        for place, key in enumerate(group):
            origin = self._origins.get(key) if place else None
            if len(rows) * (1 if origin else len(self._values[key])) > MOST_JOINT and place:
                return None
            longer = _decided(rows, origin, places) if origin else _longer(rows, self._values[key])
            within = settled.get(place, ())
            rows = [row for row in longer if all(tie.fits(*(row[at] for at in order)) for order, tie in within)]
        return rows

    def _all_values(self) -> dict[object, list[object]]:
        named = {key: _named(self._atoms.get(key, ())) for key in self._keys}
        self._name_more(named)
        values = {}
        for key in self._keys:
            values[key] = [*self._values_of(key, named[key])]
            if self._may_be_unknown(key):
                values[key].append(None)
        return values

    def _name_more(self, named: dict[object, set[object]]) -> None:
        """Values that ties tell apart, beside those that conditions name."""
        for key in self._keys:
            if isinstance(key, m.Has) and key.term.name == "recipient.subdivisions":
                named[_country_of(key)].add(key.value.partition("-")[0])
            elif isinstance(key, m.FactTerm) and key.name == "subject":
                entries = {one.value for one in self._keys if isinstance(one, m.Has) and one.term.name == "subjects"}
                named[key] |= {*entries, "political"}
            elif isinstance(key, m.CountTerm | m.LengthTerm):
                named[key] |= self._bounds(key, named)
        _share_bounds(named)
        sides = [(key.left, key.right) for key in self._keys if isinstance(key, m.SameAs)]
        self._name_rows(named, all_alike=not sides)
        for left, right in sides * len(sides):
            both = {value for side in (left, right) for value in self._listed(side, named)}
            for side in (left, right):
                if side in named:
                    named[side] |= both

    def _name_rows(self, named: dict[object, set[object]], all_alike: bool) -> None:
        """Values that tables have rows for; of those answered alike one is enough, where no two are compared."""
        signs: dict[m.Term, dict[object, list[object]]] = {}
        for key in self._keys:
            if isinstance(key, m.LookupTerm) and key.table in self._known.tables:
                for place, term in enumerate(key.arguments):
                    for value, sign in self._known.tables[key.table].alike(place, key.column).items():
                        signs.setdefault(term, {}).setdefault(value, []).append((key, place, sign))
        for term, by_value in signs.items():
            if not isinstance(term, m.ConstantTerm):
                fresh = (value for value in _in_order(by_value) if value not in named[term])
                first = {(value if not all_alike else tuple(by_value[value])): value for value in reversed([*fresh])}
                named[term].update(first.values())

    def _bounds(self, term: m.CountTerm | m.LengthTerm, named: Mapping[object, set[object]]) -> set[int]:
        """The numbers from which on a list can hold all that it is asked for, and a text all it begins or ends with."""
        about = [key for key in self._keys if getattr(key, "term", None) == term.fact]
        if isinstance(term, m.CountTerm):
            # Two more: the subject that is judged and, in a political message, politics need not be named.
            return {0, 2 + sum(isinstance(key, m.Has) for key in about)}
        affixes = {len(key.text) for key in about if isinstance(key, m.StartsWith | m.EndsWith)}
        affixes |= {one + other for one in affixes for other in affixes}
        if term.fact.name == "sender.id":
            affixes.add(LONGEST_SHORT_CODE)
        return {0, *affixes, *(len(str(value)) for value in named.get(term.fact, ()))}

    def _listed(self, term: m.Term, named: Mapping[object, set[object]]) -> set[object]:
        """The values of a term that a comparison with another one may meet."""
        if isinstance(term, m.ConstantTerm):
            return {term.value}
        if isinstance(term, m.LookupTerm) and term.table in self._known.tables:
            return {*named[term], *self._known.tables[term.table].cells(term.column)}
        fact = FACTS.get(term.name) if isinstance(term, m.FactTerm) else None
        return named[term] if fact is None else {*named[term], *self._known.values.get(fact.name, ()), *fact.words}

    def _values_of(self, key: object, named: set[object]) -> Iterable[object]:
        """Values of one key that stand for all it can have, as far as they are told apart."""
        if isinstance(key, m.LookupTerm) and key.table in self._known.tables:
            return _in_order(self._known.tables[key.table].cells(key.column))
        fact = _asked_of(key)
        if fact is not None and self._known.values.get(fact.name) == frozenset():
            return ()
        match key:
            case tuple():
                return _near(named, 0)
            case m.LookupTerm():
                return (*_in_order({*named, *_near(named, 0)}), OTHER)
            case m.FactTerm(name=name):
                return _near(named, LEAST.get(name, 0)) if FACTS[name].kind == "number" else self._of_fact(name, named)
            case m.LengthTerm() | m.CountTerm():
                return _near(named, LEAST.get(name_of(key), 0))
        return (True, False)

    def _of_fact(self, name: str, named: set[object]) -> Iterable[object]:
        fact = FACTS[name]
        if name in self._known.values:
            return _in_order(self._known.values[name])
        if fact.kind == "yes_no":
            return (True, False)
        if fact.kind == "choice":
            return [word for word in fact.words if word not in NEVER.get(name, ())]
        regional = {f"{tag}{_ANY_REGION}" for tag in named} if fact.kind == "language" else ()
        return (*_in_order(named), *_in_order(regional), OTHER)

    def _may_be_unknown(self, key: object) -> bool:
        fact = _asked_of(key)
        return fact is None or isinstance(key, m.MentionsFact) or self._known.may_lack(fact.name)


def _asked_of(key: object) -> m.FactTerm | None:
    """The one fact that a key is about; None where it is about several."""
    if isinstance(key, m.FactTerm | m.LengthTerm | m.CountTerm):
        return fact_of(key)
    term = key[0] if isinstance(key, tuple) else getattr(key, "term", None)
    return term if isinstance(term, m.FactTerm) else None


def _in_order(values: Iterable[object]) -> list[object]:
    return sorted(values, key=lambda value: (isinstance(value, str), value))


def _near(named: set[object], least: int) -> list[int]:
    """The numbers round those that are named: between two of them all others are alike."""
    numbers = {value for value in named if isinstance(value, int) and not isinstance(value, bool)}
    near = {value + step for value in numbers for step in (-1, 0, 1, 2)} | {least, least + 1}
    return sorted(value for value in near if value >= least)


def _share_bounds(named: Mapping[object, set[object]]) -> None:
    """Numbers that bound one another are told apart alike."""
    by_name = {name_of(key): key for key in named}
    for one, other in (("count of body.shorteners", "count of body.links"),):
        if one in by_name and other in by_name:
            both = named[by_name[one]] | named[by_name[other]]
            named[by_name[one]].update(both)
            named[by_name[other]].update(both)
    if "segments" in by_name and "length of body" in by_name:
        segments = {value for value in named[by_name["segments"]] if isinstance(value, int)}
        named[by_name["length of body"]] |= {fewest_letters(value + step) for value in segments for step in (0, 1)}


def _named(atoms: Iterable[m.Condition]) -> set[object]:
    named: set[object] = set()
    for atom in atoms:
        if isinstance(atom, m.OneOf):
            named |= atom.values
        elif isinstance(atom, m.CompareNumber):
            named.add(atom.value)
        elif isinstance(atom, m.CompareAge):
            named.add(_age(atom))
    return named


def _with_those_behind(atoms: Mapping[object, Sequence[m.Condition]]) -> list[object]:
    """All keys, each behind those that decide what it is: the keys of a table, two sides of a comparison, a country."""
    ordered: dict[object, None] = {}

    def add(key: object) -> None:
        behind: tuple[object, ...] = ()
        if isinstance(key, m.LookupTerm):
            behind = key.arguments
        elif isinstance(key, m.SameAs):
            behind = (key.left, key.right)
        elif isinstance(key, m.Has) and key.term.name == "recipient.subdivisions":
            behind = (_country_of(key),)
        elif isinstance(key, m.Has) and key.term.name == "body.unencodable":
            behind = (m.CountTerm(key.span, key.term),)
        for one in behind:
            if not isinstance(one, m.ConstantTerm) and one not in ordered:
                add(one)
        ordered.setdefault(key)

    for key in atoms:
        add(key)
    return [*ordered]


def _country_of(state: m.Has) -> m.FactTerm:
    return m.FactTerm(state.span, "recipient.country")


def _longer(rows: _Rows, values: Iterable[object]) -> Iterable[tuple[object, ...]]:
    return ((*row, value) for row in rows for value in values)


def _decided(rows: _Rows, origin: Origin, places: Mapping[object, int]) -> Iterable[tuple[object, ...]]:
    order = [places[key] for key in origin.keys]
    return ((*row, value) for row in rows for value in origin.gives(*(row[at] for at in order)))


def _components(keys: Sequence[object], tied: Iterable[Sequence[object]]) -> list[list[object]]:
    place = {key: number for number, key in enumerate(keys)}
    group = [*range(len(keys))]
    for together in tied:
        joined = {group[place[key]] for key in together}
        group = [min(joined) if number in joined else number for number in group]
    return [[key for key in keys if group[place[key]] == number] for number in sorted({*group})]


# ---- truth of one condition without parts


def _age(atom: m.CompareAge) -> int:
    """A bound in half months, or in half seconds: between two bounds there is always an age."""
    months = _MONTHS.get(atom.unit)
    return 2 * atom.count * (months if months is not None else UNITS[atom.unit] or 0)


def _truths(atoms: Iterable[m.Condition], value: object) -> tuple[Truth, ...]:
    return tuple([value is not None if isinstance(atom, m.IsKnown) else _truth(atom, value) for atom in atoms])


def _truth(atom: m.Condition, value: object) -> Truth:
    return None if value is None else atom_holds(atom, value)


def atom_holds(atom: m.Condition, value: object) -> Truth:
    """What a condition without parts comes to for a value that is known."""
    match atom:
        case m.OneOf():
            return value in atom.values or _is_variant(atom, value)
        case m.CompareNumber():
            # A cell without a number is not known to be more or less than one.
            return _compare(value, atom.operator, atom.value) if isinstance(value, int) else None
        case m.CompareAge():
            return isinstance(value, int) and _compare(value, atom.operator, _age(atom))
    return bool(value)


def _is_variant(atom: m.OneOf, value: object) -> bool:
    """Whether a language is a regional form of one asked for: `fr` also means `fr-CA`."""
    is_language = isinstance(atom.term, m.FactTerm) and FACTS[atom.term.name].kind == "language"
    return is_language and any(str(value).startswith(f"{language}-") for language in atom.values)


def _compare(left: int, operator: str, right: int) -> bool:
    below, equal = left < right, left == right
    return {"<": below, "<=": below or equal, ">": not below and not equal, ">=": not below}[operator]
