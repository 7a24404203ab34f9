"""What is meant by comparisons, lists of values and sizes that are written as people say them: `is at most 3`."""

from __future__ import annotations

import re
from collections.abc import Callable

from .fact_names import size_of
from .recovery import CLAUSE_WORDS
from .syntax_place import Meant, Place
from .syntax_values import NUMBERS
from .vocabulary import UNITS

_REACH = 160
"""Characters before and behind a place that are looked at."""
_UNIT = rf"(?:{'|'.join(UNITS)})s?\b"
_QUESTIONS = ("is", "has", "covers", "mentions", "matches", "starts", "ends")
_ASKS = rf"(?:in|{'|'.join(_QUESTIONS)})\b"
_NO_VALUE = rf"(?:{'|'.join(sorted(CLAUSE_WORDS))}|and|or|not|of|one|known|{_ASKS})\b"
_FACT = r"(?:(?:length|count)\s+of\s+)?\b[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*(?:\([^()\n]*\)\.[a-z_]+)?"
_SIZE = rf"\d+(?:\s+{_UNIT})?"
# a name that goes on, or of which something is asked, is a fact
_NAME = rf"\b(?!{_NO_VALUE})[a-z][a-z0-9_]*\b(?!\s*(?:[.(<>=]|{_ASKS}))"
_VALUE = rf'(?:"[^"\n]*"|[A-Z][\w-]*|\d+\b(?!\s*{_UNIT})|{_NAME})'
_NEXT = r"\s*(?:,\s*(?:(?:or|and)\s+)?|/\s*|\bor\s+|\band\s+)"
_LIST = rf"{_VALUE}(?:{_NEXT}{_VALUE})+"
_ANY = r"(?:(?:one|any)\s+of|either|in)\b"
_LISTED = re.compile(rf"\bis\s+(?P<no>not\s+)?(?:{_ANY}\s*)?[(\[]?\s*(?P<list>{_LIST})(?:\s*[)\]])?")
_LISTED_IN = re.compile(
    rf"\b(?:is\s+)?(?P<no>not\s+)?(?:in|(?:one|any)\s+of|either)\s*[(\[]?\s*(?P<list>{_LIST}|{_VALUE})(?:\s*[)\]])?"
)
_VALUES = re.compile(_VALUE)
_QUOTELESS = re.compile(r"\b(?:has|registrations)\s+(\d+[a-z]\w*(?::\w+)?)")
_IN_BRACES = re.compile(rf"[\[{{(]?\s*(?P<list>{_LIST}|{_VALUE})(?:\s*[\]}})])?")

_SIGNS = re.compile(r"[<>=!≤≥≠]+(?:[ \t]*[<>=!]+)*")
_SIGNS_MEANT = {
    **dict.fromkeys(("=>", "≥", "≥=", ">=="), ">="),
    **dict.fromkeys(("=<", "≤", "≤=", "<=="), "<="),
    ">>": ">",
    "<<": "<",
    **dict.fromkeys(("=", "==", "==="), "is"),
    **dict.fromkeys(("!=", "!==", "<>", "≠", "=!", "=/="), "is not"),
}
_MORE = r"(?:more|greater|larger|bigger|higher|longer|older|later)"
_LESS = r"(?:less|fewer|smaller|lower|shorter|younger|earlier)"
_OR_EQUAL = r"(?:\s+or\s+equal(?:\s+to)?)"
_PHRASES: tuple[tuple[str, str], ...] = (
    (rf"(?:not|no)\s+{_MORE}\s+than|at\s+most|up\s+to|(?:a\s+)?maximum(?:\s+of)?|{_LESS}\s+than{_OR_EQUAL}", "<="),
    (rf"(?:not|no)\s+{_LESS}\s+than|at\s+least|(?:a\s+)?minimum(?:\s+of)?|{_MORE}\s+than{_OR_EQUAL}", ">="),
    (rf"{_MORE}\s+than|over|above|exceeds|beyond|{_MORE}", ">"),
    (rf"{_LESS}\s+than|under|below|{_LESS}", "<"),
    (r"equal\s+to|equals|exactly", "is"),
    (r"[<>]=?", ""),
)
_SPOKEN = [
    (re.compile(rf"(?<![\w.])(?:(?:is|are)\s+)?({words})(?=\s*(?:\d|(?:{'|'.join(NUMBERS)})\b))"), sign)
    for words, sign in _PHRASES
]
_BETWEEN = re.compile(rf"(?P<fact>{_FACT})\s+(?:is\s+)?between\s+(?P<low>{_SIZE})\s+(?:and|to)\s+(?P<high>{_SIZE})")
_ASKED = re.compile(rf"(?P<fact>{_FACT})\s*(?:<=?|>=?|\b(?:{'|'.join(_QUESTIONS)})\b)[^\n]*?\b(?:and|or)\s*\Z")
_SIZED = re.compile(r"\b(?:len|length|size|count|number)\s*(?:\(\s*(?P<in>[a-z_.]+)\s*\)|of\s+(?P<of>[a-z_.]+))")
_DENIED = re.compile(
    rf"(?P<all>{_FACT}(?:\s+is\s+(?:not\s+)?(?:known\b|one\s+of\s*\([^()\n]*\)|{_VALUE})|\s*[<>]=?\s*{_SIZE}"
    rf"|\s+(?:has|covers|mentions|matches|starts\s+with|ends\s+with)\s+{_VALUE})?)(?=\s*(?:[)}}#\n]|{_NO_VALUE}))"
)
_MORE_OR_LESS = re.compile(rf"[<>]=?\s*(?P<list>{_LIST}|{_VALUE})")


