"""What is usually meant by a word or sign where the grammar does not expect it, as a sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from .diagnostics import did_you_mean
from .places import LANGUAGES, place_meant
from .recovery import CLAUSE_WORDS
from .syntax_expectations import expectation_hint
from .syntax_place import Meant, Place
from .syntax_values import NUMBERS, days_meant, hours_meant, zone_meant

_OTHER_QUOTES = frozenset("“”„‟«»‘’‚'`")
"""What word processors make of a double quote."""
_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_UNIT_WORDS = (*_UNITS, *(f"{unit}s" for unit in _UNITS))
_COUNTED = ("characters", "character", "chars", "letters", "messages", "message", "texts", "sms", "percent")
_SPOKEN = {
    "if": "write `when`",
    "exists": "write `is known`",
    "then": "leave `then` out",
    "equals": "write `is`",
    "because": "write `by` and the name of the rule",
}
_LANGUAGES = {
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "dutch": "nl",
    "arabic": "ar",
    "hindi": "hi",
    "chinese": "zh",
    "japanese": "ja",
    "korean": "ko",
    "russian": "ru",
    "polish": "pl",
    "turkish": "tr",
    "greek": "el",
    "hebrew": "he",
    "swedish": "sv",
}
_BLANKS = frozenset("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000")


def hint(place: Place, reserved: frozenset[str], keywords: Iterable[str]) -> str | Meant:
    """What to do about it; nothing where all that is known is what the grammar expects."""
    for look in _LOOKS:
        if told := look(place):
            return told
    if "_IS" in place.expected and (place.lexeme[0] == '"' or (place.lexeme not in reserved and place.is_word)):
        return did_you_mean(place.lexeme, keywords) or "write `is` between a fact and its value"
    return did_you_mean(place.lexeme, keywords) if place.is_word else ""


def _quotes(place: Place) -> str | Meant:
    lexeme = place.lexeme
    if lexeme.startswith('"') and (len(lexeme) == 1 or not lexeme.endswith('"')):
        return 'write a closing `"` on the same line'
    if lexeme in _OTHER_QUOTES:
        return 'write texts in straight double quotes: "…"'
    if lexeme in ("http", "https") and "STRING" in place.expected:
        return "write the address in double quotes"
    if lexeme == "/" and (area := place.before(r"\b[A-Z][A-Za-z_]+")) and (city := place.behind(r"[\w/+-]+")):
        told = f'write the zone in double quotes: `"{area.group()}/{city.group()}"`'
        return Meant(place.start - len(area.group()), city.end(), told)
    if lexeme == "+" and (digits := place.behind(r"\d[\d ]*\d")):
        told = f'write phone numbers in double quotes: `"+{digits.group().replace(" ", "")}"`'
        return Meant(place.start, digits.end(), told)
    return ""


def _comments(place: Place) -> str | Meant:
    if place.text.startswith(("//", "--"), place.start):
        return Meant(place.start, place.start + 2, "write `#` in its place: so a comment begins")
    if place.text.startswith(("/*", "<!--"), place.start):
        return "a comment begins with `#`, and ends with its line"
    stray = place.lexeme == "," and "_BASIS" in place.expected and not place.expected & {"COMMA", "AND"}
    if place.lexeme == ";" or stray:
        if place.before(r"\bbasis\s+\w+"):
            return "a rule stands on one basis: write the firmest"
        return "take it away: nothing stands between clauses"
    return ""


def _hours(place: Place) -> str | Meant:
    if "TIMES" not in place.expected:
        return ""
    if told := hours_meant(place.text, place.start) or days_meant(place.lexeme):
        return told
    if place.lexeme == ",":
        return "write days side by side, without commas: `mon tue 08:00-20:00`"
    if place.lexeme in CLAUSE_WORDS or place.lexeme == "}":
        return "write the hours behind it, as in `mon-fri 08:00-20:00`"
    return "write the condition behind `when`, and the hours here" if place.lexeme in ("if", "when") else ""


def _windows(place: Place) -> str:
    if place.expected == {"DAY_HOLIDAYS"}:
        return "nothing but `except holidays` stands here; to leave a day out, name the others: `mon-sat 08:00-20:00`"
    if place.expected == {"_WARN"} and place.lexeme == "deny":
        return "outside of its hours a message waits; with `else warn` it goes, with a remark"
    if place.lexeme == "else" and "_BASIS" in place.expected:
        return "`else` belongs behind `require` or `only`"
    return zone_meant(place.lexeme) if "ZONE" in place.expected and place.is_word and place.before(r"\bin") else ""


def _numbers(place: Place) -> str | Meant:
    lexeme = place.lexeme
    if lexeme in NUMBERS and "NUMBER" in place.expected:
        return f"write numbers in digits: `{NUMBERS.index(lexeme)}`"
    if lexeme in _UNIT_WORDS and (word := place.before(r"\b[a-z]+")) and word.group().strip() in NUMBERS:
        told = f"write numbers in digits: `{NUMBERS.index(word.group().strip())} {lexeme}`"
        return place.with_before(word, told)
    if lexeme in _UNIT_WORDS and "NUMBER" in place.expected:
        unit = lexeme.removesuffix("s")
        return f"write `1 {unit}`" + (f", or `calendar {unit}`" if "_CALENDAR" in place.expected else "")
    if place.before(r"\bcalendar") and lexeme.isdigit():
        return "leave the number out: `calendar week`"
    if place.before(r"(?<![\w.:/-])\d+") and place.is_word and lexeme not in _UNIT_WORDS:
        return f"leave `{lexeme}` out" if lexeme in _COUNTED else _unit(lexeme)
    return ""


def _unit(word: str) -> str:
    return did_you_mean(word, _UNIT_WORDS) if word not in CLAUSE_WORDS else ""


def _signs(place: Place) -> str:
    lexeme, expected = place.lexeme, place.expected
    if lexeme in ("&&", "||", "&", "|") and "AND" in expected:
        return f"write `{'and' if '&' in lexeme else 'or'}`"
    if "LPAR" in expected and place.before(r"\bnot"):
        return "write `not (…)` with the condition in parentheses"
    if lexeme == "," and "AND" in expected:
        return "write `is one of (…, …)` to name several values"
    if lexeme == "," and "VBAR" in expected:
        return "write `|` in its place: a cell holds one value"
    if "COMMA" in expected and _continues_a_list(place):
        return "write a comma before it"
    if lexeme == "per" and "COMMA" in expected:
        return "write a comma in its place: `per recipient, brand`"
    if lexeme == "in" and place.before(r"\bis"):
        return "write `is one of (…, …)` to name several values"
    return ""


def _continues_a_list(place: Place) -> bool:
    """Whether it stands on one line right behind something of its kind: a text, a code, a name."""
    kinds = (r'"', '"'), (r"\b[A-Z][\w-]*", "[A-Z]"), (r"\b(?!per\b|by\b|also\b)[a-z][a-z0-9_]*", "[a-z]")
    same_line = "\n" not in place.text[max(0, place.start - 1) : place.start]
    of_kind = any(re.match(starts, place.lexeme) and place.before(ends) for ends, starts in kinds)
    free = place.lexeme not in CLAUSE_WORDS | {"per", "in", "by", "else", "except", "also", "is"}
    return same_line and of_kind and free and "_IS" not in place.expected


def _conditions(place: Place) -> str | Meant:
    lexeme = place.lexeme
    if lexeme in CLAUSE_WORDS | {"}"} and (word := place.before(r"\b(?:and|or|when|unless|require)")):
        return f"write a condition behind `{word.group().strip()}`, or leave it out"
    if article := place.before(r"\b(?:when|unless|require|and|or)\s+(the|a|an)\b"):
        begin = place.start - article.end() + article.start(1)
        return Meant(begin, begin + len(article[1]), f"leave `{article[1]}` out")
    if place.before(r"\bis\s+like"):
        return "write `starts with` or `ends with` in place of `is like`"
    if place.expected == {"DOT"} and place.before(r"\)"):
        return "write which column of the table is meant, as in `senders(…).support`"
    if place.expected & {"COVERS"} and (before := place.before(r"\bregisters?\.")):
        last = place.behind(r"\.(listed|checked|age)\b")
        asked = "register.age" if last and last[1] != "listed" else "register"
        begin, end = place.start - len(before.group()), last.end() if last else place.start + len(lexeme)
        return Meant(begin, end, f"write `{asked}`: it is that of the policy's own place")
    return ""


def _names(place: Place) -> str | Meant:
    lexeme, names = place.lexeme, place.expected & {"NAME", "CODE", "COLUMN"}
    if place.expected == {"NAME"} and place.behind(r"\.[a-z]") and place.before(r"\bcite|,"):
        return "a rule cites sources of its own policy: write their names alone"
    if place.expected == {"NAME"} and lexeme != lexeme.lower() and place.is_word and lexeme.isascii():
        return f"write names in small letters: `{lexeme.lower()}`"
    if names and names == place.expected and lexeme.startswith('"'):
        if head := place.before(r"\b(?:policy|rule|words|table|source)"):
            told = f"write a name before the title: `{head.group().strip()} {_as_name(lexeme)} {lexeme}`"
            return place.with_before(head, told)
        return f"write the name without quotes: `{_as_name(lexeme)}`"
    if names == {"CODE"} and lexeme.islower():
        if place.before(r"\bgroup"):
            return f"the name of a group begins with a capital: `{lexeme.upper()}`"
        return place_meant(lexeme)
    if place.expected == {"NAME"} and lexeme[0].isdigit():
        return "a name begins with a small letter"
    if place.expected == {"STRING"} and (head := place.before(r"\b(?:policy|rule|test|source)(?:\s+([\w-]+))?")):
        words = head.group().split()
        if lexeme == "{":
            return f'write a title in double quotes before it: `{" ".join(words)} "…" {{`'
        if place.is_word and len(words) > 1 and lexeme not in CLAUSE_WORDS:
            return place.with_before(head, f"join the words of a name with `_`: `{words[1]}_{lexeme}`", 1)
    return ""


def _as_name(text: str) -> str:
    """A name made of a text: its first words in small letters."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "_".join(words[:3]).lstrip("0123456789_") or "name"


