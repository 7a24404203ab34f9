"""One line of the table: what was measured, what it should be, what it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`met` is None for a line that tells more about another and has no target of its own."""

    what: str
    target: str
    measured: str
    met: bool | None

    @property
    def verdict(self) -> str:
        """Met, not met, or nothing to meet."""
        return "" if self.met is None else "met" if self.met else "**not met**"


def at_most(what: str, limit: float, value: float, unit: str, more: str = "") -> Row:
    """A line whose value must not exceed a limit."""
    return Row(what, f"≤ {limit:g}{unit}", f"{value:.2f}{unit}{more}", value <= limit)


def at_least(what: str, limit: float, value: float, unit: str, more: str = "") -> Row:
    """A line whose value must reach a limit."""
    return Row(what, f"≥ {limit:,}{unit}", f"{value:,.0f}{unit}{more}", value >= limit)


def beside(what: str, measured: str) -> Row:
    """A line without a target."""
    return Row(what, "", measured, None)
