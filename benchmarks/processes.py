"""The lines of the table that are about whole processes: start, memory, and `sendlaw check` on long files."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

from lark import Lark
from sendlaw import grammar
from sendlaw.engine.rule_store import bundled_sources

from benchmarks.messages import Maker
from benchmarks.rows import Row, at_least, at_most, beside

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
LINES, SHORT = 200_000, 40_000
MIB = 1 << 20

LOAD = "from sendlaw import Policy; Policy.load()"
FIRST = f"from sendlaw import evaluate; evaluate({Maker(seed=3).batch(1)[0]!r})"
MEMORY = """
import gc, importlib, json, sys
def resident():
    gc.collect()
    fields = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(fields["VmRSS"].split()[0]) * 1024
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
given = json.loads(sys.stdin.readline())
before = resident()
from sendlaw import Policy
policy = Policy.load()
loaded = resident()
for message in given:
    policy.evaluate(message)
print(json.dumps([before, loaded, resident()]))
"""
MODULES = """
import json, sys
from sendlaw import Policy
Policy.load().evaluate(json.loads(sys.stdin.readline())[0])
print(json.dumps([name for name in sys.modules if name != "__main__"]))
"""

# The system's own account of a child's peak starts with that of the process it was forked from: so it is asked within.
CHECK = """
import os, sys
from sendlaw.cli import workers
from sendlaw.cli.main import main
def tell():
    fields = dict(line.split(":", 1) for line in open("/proc/self/status"))
    os.write(2, f"peak {fields['VmHWM'].split()[0]}\\n".encode())
work = workers._work
def told(*given):
    try:
        work(*given)
    finally:
        tell()
workers._work = told
sys.argv[:1] = ["sendlaw", "check", "--json"]
try:
    main()
finally:
    tell()
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended well: seconds it took by the clock and of processors, with those of the processes it
    started; what it printed, what it said on standard error."""

    seconds: float
    worked: float
    printed: str
    told: str


def run(*command: str, said: str = "", keep: bool = True, more: Mapping[str, str] | None = None) -> Ended:
    """Runs a Python process that reads `said`. Raises `RuntimeError` where it fails."""
    environment = {**os.environ, **(more or {})}
    out = subprocess.PIPE if keep else subprocess.DEVNULL
    start, before = perf_counter(), _worked()
    process = subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=ROOT.parent,
    )
    assert process.stdin and process.stderr
    process.stdin.write(said.encode())
    process.stdin.close()
    printed = process.stdout.read().decode() if process.stdout else ""
    told = process.stderr.read().decode()
    failed = process.wait()
    seconds = perf_counter() - start
    if failed:
        raise RuntimeError(f"{command[0]} ended with {failed}: {told}")
    return Ended(seconds, _worked() - before, printed, told)


def _worked() -> float:
    """Processor seconds of all processes that were started here and have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@cache
def tokens() -> int:
    """The tokens that the lexer counts in all bundled rule files."""
    text = Path(str(grammar.__path__[0]), "policy.lark").read_text("utf-8")
    lark = Lark(text, parser="lalr", lexer="contextual", maybe_placeholders=True)
    return sum(1 for source in bundled_sources() for _ in _lexed(lark, source.text))


def _lexed(lark: Lark, text: str) -> Iterator[object]:
    parser = lark.parse_interactive(text)
    yield from parser.iter_parse()


def starting() -> Iterator[Row]:
    """Loading everything in a cold process, and the first verdict of a process with rules kept from the last."""
    count = tokens()
    limit = 0.5 + 0.04 * count / 1000
    nothing = min(run("-c", "pass").seconds for _ in range(RUNS))
    cold = min(run("-c", LOAD, more={"SENDLAW_CACHE": "off"}).seconds for _ in range(RUNS))
    yield at_most(
        f"loading all bundled rules ({count:,} tokens), cold process, no cache, imports included",
        round(limit, 2),
        cold,
        " s",
        f" (the interpreter alone: {nothing:.2f} s)",
    )
    with tempfile.TemporaryDirectory() as folder:
        kept = {"SENDLAW_CACHE": folder}
        run("-c", FIRST, more=kept)
        first = min(run("-c", FIRST, more=kept).seconds for _ in range(RUNS))
    yield at_most("first verdict of a new process, rules kept on disk, imports included", 0.6, first, " s")


def memory() -> Iterator[Row]:
    """What the bundled rules take in memory above the interpreter and the modules."""
    messages = json.dumps(Maker(faulty=50).batch(2000)) + "\n"
    off = {"SENDLAW_CACHE": "off"}
    modules = run("-c", MODULES, said=messages, more=off).printed
    found = [json.loads(run("-c", MEMORY, modules, said=messages, more=off).printed) for _ in range(3)]
    loaded = median(after - before for before, after, _ in found) / MIB
    used = median(judged - before for before, _, judged in found) / MIB
    yield at_most("memory of all bundled rules, above interpreter and imports", 80, loaded, " MiB")
    yield beside("– after 2,000 verdicts in 5 countries", f"{used:.1f} MiB")


def checking() -> Iterator[Row]:
    """`sendlaw check --json` on long files: messages a second, and memory that does not grow with the file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _speeds(folder, "every text another", texts_last=1)
        yield from _speeds(folder, "a text comes 1,000 times", texts_last=1000)
        small, large = (_checked(_written(folder, lines, 1), "--workers", "1") for lines in (SHORT, 2 * SHORT))
    speed = SHORT / (large.seconds - small.seconds)
    yield beside("– in one process (`--workers 1`), every text another", f"{speed:,.0f} messages/s")


def _speeds(folder: Path, texts: str, texts_last: int) -> Iterator[Row]:
    small, large = (_checked(_written(folder, lines, texts_last)) for lines in (SHORT, LINES))
    speed = (LINES - SHORT) / (large.seconds - small.seconds)
    name = f"`sendlaw check --json`, {LINES:,} lines, all bundled rules, {texts}"
    each = (large.worked - small.worked) / (LINES - SHORT) * 1e6
    yield at_least(name, 60_000, speed, " messages/s", f" ({each:.0f} µs of a processor each)")
    peak, lower = _peak(large), _peak(small)
    peaks = f" ({peak:.0f} MiB; {SHORT:,} lines: {lower:.0f} MiB)"
    yield at_most(
        "– the highest peak of any of its processes, against a fifth of the lines", 1.1, peak / lower, "×", peaks
    )


def _checked(path: Path, *options: str) -> Ended:
    return run("-c", CHECK, *options, str(path), keep=False)


def _peak(ended: Ended) -> float:
    """The highest peak of all processes of a run, in MiB; what they share counts in each."""
    return max(int(line.split()[1]) for line in ended.told.splitlines() if line.startswith("peak ")) / 1024


def _written(folder: Path, lines: int, texts_last: int) -> Path:
    """A file of messages in which each text stands for as many lines, or is seen once."""
    path = folder / f"{lines}-{texts_last}.jsonl"
    maker = Maker(seed=lines, texts_last=texts_last)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(lines // 1000):
            file.writelines(json.dumps(data, ensure_ascii=False) + "\n" for data in maker.batch(1000))
    return path
