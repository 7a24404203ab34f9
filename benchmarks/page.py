"""The table as a page, with where and by what it was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sendlaw.engine.versions import engine_version

from benchmarks.rows import Row

_LIBRARIES = (
    *("ahocorasick_rs", "google-re2", "lark", "phonenumbers", "pydantic", "pytz", "holidays"),
    *("polars", "numpy", "nanoarrow"),
)

_HEAD = """# How fast it is

Written by `make bench` (`python -m benchmarks`), which measures all of this anew and takes some minutes. Ratios are
what counts: the two sides of each are measured in one process, turn and turn about on fresh messages, and the median
over the rounds is told, so that a busy machine disturbs both alike. Microseconds are only true of this machine.

{place}

"""
_NOTES = """
## How to read it

- *Hand-written* is `benchmarks/handwritten.py`: Python that a programmer would write for the eight rules of each of
  five countries in `benchmarks/rules/five_countries.policy`, on the same raw facts, with the same search for words,
  the same encoding, clocks and numbers. It answers with a decision and reasons, without sources or the end of a
  deferral. `benchmarks/test_agreement.py` holds both to the same decisions, reasons, texts and segments.
- Seconds of whole processes are those of the quickest of seven runs: other work on the machine only ever adds.
- One message in five has something that a rule objects to, unless the line says otherwise. No text is seen twice,
  unless the line says so.
- `sendlaw check` is timed from the fortieth thousand line on, by the clock, with one worker process for each core. What
  one message costs in processor time, all processes together, tells more on a machine that has other work to do.
- *Where the time of a message goes* names the steps of `check`, each by itself, for texts not seen before. Reading is
  pydantic's core but for a little; the search for words is folding, in Python's own string functions, and an automaton
  in Rust. Sixty thousand messages a second on two processors leave 33 µs for each. Where a text comes again, as in a
  campaign, that suffices; where every text is another, it is less than these steps take together, and little more than
  the last line: what plain Python takes that knows but eight rules, between reading a line and writing a verdict.
- *One campaign* is judged under eight rules for each of 200 countries; numbers are mobile ones of all of them, consents
  of three kinds. The seconds are those of the quickest of seven rounds. Rows are pairs of a number and a status in a
  list, one core; columns are judged in as many threads as polars uses. What is told of columns holds once the
  campaign has met each class of recipients, which the line below it leaves in; before, both ways are compared.
- *Peers* are given derived facts (country, line, local minute, words found, segments …), so that they are not charged
  for phone numbers and texts, and answer with the names of the rules that speak and the decision. The first figure
  sets that against the same answer from us, by the generated code, from derived facts as well. The others set it
  against more than any peer gives: *reasons*, a verdict with titles, sources, what decided and the earliest instant,
  from derived facts; and *all of it*, from a ready `Message`, with the number, the text and the clocks. Each peer has
  one rule set per country and is asked in the quickest way its interface offers. A peer whose verdicts differ is not
  timed.
- `json-logic` 0.6.3 runs on Python 2 alone; `json-logic-qubit` is its maintained form under the same import name.
"""


def page(sections: Mapping[str, Sequence[Row]]) -> str:
    """The whole page, in Markdown."""
    tables = "\n".join(f"## {title}\n\n{_table(rows)}" for title, rows in sections.items())
    return _HEAD.format(place=_place()) + tables + _NOTES


def _table(rows: Iterable[Row]) -> str:
    lines = [f"| {row.what} | {row.target} | {row.measured} | {row.verdict} |" for row in rows]
    return "\n".join(["| what | target | measured | |", "|---|---|---|---|", *lines, ""])


def _place() -> str:
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    today = datetime.now(UTC).date()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"Measured on {today}: {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; "
        f"{python}; sendlaw {engine_version()};\n{libraries}."
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "a processor of unknown name"
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
