"""Seed faults into the engine and see whether the tests notice (mutation testing).

Run: python -m tools.mutate --modules codegen compiler --count 40 --seed 1
Each fault is put into a copy of the repository, and the tests that can see the module run against it, the quickest
first, until one fails. What is found is kept as JSON lines (`--results`); a run that was broken off goes on from
there. A fault that no test sees must be argued harmless in docs/mutation.md, by its id; else the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .mutation.faults import Fault, faults_in, seeded_choice
from .mutation.trial import ROOT, Copy, Suite, judge

MODULES = (
    *("codegen", "compiler", "evaluator", "kleene", "tables", "firing", "state", "assemble", "added", "hours"),
    *("frequency", "ages", "facts", "zones", "shutters", "details", "words", "encoding", "numbers", "replies"),
    *("recall", "patterns", "mentions", "links"),
)
PAGE = ROOT / "docs" / "mutation.md"


def read_results(path: Path) -> dict[str, dict[str, Any]]:
    """The last line kept of each fault, by its id."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line["id"]: line for line in map(json.loads, lines)}


def run(copy: Copy, suite: Suite, chosen: list[Fault], given: argparse.Namespace) -> None:
    """Judges every chosen fault that has no answer yet, and keeps each answer at once."""
    results = read_results(given.results)
    for fault in chosen:
        known = results.get(fault.id, {}).get("status")
        if known in _settled(given):
            continue
        quick, slow = (given.tests, []) if given.tests else suite.stages(fault.module, _catches(results, fault.module))
        stages = (quick,) if given.quick else (slow,) if known == "quick" and not given.again else (quick, slow)
        answer = asdict(fault) | asdict(judge(copy, suite, fault, stages))
        if (given.tests or (given.quick and slow)) and answer["status"] == "survived":
            answer["status"] = "quick"
        results[fault.id] = answer
        with given.results.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(answer, ensure_ascii=False) + "\n")
        print(f"{answer['status']:9}{answer['seconds']:6.1f} s  {_line(fault)}", flush=True)


def _settled(given: argparse.Namespace) -> set[str]:
    """The answers that are not asked for again."""
    left = set() if given.again else {"survived", "quick"} if given.quick or given.tests else {"survived"}
    return {"caught", "endless"} | left


def _catches(results: dict[str, dict[str, Any]], module: str) -> Counter[str]:
    """How many faults of a module each file of tests has caught."""
    return Counter(line["by"].split("::")[0] for line in results.values() if line["module"] == module)


def _line(fault: Fault) -> str:
    return f"{fault.id} {fault.module}:{fault.line} {fault.kind}: {fault.before} → {fault.after}"


def report(chosen: list[Fault], results: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The table by module, then every fault that was not seen and is not argued harmless."""
    argued = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    counts: dict[str, Counter[str]] = {}
    open_faults = []
    for fault in chosen:
        status = results.get(fault.id, {}).get("status", "not asked")
        if status in ("survived", "quick"):
            status = "harmless" if fault.id in argued else status
        counts.setdefault(fault.module, Counter())[status] += 1
        if status in ("survived", "quick", "not asked"):
            open_faults.append(_line(fault))
    yield from table(counts)
    yield from open_faults


def table(counts: dict[str, Counter[str]]) -> Iterator[str]:
    """Counts by module as a table of Markdown, with the sums below."""
    yield "| module | seeded | caught | endless, so caught | harmless | open |"
    yield "|---|---|---|---|---|---|"
    total: Counter[str] = Counter()
    for module, found in counts.items():
        total.update(found)
        yield _row(f"`{module}`", found)
    yield _row("all", total)


def _row(name: str, found: Counter[str]) -> str:
    left = found.total() - found["caught"] - found["endless"] - found["harmless"]
    return f"| {name} | {found.total()} | {found['caught']} | {found['endless']} | {found['harmless']} | {left} |"


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Seed faults into the engine and see whether the tests notice.")
    parser.add_argument("--modules", nargs="+", default=MODULES, help="of engine/, without .py")
    parser.add_argument("--count", type=int, default=20, help="faults in each module, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=ROOT / "out" / "mutation.jsonl")
    parser.add_argument("--quick", action="store_true", help="leave the slow tests for a later run")
    parser.add_argument("--tests", nargs="+", help="ask these files of tests alone, in this order")
    parser.add_argument("--again", action="store_true", help="ask again about faults that survived")
    parser.add_argument("--report", action="store_true", help="only the report of what is known")
    return parser.parse_args()


def main() -> int:
    given = arguments()
    given.results.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        copy = Copy(Path(folder))
        paths = [f"engine/{name}.py" for name in given.modules]
        chosen = [
            f for path in paths for f in seeded_choice(faults_in(path, copy.source(path)), given.count, given.seed)
        ]
        if not given.report:
            run(copy, Suite(copy, given.results.with_suffix(".times")), chosen, given)
    lines = list(report(chosen, read_results(given.results)))
    print("\n".join(lines))
    return int(any(not line.startswith("|") for line in lines))


if __name__ == "__main__":
    sys.exit(main())
