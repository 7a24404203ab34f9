"""Every listed word is found again when it is disguised, and a disguise is never seen where there is none."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from sendlaw.engine.letters import KEPT, PLAIN, SKELETON, Table, canonical, word_spans
from sendlaw.engine.words import WordIndex

# Words alone, which lists of other people may hold: the bundled ones are mostly phrases.
WORDS = (
    *("casino", "poker", "betting", "roulette", "jackpot", "viagra", "bitcoin", "whisky", "vodka", "cigarettes"),
    *("cannabis", "loans", "payday", "credit", "escort", "porn", "glücksspiel", "loterie", "apuestas"),
    *("казино", "кредит", "водка", "στοίχημα", "καζίνο"),
)
LEET = {"o": "0", "i": "1!", "l": "1", "e": "3", "a": "4@", "s": "5$", "t": "7"}
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\ufe0f"
FORMS_PER_WORD = 20

LOOK_ALIKES: dict[str, str] = json.loads((files("sendlaw.engine.data") / "confusables.json").read_text("utf-8"))[
    "letters"
]


def _zero_width(word: str, rng: random.Random) -> str:
    return word[0] + "".join(rng.choice(ZERO_WIDTH) * rng.randint(0, 2) + char for char in word[1:])


def _look_alikes(word: str, rng: random.Random) -> str:
    """At least one letter replaced by one that looks like it."""
    sure = rng.choice([index for index, char in enumerate(word) if char in LOOK_ALIKES or not char.isascii()])
    swapped = (
        _look_alike(char, rng) if index == sure or rng.random() < 0.4 else char for index, char in enumerate(word)
    )
    return "".join(swapped)


def _look_alike(char: str, rng: random.Random) -> str:
    choices = LOOK_ALIKES.get(char, "") + "".join(key for key, chars in LOOK_ALIKES.items() if char in chars)
    return rng.choice(choices) if choices else char


def _spaced(word: str, rng: random.Random) -> str:
    return rng.choice([" ", ".", "-", "_", "*", " - ", "\u00a0"]).join(word)


def _leet(word: str, rng: random.Random) -> str:
    """One letter for certain and others by chance, but never so many that no word is left."""
    places = [index for index, char in enumerate(word) if char in LEET]
    rng.shuffle(places)
    letters = list(word)
    for index in places[: rng.randint(1, max(1, len(word) // 2))]:
        letters[index] = rng.choice(LEET[word[index]])
    return "".join(letters).rstrip("!")


def _mixed_case(word: str, rng: random.Random) -> str:
    return "".join(rng.choice((char, char.upper())) for char in word)


def _full_width(word: str, rng: random.Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isascii() and rng.random() < 0.9 else char for char in word)


def _bold(word: str, rng: random.Random) -> str:
    start = rng.choice((0x1D41A, 0x1D44E + 26, 0x1D4D0 + 26, 0x1D5BA))
    return "".join(chr(start + ord(char) - ord("a")) if "a" <= char <= "z" else char for char in word)


Disguise = Callable[[str, random.Random], str]
DISGUISES: tuple[Disguise, ...] = (
    _zero_width,
    _look_alikes,
    _spaced,
    _leet,
    _mixed_case,
    _full_width,
    _bold,
)


def _fits(disguise: Disguise, word: str) -> bool:
    return disguise is not _leet or (word.isascii() and bool(set(word) & set(LEET)))


def _disguised(word: str, rng: random.Random) -> str:
    disguise = rng.choice([disguise for disguise in DISGUISES if _fits(disguise, word)])
    return disguise(word, rng)


@pytest.mark.parametrize("seed", range(5))
def test_99_of_100_disguised_words_are_found(seed: int) -> None:
    rng = random.Random(seed)
    missed, tried = [], 0
    for word in WORDS:
        index = WordIndex({"k": {"en": [word]}})
        for form in (_disguised(word, rng) for _ in range(FORMS_PER_WORD)):
            tried += 1
            if not index.scan(f"Hello Anna, try our {form} today, only this week"):
                missed.append(f"{word}: {form}")
    assert len(missed) <= tried // 100, missed


def _measured(repository: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(repository / "tools" / "measure_words.py"), "disguises", *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8")


def test_every_listed_phrase_is_found_disguised(repository: Path) -> None:
    """The tool exits 1 where a list of the bundled rules finds fewer than 99 of 100 disguised forms."""
    measured = _measured(repository, "--forms", "20", "--seed", "1")
    assert measured.returncode == 0, measured.stdout + measured.stderr
    assert "all lists: " in measured.stdout


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
def test_every_listed_phrase_is_found_in_many_disguises(repository: Path, seed: int) -> None:
    measured = _measured(repository, "--forms", "40", "--seed", str(seed))
    assert measured.returncode == 0, measured.stdout + measured.stderr


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("sex chat", "s-e-x-c-h-a-t tonight"),
        ("bet* now", "b.e.t.s.n.o.w"),
        ("bet* now", "b e t s   n o w"),
        ("botella* de vino", "b_o_t_e_l_l_a_s_d_e_v_i_n_o"),
        ("casino*", "win a c a s i n o s bonus"),
        ("jeux d'argent", "j-e-u-x- -d-'-a-r-g-e-n-t"),
        ("casino", "c\u200b a\u200b s\u200b i\u200b n\u200b o"),
        ("casino", "c\u0336-a\u0336-s\u0336-i\u0336-n\u0336-o\u0336"),
        ("casino", "🅲 🅰 🆂 🅸 🅽 🅾"),
        ("casino", "c4\u200bs\u00ad1n0!"),
        ("casino", "cäsínô"),
        ("casino", "c\u0304a\u0304s\u0304i\u0304n\u0304o\u0304"),
        ("porno", "p\u0301ór\u0308nö"),
        ("sextoy*", "sextoƴs"),
        ("porno", "p\u1c82rno"),
        ("e-cig*", "3-c1g"),
        ("sex", "s.e.x"),
        ("sex", "s3x"),
    ],
)
def test_mixtures_are_undone(phrase: str, text: str) -> None:
    found = WordIndex({"k": {"en": [phrase]}}).scan(f"Hello, {text} today")
    assert "k" in found
    assert found["k"].text.rstrip("!") in text


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ass", "a s s e t"),
        ("cialis", "s p e c i a l i s t"),
        ("sex", "s e x"),
        ("sim", "S.i'm watching it live"),
        ("sos", "5.0.5 or 505 505"),
        ("lst", "the 1st of May"),
        ("sis", "meet at S15, level 3"),
        ("iam", "open until 1am"),
        ("bet now", "be7a now, bet nowhere, b.e.t a.n.o.w"),
        ("bet* now", "b e t t e r   n o n e   w o w"),
        ("botella* de vino", "b_o_t_e_l_l_a_s_d_e_v_i_n"),
        ("sale", "Ref 5A1E7, pin 54133, code SA1E4X"),
        ("loan", "€10.40 a night, room 10A, flight LO4421"),
        ("gun", "G 4 U N T"),
        ("gun*", "günstig"),
        ("bill", "B1 1LL, London"),
        ("sola", "50 LA, tel. 501 4 501 4"),
        ("도박", "도 박"),
    ],
)
def test_codes_prices_and_single_letters_hide_no_word(phrase: str, text: str) -> None:
    assert WordIndex({"k": {"en": [phrase]}}).scan(text) == {}


ORDINARY = (
    "Call 08712405022 b4 5pm 2nite 4 ur 2nd free msg, T&Cs apply, 18yrs+ only £1.50pm",
    "Txt WIN2 to 87121 by 31/12! Ref A4B5C6, pin 1337, W1J6HL",
    "I'll b @ the cinema @7, u2? gr8 c u l8r :-) I<3U",
    "Ваш заказ №4521 готов. Ждём вас по адресу: ул. Мира, 5а, офис А3",
    "Το δέμα σας έφτασε. Κωδικός: Α1Β2. ΕΛΤΑ courier",
    "Twój kod to 4829. Łódź, ul. Żółta 3a. Miłego dnia!",
    "Sık sorulan sorular: ığdır, günlük 3x100 TL",
    "Your code is G-123456. S1M0N and L33 are team names",
    "Flight BA2490 dep. 10h30 gate A10. Seat 21F. Model i7, MP3, H2O, CO2, 4G, 5G, B2B",
    "a b c d e f: the alphabet. P.S. R.S.V.P. U.S.A. 1 2 3 4 5",
    "您的验证码是123456，请勿泄露。",
    "Ihr Paket kommt um 14 Uhr. Grüße, Ihr Team. Straße 5b",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_hold_no_disguised_word(text: str) -> None:
    index = WordIndex({word: {"en": [word]} for word in (*WORDS, "sex", "bet*", "gun", "rum", "weed", "slots")})
    assert index.scan(text) == {}


@pytest.mark.parametrize("table", [PLAIN, KEPT, SKELETON], ids=["plain", "kept", "skeleton"])
@pytest.mark.parametrize(
    "text",
    [
        *ORDINARY,
        "",
        " ",
        "naïve ﬁancée … ① ｶﾞﾗｽ e\u0301\u0323 ¨ ´",
        "\u1100\u1161\u11a8 한국 각",
        "قِمَار إلغاء",
        "ไปคาสิโนกัน",
        "c\u0336a\u0336",
        "কো",
    ],
)
def test_every_word_of_a_form_has_its_place_in_the_text(table: Table, text: str) -> None:
    words = canonical(text, table).split()
    spans = word_spans(text, table)
    assert [canonical(text[start:end], table).strip() for start, end in spans] == words


def test_forms_do_not_depend_on_how_a_text_is_composed() -> None:
    for text in ORDINARY:
        decomposed = unicodedata.normalize("NFD", text)
        assert canonical(decomposed, PLAIN) == canonical(text, PLAIN)
        assert canonical(decomposed, KEPT) == canonical(text, KEPT)
