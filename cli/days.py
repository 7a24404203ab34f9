"""Days on the command line, written as in rule files."""

from __future__ import annotations

import re
from datetime import date

import click

from ..policy.render import visible
from ..policy.syntax_values import date_meant


class Day(click.ParamType[date]):
    """A day of the calendar: year-month-day."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails with what is wrong and how days are written, the one that is meant if that is plain."""
        if isinstance(value, date):
            return value
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            meant = date_meant(value, 0)
            told = meant.help if meant else "write year, month and day, as in `2026-03-01`"
            self.fail(f"`{visible(value)}` is no date: {told}", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"the calendar has no day {value}", param, ctx)
