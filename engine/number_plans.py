"""Numbering plans as compiled tables: what `phonenumbers` says of a number, at a tenth of its cost.

The library matches a number against up to a dozen patterns for each of up to 25 regions. Here the patterns of
all regions behind a country calling code that allow a length are joined, in the library's own order, into one
regular expression whose last group tells region and type. Everything comes from the library's metadata; where
stripping a national prefix would rewrite the number, the library itself is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberDesc, PhoneNumberType
from phonenumbers.re_util import enable_pattern_cache

enable_pattern_cache()

NO_REGION = "001"
"""What the library calls the region of a calling code that belongs to no country."""

_TYPES = (
    ("premium_rate", PhoneNumberType.PREMIUM_RATE),
    ("toll_free", PhoneNumberType.TOLL_FREE),
    ("shared_cost", PhoneNumberType.SHARED_COST),
    ("voip", PhoneNumberType.VOIP),
    ("personal_number", PhoneNumberType.PERSONAL_NUMBER),
    ("pager", PhoneNumberType.PAGER),
    ("uan", PhoneNumberType.UAN),
    ("voicemail", PhoneNumberType.VOICEMAIL),
)
"""Types in the order in which the library tries them, before fixed lines and mobiles."""

_NOTHING = re.compile("(?!)")


_LINES: Mapping[int, str] = {
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a number is.

    `country`: ISO 3166-1 alpha-2, or XK; None for none. `line`: a word of `vocabulary.LINES`; None where the
    number is not valid. `geographic`: whether its prefix tells where it is.
    """

    country: str | None
    line: str | None
    geographic: bool


def _kind(calling_code: int, region: str | None, number_type: int = PhoneNumberType.UNKNOWN) -> Kind:
    geographic = phonenumbers.is_number_type_geographical(number_type, calling_code)
    return Kind(None if region == NO_REGION else region, _LINES.get(number_type), geographic)


@dataclass(slots=True)
class Plan:
    """The numbering plan of one country calling code."""

    calling_code: int
    code: str
    regions: tuple[str, ...]
    lengths: frozenset[int]
    """Lengths of a possible number, local ones without area code included."""
    longest: int
    prefix: re.Pattern[str]
    prefix_rewrites: bool
    otherwise: Kind
    matchers: dict[int, tuple[re.Pattern[str], tuple[Kind, ...]]] = field(default_factory=dict)

    @property
    def prefix_pattern(self) -> str | None:
        """The pattern of a national prefix, None where numbers have none."""
        return None if self.prefix is _NOTHING else self.prefix.pattern

    def kind(self, digits: str) -> Kind:
        """What a national significant number is."""
        matcher = self.matchers.get(len(digits))
        if matcher is None:
            matcher = self.matchers[len(digits)] = _matcher(self, len(digits))
        found = matcher[0].match(digits)
        return matcher[1][found.lastindex] if found and found.lastindex else self.otherwise

    def keeps(self, digits: str) -> bool:
        """Whether the library leaves these digits as they are when it looks for a national prefix."""
        found = self.prefix.match(digits)
        if not found:
            return True
        if self.prefix_rewrites and found.groups()[-1] is not None:
            return False
        rest = len(digits) - found.end()
        return found.end() == 0 or not (rest in self.lengths or rest > self.longest)


