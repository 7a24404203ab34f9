"""From conditions to Python expressions, specialised by what is known in advance of a message.

Two readings of Kleene's logic, each two-valued, are all that rules need: `may` is "not known to be false", `must` is
"known to be true". Both go through `and`, `or` and, crossing over, `not`; so generated code short-cuts as hand-
written code does. An expression is Python source, or a bool where it is decided before any message is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..policy import model as m
from . import ages
from .facts import Facts
from .kleene import WHEREABOUTS, entry, mention_key, register_start
from .links import domain_matches
from .patterns import matcher, matches
from .tables import cell

Expression = str | bool

_ATTRIBUTES: dict[str, str] = {
    "recipient.number": "m['to']",
    "recipient.line": "f.number.line",
    "recipient.language": "m['recipient'].language",
    "recipient.age_at_least": "m['recipient'].age_at_least",
    "recipient.subdivisions": "(f.subdivisions or None)",
    "recipient.timezones": "(f.timezones or None)",
    "sender.id": "m['sender']",
    "sender.country": "f.sender_country",
    "sender.line": "f.sender_line",
    "sender.shared": "m['sender_shared']",
    "sender.registered": "f.registered",
    "brand.name": "m['brand'].name",
    "brand.country": "m['brand'].country",
    "brand.stop": "m['brand'].stop",
    "body": "x.text",
    "body.links": "x.links",
    "body.shorteners": "x.shorteners",
    "body.phone_numbers": "x.phone_numbers",
    "body.unencodable": "x.encoded(m['channel']).unencodable",
    "channel": "m['channel']",
    "subject": "s",
    "subjects": "f.subjects",
    "campaign": "m['campaign']",
    "answers": "(m['answers'] or 'none')",
    "registrations": "f.registrations",
    "encoding": "x.encoded(m['channel']).word",
    "segments": "x.encoded(m['channel']).segments",
    "consent": "f.consent",
    "consent.method": "m['consent'].method",
    "consent.double": "m['consent'].double",
    "consent.covers": "f.consent_covers",
    "history": "f.history",
}
_ALWAYS_KNOWN = frozenset(
    [
        "recipient.number",
        "sender.id",
        "sender.shared",
        "sender.registered",
        "body",
        "body.links",
        "body.shorteners",
        "body.phone_numbers",
        "body.unencodable",
        "channel",
        "subject",
        "subjects",
        "answers",
        "registrations",
        "encoding",
        "segments",
    ]
)


def conjunction(parts: Iterable[Expression]) -> Expression:
    """`and`, with what is decided folded away."""
    rest: list[str] = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            rest.append(str(part))
    return " and ".join(f"({part})" for part in rest) if rest else True


def disjunction(parts: Iterable[Expression]) -> Expression:
    """`or`, with what is decided folded away."""
    return negation(conjunction(negation(part) for part in parts))


def negation(part: Expression) -> Expression:
    """`not`, with what is decided folded away."""
    if isinstance(part, bool):
        return not part
    return part[5:-1] if part.startswith("not (") and _closes_last(part) else f"not ({part})"


def _closes_last(part: str) -> bool:
    """Whether the bracket opened behind `not` is closed by the last character. Quotes never hold brackets: constants
    are named.
    """
    depth = 0
    for index, char in enumerate(part):
        depth += (char == "(") - (char == ")")
        if char == ")" and depth == 0:
            return index == len(part) - 1
    return False


@dataclass(slots=True)
class Known:
    """What is known before any message is seen, and the constants that generated code refers to by name.

    `same`: what was made before of equal values, so that the code of all countries shares one of each.
    """

    facts: Mapping[str, m.Constant]
    tables: Mapping[str, m.Table]
    same: dict[Any, Any] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)

    def constant(self, value: Any) -> str:
        """The name under which generated code finds a value."""
        name = f"K{len(self.constants)}"
        shared = isinstance(value, str | int | frozenset | tuple)
        self.constants[name] = self.same.setdefault((type(value), value), value) if shared else value
        return name

    def made(self, make: Callable[[Any], Any], given: Any) -> str:
        """The name under which it finds what `make` makes of a value."""
        key = (make, given)
        if key not in self.same:
            self.same[key] = make(given)
        return self.constant(self.same[key])


class Conditions:
    """Makes expressions of conditions for one place. `f`: facts, `m`: the fields of the message, `x`: text, `t`: now,
    `s`: subject.
    """

    def __init__(self, known: Known, place: str) -> None:
        self._known = known
        self._place = place

    def may(self, condition: m.Condition | None) -> Expression:
        """True where the condition is not known to be false."""
        return True if condition is None else self._make(condition, unknown=True)

    def must(self, condition: m.Condition | None, absent: bool = True) -> Expression:
        """True where the condition is known to be true."""
        return absent if condition is None else self._make(condition, unknown=False)

    def _make(self, condition: m.Condition, unknown: bool) -> Expression:
        match condition:
            case m.And():
                return conjunction(self._make(part, unknown) for part in condition.parts)
            case m.Or():
                others = [part for part in condition.parts if not isinstance(part, m.Mentions)]
                return disjunction((self._mentioned(condition), *(self._make(part, unknown) for part in others)))
            case m.Not():
                return negation(self._make(condition.part, not unknown))
            case m.IsKnown():
                return self._is_known(condition.term)
            case m.CompareAge():
                truth = f"{self._age(condition)}(f, t)"
                return f"{truth} is not False" if unknown else f"{truth} is True"
            case m.SameAs():
                return self._same(condition, unknown)
            case m.MentionsFact():
                return self._mentions_fact(condition, unknown)
            case m.Has(term=m.FactTerm(name=name), value=place) if name in WHEREABOUTS:
                truth = f"{self._known.constant(WHEREABOUTS[name])}({self._known.constant(place)}, f)"
                return f"{truth} is not False" if unknown else f"{truth} is True"
            case _:
                return self._atom(condition, unknown)

    def _mentioned(self, condition: m.Or) -> Expression:
        """Whether one of the phrases among the parts is mentioned: asked all at once, as most texts mention none."""
        keys = frozenset(mention_key(part) for part in condition.parts if isinstance(part, m.Mentions))
        return f"not {self._known.constant(keys)}.isdisjoint(x.found)" if keys else False

    def _is_known(self, term: m.Term) -> Expression:
        if isinstance(term, m.FactTerm) and (term.name in _ALWAYS_KNOWN or term.name in self._known.facts):
            return True
        value = self._value(term)
        return value is not None if not isinstance(value, _Source) else f"{value.code} is not None"

    def _same(self, condition: m.SameAs, unknown: bool) -> Expression:
        left, right = self._code(self._value(condition.left)), self._code(self._value(condition.right))
        known = f"{left} is not None and {right} is not None"
        return f"not ({known}) or {left} == {right}" if unknown else f"{known} and {left} == {right}"

    def _mentions_fact(self, condition: m.MentionsFact, unknown: bool) -> Expression:
        wanted = self._value(condition.fact).code
        test = f"x.mentions({wanted})"
        return f"{wanted} is None or {test}" if unknown else f"{wanted} is not None and {test}"

    def _atom(self, condition: Any, unknown: bool) -> Expression:
        value = self._value(condition.term)
        if isinstance(condition, m.CompareNumber) and isinstance(condition.term, m.LookupTerm):
            value = self._numeric(value)
        if not isinstance(value, _Source):
            return unknown if value is None else _decided(condition, value)
        if value.known:
            return self._test(condition, value.code)
        name = value.code if value.code.isidentifier() or value.code.replace(".", "").isidentifier() else "v"
        first = value.code if name != "v" else f"(v := {value.code})"
        test = self._test(condition, name)
        return f"{first} is None or {test}" if unknown else f"{first} is not None and {test}"

    def _test(self, condition: Any, code: str) -> str:
        match condition:
            case m.OneOf():
                return self._one_of(condition, code)
            case m.CompareNumber():
                return f"{code} {condition.operator} {self._known.constant(condition.value)}"
            case m.Mentions():
                return f"{self._known.constant(mention_key(condition))} in x.found"
            case m.StartsWith():
                return f"{code}.startswith({self._known.constant(condition.text)})"
            case m.EndsWith():
                return f"{code}.endswith({self._known.constant(condition.text)})"
            case m.Matches():
                if code == _ATTRIBUTES["body"]:
                    return f"x.matches({self._known.constant(condition.pattern)})"
                return f"{self._known.made(matcher, condition.pattern)}({code})"
            case m.Has():
                return self._has(condition, code)
        raise AssertionError(condition)

    def _one_of(self, condition: m.OneOf, code: str) -> str:
        values = condition.values
        if isinstance(condition.term, m.FactTerm) and condition.term.name == "recipient.language":
            prefixes = tuple(f"{value}-" for value in values)
            return f"({code} in {self._known.constant(values)} or {code}.startswith({self._known.constant(prefixes)}))"
        if len(values) == 1:
            return f"{code} == {self._known.constant(next(iter(values)))}"
        return f"{code} in {self._known.constant(values)}"

    def _has(self, condition: m.Has, code: str) -> str:
        wanted = self._known.constant(entry(condition, str(self._known.facts["recipient.country"])))
        if condition.term.name in ("body.links", "body.shorteners"):
            return f"any({self._known.constant(domain_matches)}(host, {wanted}) for host in {code})"
        return f"{wanted} in {code}"

    def _value(self, term: m.Term) -> Any:
        """A value known in advance (None: not known), or the source that reads it."""
        match term:
            case m.ConstantTerm():
                return term.value
            case m.FactTerm() if term.name in self._known.facts:
                return self._known.facts[term.name]
            case m.FactTerm(name="register"):
                return _Source(f"f.register({self._known.constant(self._place)})", False)
            case m.FactTerm(name="consent.age" | "register.age"):
                return _Source(f"{self._known.constant(self._started(term.name))}(f, t)", False)
            case m.FactTerm():
                return _Source(_ATTRIBUTES[term.name], term.name in _ALWAYS_KNOWN)
            case m.LengthTerm() | m.CountTerm():
                return self._size(self._value(term.fact))
            case m.LookupTerm():
                return self._lookup(term)

    def _size(self, whole: Any) -> Any:
        if not isinstance(whole, _Source):
            return len(whole)
        if whole.known:
            return _Source(f"len({whole.code})", True)
        return _Source(f"(None if {whole.code} is None else len({whole.code}))", False)

    def _lookup(self, term: m.LookupTerm) -> Any:
        table = self._known.tables[term.table]
        arguments = [self._value(part) for part in term.arguments]
        if not any(isinstance(argument, _Source) for argument in arguments):
            return cell(table, term.column, arguments)
        codes = ", ".join(self._code(argument) for argument in arguments)
        find = self._known.constant(lambda *given: cell(table, term.column, given))
        return _Source(f"{find}({codes})", False)

    def _numeric(self, value: Any) -> Any:
        """A cell as a number; one that says `undocumented` is none, and so unknown."""
        if isinstance(value, _Source):
            return _Source(f"{self._known.constant(_as_number)}({value.code})", False)
        return _as_number(value)

    def _code(self, value: Any) -> str:
        return value.code if isinstance(value, _Source) else self._known.constant(value)

    def _started(self, name: str) -> Callable[[Facts, int], int | None]:
        begin = self._beginning(name)

        def age(facts: Facts, t: int) -> int | None:
            start = begin(facts)
            return None if start is None or start > t else t - start

        return age

    def _beginning(self, name: str) -> Callable[[Facts], int | None]:
        place = self._place
        if name == "consent.age":
            return lambda facts: facts.consent_at
        return lambda facts: register_start(facts, place)

    def _age(self, condition: m.CompareAge) -> str:
        begin = self._beginning(condition.term.name)
        operator, count, unit = condition.operator, condition.count, condition.unit

        def compare(facts: Facts, t: int) -> bool | None:
            start = begin(facts)
            if start is None:
                return None
            return ages.compare(start, operator, count, unit, facts.timezones, t)

        return self._known.constant(compare)


@dataclass(frozen=True, slots=True)
class _Source:
    """Python source that reads a value; `known` says that it is never None."""

    code: str
    known: bool


def _as_number(cell_value: Any) -> int | None:
    return cell_value if isinstance(cell_value, int) else None


def _decided(condition: Any, value: Any) -> bool:
    """A test of a value that is known in advance. Only choices, places, numbers and texts can be."""
    match condition:
        case m.OneOf():
            return value in condition.values
        case m.CompareNumber():
            outcomes = {"<": value < condition.value, ">": value > condition.value}
            outcomes |= {"<=": value <= condition.value, ">=": value >= condition.value}
            return bool(outcomes[condition.operator])
        case m.StartsWith():
            return bool(value.startswith(condition.text))
        case m.EndsWith():
            return bool(value.endswith(condition.text))
        case m.Matches():
            return matches(condition.pattern, value)
    raise AssertionError(condition)
