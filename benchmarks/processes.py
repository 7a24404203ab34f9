"""The lines of the table that are about whole processes: start, memory, and `sendlaw check` on long files."""

from __future__ import annotations

import json
import os
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
LINES = 200_000
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
import atexit, sys
from sendlaw.cli.main import main
def tell():
    fields = dict(line.split(":", 1) for line in open("/proc/self/status"))
    print(fields["VmHWM"].split()[0], file=sys.stderr)
atexit.register(tell)
sys.argv[:1] = ["sendlaw", "check", "--json"]
main()
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended well: seconds it took, what it printed, what it said on standard error."""

    seconds: float
    printed: str
    told: str


def run(*command: str, said: str = "", keep: bool = True, more: Mapping[str, str] | None = None) -> Ended:
    """Runs a Python process that reads `said`. Raises `RuntimeError` where it fails."""
    environment = {**os.environ, **(more or {})}
    out = subprocess.PIPE if keep else subprocess.DEVNULL
    start = perf_counter()
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
    return Ended(seconds, printed, told)


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
    """`sendlaw check --json` on a long file: messages a second, and memory that does not grow with the file."""
    with tempfile.TemporaryDirectory() as folder:
        long, short = Path(folder, "long.jsonl"), Path(folder, "short.jsonl")
        _write(long, LINES)
        _write(short, LINES // 10)
        small = run("-c", CHECK, str(short), keep=False)
        large = run("-c", CHECK, str(long), keep=False)
    speed = (LINES - LINES // 10) / (large.seconds - small.seconds)
    yield at_least(f"`sendlaw check --json`, {LINES:,} lines, all bundled rules", 60_000, speed, " messages/s")
    peak, lower = (int(ended.told.split()[-1]) / 1024 for ended in (large, small))
    peaks = f" ({peak:.0f} MiB; {LINES // 10:,} lines: {lower:.0f} MiB)"
    yield at_most("– its peak memory, against a tenth of the lines", 1.1, peak / lower, "×", peaks)


def _write(path: Path, lines: int) -> None:
    maker = Maker(seed=lines)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(lines // 1000):
            file.writelines(json.dumps(data, ensure_ascii=False) + "\n" for data in maker.batch(1000))
