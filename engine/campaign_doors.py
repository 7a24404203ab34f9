"""Tables of every kind into a campaign and out of it again: polars, pyarrow, and all that speak Arrow's C interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import polars as pl

    from .campaign import Campaign

_WANTING = "tables of recipients need polars and NumPy: install `sendlaw[tables]`"


class ArrowTable(Protocol):
    """A table that gives itself out by Arrow's C stream interface: pyarrow, pandas, DuckDB and others."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as a capsule."""


if TYPE_CHECKING:
    Table = pl.DataFrame | pl.LazyFrame | ArrowTable


def judge_table(campaign: Campaign, table: Table) -> Any:
    """What `Campaign.judge_table` says."""
    try:
        import polars as pl

        from .campaign_columns import check_columns
        from .campaign_table import CampaignTable
    except ImportError as error:
        raise ImportError(_WANTING, name=error.name) from None
    judge = campaign.columns = campaign.columns or CampaignTable(campaign)
    if isinstance(table, pl.LazyFrame):
        check_columns(table.collect_schema().names())
        return table.map_batches(judge.judge, schema=judge.schema, streamable=True)
    if isinstance(table, pl.DataFrame):
        return judge.judge(table)
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"a table is a polars frame or an Arrow table, not {type(table).__name__}")
    found = judge.judge(pl.DataFrame(table))
    return found.to_arrow() if type(table).__module__.partition(".")[0] == "pyarrow" else found
