"""What the first digits settle, against every number: the library's patterns are asked, so nothing may differ."""

from __future__ import annotations

import importlib.util
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from sendlaw.engine.number_classes import NumberClass, class_of, class_of_head
from sendlaw.engine.numbers import NumberError, number_facts

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "compare_numbers.py"


@cache
def drawing() -> ModuleType:
    """The script that draws valid, nearly valid and impossible numbers of all regions."""
    spec = importlib.util.spec_from_file_location("compare_numbers", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_library(e164: str) -> NumberClass | None:
    """What `number_facts` says of one number; None for an impossible one."""
    try:
        facts = number_facts.__wrapped__(e164)
    except NumberError:
        return None
    return NumberClass(facts.country, facts.line, facts.timezones, facts.subdivisions)


def compare(count: int, seed: int) -> Counter[int]:
    """Draws numbers and compares every beginning that settles a class; how many digits were needed, 0 for never."""
    rng, needed = random.Random(seed), Counter[int]()
    for _ in range(count):
        e164 = drawing().draw(rng)
        expected, digits = by_library(e164), e164[1:]
        settled = [(size, found) for size in range(len(digits) + 1) if (found := _head(digits, size)) is not None]
        assert all(found == expected for _, found in settled), (e164, expected, settled)
        needed[settled[0][0] if settled else 0] += 1
    return needed


def _head(digits: str, size: int) -> NumberClass | None:
    return class_of_head(digits[:size], len(digits))


def examples() -> Iterator[str]:
    """Every example number that the library ships."""
    types = [value for name, value in vars(PhoneNumberType).items() if name.isupper()]
    for region in phonenumbers.SUPPORTED_REGIONS:
        for kind in types:
            number = phonenumbers.example_number_for_type(region, kind)
            if number is not None:
                yield phonenumbers.format_number(number, PhoneNumberFormat.E164)


def test_random_numbers_of_all_regions_are_of_the_class_their_beginnings_settle() -> None:
    needed = compare(6_000, seed=4)
    most = sum(count for size, count in needed.items() if 3 <= size <= 9)
    assert most > 0.65 * needed.total(), needed


@pytest.mark.soak
def test_a_million_numbers_are_of_the_class_their_beginnings_settle() -> None:
    for seed in range(100):
        compare(10_000, seed=random.SystemRandom().randrange(2**40) + seed)


def test_a_settled_beginning_holds_for_all_its_numbers() -> None:
    rng = random.Random(11)
    for example in rng.sample(sorted(set(examples())), 400):
        digits = example[1:]
        size = next((size for size in range(3, len(digits)) if _head(digits, size) is not None), None)
        for _ in range(0 if size is None else 25):
            tail = "".join(rng.choice("0123456789") for _ in digits[size:])
            e164 = f"+{digits[:size]}{tail}"
            assert by_library(e164) == _head(digits, size or 0), e164


def test_every_example_number_is_settled_by_its_digits() -> None:
    wrong = [e164 for e164 in examples() if class_of_head(e164[1:], len(e164) - 1) not in (class_of(e164), None)]
    unsettled = [e164 for e164 in examples() if class_of_head(e164[1:], len(e164) - 1) is None]
    assert wrong == [] and len(unsettled) < 20


@pytest.mark.parametrize(
    ("head", "length", "country", "line"),
    [
        ("33612", 11, "FR", "mobile"),
        ("336399", 11, "FR", None),
        ("12125", 11, "US", "fixed_or_mobile"),
        ("8001", 11, None, "toll_free"),
        ("447400", 12, "GB", "mobile"),
    ],
)
def test_a_beginning_that_settles(head: str, length: int, country: str | None, line: str | None) -> None:
    found = class_of_head(head, length)
    assert found is not None and (found.country, found.line) == (country, line)


@pytest.mark.parametrize(
    ("head", "length"),
    [
        ("", 11),
        ("33", 11),
        ("0336", 11),
        ("999", 11),
        ("336399", 5),
        ("336399", 10),  # no French number has nine digits behind its country code but eight
        ("44", 12),
    ],
)
def test_a_beginning_that_does_not(head: str, length: int) -> None:
    assert class_of_head(head, length) is None


def test_numbers_with_a_national_prefix_are_left_to_the_library() -> None:
    assert number_facts("+440747123456").e164 != "+440747123456" or class_of_head("440747", 12) is None
    assert class_of_head("550119612345", 12) is None