@cache
def plan(calling_code: int) -> Plan | None:
    """The plan of a country calling code, built when first asked for; None where there is no such code."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(calling_code)
    if not regions:
        return None
    main = _metadata(calling_code, regions[0])
    general = main.general_desc or PhoneNumberDesc()
    return Plan(
        calling_code=calling_code,
        code=str(calling_code),
        regions=tuple(regions),
        lengths=frozenset((*general.possible_length, *general.possible_length_local_only)),
        longest=general.possible_length[-1],
        prefix=re.compile(main.national_prefix_for_parsing) if main.national_prefix_for_parsing else _NOTHING,
        prefix_rewrites=bool(main.national_prefix_transform_rule),
        otherwise=_kind(calling_code, regions[0] if len(regions) == 1 else None),
    )


def _metadata(calling_code: int, region: str) -> PhoneMetadata:
    found = PhoneMetadata.metadata_for_region_or_calling_code(calling_code, region)
    if found is None:
        raise LookupError(f"the phone number library has no data for +{calling_code} {region}")
    return found


def _matcher(plan: Plan, length: int) -> tuple[re.Pattern[str], tuple[Kind, ...]]:
    """One expression for all numbers of a length, and the kind that each of its groups stands for, from 1."""
    kinds = [plan.otherwise]
    expressions: list[str] = []
    for region in plan.regions:
        metadata = _metadata(plan.calling_code, region)
        expression, types = _region_expression(metadata, length)
        kinds.extend(_kind(plan.calling_code, region, number_type) for number_type in types)
        if metadata.leading_digits and len(plan.regions) > 1:
            # The leading digits alone decide the region; a type may or may not be found in it.
            kinds.append(_kind(plan.calling_code, region))
            expression = f"(?={metadata.leading_digits})(?:{expression}|())"
        expressions.append(expression)
    return re.compile("|".join(expressions)), tuple(kinds)


def _region_expression(metadata: PhoneMetadata, length: int) -> tuple[str, list[int]]:
    """The expression for a region, and the type each of its groups stands for; the first to match decides."""
    general, known = _types_of(metadata, length)
    if not general or not known:
        return "(?!)", []
    types = "|".join(f"{_expression(patterns)}()" for patterns, _ in known)
    return f"(?={_expression((general,))})(?:{types})", [number_type for _, number_type in known]


def _expression(patterns: tuple[str, ...]) -> str:
    """An expression for what matches all the patterns as a whole."""
    *others, last = (rf"(?:{pattern})\Z" for pattern in patterns)
    return "".join(f"(?={other})" for other in others) + last


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to be of a kind: to match all `patterns` as a whole, and to begin with a match of `leading`."""

    leading: str | None
    patterns: tuple[str, ...]
    kind: Kind


def alternatives(plan: Plan, length: int) -> tuple[Alternative, ...]:
    """The ways in which a national number of this length gets its kind. The first that fits decides; where none does,
    `plan.otherwise`: what `Plan.kind` answers, as data.
    """
    found: list[Alternative] = []
    for region in plan.regions:
        metadata = _metadata(plan.calling_code, region)
        leading = metadata.leading_digits if len(plan.regions) > 1 else None
        general, types = _types_of(metadata, length)
        for patterns, number_type in types if general else ():
            kind = _kind(plan.calling_code, region, number_type)
            found.append(Alternative(leading, (general or "", *patterns), kind))
        if leading:
            found.append(Alternative(leading, (), _kind(plan.calling_code, region)))
    return tuple(found)


def _types_of(metadata: PhoneMetadata, length: int) -> tuple[str | None, list[tuple[tuple[str, ...], int]]]:
    """The pattern of all numbers of a region, and those of each type of number, in the library's order."""
    general = _pattern(metadata.general_desc, length)
    return general, [*_special(metadata, length), *_ordinary(metadata, length)]


def _special(metadata: PhoneMetadata, length: int) -> Iterator[tuple[tuple[str, ...], int]]:
    for name, number_type in _TYPES:
        pattern = _pattern(getattr(metadata, name), length)
        if pattern is not None:
            yield (pattern,), number_type


def _ordinary(metadata: PhoneMetadata, length: int) -> Iterator[tuple[tuple[str, ...], int]]:
    fixed = _pattern(metadata.fixed_line, length)
    mobile = _pattern(metadata.mobile, length)
    if metadata.same_mobile_and_fixed_line_pattern:
        mobile = fixed
    if fixed and mobile:
        yield (fixed, mobile), PhoneNumberType.FIXED_LINE_OR_MOBILE
    if fixed:
        yield (fixed,), PhoneNumberType.FIXED_LINE
    if mobile:
        yield (mobile,), PhoneNumberType.MOBILE


def _pattern(description: PhoneNumberDesc | None, length: int) -> str | None:
    """The pattern of a whole number that a description gives; None where it has none or excludes the length."""
    if description is None or not description.national_number_pattern:
        return None
    if description.possible_length and length not in description.possible_length:
        return None
    return description.national_number_pattern