def comparison_meant(place: Place) -> Meant | None:
    """What is meant by a comparison that the grammar does not know; None where it is plain from nothing."""
    if not place.expected & {"_IS", "AND", "COMPARE", "COVERS", "DOT", "_OF", "LPAR", "NUMBER"}:
        return None
    return next(filter(None, (look(place) for look in _LOOKS)), None)


def entry_meant(place: Place) -> Meant | None:
    """An entry of a list that begins with a digit and stands without quotes, such as `10dlc`; None elsewhere."""
    found = _round(place, _QUOTELESS)
    if found is None or place.start <= found.start(1):
        return None
    return Meant(found.start(1), found.end(1), f'write `"{found[1]}"`')


def _round(place: Place, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The stretch that looks so and holds the place, or ends right before it."""
    for found in pattern.finditer(place.text, max(0, place.start - _REACH), place.start + _REACH):
        between = place.text[found.end() : place.start]
        if found.start() <= place.start and not between.strip() and "\n" not in found.group():
            return found
    return None


def _one_of(found: re.Match[str]) -> str:
    values = _VALUES.findall(found["list"])
    word = "is not" if "no" in found.re.groupindex and found["no"] else "is"
    return f"write `{word} {values[0]}`" if len(values) == 1 else f"write `{word} one of ({', '.join(values)})`"


def _signs(place: Place) -> Meant | None:
    if place.lexeme in _QUESTIONS and place.before(r"\b(?:and|or)"):
        return _again(place)
    found = _round(place, _SIGNS)
    sign = _SIGNS_MEANT.get(re.sub(r"\s", "", found.group()), re.sub(r"\s", "", found.group())) if found else ""
    if found is None or found.end() <= place.start or sign not in (">=", "<=", ">", "<", "is", "is not"):
        return None
    if found.start() == place.start and "_IS" not in place.expected and found.group() != sign:
        return None
    if found.group() == sign:
        return _again(place)
    return Meant(found.start(), found.end(), f"write `{sign}`{' to compare with a value' * sign.startswith('is')}")


def _again(place: Place) -> Meant | None:
    """A second question of a fact that is named only in the first: `… > 160 and < 200`."""
    line = place.text[place.text.rfind("\n", 0, place.start) + 1 : place.start]
    found = _ASKED.search(line[-_REACH:])
    if found is None or found["fact"] in CLAUSE_WORDS:
        return None
    fact = re.sub(rf"\A(?:{_NO_VALUE}\s+)+", "", found["fact"])
    return Meant(place.start, place.start + len(place.lexeme), f"write `{fact}` before it")


def _spoken(place: Place) -> Meant | None:
    for pattern, sign in _SPOKEN:
        found = _round(place, pattern)
        if found and found.group() != found[1]:
            return Meant(found.start(), found.end(), f"write `{sign or found[1]}`")
        if found and sign:
            return Meant(found.start(), found.end(), f"write `{sign}`")
    return None


def _between(place: Place) -> Meant | None:
    found = _round(place, _BETWEEN)
    if found is None:
        return None
    fact, start = found["fact"], found.start("fact")
    told = f"write `({fact} >= {found['low']} and {fact} <= {found['high']})`"
    return Meant(start, found.end(), told)


def _listed(place: Place) -> Meant | None:
    if place.expected == {"LPAR"} and place.before(r"\bone\s+of"):
        found = _IN_BRACES.match(place.text, place.start)
        values = ", ".join(_VALUES.findall(found["list"])) if found else ""
        return Meant(place.start, found.end(), f"write `({values})`") if found else None
    found = _round(place, _LISTED) or _round(place, _LISTED_IN)
    if found is None or found.end() <= place.start:
        return None
    return Meant(found.start(), found.end(), _one_of(found))


def _more_or_less(place: Place) -> Meant | None:
    """A place or text that is said to be more than another."""
    if not re.match('["A-Z]', place.lexeme) or not place.before(r"[<>]=?"):
        return None
    found = _round(place, _MORE_OR_LESS)
    if found is None or found.end() <= place.start:
        return None
    message = f"`{place.lexeme}` is not more or less than anything"
    return Meant(found.start(), found.end(), _one_of(found), message)


def _sized(place: Place) -> Meant | None:
    """The size of a fact in the words of other languages: `len(body)`, `body.length`, `number of links`."""
    found = _round(place, _SIZED)
    if found and (asked := size_of(found["in"] or found["of"])):
        return Meant(found.start(), found.end(), f"write `{asked}`")
    if place.lexeme in ("length", "count", "size") and (path := place.before(r"\b[a-z_.]+\.")):
        name = path.group().strip()[:-1]
        if asked := size_of(name):
            return Meant(place.start - len(path.group()), place.start + len(place.lexeme), f"write `{asked}`")
    if place.expected == {"_OF"} and (word := place.before(r"\b(?:length|count)")):
        fact = {"length": "body", "count": "body.links"}[word.group().strip()]
        asked = size_of(place.lexeme) if place.is_word else ""
        begin = place.start - len(word.group())
        end = place.start + len(place.lexeme) if asked else begin + len(word.group().rstrip())
        return Meant(begin, end, f"write `{asked or f'{word.group().strip()} of {fact}'}`")
    return None


def _denied(place: Place) -> Meant | None:
    """A condition that is denied without parentheses."""
    before = place.before(r"\bnot")
    found = _DENIED.match(place.text, place.start) if before and "LPAR" in place.expected else None
    if before is None or found is None:
        return None
    return Meant(place.start - len(before.group()), found.end(), f"write `not ({found['all']})`")


_LOOKS: tuple[Callable[[Place], Meant | None], ...] = (
    _between,
    _denied,
    _sized,
    _spoken,
    _listed,
    _more_or_less,
    _signs,
)
