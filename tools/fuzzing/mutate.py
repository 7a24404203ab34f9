"""Changes to rule files: from one byte to nesting and repetition without measure."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .derive import derive
from .seeds import Seeds, lexemes

LONGEST = 60_000
"""Characters of an input; longer ones are cut. Some repeated a thousandfold reach it, to find what takes too long."""
ODD = (
    *("\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1a", "\x1b[31m", "\x1c", "\x7f", "\x85", "\r", "\r\n", "\t", "\ufeff"),
    *("\u00a0", "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200d", "\u200f", "\u2028", "\u2029"),
    *("\u202e", "\u2066", "\u2069", "\u3000", "\ufe0f", "\uffff", "\U000e0041", "\U0010ffff", "\U0001f6d2"),
    *("e\u0301", "\u0301", "ı", "İ", "ß", "ﬁ", "Ⅷ", "٣", "०", "²", "＂", "“", "”", "‘", "’", "«", "–", "—", "½"),
    *("\ud800", "\udfff", "광고", "\u1112\u1161\u11ab", "นี้", "نص"),
)
SIGNS = ("{", "}", "(", ")", "[", "]", '"', "'", "\\", '\\"', "#", "|", "*", ",", ".", ":", "->", "=", "<", "-", "\n")
_Mutation = Callable[[Random, str, Seeds], str]


def mutated(random: Random, seeds: Seeds) -> str:
    """An input: a seed with one to four changes, seldom none."""
    text = seeds.draw(random)
    gentle = random.random() < 0.4
    for _ in range(random.choice((0, 1, 1, 1, 1, 2, 2, 3, 4))):
        change = random.choice(GENTLE) if gentle else random.choices(MUTATIONS, _WEIGHTS)[0]
        text = change(random, text, seeds)[:LONGEST]
    return text


def _place(random: Random, text: str) -> int:
    return random.randint(0, len(text))


def flip_bytes(random: Random, text: str, seeds: Seeds) -> str:
    """Some bytes other than they were; what is no UTF-8 then, is read as a reader of damaged files does."""
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(random.randint(1, 4) if data else 0):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data.decode("utf-8", random.choice(("ignore", "replace")))


def cut_off(random: Random, text: str, seeds: Seeds) -> str:
    """The file up to somewhere, or from somewhere on."""
    at = _place(random, text)
    return text[:at] if random.random() < 0.8 else text[at:]


def without_piece(random: Random, text: str, seeds: Seeds) -> str:
    """A stretch of words left out."""
    pieces = lexemes(text)
    at = random.randint(0, len(pieces))
    return "".join(pieces[:at] + pieces[at + random.choice((1, 1, 1, 2, 3, 9, 30)) :])


def twice(random: Random, text: str, seeds: Seeds) -> str:
    """A stretch of words written twice, at its place or elsewhere."""
    pieces = lexemes(text)
    at, length = random.randint(0, len(pieces)), random.choice((1, 1, 2, 5, 20, 80))
    to = at if random.random() < 0.5 else random.randint(0, len(pieces))
    return "".join(pieces[:to] + pieces[at : at + length] + pieces[to:])


def another_word(random: Random, text: str, seeds: Seeds) -> str:
    """A word for another, of this or any other file."""
    pieces = lexemes(text)
    solid = [place for place, piece in enumerate(pieces) if not piece.isspace()]
    if solid:
        place = random.choice(solid)
        same = [word for word in random.sample(seeds.words, 60) if _looks_like(word, pieces[place])]
        pieces[place] = random.choice(same or seeds.words) if random.random() < 0.7 else random.choice(pieces)
    return "".join(pieces)


def _looks_like(word: str, other: str) -> bool:
    return (word[0].islower(), word[0].isupper(), word[0].isdigit(), word[0]) == (
        other[0].islower(),
        other[0].isupper(),
        other[0].isdigit(),
        word[0] if other[0].isalnum() else other[0],
    )


def swapped(random: Random, text: str, seeds: Seeds) -> str:
    """Two words, or two lines, in each other's place."""
    pieces = text.splitlines(keepends=True) if random.random() < 0.3 else lexemes(text)
    if len(pieces) > 1:
        one, other = random.randrange(len(pieces)), random.randrange(len(pieces))
        pieces[one], pieces[other] = pieces[other], pieces[one]
    return "".join(pieces)


def spliced(random: Random, text: str, seeds: Seeds) -> str:
    """The start of this file and the end of another, or a stretch of another amid this one."""
    other = seeds.draw(random)
    at, start = _place(random, text), _place(random, other)
    if random.random() < 0.5:
        return text[:at] + other[start:]
    return text[:at] + other[start : start + random.randint(1, 400)] + text[at:]


