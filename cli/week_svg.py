"""A week as a picture: a row a day, a stretch for each time that is open, open with a warning or closed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Holiday")
_LEFT, _TOP, _ROW, _BAR = 70, 24, 22, 16
_HOUR = 25
"""Widths and heights in units of the picture, which scales with the page."""
_WIDTH = _LEFT + 24 * _HOUR + 15


def week_svg(days: list[list[dict[str, Any]]], title: str) -> str:
    """Rows from Monday on, a holiday last; each day's pieces are minutes `from` and `to` with a `state`."""
    height = _TOP + len(days) * _ROW + 6
    rows = "\n".join(line for row, pieces in enumerate(days) for line in _day(row, pieces))
    return f"""<svg viewBox="0 0 {_WIDTH} {height}" role="img" class="week">
<title>{escape(title)}</title>
{chr(10).join(_scale(height))}
{rows}
</svg>"""


def _scale(height: int) -> Iterator[str]:
    for hour in range(0, 25, 3):
        x = _LEFT + hour * _HOUR
        yield f'<text x="{x}" y="14" class="hour">{hour:02}</text>'
        yield f'<line x1="{x}" y1="{_TOP - 4}" x2="{x}" y2="{height - 6}" class="grid"/>'


def _day(row: int, pieces: list[dict[str, Any]]) -> Iterator[str]:
    y = _TOP + row * _ROW
    yield f'<text x="{_LEFT - 8}" y="{y + 13}" class="day">{_DAYS[row]}</text>'
    for piece in pieces:
        x, width = _LEFT + piece["from"] * _HOUR / 60, (piece["to"] - piece["from"]) * _HOUR / 60
        told = f"{_DAYS[row]} {_clock(piece['from'])}–{_clock(piece['to'])} {piece['state']}"
        yield (
            f'<rect x="{x:g}" y="{y}" width="{width:g}" height="{_BAR}" class="{piece["state"]}">'
            f"<title>{escape(told)}</title></rect>"
        )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
