"""`sendlaw show`: a place, a rule, a policy or a source."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from sendlaw.cli.show import fitted
from sendlaw.cli.show_place import week_picture
from sendlaw.policy.model import Hours, Window

from .support import SHOP, SHOP_ALONE, assert_golden, run

WEEK = frozenset(range(7))


def test_a_country() -> None:
    result = run("show", "FR", *SHOP_ALONE, "--on", "2026-11-24")
    assert result.exit_code == 0
    assert_golden("show_FR.txt", result.stdout)


def test_the_rules_in_force_on_a_day() -> None:
    before = run("show", "fr", *SHOP_ALONE, "--on", "2026-02-28").stdout
    after = run("show", "fr", *SHOP_ALONE, "--on", "2026-03-01").stdout
    assert "FR.late" in before and "FR.hours" not in before
    assert "FR.hours" in after and "FR.late" not in after


def test_a_rule_by_its_id_and_by_its_bare_name() -> None:
    by_id = run("show", "FR.hours", *SHOP_ALONE).stdout
    assert by_id == run("show", "hours", *SHOP_ALONE).stdout
    assert "  in force since 2026-03-01\n" in by_id
    assert "  replaces FR.old_hours\n" in by_id
    assert f"  written in {SHOP}:27\n" in by_id
    assert f"  tested in {SHOP}:73, Late marketing waits for the morning\n" in by_id
    assert "      only  08:00-21:30\n" in by_id
    assert "replaced by FR.hours" in run("show", "old_hours", *SHOP_ALONE).stdout


def test_a_source_with_the_rules_that_rest_on_it() -> None:
    by_name = run("show", "code", *SHOP_ALONE).stdout
    assert by_name == run("show", "FR.code", *SHOP_ALONE).stdout
    assert "https://example.org/code" in by_name
    assert "2 rules rest on it" in by_name
    assert "FR.way_out" in by_name and "FR.hours" not in by_name


def test_a_policy() -> None:
    result = run("show", "world")
    assert result.stdout.startswith("world  Everywhere\n  protects everybody\n")
    assert "world.opted_out" in result.stdout


def test_a_country_without_rules_of_its_own() -> None:
    result = run("show", "AQ")
    assert result.exit_code == 0
    assert result.stdout.startswith("AQ  ")
    assert "Rules of its own" not in result.stdout


@pytest.mark.parametrize(
    "what, hint",
    [
        ("FR.hour", "did you mean `FR.hours`?"),
        ("cod", "did you mean `FR.code`?"),
        ("", "called ``"),
        ("\x1b[31m", "called `"),
        ("XX", "called `XX`"),
    ],
)
def test_what_there_is_not(what: str, hint: str) -> None:
    result = run("show", what, *SHOP_ALONE)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("command", [("show", "FR", *SHOP_ALONE, "--on"), ("lint", "--today")])
@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-02-30", "the calendar has no day 2026-02-30."),
        ("2026-13-01", "the calendar has no day 2026-13-01."),
        ("0000-01-01", "the calendar has no day 0000-01-01."),
        ("24.11.2026", "`24.11.2026` is no date: write `2026-11-24`."),
        ("2026-3-1", "`2026-3-1` is no date: write `2026-03-01`."),
        ("1 March 2026", "`1 March 2026` is no date: write `2026-03-01`."),
        ("03/04/2026", "`03/04/2026` is no date: write the year first, then month and day: `2026-03-01`."),
        ("tomorrow", "`tomorrow` is no date: write year, month and day, as in `2026-03-01`."),
        ("20261124", "`20261124` is no date: write year, month and day, as in `2026-03-01`."),
        ("２０２６-11-24", "is no date: write year, month and day, as in `2026-03-01`."),
        ("", "`` is no date: write year, month and day, as in `2026-03-01`."),
    ],
)
def test_a_day_that_is_none(command: tuple[str, ...], day: str, told: str) -> None:
    result = run(*command, day)
    assert result.exit_code == 2
    assert told.removesuffix(".") in " ".join(result.stderr.split())


def picture(window: Window) -> list[str]:
    return [" ".join(line.split()) for line in week_picture(window)][1:]


def row(*spans: tuple[int, int]) -> str:
    """48 half-hours, open from the first to before the second of each pair."""
    return "".join("#" if any(start <= cell < end for start, end in spans) else "·" for cell in range(48))


@pytest.mark.parametrize(
    "window, rows",
    [
        (Window((Hours(WEEK, False, 480, 1290),), False, None, None), [f"Mon-Sun {row((16, 43))}"]),
        (
            Window((Hours(frozenset({0, 1, 2, 3, 4, 5}), False, 0, 1440),), True, None, None),
            [f"Mon-Sat {row((0, 48))}", f"Sun, hol. {row()}"],
        ),
        (
            Window((Hours(frozenset({0, 4}), False, 600, 660),), False, None, None),
            [f"Mon {row((20, 22))}", f"Tue-Thu {row()}", f"Fri {row((20, 22))}", f"Sat-Sun {row()}"],
        ),
        (
            Window((Hours(WEEK, False, 600, 660), Hours(frozenset(), True, 660, 720)), False, None, None),
            [f"Mon-Sun {row((20, 22))}", f"holidays {row((22, 24))}"],
        ),
        (
            Window((Hours(WEEK, False, 495, 1215),), False, None, None),
            [f"Mon-Sun {'·' * 16}+{'#' * 23}+{'·' * 7}"],
        ),
    ],
)
def test_the_picture_of_a_week(window: Window, rows: list[str]) -> None:
    assert picture(window) == rows


def test_the_week_of_a_category_joins_all_its_windows(tmp_path: Path) -> None:
    rules = tmp_path / "house.policy"
    rules.write_text(
        """policy house "House" {
          recipients FR
          languages fr
          rule hours "Hours" { when category is promotional only 08:15-20:00 basis house }
          rule early "Early" { when category is promotional only mon-sat 10:00-24:00 else warn basis house }
        }""",
        encoding="utf-8",
    )
    lines = run("show", "FR", "--no-bundled", "--rules", str(rules)).stdout.splitlines()
    start = lines.index("  promotional")
    assert [line.split() for line in lines[start + 2 : start + 5]] == [
        ["Mon-Sat", f"{'·' * 16}+{'~' * 3}{'#' * 20}{'·' * 8}"],
        ["Sun", f"{'·' * 16}+{'~' * 23}{'·' * 8}"],
        ["transactional,", "authentication,", "conversational,", "consent", "request,", "emergency,", "political"],
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit_a_terminal_and_lose_no_word(width: int) -> None:
    lines = run("show", "FR", "--on", "2026-11-24").stdout.splitlines()
    shown = list(fitted(lines, width))
    assert " ".join(" ".join(shown).split()) == " ".join(" ".join(lines).split())
    for line in shown:
        assert len(line) <= width or len(line.split()) == 1 or max(map(len, line.split())) > width - 12
    assert {line for line in lines if len(line) <= width} <= set(shown)


def test_what_colours_a_line_takes_no_room() -> None:
    line = f"  {click.style('FR.hours', bold=True)} " + "word " * 5
    assert list(fitted([line.rstrip()], 35)) == [line.rstrip()]
    first, second = fitted([line.rstrip()], 30)
    assert len(click.unstyle(first)) <= 30 and second == "      word"


def test_words_are_listed_in_the_languages_of_the_place() -> None:
    shown = run("show", "FR", "--on", "2026-11-24").stdout
    assert "\n    fr: " in shown and "\n    de: " not in shown
    assert " more\n" in run("show", "US", "--on", "2026-11-24").stdout


def test_outside_of_hours_that_only_warn_is_drawn_as_that() -> None:
    shown = run("show", "FR", "--on", "2026-11-24").stdout.splitlines()
    sundays = next(number for number, line in enumerate(shown) if "FR.sundays" in line and "a warning" in line)
    picture = shown[sundays + 2 : sundays + 4]
    assert [set(line.split()[-1]) for line in picture] == [{"#"}, {"~"}]


def test_a_terminal_is_asked_how_wide_it_is() -> None:
    reader, writer = os.openpty()
    command = [sys.executable, "-m", "sendlaw", "show", "FR", *SHOP_ALONE, "--on", "2026-11-24"]
    shown = b""
    with subprocess.Popen(command, stdout=writer, env={**os.environ, "COLUMNS": "72", "NO_COLOR": "1"}) as process:
        os.close(writer)
        with contextlib.suppress(OSError):  # how Linux says that nobody writes to the terminal any longer
            while piece := os.read(reader, 65_536):
                shown += piece
    os.close(reader)
    assert process.returncode == 0
    lines = run("show", "FR", *SHOP_ALONE, "--on", "2026-11-24").stdout.splitlines()
    assert any(len(line) > 72 for line in lines)
    assert shown.decode().splitlines() == list(fitted(lines, 72))
