"""What `sendlaw lint --cost` and `--facts` print: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import groupby

from rich.cells import cell_len

from ..policy import model as m
from ..policy.cost import Cost, costliest, costs
from ..policy.needs import Need, needs
from .common import number_of

_COUNTS = ("rules", "per_subject", "comparisons", "words", "patterns", "tables", "windows", "limits")
_FEW = 3


def cost_text(rule_set: m.RuleSet) -> str:
    """The costliest category of each country as a table, and what the numbers bound."""
    found = costliest(costs(rule_set))
    heads = ["country", "category", *(name.replace("_", " ") for name in _COUNTS), "operations", "passes"]
    rows = [_cost_row(cost) for cost in found]
    most, passes = max(cost.operations for cost in found), max(cost.passes for cost in found)
    said = (
        f"At most {most} operations, {passes} passes over the text and one over the history for each limit: "
        "linear in both.\nThe costliest category of each country is shown; `--format json` gives all. "
        "Rules per subject run once for each."
    )
    return f"{_aligned([heads, *rows])}\n\n{said}"


def cost_json(rule_set: m.RuleSet) -> str:
    """The cost of every country and category, as a JSON list."""
    return json.dumps([cost.as_json() for cost in costs(rule_set)], indent=2)


def facts_text(rule_set: m.RuleSet) -> str:
    """The fields that each country and category needs, and the rules that refuse without them."""
    rows = [["country", "category", "field", "refused without it by"]]
    for _, same in groupby(needs(rule_set), key=lambda need: (need.country, need.category)):
        needed = [need for need in same if need.refused_by]
        rows += [[need.country, need.category, need.field, _rules(need)] for need in needed]
    said = (
        f"{number_of(len(rows) - 1, 'need')}; fields that only warn or excuse are left out, `--format json` gives all."
    )
    return f"{_aligned(rows)}\n\n{said}"


def facts_json(rule_set: m.RuleSet) -> str:
    """Every field that some rule asks for, by country and category, as a JSON list."""
    return json.dumps([need.as_json() for need in needs(rule_set)], indent=2)


TABLES: dict[str, dict[str, Callable[[m.RuleSet], str]]] = {
    "cost": {"text": cost_text, "json": cost_json},
    "facts": {"text": facts_text, "json": facts_json},
}
"""The tables by name, then by format."""


def _cost_row(cost: Cost) -> list[str]:
    counts = (getattr(cost, name) for name in _COUNTS)
    return [cost.country, cost.category, *map(str, counts), str(cost.operations), str(cost.passes)]


def _rules(need: Need) -> str:
    more = len(need.refused_by) - _FEW
    return ", ".join(need.refused_by[:_FEW]) + (f" and {more} more" if more > 0 else "")


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side: numbers to the right, all else to the left."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _padded(cell: str, width: int) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if cell.isdigit() else cell + blanks
