"""Compare the compiled evaluator with the readable interpreter on random messages, whole verdicts, in chunks.

Run: python -m tools.compare_meanings --rules bundled --messages 1000000 --seed 1 --keep out/bundled
     python -m tools.compare_meanings --rules generated --messages 1000000 --seed 1 --keep out/generated --part 1/2

`bundled` takes in turn the bundled rules, the file with every construct, and both together; `generated` draws rule
files. Each chunk leaves a file in the folder behind `--keep`; a second run with the same seed leaves those out, so a
long comparison can be stopped at any time. `--part 1/2` does every second chunk: several processes share one folder.
Prints what was reached, what was not, and every difference; exits 1 when there is one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.engine.agreement import Disagreement, compare_chunk
from tests.engine.census import Census, expected

CHUNK = 1000


def chunks(messages: int) -> Iterator[tuple[int, int]]:
    """Each chunk's number and how many messages it holds."""
    for number, start in enumerate(range(0, messages, CHUNK)):
        yield number, min(CHUNK, messages - start)


def _judged(rules: str, seed: int, number: int, messages: int, kept: Path) -> int:
    """Compare one chunk, keep what it counted, and give back how many messages disagreed (one ends the chunk)."""
    try:
        found = {"census": compare_chunk(rules, seed, number, messages)}
    except Disagreement as error:
        found = {"census": Census({"disagreements": 1})}
        print(f"chunk {number}: {error}", file=sys.stderr)
    part = kept.with_suffix(f".{number}.part")
    part.write_text(json.dumps(found), encoding="utf-8")
    part.replace(kept)
    return found["census"]["disagreements"]


def compare(options: argparse.Namespace) -> None:
    """Compare all chunks of this part that were not compared before."""
    part, parts = (int(each) for each in options.part.split("/"))
    mine = [(number, size) for number, size in chunks(options.messages) if number % parts == part - 1]
    options.keep.mkdir(parents=True, exist_ok=True)
    started, done = time.monotonic(), 0
    for number, size in mine:
        kept = _kept(options, number, size)
        if kept.exists():
            continue
        _judged(options.rules, options.seed, number, size, kept)
        done += size
        if sys.stderr.isatty():
            rate = done / (time.monotonic() - started)
            print(f"\r{done} messages, {rate:.0f} a second", end="", file=sys.stderr)


def _kept(options: argparse.Namespace, number: int, size: int) -> Path:
    return Path(options.keep) / f"{options.rules}-{options.seed}-{number:06}-{size}.json"


def report(options: argparse.Namespace) -> int:
    """Print what all kept chunks reached; the exit code."""
    census: Counter[str] = Counter()
    files = [_kept(options, number, size) for number, size in chunks(options.messages)]
    there = [file for file in files if file.exists()]
    for file in there:
        census.update(json.loads(file.read_text(encoding="utf-8"))["census"])
    for name, count in sorted(census.items()):
        print(f"{count:>12,}  {name}")
    missed = sorted(expected(written=options.rules == "bundled") - set(census))
    print(f"not reached: {', '.join(missed) or 'nothing'}")
    print(f"{len(there)} of {len(files)} chunks compared, {census['messages']:,} messages,", end=" ")
    print(f"{census['disagreements']} disagreements")
    return 1 if census["disagreements"] else 0


def main(arguments: list[str] | None = None) -> int:
    """Compare, report, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.compare_meanings", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--rules", choices=("bundled", "generated"), default="bundled")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", default="1/1", help="which share of the chunks, such as 1/2")
    parser.add_argument("--keep", type=Path, default=Path("out/agreement"), help="the folder of what was compared")
    parser.add_argument("--report", action="store_true", help="compare nothing, print what was kept")
    options = parser.parse_args(arguments)
    if not options.report:
        compare(options)
    return report(options)


if __name__ == "__main__":
    sys.exit(main())
