"""The lines of the table that are about one campaign to many recipients: row by row, and over columns."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from time import perf_counter

import polars as pl
from sendlaw import Policy
from sendlaw.engine.campaign import Campaign

from benchmarks.generated import country_rules
from benchmarks.messages import fresh_number, regions
from benchmarks.ratios import generated
from benchmarks.rows import Row, at_least, beside

MILLION = 1_000_000
COUNTRIES = 200
ROUNDS = 7
STATUSES = ("opted_in", "existing_customer", "none")
MESSAGE = {
    "sender": "ACME",
    "category": "promotional",
    "body": "ACME: new shoes have come in for the winter. STOP to 36179",
    "at": "2026-11-24T12:00:00+00:00",
    "brand": {"name": "ACME", "country": "FR", "stop": "36179"},
    "history": [],
}


def recipients(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """As many recipients, mobile numbers of all countries, each with the status of a consent."""
    rng = random.Random(seed)
    heads = {region: [fresh_number(rng, region)[:-4] for _ in range(8)] for region in regions()[:COUNTRIES]}
    places = list(heads)
    return [
        (f"{rng.choice(heads[rng.choice(places)])}{rng.randrange(10_000):04}", rng.choice(STATUSES))
        for _ in range(count)
    ]


def campaigns() -> Iterator[Row]:
    """One campaign to a million recipients, under rules for 200 countries."""
    policy = generated(country_rules(regions()[:COUNTRIES]))
    people = recipients(MILLION)
    list(policy.campaign(MESSAGE).judge_many(people))  # plans and beginnings of numbers are made when first needed
    yield from _rows(policy, people)
    yield from _columns(policy, people)


def _rows(policy: Policy, people: list[tuple[str, str]]) -> Iterator[Row]:
    new = _best(lambda: _each(policy.campaign(MESSAGE), people))
    what = f"one campaign, {MILLION:,} recipients, {COUNTRIES} countries, row by row"
    yield at_least(f"{what} (`judge_many`), a new campaign each time", 3_000_000, MILLION / new, " rows/s")
    campaign = policy.campaign(MESSAGE)
    again = _best(lambda: _each(campaign, people))
    yield beside("– the same, a campaign that has judged before", f"{MILLION / again:,.0f} rows/s")
    single = _best(lambda: _one_by_one(campaign, people))
    yield beside("– the same, a call of `judge` for each", f"{MILLION / single:,.0f} rows/s")


def _columns(policy: Policy, people: list[tuple[str, str]]) -> Iterator[Row]:
    table = pl.DataFrame(people, schema={"to": pl.String, "consent.status": pl.String}, orient="row")
    campaign = policy.campaign(MESSAGE)
    _compare(campaign, table, people)
    again = _best(lambda: campaign.judge_table(table))
    cores = f" ({pl.thread_pool_size()} threads)"
    yield at_least("the same over columns (`judge_table`, polars)", 30_000_000, MILLION / again, " rows/s", cores)
    new = _best(lambda: policy.campaign(MESSAGE).judge_table(table))
    yield beside("– the same, a new campaign each time, which first judges each class of recipients", _speed(new))
    arrow = table.to_arrow()
    taken = _best(lambda: campaign.judge_table(arrow))
    yield beside("– the same, pyarrow tables", _speed(taken))


def _compare(campaign: Campaign, table: pl.DataFrame, people: list[tuple[str, str]]) -> None:
    """That both ways say the same of all, before either is measured."""
    found = campaign.judge_table(table).select("decision", "until", "rule").rows()
    for row, outcome in zip(found, campaign.judge_many(people), strict=True):
        if row != (outcome.decision, outcome.until, outcome.rule):
            raise AssertionError(f"a table says {row}, the row alone {outcome}")


def _each(campaign: Campaign, people: list[tuple[str, str]]) -> None:
    for _ in campaign.judge_many(people):
        pass


def _one_by_one(campaign: Campaign, people: list[tuple[str, str]]) -> None:
    judge = campaign.judge
    for to, consent in people:
        judge(to, consent)


def _speed(seconds: float) -> str:
    return f"{MILLION / seconds:,.0f} rows/s"


def _best(act: Callable[[], object]) -> float:
    """The seconds of the quickest of several rounds: other work on the machine only ever adds."""
    return min(_seconds(act) for _ in range(ROUNDS))


def _seconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start