def _languages(place: Place) -> str:
    lexeme = place.lexeme
    if place.expected == {"LANGUAGE"}:
        bare = lexeme.strip('"').lower()
        code = _LANGUAGES.get(bare, bare if lexeme != bare and bare in LANGUAGES else "")
        return f"write `{code}`" if code else ""
    if "TAG" not in place.expected or "RULE" in place.expected:
        return ""
    if lexeme.startswith('"') and "STRING" not in place.expected and "COMMA" not in place.expected:
        return f"write the language before it: `fr: {lexeme}`"
    if lexeme.lower() in _LANGUAGES:
        return f"write `{_LANGUAGES[lexeme.lower()]}:`"
    if re.fullmatch("[A-Z]{2,3}", lexeme) and place.behind(r"[ \t]*:"):
        return f"write languages in small letters: `{lexeme.lower()}:`"
    if re.fullmatch("[a-z]{2,3}", lexeme) and place.behind(r'[ \t]*"'):
        return f"write a colon behind the language: `{lexeme}:`"
    word = place.is_word and lexeme not in CLAUSE_WORDS
    return "write texts in double quotes" if word and "STRING" in place.expected else ""


def _belongs(place: Place) -> str:
    lexeme, expected = place.lexeme, place.expected
    if lexeme in CLAUSE_WORDS and expected & {"_RULE", "_POLICY"}:
        return (
            f"`{lexeme}` belongs in a rule: take away the `}}` that closes the rule before it, or write a rule round it"
        )
    if lexeme == "source" and "_CITE" in expected:
        return "write `cite` in its place"
    if "_POLICY" in expected and re.fullmatch(r"(?:\s|#[^\n]*)*", place.text[: place.start]):
        near = did_you_mean(lexeme, ("policy", "group"))
        return near or 'this does not begin as a rule file does: `policy FR "France" { … }`'
    spoken = _SPOKEN.get(lexeme, "")
    return spoken if lexeme != "if" or "_WHEN" in expected else ""


def _unseen(place: Place) -> str:
    lexeme = place.lexeme
    if lexeme in _BLANKS:
        return "write an ordinary blank in its place"
    if not lexeme.isprintable():
        return "take it away, or write what is meant in its place: this sign cannot be seen"
    strange = next((char for char in lexeme if not char.isascii()), "")
    if strange and place.is_word:
        name = unicodedata.name(strange, "a letter without a name").lower()
        return f"names hold the letters a to z, digits and `_`, and `{strange}` is {name}; texts stand in double quotes"
    return ""


_LOOKS: tuple[Callable[[Place], str | Meant], ...] = (
    _quotes,
    _comments,
    _hours,
    _windows,
    _numbers,
    _signs,
    _names,
    _languages,
    expectation_hint,
    _conditions,
    _belongs,
    _unseen,
)
