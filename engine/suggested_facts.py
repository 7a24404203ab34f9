"""A fact that has a value, written as the fields of a test: `recipient.line` mobile is a number in `to`."""

from __future__ import annotations

from phonenumbers import PhoneNumberFormat, PhoneNumberType, example_number_for_type, format_number

from ..policy import model as m
from ..policy.places import zones_of
from ..policy.vocabulary import FACTS, SUBJECTS, TEST_FIELDS, MessageField
from .facts import REGISTERED
from .numbers import number_facts

PLAIN_BODY, FOREIGN = "Bonjour", "ŒœŁłŚśŹźŻż"
"""A text with nothing in it, and characters that GSM-7 lacks."""
_MOST_SPELT = 40
"""Characters of a text that is written out."""
_SHORTENERS = ("bit.ly", "tinyurl.com", "is.gd", "t.co")
_LINES = {
    "mobile": PhoneNumberType.MOBILE,
    "fixed": PhoneNumberType.FIXED_LINE,
    "fixed_or_mobile": PhoneNumberType.FIXED_LINE_OR_MOBILE,
    "toll_free": PhoneNumberType.TOLL_FREE,
    "premium": PhoneNumberType.PREMIUM_RATE,
    "shared_cost": PhoneNumberType.SHARED_COST,
    "voip": PhoneNumberType.VOIP,
    "personal": PhoneNumberType.PERSONAL_NUMBER,
    "pager": PhoneNumberType.PAGER,
    "uan": PhoneNumberType.UAN,
    "voicemail": PhoneNumberType.VOICEMAIL,
}
_ANOTHER: dict[str, tuple[m.Constant, ...]] = {
    "text": ("other", "another"),
    "place": ("BE", "FR"),
    "language": ("en", "fr"),
    "subject": SUBJECTS,
}
"""By the kind of fact, values of which one is another than those named."""


def quoted(text: str) -> str:
    """A text as it stands in a rule file."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(sign, written)
    return f'"{text}"'


def home_of(rule: m.Rule) -> str:
    """A country in which the rule protects people: its first."""
    places = rule.places
    return min((*places.countries, *(place[:2] for place in places.subdivisions)), default="FR")


def register_of(rule: m.Rule) -> str:
    """The place whose register a rule means."""
    return min((*rule.places.countries, *rule.places.subdivisions), default="FR")


def example(country: str, line: str = "mobile") -> str:
    """An example number of the numbering plans that is on such a line; empty where there is none."""
    number = example_number_for_type(country, _LINES[line]) if line in _LINES else None
    found = "" if number is None else str(format_number(number, PhoneNumberFormat.E164))
    return found if found and number_facts(found).line in (line, "fixed_or_mobile") else ""


def has_value(name: str, value: m.Constant, rule: m.Rule, country: str = "") -> str:
    """The fields with which a fact has a value, for a recipient in a country of the rule's; empty where none do."""
    home = country or home_of(rule)
    match name, value:
        case "recipient.country", str():
            return _number("to", example(value))
        case "recipient.line", str():
            number = example(home, value)
            return _number("to", number) if number and number_facts(number).line == value else ""
        case "recipient.number", str():
            return f"to {quoted(value)}"
        case "sender.type", str():
            return _sender(value, home)
        case "sender.line", str():
            return 'from "ACME"' if value == "none" else _number("from", example(home, value))
        case "sender.country", "none":
            return 'from "ACME"'
        case "sender.country", str():
            return f'from "12345"  sender_country {value}'
        case "sender.registered", bool():
            names = [one.format(country=home) for one in REGISTERED["alphanumeric"]]
            return f'from "ACME"  registrations {quoted(names[0])}' if value else "a message without registrations"
        case "encoding", str():
            return {"utf8": "channel rcs", "ucs2": f'body "{FOREIGN[0]}"'}.get(value, f'body "{PLAIN_BODY}"')
        case "register", bool():
            return f"registers.{register_of(rule)}.listed {_plain(value)}"
        case "subject", str():
            return f"subjects {value}"
        case "segments", int():
            return _segments(value)
    return _field(name, value)


def has_another(name: str, values: frozenset[m.Constant], rule: m.Rule) -> str:
    """The fields with which a fact has a value that is none of these; empty where none is to be named."""
    lines = (has_value(name, value, rule) for value in some_values(name, rule) if value not in values)
    return next(filter(None, lines), "")


def some_values(name: str, rule: m.Rule) -> tuple[m.Constant, ...]:
    """Values that a fact can have where the rule applies: all of a fixed set, of others some."""
    fact, field = FACTS[name], _field_of(name)
    if fact.kind == "yes_no":
        return (True, False)
    if fact.words:
        settable = field.words if field and field.words else fact.words
        return tuple(word for word in settable if word != "unknown")
    if name == "recipient.country":
        return tuple(sorted(rule.places.countries)) or _ANOTHER["place"]
    return _ANOTHER.get(fact.kind, ())


