"""Measures the word lists of the bundled rules: what they flag in ordinary texts, and which disguises they see through.

    python tools/measure_words.py texts FILE [FILE …] [--label ham]
    python tools/measure_words.py disguises [--forms 20] [--seed 1] [--list NAME] [--sample N]

`texts` reads files of texts, one a line; `.gz` and `.xz` are unpacked; with `--label`, lines are `label<TAB>text` and
only those of the label count. It prints for each list the share of texts flagged, and every find that exists only
because a disguise was undone; it exits 1 when a list flags more than 1%.

`disguises` needs nothing but the repository. It disguises every listed phrase in `--forms` ways, puts each into a
sentence of its script, looks for the phrase alone, and prints what was missed; it exits 1 when a list finds fewer
than 99 of 100.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

from sendlaw import Policy
from sendlaw.engine.finds import Found
from sendlaw.engine.letters import PLAIN, canonical, is_spaceless
from sendlaw.engine.words import WordIndex

FLAGGED_AT_MOST = 0.01
FOUND_AT_LEAST = 0.99
EXAMPLES = 5

LEET = {"o": "0", "i": "1!", "l": "1", "e": "3", "a": "4@", "s": "5$", "t": "7"}
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\ufe0f"
STRUCK = "\u0336\u0335\u0332\u0338\u0489\u0353"
ACCENTS = "\u0301\u0300\u0302\u0308\u0304\u030c\u0307\u0323\u0331"
HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
NIQQUD = "\u05b0\u05b4\u05b5\u05b6\u05b7\u05b8\u05b9\u05bc"
TATWEEL = "\u0640"
MATHEMATICAL = (0x1D41A, 0x1D44E + 26, 0x1D4D0 + 26, 0x1D5BA, 0x1D68A)
SEPARATORS = (" ", ".", "-", "_", "*", " - ", "\u00a0", "·", "/")
# A full stop between two characters of a script without spaces ends a sentence.
SPACELESS_SEPARATORS = (" ", "-", "_", "*", "·", "~", "\u00a0", "|")

ENDINGS = {
    "LATIN": ("", "s", "en", "er"),
    "CYRILLIC": ("", "ы", "ами", "ов"),
    "GREEK": ("", "ες", "ων"),
    "ARABIC": ("", "ات", "ها"),
    "HEBREW": ("", "ים"),
    "DEVANAGARI": ("", "ओं"),
    "HANGUL": ("", "를", "에서"),
}
SENTENCES = {
    "LATIN": "Hello Anna, try our {} today, only this week",
    "CYRILLIC": "Анна, для вас {} сегодня, только сейчас",
    "GREEK": "Γεια σου Άννα, δες το {} σήμερα",
    "ARABIC": "مرحبا سارة جربي {} اليوم فقط",
    "HEBREW": "שלום דנה, נסי {} היום בלבד",
    "DEVANAGARI": "नमस्ते, आज ही {} पाइए",
    "HANGUL": "안녕하세요 오늘 {} 여기",
    "THAI": "วันนี้{}พิเศษ",
    "CJK": "欢迎来到{}今天优惠",
    "HIRAGANA": "今日は{}です",
    "KATAKANA": "今日は{}です",
}
VIRAMA = 9
"""The combining class of the sign that binds two letters of an Indian script into one."""


def script(text: str) -> str:
    """The script of most of a text's letters, by the first word of their names."""
    names = [unicodedata.name(char, "?").split(" ")[0] for char in text if char.isalpha()]
    return Counter(names).most_common(1)[0][0] if names else "LATIN"


# ---- disguises: each takes a phrase and answers with another that a reader still reads


@cache
def look_alikes() -> dict[str, str]:
    """By letter, the characters that look like it, in either direction."""
    table: dict[str, str] = json.loads((files("sendlaw.engine.data") / "confusables.json").read_text("utf-8"))[
        "letters"
    ]
    both: dict[str, str] = defaultdict(str, table)
    for letter, chars in table.items():
        for char in chars:
            both[char] += letter
    return dict(both)


def changed(phrase: str, rng: Random, choices: Mapping[str, Sequence[str]]) -> str:
    """The phrase with one letter changed for certain and each other by chance."""
    places = [index for index, char in enumerate(phrase) if choices.get(char)]
    sure = rng.choice(places)
    taken = {index for index in places if index == sure or rng.random() < 0.3}
    return "".join(rng.choice(choices[char]) if index in taken else char for index, char in enumerate(phrase))


def clusters(word: str) -> list[str]:
    """The letters of a word, each with the marks and joined letters that cannot be parted from it."""
    found: list[str] = []
    for char in word:
        bound = found and unicodedata.combining(found[-1][-1]) == VIRAMA
        if found and (bound or unicodedata.category(char)[0] == "M"):
            found[-1] += char
        else:
            found.append(char)
    return found


def zero_width(phrase: str, rng: Random) -> str:
    return phrase[0] + "".join(rng.choice(ZERO_WIDTH) * rng.randint(0, 2) + char for char in phrase[1:])


