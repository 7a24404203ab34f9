"""Phrases to look for in a text: which can be found at all.

The engine compares words in a folded form, in which only letters, digits and their marks remain. What is refused here
could never be found, or would be found nearly everywhere.
"""

from __future__ import annotations

import unicodedata

from .characters import known

LONGEST_PHRASE = 200
"""Characters. Longer ones are texts, not phrases."""

SPACELESS = frozenset(
    (
        *(
            "CJK",
            "IDEOGRAPHIC",
            "HIRAGANA",
            "KATAKANA",
            "KATAKANA-HIRAGANA",
            "BOPOMOFO",
            "YI",
            "TANGUT",
            "NUSHU",
        ),
        *("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "TAI", "JAVANESE", "BALINESE"),
    )
)
"""First words of the character names of scripts written without spaces between words."""

_DROPPED = ("FILLER", "MODIFIER LETTER", "TATWEEL", "VARIATION SELECTOR", "INHERENT", "TRADE MARK", "SERVICE MARK")
"""Words in the names of characters that look like letters or marks and are left out when words are compared."""
_JOINED = ("COMBINING", "ARABIC", "HEBREW")
"""First words of the names of marks that melt into their letter."""


def phrase_fault(phrase: str) -> tuple[str, str] | None:
    """What keeps a phrase from being looked for, and what to do about it; None if nothing does.

    A `*` behind a word is taken to stand at its end.
    """
    if len(phrase) > LONGEST_PHRASE:
        return f"the phrase is longer than {LONGEST_PHRASE} characters", "write the few words that matter"
    if not any(map(_is_letter, _shown(phrase))):
        return "the phrase holds no letter or digit", "write a word: signs alone are not searched for"
    for index, char in enumerate(phrase):
        fault = _star_fault(phrase[:index]) if char == "*" else None
        if fault is not None:
            return fault
    return None


def _star_fault(before: str) -> tuple[str, str] | None:
    """What is wrong with a star behind this part of a phrase."""
    stem = _last_word(_shown(before))
    if not stem or not any(_is_letter(char) or _is_own_mark(char) for char in _shown(before[-1])):
        return "the star follows no word", "write it right behind a word: `sportif*`"
    if len(stem) > 1 or _is_spaceless(stem):
        return None
    return f"`{stem}*` would match every word that begins with `{stem}`", "write more letters before the star"


def _last_word(shown: str) -> str:
    """The letters at the end of a text, without their marks; each of a script without spaces is a word of its own."""
    found = marks = ""
    for char in reversed(shown):
        if _is_spaceless(char):
            # Marks of another script right behind such a letter belong to no letter: they are a word of their own.
            return found or marks or char
        if _is_letter(char):
            found = char + found
        elif unicodedata.category(char)[0] != "M":
            break
        elif _is_own_mark(char):
            marks = char + marks
    return found


def _shown(text: str) -> str:
    for sign in "™℠":
        text = text.replace(sign, " ")
    return unicodedata.normalize("NFKC", known(text))


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0] if len(char) == 1 else ""


def _is_spaceless(char: str) -> bool:
    return _script(char) in SPACELESS and unicodedata.category(char) != "Nd"


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN" and not _is_dropped(char)


def _is_own_mark(char: str) -> bool:
    """Whether this is a mark that counts as a character, such as a vowel sign of Hindi."""
    is_mark = unicodedata.category(char)[0] == "M" and _script(char) not in _JOINED
    return is_mark and not _is_dropped(char)


def _is_dropped(char: str) -> bool:
    name = unicodedata.name(char, "")
    return any(word in name for word in _DROPPED)