def is_known(name: str, rule: m.Rule) -> str:
    """Some value of a fact, whatever it be; empty where no field sets it."""
    fixed = {
        "history": "history []",
        "consent.age": "consent.at 2026-01-01",
        "register.age": f"registers.{register_of(rule)}.checked 2026-01-01",
        "recipient.subdivisions": f"recipient.subdivision {min(rule.places.subdivisions, default='…')}",
        "recipient.timezones": f'recipient.timezone "{next(iter(zones_of(home_of(rule))), "UTC")}"',
        "consent.covers": "consent.covers night",
        "recipient.age_at_least": "recipient.age_at_least 18",
    }
    line = fixed.get(name) or has_another(name, frozenset(), rule)
    return "" if "…" in line else line


def holds_entry(name: str, entry: str, rule: m.Rule, wanted: bool) -> str:
    """The fields with which a list holds an entry, or does not; empty where none are to be named."""
    match name:
        case "registrations" | "consent.covers":
            written = quoted(entry.replace("{country}", home_of(rule))) if name == "registrations" else entry
            return f"{name} {written}" if wanted else f"without {name} {written}"
        case "subjects":
            return f"subjects {entry}" if wanted else f"subjects {next(one for one in SUBJECTS if one != entry)}"
        case "body.links" | "body.shorteners":
            return f"body {quoted(f'https://{entry}')}" if wanted else f'body "{PLAIN_BODY}"'
        case "body.phone_numbers" | "body.unencodable":
            return f"body {quoted(entry)}" if wanted else f'body "{PLAIN_BODY}"'
        case "recipient.timezones":
            others = [zone for zone in (*zones_of(home_of(rule)), "UTC") if zone != entry]
            return f'recipient.timezone "{entry if wanted else others[0]}"'
        case "recipient.subdivisions":
            return f"recipient.subdivision {entry}" if wanted else f"recipient.subdivision of {entry[:2]}, not {entry}"
    return ""


def of_size(term: m.LengthTerm | m.CountTerm, number: int, rule: m.Rule) -> str:
    """A text of that length, or a list of so many entries; in words where it would be long."""
    name = term.fact.name
    if isinstance(term, m.LengthTerm):
        field = _field_of(name)
        if field is None:
            return ""
        return f'{field.name} "{"A" * number}"' if number <= _MOST_SPELT else f"{field.name} of {number} characters"
    many = {
        "body.links": [f"https://{letter}.example.com" for letter in "abcde"],
        "body.shorteners": [f"https://{host}/a" for host in _SHORTENERS],
        "body.phone_numbers": [example(home_of(rule), line) for line in ("mobile", "fixed", "toll_free")],
        "body.unencodable": list(FOREIGN),
    }
    if name in many:
        enough = number <= len(many[name]) and all(many[name][:number])
        between = "" if name == "body.unencodable" else " "
        return f'body "{between.join(many[name][:number]) or PLAIN_BODY}"' if enough else ""
    lists = {"subjects": list(SUBJECTS), "registrations": ['"10dlc"', '"campaign_verify"', '"dlt:entity"']}
    known = lists.get(name, [])
    if 0 < number <= len(known):
        return f"{name} {', '.join(known[:number])}"
    return f"a message without {name}" if number == 0 and known else ""


def _segments(number: int) -> str:
    if number <= 1:
        return f'body "{PLAIN_BODY}"' if number == 1 else ""
    first = 161 if number == 2 else 153 * (number - 1) + 1
    return f"body of {first} to {153 * number} plain characters: {number} segments"


def _number(field: str, number: str) -> str:
    return f'{field} "{number}"' if number else ""


def _sender(kind: str, country: str) -> str:
    fixed = {"alphanumeric": 'from "ACME"', "short_code": 'from "12345"'}
    line = "toll_free" if kind == "toll_free" else "mobile"
    return fixed.get(kind) or _number("from", example(country, line))


def _field_of(name: str) -> MessageField | None:
    named = (field for field in TEST_FIELDS.values() if field.field == FACTS[name].missing_name)
    return TEST_FIELDS.get(name) or next(named, None)


def _field(name: str, value: m.Constant) -> str:
    """The field of the fact's own name, or the one it is made from, with the value as it is written there."""
    fact, field = FACTS[name], _field_of(name)
    if field is None or fact.computed:
        return ""
    quotes = fact.kind == "text" or (fact.kind == "language" and "-" in str(value))
    return f"{field.name} {quoted(str(value)) if quotes else _plain(value)}"


def _plain(value: m.Constant) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
