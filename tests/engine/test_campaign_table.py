"""Recipients as a table and one by one: the same outcomes in the same order, whatever the columns are."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from sendlaw import MessageError, Policy
from sendlaw.engine.campaign import Campaign
from sendlaw.engine.outcome import deciding_rule
from sendlaw.engine.verdict import Verdict
from sendlaw.policy.source import Source

from .campaigns import by_itself, draw_campaign
from .random_messages import NUMBERS, random_message
from .test_campaign import EVERY, FR, MESSAGE, NO_NUMBERS, SENT, drawn_policy, one_rule

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
STATUSES = ("opted_in", "existing_customer", "opted_out", "none", "unknown", None)
Cells = dict[str, Any]
Draw = Callable[[random.Random], Any]


def among(*values: Any) -> Draw:
    return lambda rng: rng.choice(values)


def draw_number(rng: random.Random) -> str | None:
    if rng.random() < 0.03:
        return rng.choice(("+336", "33612345678", "+3361234567x", None))
    number = rng.choice(NUMBERS)
    return number if rng.random() < 0.3 else f"{number[:-3]}{rng.randrange(1000):03}"


COLUMNS: dict[str, tuple[Any, Draw]] = {
    "consent": (pl.String, among(*STATUSES)),
    "consent.status": (pl.Categorical, among(*STATUSES)),
    "consent.method": (pl.String, among("written", "online", None)),
    "consent.at": (pl.Datetime("us", "UTC"), among(NOON, NOON.replace(year=2023), NOON.replace(month=5), None)),
    "consent.double": (pl.Boolean, among(True, False, None)),
    "consent.covers": (pl.List(pl.String), among(["night"], [], ["night", "calls"], None)),
    "recipient.timezone": (pl.String, among("Europe/Paris", "America/New_York", None, None)),
    "recipient.subdivision": (pl.String, among("US-FL", "US-TX", None, None)),
    "recipient.language": (pl.String, among("fr", "fr-CA", "de", None)),
    "recipient.age_at_least": (pl.Int64, among(12, 18, 21, None, 200)),
    "registers.US.listed": (pl.Boolean, among(True, False, None)),
    "registers.US.checked": (pl.Date, among(date(2026, 11, 20), date(2025, 1, 1), None)),
    "registers.US-FL.listed": (pl.Boolean, among(True, False, None)),
    "at": (pl.Datetime("ms", "Europe/Paris"), among(NOON, NOON.replace(hour=22), NOON.replace(month=7), None)),
    "history": (
        pl.List(pl.Struct({"at": pl.String, "category": pl.String, "sender": pl.String})),
        among(None, [], [SENT], [SENT] * 3),
    ),
}
WRONG: dict[str, Draw] = {
    "consent": among("opted_in", "optin", "existing_customers", "opted-in", "nope", "unknowm", ""),
    "consent.at": among("2026-01-01T00:00:00Z", "2026-01-01", None),
    "recipient.timezone": among("Europe/Pariss", None),
}


def draw_table(rng: random.Random, rows: int) -> pl.DataFrame:
    """A table of recipients with some of the columns that there may be, in any order."""
    names = rng.sample(sorted(COLUMNS), rng.choice((0, 1, 1, 2, 4)))
    if "consent" in names:
        names = [name for name in names if not name.startswith("consent.")]
    columns = [pl.Series("to", [draw_number(rng) for _ in range(rows)], pl.String)]
    for name in names:
        kind, draw = COLUMNS[name]
        if name in WRONG and rng.random() < 0.2:
            kind, draw = pl.String, WRONG[name]
        columns.append(pl.Series(name, [draw(rng) for _ in range(rows)], kind))
    rng.shuffle(columns)
    return pl.DataFrame(columns)


def message_of(message: Cells, cells: Cells) -> Cells:
    """The whole message to the recipient of one row, put together by hand."""
    whole = {**message, "to": cells["to"]}
    for name in sorted({name.split(".")[0] for name in cells} & {"consent", "recipient", "registers"}):
        whole[name] = {}
    for name, value in cells.items():
        if name in ("history", "at"):
            whole |= {name: value} if name == "history" or value is not None else {}
        elif name == "consent":
            whole["consent"] = {"status": value}
        elif value is not None and name != "to":
            *path, last = name.split(".")
            inside = whole
            for step in path:
                inside = inside.setdefault(step, {})
            inside[last] = value
    return whole


def compare(policy: Policy, seed: int, rows: int, seen: Counter[str]) -> None:
    """Judges drawn tables of one drawn campaign, and every row of them as a message of its own."""
    rng = random.Random(seed)
    message, _ = draw_campaign(rng)
    campaign = policy.campaign(message)
    stated = {**message, "at": campaign.message.at}
    for _ in range(3):
        table = draw_table(rng, rows)
        found = campaign.judge_table(table)
        for cells, one in zip(table.iter_rows(named=True), found.iter_rows(named=True), strict=True):
            expected = by_itself(policy, message_of(stated, cells))
            alone: tuple[Any, ...]
            if isinstance(expected, Verdict):
                alone = (expected.decision, expected.until, deciding_rule(expected), None)
            else:
                alone = (None, None, None, str(MessageError(*expected)))
            seen[expected.decision if isinstance(expected, Verdict) else "malformed"] += 1
            assert tuple(one.values()) == alone, (seed, message, cells)


@pytest.fixture(scope="module", params=["bundled", "every construct", "no numbers"])
def policy(request: pytest.FixtureRequest) -> Policy:
    texts = {"bundled": [], "every construct": [EVERY]}.get(request.param, [NO_NUMBERS])
    sources = [Source("every_construct.policy", text) for text in texts]
    return Policy.from_sources(sources, bundled=request.param == "bundled")


def test_drawn_tables_are_judged_as_their_rows_are(policy: Policy) -> None:
    seen: Counter[str] = Counter()
    for seed in range(14):
        compare(policy, seed, 60, seen)
    assert min(seen["allow"], seen["defer"], seen["deny"], seen["malformed"]) > 10, seen


def test_tables_under_drawn_rules_are_judged_as_their_rows_are() -> None:
    seen: Counter[str] = Counter()
    for seed in range(15):
        compare(drawn_policy(seed), seed, 40, seen)
    assert min(seen["allow"], seen["deny"], seen["malformed"]) > 10, seen


@pytest.mark.soak
def test_many_tables_are_judged_as_their_rows_are(policy: Policy) -> None:
    start = random.SystemRandom().randrange(2**40)
    for seed in range(start, start + 1_200):
        compare(policy, seed, 100, Counter())


def people(campaign: Campaign, count: int, seed: int = 9) -> pl.DataFrame:
    rng = random.Random(seed)
    return pl.DataFrame(
        {"to": [draw_number(rng) for _ in range(count)], "consent": [rng.choice(STATUSES) for _ in range(count)]},
        schema={"to": pl.String, "consent": pl.String},
    )


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Policy.from_sources([Source("every_construct.policy", NO_NUMBERS)], bundled=False).campaign(MESSAGE)


def test_a_table_of_many_parts_is_judged_as_one(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    table = people(campaign, 1_500)
    whole = campaign.judge_table(table)
    monkeypatch.setattr("sendlaw.engine.campaign_table._CHUNK", 64)
    assert campaign.judge_table(table).equals(whole)
    assert campaign.policy.campaign(MESSAGE).judge_table(table).equals(whole)


def test_threads_may_share_a_campaign(campaign: Campaign) -> None:
    tables = [people(campaign, 300, seed) for seed in range(16)]
    expected = [campaign.policy.campaign(MESSAGE).judge_table(table) for table in tables]
    fresh = campaign.policy.campaign(MESSAGE)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(fresh.judge_table, tables))
    assert all(one.equals(other) for one, other in zip(found, expected, strict=True))


def test_every_kind_of_table_gets_the_same_answer_in_kind(campaign: Campaign) -> None:
    table = people(campaign, 200)
    expected = campaign.judge_table(table)
    assert campaign.judge_table(table.lazy()).collect().equals(expected)
    assert campaign.judge_table(table.lazy()).collect_schema() == expected.schema
    arrow = campaign.judge_table(table.to_arrow())
    assert isinstance(arrow, pa.Table)
    assert arrow.to_pylist() == expected.to_dicts()
    assert campaign.judge_table(pa.table(table.to_dict(as_series=False))).to_pylist() == expected.to_dicts()
    assert campaign.judge_table(Capsule(table)).equals(expected)


def layouts(table: pl.DataFrame) -> Iterator[tuple[str, Any]]:
    """The same table as it may lie in memory."""
    rows = table.to_dict(as_series=False)
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        whole = pa.table({name: pa.array(cells).cast(kind) for name, cells in rows.items()})
        yield f"{kind}", whole
        yield f"{kind} in pieces", pa.concat_tables([whole.slice(0, 7), whole.slice(7, 0), whole.slice(7)])
        yield (
            f"{kind} with more around",
            pa.concat_tables([whole, whole]).combine_chunks().slice(len(table), len(table)),
        )
        yield f"{kind} batch", whole.to_batches()[0]
        yield f"{kind} read once", pa.RecordBatchReader.from_batches(whole.schema, whole.to_batches())
    yield "pieces", pl.concat([table[:9], table[9:9], table[9:100], table[100:]], rechunk=False)
    yield "many pieces", pl.concat([table[row] for row in range(table.height)], rechunk=False)
    yield (
        "pieces of their own",
        table.select("to").with_columns(pl.concat([table["consent"][:50], table["consent"][50:]], rechunk=False)),
    )
    yield "with more around", pl.concat([table, table]).slice(table.height, table.height)
    yield "without order", pl.concat([table, table])[table.height :][::-1][::-1]
    for name in ("to", "consent"):
        yield f"categories of {name}", table.with_columns(pl.col(name).cast(pl.Categorical))
        yield (
            f"an enum of {name}",
            table.with_columns(table[name].cast(pl.Enum(table[name].drop_nulls().unique(maintain_order=True)))),
        )


def test_a_table_is_judged_alike_however_it_lies_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.campaign_table._CHUNK", 64)
    later = 'basis law cite made } rule later "Later" { when consent is opted_in only 14:00-20:00'
    campaign = one_rule(f"when consent is opted_out deny {later}").campaign(MESSAGE)
    rng = random.Random(4)
    wrong = among("optin", "existing_customeR", "nonE", "")
    cells = [
        (
            f"+336{rng.randrange(10**8):08}" if rng.random() < 0.4 else draw_number(rng),
            wrong(rng) if rng.random() < 0.03 else rng.choice(STATUSES),
        )
        for _ in range(300)
    ]
    table = pl.DataFrame(cells, {"to": pl.String, "consent": pl.String}, orient="row")
    expected = [campaign_row(campaign, cells) for cells in table.iter_rows(named=True)]
    assert {decision for decision, *_ in expected} == {"allow", "defer", "deny", None}
    for name, other in layouts(table):
        found = campaign.policy.campaign(MESSAGE).judge_table(other)
        rows = found.rows() if isinstance(found, pl.DataFrame) else [tuple(row.values()) for row in found.to_pylist()]
        assert rows == expected, name
        assert isinstance(found, pl.DataFrame if isinstance(other, pl.DataFrame) else pa.Table), name


def campaign_row(campaign: Campaign, cells: Cells) -> tuple[Any, ...]:
    try:
        found = campaign.judge_row(cells)
    except MessageError as error:
        return None, None, None, str(error)
    return found.decision, found.until, found.rule, None


def test_an_answer_has_the_same_columns_with_errors_and_without(campaign: Campaign) -> None:
    well, ill = pl.DataFrame({"to": [FR, FR]}), pl.DataFrame({"to": [FR, "+33"]})
    for kind in (pl.DataFrame, pl.DataFrame.to_arrow):
        without, with_errors = campaign.judge_table(kind(well)), campaign.judge_table(kind(ill))
        assert without.schema == with_errors.schema
        assert len(without) == len(with_errors) == 2
    assert campaign.judge_table(well)["error"].to_list() == [None, None]
    assert campaign.judge_table(well.to_arrow())["error"].to_pylist() == [None, None]


def test_parts_with_errors_and_without_make_one_answer(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendlaw.engine.campaign_table._CHUNK", 2)
    monkeypatch.setattr("sendlaw.engine.campaign_table._MOST_PARTS", 1)
    found = campaign.judge_table(pl.DataFrame({"to": [FR, FR, FR, "+33", FR, FR]}))
    assert found["error"].is_not_null().to_list() == [False] * 3 + [True] + [False] * 2
    assert found["decision"].is_null().to_list() == found["error"].is_not_null().to_list()


class Capsule:
    """Any other library's table."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def test_an_empty_table_gets_an_empty_answer(campaign: Campaign) -> None:
    found = campaign.judge_table(people(campaign, 0))
    assert found.height == 0 and found.columns == ["decision", "until", "rule", "error"]


