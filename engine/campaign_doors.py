"""Tables of every kind into a campaign and out of it again: polars, pyarrow, and all that speak Arrow's C interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import polars as pl

    from .campaign import Campaign

_WANTING = "tables of recipients need polars, NumPy and nanoarrow: install `sendlaw[tables]`"


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
        from .campaign_sheet import ArrowSheet, FrameSheet
        from .campaign_table import CampaignTable
    except ImportError as error:
        raise ImportError(_WANTING, name=error.name) from None
    judge = campaign.columns = campaign.columns or CampaignTable(campaign)
    if isinstance(table, pl.LazyFrame):
        check_columns(table.collect_schema().names())
        return table.map_batches(
            lambda frame: _with_errors(judge.judge(FrameSheet(frame))), schema=judge.schema, streamable=True
        )
    if isinstance(table, pl.DataFrame):
        return _with_errors(judge.judge(FrameSheet(table)))
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"a table is a polars frame or an Arrow table, not {type(table).__name__}")
    if type(table).__module__.partition(".")[0] != "pyarrow":
        return _with_errors(judge.judge(FrameSheet(pl.DataFrame(table))))
    import pyarrow

    return _in_arrow(judge.judge(ArrowSheet(pyarrow.table(table))))


def _with_errors(found: pl.DataFrame) -> pl.DataFrame:
    """An answer with its column `error`, which costs nothing where it is empty."""
    import polars as pl

    return found if "error" in found.columns else found.with_columns(pl.lit(None, pl.String).alias("error"))


def _in_arrow(found: pl.DataFrame) -> Any:
    """An answer as a pyarrow table."""
    import pyarrow

    if "error" in found.columns:
        return found.to_arrow()
    return found.to_arrow().append_column("error", pyarrow.nulls(found.height, pyarrow.large_string()))
