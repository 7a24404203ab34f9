"""Other words: what might be taken out of a text or put into it, and other senders the message might come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from phonenumbers import PhoneNumberFormat, PhoneNumberType, example_number_for_type, format_number

from ..policy import model as m
from ..policy.walk import walk
from .change_candidates import CHOICE, Change, Data, sets
from .facts import Facts
from .links import domain_matches, links, shorteners
from .tables import cell
from .words import WordIndex

Edit = Callable[[str], str]

_MOST_TIMES = 20
"""How often one word is taken out of a text."""
_SPACES = re.compile(r"[ \t]{2,}")
_DIGITS = re.compile(r"\+?\d[\d\s().\-/]{5,}\d")


def text_candidates(facts: Facts, rules: list[m.Rule], index: WordIndex) -> Iterator[Change]:
    """Listed words, links and numbers taken out; words that rules ask for put in."""
    yield from _words(facts, rules, index)
    text = facts.written
    if text.links:
        yield _edit("without its links", "links", 3, lambda body: _without_hosts(body, links(body)))
    if text.shorteners:
        told = "without its shortened links"
        yield _edit(told, "shortened links", 2, lambda body: _without_hosts(body, shorteners(links(body))))
    if text.phone_numbers:
        yield _edit("without the phone numbers in its text", "phone numbers", 3, lambda body: _DIGITS.sub("", body))
    encoding = text.encoded(facts.message.channel)
    if encoding.substitutes:
        shown = ", ".join(f"“{text}” for “{char}”" for char, text in encoding.substitutes[:5])
        plain = {ord(char): text for char, text in encoding.substitutes}
        yield _edit(f"with plain characters ({shown})", "characters", 1, _translated(plain))
    if encoding.unencodable:
        shown = " ".join(encoding.unencodable[:5])
        without = str.maketrans("", "", "".join(encoding.unencodable))
        yield _edit(f"without the characters that GSM-7 lacks ({shown})", "characters", 4, _translated(without))
    yield from _wanted(facts, rules)
    yield from _shorter(facts, rules)


def _translated(table: Mapping[int, int | str | None]) -> Edit:
    return lambda body: body.translate(table)


def _edit(told: str, what: str, cost: int, edit: Edit) -> Change:
    def apply(data: Data) -> None:
        data["body"] = edit(data["body"])

    return Change(told, CHOICE, frozenset({f"text: {what}"}), cost, apply)


# ---- taken out


def _words(facts: Facts, rules: list[m.Rule], index: WordIndex) -> Iterator[Change]:
    """Each list or phrase that rules speak of and the text holds; a list's name is also a subject."""
    lists = {node.words for rule in rules for node in walk(rule) if isinstance(node, m.Mentions) and node.words}
    phrases = {f'"{node.phrase}"' for rule in rules for node in walk(rule) if isinstance(node, m.Mentions)}
    for key in sorted(facts.written.found):
        if key in lists | phrases or key in facts.subjects:
            removed, _ = _cleared(facts.written.text, key, index)
            if removed:
                shown = ", ".join(f"“{word}”" for word in removed[:3])
                more = f" and {len(removed) - 3} more" if len(removed) > 3 else ""
                yield _edit(f"without {shown}{more}", f"words {key}", 2, _clearing(key, index))


def _clearing(key: str, index: WordIndex) -> Edit:
    return lambda body: _cleared(body, key, index)[1]


def _cleared(body: str, key: str, index: WordIndex) -> tuple[list[str], str]:
    """The words taken out, each once, and the text without them."""
    removed: list[str] = []
    for _ in range(_MOST_TIMES):
        found = index.scan(body).get(key)
        if found is None or found.text not in body:
            break
        removed.append(found.text)
        body = _SPACES.sub(" ", body.replace(found.text, "")).strip()
    return list(dict.fromkeys(removed)), body


def _without_hosts(body: str, hosts: tuple[str, ...]) -> str:
    """The text without the words that hold one of these hosts."""
    kept = [word for word in re.split(r"(\s+)", body) if not _links_to(word, hosts)]
    return _SPACES.sub(" ", "".join(kept)).strip()


def _links_to(word: str, hosts: tuple[str, ...]) -> bool:
    return any(domain_matches(host, wanted) for host in links(word) for wanted in hosts)


# ---- put in, and cut off


def _wanted(facts: Facts, rules: list[m.Rule]) -> Iterator[Change]:
    """What rules require the text to hold, and the brand's name where they ask for it."""
    body = facts.written.text
    required = [rule.action.condition for rule in rules if isinstance(rule.action, m.Require)]
    for node in (node for condition in required for node in walk(condition)):
        match node:
            case m.Mentions(phrase=str() as phrase) if "*" not in phrase:
                yield _edit(f"with “{phrase}” in its text", f"with {phrase}", 2, _appending(f" {phrase}"))
            case m.StartsWith(term=m.FactTerm(name="body"), text=text) if not body.startswith(text):
                yield _edit(f"with “{text}” at its beginning", "beginning", 2, _prepending(text))
            case m.EndsWith(term=m.FactTerm(name="body"), text=text) if not body.endswith(text):
                yield _edit(f"with “{text}” at its end", "end", 2, _appending(text))
            case m.MentionsFact(fact=m.FactTerm(name="brand.name")) if facts.message.brand.name:
                name = facts.message.brand.name
                yield _edit(f"with “{name}” in its text", "brand", 2, _prepending(f"{name}: "))