def test_structs_do_as_well_as_columns_of_their_parts(campaign: Campaign) -> None:
    table = pl.DataFrame(
        {
            "to": [FR, FR, FR],
            "consent": [{"status": "opted_in", "method": "written"}, {"status": "none", "method": None}, None],
            "recipient": [{"language": "fr", "age_at_least": 18}, None, None],
            "registers": [{"FR": {"listed": True}}, {"FR": None}, None],
        }
    )
    rows: list[Cells] = [
        {"consent": {"status": "opted_in", "method": "written"}, "registers": {"FR": {"listed": True}}},
        {"consent": {"status": "none"}, "registers": {}},
        {"consent": None, "registers": {}},
    ]
    rows[0]["recipient"] = {"language": "fr", "age_at_least": 18}
    expected = [campaign.judge_row({"to": FR, **row}) for row in rows]
    found = campaign.judge_table(table)
    assert found["decision"].to_list() == [one.decision for one in expected]
    assert found["rule"].to_list() == [one.rule for one in expected]


@pytest.mark.parametrize(
    ("columns", "field", "reason"),
    [
        (["consent"], "to", "the table has no column of this name"),
        (["to", "consent.stauts"], "consent.stauts", "did you mean `consent.status`?"),
        (["to", "name"], "name", "is no column of recipients"),
        (["to", "registers.FR"], "registers.FR", "is no column of recipients"),
        (["to", "consent", "consent.at"], "consent", "stands in a column of its own and in consent.at"),
    ],
)
def test_columns_that_do_not_belong_are_refused(
    campaign: Campaign, columns: list[str], field: str, reason: str
) -> None:
    table = pl.DataFrame({name: [FR] for name in columns})
    for kind in (table, table.lazy(), table.to_arrow()):
        with pytest.raises(MessageError) as caught:
            campaign.judge_table(kind)
        assert caught.value.field == field and reason in caught.value.reason


