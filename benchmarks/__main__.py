"""`python -m benchmarks`: measures everything, prints the table, and writes docs/performance.md."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from benchmarks import campaigns, comparison, parts, processes, ratios
from benchmarks.page import page
from benchmarks.rows import Row

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"

Measuring = Callable[[], Iterator[Row]]
SECTIONS: Mapping[str, tuple[Measuring, ...]] = {
    "One message": (ratios.against_handwritten, ratios.by_countries, ratios.by_words, ratios.by_numbers),
    "One campaign": (campaigns.campaigns,),
    "Starting, memory, long files": (processes.starting, processes.memory, processes.checking),
    "Where the time of a message goes": (parts.parts,),
    "Peers": (comparison.peers,),
}


def main() -> None:
    """Measures section by section, printing each line as it is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--page", type=Path, default=PAGE, help="where to write the page (default: docs/performance.md)"
    )
    parser.add_argument("--only", choices=SECTIONS, help="measure one section and write no page")
    given = parser.parse_args()
    wanted = {given.only: SECTIONS[given.only]} if given.only else SECTIONS
    found = {title: [_said(row) for row in chain.from_iterable(m() for m in ms)] for title, ms in wanted.items()}
    if not given.only:
        given.page.write_text(page(found), "utf-8")
        print(f"\nwritten to {given.page}")


def _said(row: Row) -> Row:
    print(f"{row.what}\n    {row.measured}  {row.target}  {row.verdict}".rstrip(), flush=True)
    return row


if __name__ == "__main__":
    main()