def grown(random: Random, text: str, seeds: Seeds) -> str:
    """A piece derived from the grammar, where something of its kind may stand or anywhere."""
    pieces = lexemes(text)
    ends = [place for place, piece in enumerate(pieces) if piece in "{}\n" or piece in ("and", "when", "expect")]
    at = random.choice(ends) + 1 if ends and random.random() < 0.8 else random.randint(0, len(pieces))
    return "".join([*pieces[:at], f" {derive(random)}\n", *pieces[at:]])


def odd_signs(random: Random, text: str, seeds: Seeds) -> str:
    """Signs nobody types: unseen, of other directions, halves of pairs, and brackets and quotes alone."""
    for _ in range(random.randint(1, 3)):
        at = _place(random, text)
        text = text[:at] + random.choice(ODD if random.random() < 0.6 else SIGNS) + text[at:]
    return text


def nested(random: Random, text: str, seeds: Seeds) -> str:
    """Brackets within brackets, closed or not."""
    depth, at = random.choice((3, 30, 39, 41, 500, 5_000)), _place(random, text)
    opening, closing = random.choice((("(", ")"), ("{", "}"), ("[", "]"), ("not (", ")"), ('rule a "A" {', "}")))
    return text[:at] + opening * depth + random.choice(("", "register", text[:200])) + closing * depth + text[at:]


def huge(random: Random, text: str, seeds: Seeds) -> str:
    """A number, name or text longer than anybody means."""
    length, at = random.choice((13, 100, 5_000)), _place(random, text)
    return text[:at] + random.choice(("9", "0", "a", "A", "é", "_", "*", '"', ".a", "-1", " ")) * length + text[at:]


def many(random: Random, text: str, seeds: Seeds) -> str:
    """A stretch of the file again and again: what takes the square of the length takes too long here."""
    pieces = lexemes(text)
    at = random.randint(0, len(pieces))
    piece = "".join(pieces[at : at + random.choice((1, 2, 4, 12, 60))]) or " "
    times = min(random.choice((20, 200, 4_000)), LONGEST // len(piece))
    return "".join([*pieces[:at], piece * times, *pieces[at:]])


def other_line_ends(random: Random, text: str, seeds: Seeds) -> str:
    """The line ends of another system, or none."""
    return text.replace("\n", random.choice(("\r\n", "\r", " ", "\n\n", "\t\n", "\u2028", "\x0c")))


def another_of_its_kind(random: Random, text: str, seeds: Seeds) -> str:
    """A number for a number, a text for a text, a name for a name: mostly still a file without syntax errors."""
    pieces = lexemes(text)
    of_kinds = [place for place, piece in enumerate(pieces) if piece[0] in '"#' or piece[0].isalnum()]
    if of_kinds:
        place = random.choice(of_kinds)
        start = pieces[place][0]
        known = pieces if random.random() < 0.5 else random.sample(seeds.words, 200)
        same = [word for word in known if _kind(word[0]) == _kind(start)]
        pieces[place] = random.choice(same or [pieces[place]])
    return "".join(pieces)


def _kind(sign: str) -> str:
    return sign if sign in '"#' else "0" if sign.isdigit() else "A" if sign.isupper() else "a" if sign.isalpha() else ""


def odd_sign_in_text(random: Random, text: str, seeds: Seeds) -> str:
    """A sign nobody types within a text in quotes or a comment, where any may stand."""
    pieces = lexemes(text)
    free = [place for place, piece in enumerate(pieces) if piece[0] in '"#' and len(piece) > 1]
    if free:
        place = random.choice(free)
        at = random.randint(1, len(pieces[place]) - 1)
        pieces[place] = pieces[place][:at] + random.choice(ODD) + pieces[place][at:]
    return "".join(pieces)


_WEIGHTED: dict[_Mutation, int] = {
    flip_bytes: 8,
    cut_off: 6,
    without_piece: 14,
    twice: 10,
    another_word: 30,
    swapped: 8,
    spliced: 8,
    grown: 22,
    odd_signs: 8,
    nested: 1,
    huge: 2,
    many: 1,
    other_line_ends: 2,
}
GENTLE = (another_of_its_kind, another_of_its_kind, another_of_its_kind, odd_sign_in_text, other_line_ends)
"""Changes that leave most files readable, so that what comes behind the parser is reached."""
MUTATIONS = tuple(_WEIGHTED)
_WEIGHTS = tuple(_WEIGHTED.values())
