"""The lines of the table that are ratios, each of two things measured turn and turn about in one process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sendlaw import Message, Policy
from sendlaw.engine.numbers import number_facts
from sendlaw.policy.source import Source

from benchmarks.generated import country_rules, with_words, words
from benchmarks.handwritten import judge
from benchmarks.measure import Comparison, Side, compare
from benchmarks.messages import FIVE, Maker, regions
from benchmarks.rows import Row, at_most, beside

FIVE_COUNTRIES = Path(__file__).parent / "rules" / "five_countries.policy"
SIZE = 2_000
"""Messages in each round."""


def five_countries() -> Policy:
    """Eight rules for each of five countries, and nothing else."""
    return Policy.load(FIVE_COUNTRIES, bundled=False)


def generated(text: str) -> Policy:
    """The policy of one generated rule file."""
    return Policy.from_sources([Source("generated.policy", text)], bundled=False)


def ready(maker: Maker, size: int = SIZE) -> Callable[[], list[Message]]:
    """New messages for each round, already validated."""
    return lambda: [Message(**data) for data in maker.batch(size)]


def plain(maker: Maker) -> Callable[[], Sequence[Any]]:
    """New messages for each round, as plain dicts."""
    return partial(maker.batch, SIZE)


def against_handwritten() -> Iterator[Row]:
    """Five countries and the bundled rules, each against hand-written Python."""
    five, world = five_countries(), Policy.load()
    mixed, well, ill = Maker(), Maker(faulty=0), Maker(faulty=100)
    hand = Side(ready(mixed), judge)
    found = compare(Side(ready(mixed), five.evaluate), hand)
    yield at_most(
        "8 rules for each of 5 countries, ready `Message` → verdict, against hand-written",
        1.5,
        found.ratio,
        "×",
        _times(found),
    )
    for name, maker in (("nothing to object", well), ("something to object in every message", ill)):
        other = compare(Side(ready(maker), five.evaluate), Side(ready(maker), judge), rounds=9)
        yield beside(f"– the same, {name}", f"{other.ratio:.2f}×{_times(other)}")
    found = compare(Side(plain(mixed), five.evaluate), hand)
    yield at_most("– the same from a plain dict, validation included", 3.5, found.ratio, "×", _times(found))
    found = compare(Side(ready(mixed), world.evaluate), hand)
    yield at_most("all bundled rules, ready `Message` → verdict, against the same", 4, found.ratio, "×", _times(found))


def by_countries() -> Iterator[Row]:
    """Two hundred countries against five."""
    many = regions()[:200]
    two_hundred = Side(ready(Maker(many, pool=5)), generated(country_rules(many)).evaluate)
    five = Side(ready(Maker(FIVE, pool=200)), generated(country_rules(FIVE)).evaluate)
    found = compare(two_hundred, five)
    yield at_most("200 countries against 5, eight rules each", 1.25, found.ratio, "×", _times(found))


def by_words() -> Iterator[Row]:
    """A hundred thousand words in lists against a hundred."""
    prepare = _with_listed(Maker(), words(100))
    many, few = (Side(prepare, generated(with_words(FIVE, count)).evaluate) for count in (100_000, 100))
    found = compare(many, few)
    yield at_most("100,000 words in lists against 100", 4, found.ratio, "×", _times(found))


def _with_listed(maker: Maker, listed: Sequence[str]) -> Callable[[], list[Message]]:
    """New messages; every twentieth holds a word of the shorter lists, which are part of the longer ones."""

    def prepare() -> list[Message]:
        batch = maker.batch(SIZE)
        for number, data in enumerate(batch[::20]):
            data["body"] += f" {listed[number % len(listed)]}"
        return [Message(**data) for data in batch]

    return prepare


def by_numbers() -> Iterator[Row]:
    """Numbers of all regions against numbers of five, under rules for all of them."""
    everywhere = regions()
    policy = generated(country_rules(everywhere))
    share = max(2, SIZE // len(everywhere))
    all_maker, five_maker = Maker(everywhere, pool=share), Maker(FIVE, pool=SIZE // 5)
    fresh = compare(Side(_forgotten(all_maker), policy.evaluate), Side(_forgotten(five_maker), policy.evaluate))
    yield at_most(
        f"numbers of {len(everywhere)} regions against numbers of 5, none asked about before",
        1.3,
        fresh.ratio,
        "×",
        _times(fresh),
    )
    known = compare(Side(ready(all_maker), policy.evaluate), Side(ready(five_maker), policy.evaluate), rounds=9)
    yield beside("– the same, numbers asked about before", f"{known.ratio:.2f}×{_times(known)}")


def _forgotten(maker: Maker) -> Callable[[], list[Message]]:
    """New messages, and everything remembered of single numbers dropped."""

    def prepare() -> list[Message]:
        messages = ready(maker)()
        number_facts.cache_clear()
        return messages

    return prepare


def _times(found: Comparison) -> str:
    return f" ({found.first:.1f} µs against {found.second:.1f})"