def _appending(text: str) -> Edit:
    return lambda body: body + text


def _prepending(text: str) -> Edit:
    return lambda body: text + body


def _shorter(facts: Facts, rules: list[m.Rule]) -> Iterator[Change]:
    """Cut to the lengths that rules name."""
    for node in (node for rule in rules for node in walk(rule)):
        match node:
            case m.CompareNumber(term=m.LengthTerm(fact=m.FactTerm(name="body")), operator=operator, value=value):
                length = value - (operator in ("<", ">="))
                if 0 < length < len(facts.written.text):
                    yield _edit(f"cut to {length} characters", "length", 3, _cut(length))
            case m.CompareNumber(term=m.FactTerm(name="segments"), operator=operator, value=value):
                segments = value - (operator in ("<", ">="))
                if 0 < segments < facts.written.encoded(facts.message.channel).segments:
                    size = _segment_size(facts, segments)
                    told = f"cut to {segments} segment{'' if segments == 1 else 's'}, {size} characters"
                    yield _edit(told, "length", 3, _cut(size))


def _cut(length: int) -> Edit:
    return lambda body: body[:length].rstrip()


def _segment_size(facts: Facts, segments: int) -> int:
    """Characters that surely fit (GSM-7: 160 alone, 153 in a row; UCS-2, and other alphabets: 70 and 67; 3GPP TS 23.038
    and 23.040).
    """
    alone, joined = (160, 153) if facts.written.encoded(facts.message.channel).name == "GSM-7" else (70, 67)
    return alone if segments == 1 else joined * segments


# ---- another sender


def sender_candidates(facts: Facts, rules: list[m.Rule], tables: Mapping[str, m.Table]) -> Iterator[Change]:
    """A sender of each other type that the country is on record to support, by an example of its own; and the same
    name with what rules ask of it."""
    yield from _named(facts, rules)
    country = facts.country
    others = {
        "alphanumeric": ("with a name as its sender", _name(facts)),
        "long_code": (f"from a long code of {country}", _example(country, PhoneNumberType.MOBILE)),
        "landline": (f"from a fixed-line long code of {country}", _example(country, PhoneNumberType.FIXED_LINE)),
        "toll_free": (f"from a toll-free number of {country}", _example(country, PhoneNumberType.TOLL_FREE)),
        "short_code": (f"from a short code of {country}", "12345"),
    }
    for name, (told, sender) in others.items():
        kind, cost = ("long_code", 6) if name == "landline" else (name, 5)
        if sender and kind != facts.sender_type and _supported(tables, country, kind):
            yield Change(told, CHOICE, frozenset({"sender", "sender_country"}), cost, _from(sender, kind, country))


def _supported(tables: Mapping[str, m.Table], country: str, kind: str) -> bool:
    """Whether the table of senders does not speak against it; true without such a table."""
    table = tables.get("senders")
    if table is None or table.keys != ("country", "sender_type") or "support" not in table.columns:
        return True
    return cell(table, "support", (country, kind)) not in (None, False, "no", "undocumented")


_ENDING, _BEGINNING = re.compile(r"(?<=[*+\])}])[A-Za-z0-9 -]+\Z"), re.compile(r"[A-Za-z0-9 -]+(?=[\[(.\\])")
_LONGEST_NAME = 11


def _named(facts: Facts, rules: list[m.Rule]) -> Iterator[Change]:
    """A name with the beginning or ending that a rule requires, cut to the length names may have."""
    if facts.sender_type != "alphanumeric":
        return
    required = [rule.action.condition for rule in rules if isinstance(rule.action, m.Require)]
    for node in (node for condition in required for node in walk(condition)):
        before = after = ""
        match node:
            case m.StartsWith(term=m.FactTerm(name="sender.id"), text=text):
                before = text
            case m.EndsWith(term=m.FactTerm(name="sender.id"), text=text):
                after = text
            case m.Matches(term=m.FactTerm(name="sender.id"), pattern=pattern):
                before = found[0] if (found := _BEGINNING.match(pattern)) else ""
                after = found[0] if (found := _ENDING.search(pattern)) else ""
        name = f"{before}{facts.message.sender[: _LONGEST_NAME - len(before) - len(after)]}{after}"
        if (before or after) and name != facts.message.sender:
            yield sets(f"with the sender ID {name}", "sender", name, 4, CHOICE)


def _name(facts: Facts) -> str:
    name = re.sub(r"[^A-Za-z0-9]", "", facts.message.brand.name or "")[:11]
    return name if re.search("[A-Za-z]", name) else "Brand"


def _example(country: str, kind: int) -> str:
    number = example_number_for_type(country, kind)
    return "" if number is None else str(format_number(number, PhoneNumberFormat.E164))


def _from(sender: str, kind: str, country: str) -> Callable[[Data], None]:
    def apply(data: Data) -> None:
        data |= {"sender": sender, "sender_type": kind, "sender_shared": False}
        data["sender_country"] = country if kind == "short_code" else None

    return apply