@pytest.mark.parametrize("table", [None, [FR], {"to": [FR]}, "people.csv"])
def test_what_is_no_table_is_refused(campaign: Campaign, table: Any) -> None:
    with pytest.raises(TypeError, match="a table is a polars frame or an Arrow table, not"):
        campaign.judge_table(table)


@pytest.mark.parametrize("library", ["polars", "nanoarrow", "numpy"])
def test_without_the_extra_tables_say_what_to_install(library: str) -> None:
    program = f"""
import sys
sys.modules["{library}"] = None
from sendlaw.engine.campaign_doors import judge_table
try:
    judge_table(None, None)
except ImportError as error:
    print(error, "wanting:", error.name)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "install `sendlaw[tables]`" in told and told.endswith(f"wanting: {library}\n")


def test_a_column_that_no_rule_asks_for_makes_no_groups() -> None:
    campaign = one_rule("require consent is opted_in").campaign(MESSAGE)
    days = [datetime(2026, 1, 1 + day % 28, day % 24, tzinfo=UTC) for day in range(600)]
    table = pl.DataFrame({"to": [FR] * 600, "consent.status": ["opted_in"] * 600, "consent.at": days})
    assert campaign.judge_table(table)["decision"].to_list() == ["allow"] * 600
    assert campaign.columns is not None and len(campaign.columns._outcomes) == 1


def test_a_time_beyond_what_messages_may_have_is_an_error_though_no_rule_asks_for_it() -> None:
    campaign = one_rule("require consent is opted_in").campaign(MESSAGE)
    days = [NOON, NOON.replace(year=1960), None]
    table = pl.DataFrame({"to": [FR] * 3, "consent.status": ["opted_in"] * 3, "consent.at": days})
    found = campaign.judge_table(table)
    assert found["decision"].to_list() == ["allow", None, "allow"]
    assert "consent.at: the year 1960 lies outside" in found["error"][1]


def test_what_one_table_leaves_out_is_not_taken_from_another() -> None:
    campaign = one_rule("require register is no and consent is opted_in").campaign(
        MESSAGE | {"registers": {"FR": {"listed": False}}, "consent": {"status": "opted_in"}}
    )
    plain, stated = pl.DataFrame({"to": [FR]}), pl.DataFrame({"to": [FR], "registers.DE.listed": [True]})
    no_status = pl.DataFrame({"to": [FR], "consent.double": [True]})
    found = [campaign.judge_table(table)["decision"][0] for table in (plain, stated, no_status, plain)]
    assert found == ["allow", "deny", "deny", "allow"]


def test_random_messages_hold_only_fields_that_this_test_knows() -> None:
    names = set(random_message(random.Random(1))) | {"to"}
    assert {name.split(".")[0] for name in COLUMNS} <= names | {"history", "at", "recipient", "registers", "consent"}