def look_alike(phrase: str, rng: Random) -> str:
    return changed(phrase, rng, look_alikes())


def leet(phrase: str, rng: Random) -> str:
    """At most half of each word's letters, lest no word is left; a `!` at a word's end ends a sentence."""
    words = phrase.split(" ")
    able = [index for index, word in enumerate(words) if set(word) & set(LEET)]
    chosen = {rng.choice(able), rng.choice(able)}
    return " ".join(leet_word(word, rng) if index in chosen else word for index, word in enumerate(words))


def leet_word(word: str, rng: Random) -> str:
    places = [index for index, char in enumerate(word) if char in LEET]
    rng.shuffle(places)
    letters = list(word)
    for index in places[: rng.randint(1, max(1, len(word) // 2))]:
        signs = LEET[word[index]].strip("!" if index == len(word) - 1 else "")
        letters[index] = rng.choice(signs)
    return "".join(letters)


def spaced(phrase: str, rng: Random) -> str:
    """Letters apart; words further apart, or all in one row. Two syllables with a space between are two words."""
    separators = SPACELESS_SEPARATORS if any(map(is_spaceless, phrase)) else SEPARATORS
    separator = rng.choice([each for each in separators if len(clusters(phrase)) > 2 or not each.isspace()])
    gap = rng.choice((separator, " " * 3 if separator.isspace() else f" {separator} " if len(separator) == 1 else "  "))
    return gap.join(separator.join(clusters(word)) for word in phrase.split())


def mixed_case(phrase: str, rng: Random) -> str:
    return "".join(rng.choice((char.lower(), char.upper())) for char in phrase)


def full_width(phrase: str, rng: Random) -> str:
    wide = (chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and rng.random() < 0.9 else char for char in phrase)
    return "".join(wide)


def mathematical(phrase: str, rng: Random) -> str:
    start = rng.choice(MATHEMATICAL)
    return "".join(chr(start + ord(char) - ord("a")) if "a" <= char <= "z" else char for char in phrase.lower())


def struck(phrase: str, rng: Random) -> str:
    return "".join(char + (rng.choice(STRUCK) if char.isalnum() else "") for char in phrase)


def accented(phrase: str, rng: Random) -> str:
    return "".join(char + (rng.choice(ACCENTS) if char.isalpha() and rng.random() < 0.7 else "") for char in phrase)


def vowelled(phrase: str, rng: Random) -> str:
    signs = HARAKAT if script(phrase) == "ARABIC" else NIQQUD
    return "".join(char + (rng.choice(signs) if char.isalpha() and rng.random() < 0.6 else "") for char in phrase)


def stretched(phrase: str, rng: Random) -> str:
    return "".join(char + TATWEEL * rng.randint(0, 3) if char.isalpha() else char for char in phrase)


def decomposed(phrase: str, rng: Random) -> str:
    return unicodedata.normalize(rng.choice(("NFD", "NFKD")), phrase)


Disguise = Callable[[str, Random], str]
ANYWHERE: tuple[Disguise, ...] = (zero_width, spaced)
BY_SCRIPT: dict[str, tuple[Disguise, ...]] = {
    "LATIN": (look_alike, leet, mixed_case, full_width, mathematical, struck, accented, decomposed),
    "CYRILLIC": (look_alike, mixed_case, struck, decomposed),
    "GREEK": (look_alike, mixed_case, struck, decomposed),
    "DEVANAGARI": (struck, decomposed),
    "ARABIC": (vowelled, stretched, struck),
    "HEBREW": (vowelled, struck),
    "HANGUL": (decomposed, struck),
    "THAI": (struck,),
    "CJK": (struck,),
    "KATAKANA": (decomposed, struck),
}
FIRST, LAST = (leet, look_alike, mixed_case, full_width, mathematical), (zero_width, struck, spaced)
"""What is mixed: something done to letters, then something put between them."""


def fits(disguise: Disguise, phrase: str) -> bool:
    """Whether the disguise changes anything of the phrase."""
    if disguise is leet:
        return any(char in LEET for char in phrase)
    if disguise is look_alike:
        return any(look_alikes().get(char) for char in phrase)
    return disguise is not spaced or max(len(clusters(word)) for word in phrase.split()) > 1


def forms(phrase: str, count: int, rng: Random) -> Iterator[tuple[str, str]]:
    """`count` disguised forms, each with the name of what was done: every disguise that fits first, then mixtures."""
    able = [each for each in (*ANYWHERE, *BY_SCRIPT.get(script(phrase), ())) if fits(each, phrase)]
    for index in range(count):
        if index < len(able) or index % 2:
            disguise = able[index % len(able)]
            yield disguise.__name__, disguise(phrase, rng)
            continue
        outer = rng.choice([each for each in LAST if each in able])
        inner = rng.choice([each for each in FIRST if each in able] or [outer])
        shown = inner(phrase, rng)
        yield f"{inner.__name__} + {outer.__name__}", outer(shown, rng) if outer is not inner else shown


def written_out(phrase: str, rng: Random) -> str:
    """A listed phrase as a text has it: small letters, an ending for each `*`."""
    endings = ENDINGS.get(script(phrase), ("",))
    return re.sub(r"\*", lambda _: rng.choice(endings), phrase.lower())


# ---- what is measured

Lists = Mapping[str, Mapping[str, Sequence[str]]]
"""Word lists: name, language, phrases."""


@dataclass(frozen=True)
class Miss:
    """A disguised form in which the phrase was not found."""

    language: str
    phrase: str
    disguise: str
    form: str


def bundled() -> Lists:
    """The word lists of the bundled rules."""
    return Policy.load().rule_set.word_lists


def misses(language: str, phrase: str, count: int, seed: int) -> Iterator[Miss]:
    """The forms of one phrase that are not found. The same seed always makes the same forms."""
    rng = Random(f"{seed} {language} {phrase}")
    index = WordIndex({"found": {language: [phrase]}})
    sentence = SENTENCES.get(script(phrase), SENTENCES["LATIN"])
    for name, form in forms(written_out(phrase, rng), count, rng):
        if not index.scan(sentence.format(form)):
            yield Miss(language, phrase, name, form)


def measure_disguises(lists: Lists, count: int, seed: int, sample: int) -> bool:
    """Prints for each list the share of forms found, and every miss. `sample` 0: all phrases of each list."""
    good, tried_at_all, missed_at_all = True, 0, 0
    for name, languages in sorted(lists.items()):
        listed = [(language, phrase) for language, phrases in sorted(languages.items()) for phrase in phrases]
        chosen = Random(f"{seed} {name}").sample(listed, min(sample, len(listed))) if sample else listed
        missed = [miss for language, phrase in chosen for miss in misses(language, phrase, count, seed)]
        tried = count * len(chosen)
        good = good and len(missed) <= (1 - FOUND_AT_LEAST) * tried
        tried_at_all, missed_at_all = tried_at_all + tried, missed_at_all + len(missed)
        print(f"{name}: {len(chosen)} phrases, {tried - len(missed)} of {tried} found, {share(missed, tried)} missed")
        for miss in missed:
            print(f"  {miss.language} {miss.phrase!r} {miss.disguise}: {miss.form}")
    found = tried_at_all - missed_at_all
    print(f"all lists: {found} of {tried_at_all} disguised forms found")
    return good


def share(part: Sequence[object], whole: int) -> str:
    return f"{len(part) / whole:.2%}" if whole else "0.00%"


def is_disguised(found: Found) -> bool:
    """Whether what stood in the text is the phrase only after a disguise was undone."""
    listed = canonical(found.phrase.replace("*", " "), PLAIN).split()
    stood = canonical(found.text, PLAIN).split()
    return len(listed) != len(stood) or not all(map(str.startswith, stood, listed))


def read_texts(path: Path, label: str | None) -> Iterator[str]:
    """The texts of a file, one a line; with a label only those that it stands before."""
    unpack: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".xz": lzma.decompress}
    content = unpack.get(path.suffix, bytes)(path.read_bytes())
    for line in content.decode("utf-8", "replace").splitlines():
        if label is None:
            yield line
        elif line.startswith(f"{label}\t"):
            yield line.split("\t", 1)[1]


def measure_texts(lists: Lists, texts: Sequence[str]) -> bool:
    """Prints for each list the share of the texts it flags, with examples, and all finds of undone disguises."""
    index = WordIndex(lists)
    found: dict[str, list[tuple[Found, str]]] = defaultdict(list)
    for text in texts:
        for name, find in index.scan(text).items():
            found[name].append((find, text))
    for name in sorted(lists):
        print(f"{name}: {len(found[name])} of {len(texts)} texts, {share(found[name], len(texts))}")
        phrases = Counter(find.phrase for find, _ in found[name])
        print("".join(f"  {count} × {phrase}\n" for phrase, count in phrases.most_common(EXAMPLES)), end="")
        for find, text in found[name]:
            if is_disguised(find):
                print(f"  undone: {find.phrase!r} in {find.text!r}: {text}")
    return all(len(finds) <= FLAGGED_AT_MOST * len(texts) for finds in found.values())


def main() -> int:
    """Prints the measure asked for; the answer is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    texts = commands.add_parser("texts", help="what the lists flag in ordinary texts")
    texts.add_argument("files", nargs="+", type=Path)
    texts.add_argument("--label")
    disguises = commands.add_parser("disguises", help="which disguised forms of listed words are found")
    disguises.add_argument("--forms", type=int, default=20)
    disguises.add_argument("--seed", type=int, default=1)
    disguises.add_argument("--list", help="this list alone")
    disguises.add_argument("--sample", type=int, default=0, help="so many phrases of each list; 0: all")
    asked = parser.parse_args()
    lists = bundled()
    if asked.command == "texts":
        good = measure_texts(lists, [text for path in asked.files for text in read_texts(path, asked.label)])
    else:
        chosen = {asked.list: lists[asked.list]} if asked.list else lists
        good = measure_disguises(chosen, asked.forms, asked.seed, asked.sample)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
