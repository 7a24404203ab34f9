"""One fault at a time in a copy of the repository, and the tests that run against it."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from .faults import Fault
from .reach import tests_that_see

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "out", "*.egg-info", "benchmarks")
TESTS = ("tests/engine", "tests/spec")
SLOW = 4.0
"""Seconds from which a file of tests waits until the others have found nothing."""
MEMORY = 3 << 30
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a fault: `caught` (by a test), `endless` (out of time or memory), `quick` (not seen by the quick
    tests; the slow ones were not asked) or `survived`.
    """

    status: str
    by: str
    seconds: float


class Copy:
    """A copy of the repository, in which faults are seeded one after the other."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "sendlaw"
        shutil.copytree(ROOT, self.root, ignore=LEFT_OUT)
        self._environment = os.environ | {
            "PYTHONPATH": str(folder),
            "PYTHONHASHSEED": "0",
            "SENDLAW_CACHE": str(folder / "cache"),
        }

    def source(self, module: str) -> str:
        """The source of a module, given by its path."""
        return (self.root / module).read_text(encoding="utf-8")

    def write(self, module: str, source: bytes) -> None:
        """Puts a source in place of a module's. What Python compiled of it goes, for it is known by whole seconds."""
        path = self.root / module
        path.write_bytes(source)
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
        shutil.rmtree(self.root / ".hypothesis" / "examples", ignore_errors=True)

    def test(self, tests: list[str], limit: float, *options: str) -> Outcome:
        """Runs tests until one fails, for at most `limit` seconds of the processor."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:benchmark", "-p", "no:cacheprovider"]
        command += ["--tb=line", "--hypothesis-seed=0", *options, *tests]
        begun = time.monotonic()

        def limits() -> None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

        try:
            done = subprocess.run(
                command,
                cwd=self.root,
                env=self._environment,
                capture_output=True,
                text=True,
                timeout=limit * 5,
                preexec_fn=limits,
            )
        except subprocess.TimeoutExpired:
            return Outcome("endless", "", round(time.monotonic() - begun, 1))
        return _outcome(done, round(time.monotonic() - begun, 1))


def _outcome(done: subprocess.CompletedProcess[str], seconds: float) -> Outcome:
    if done.returncode == 0:
        return Outcome("survived", "", seconds)
    found = _FAILED.search(done.stdout)
    if found is None and (done.returncode < 0 or "MemoryError" in done.stdout):
        return Outcome("endless", "", seconds)
    told = (done.stdout + done.stderr).strip().splitlines() or [""]
    return Outcome("caught", found[1] if found else told[-1][:200], seconds)


class Suite:
    """The tests of a copy that can see a module, the quickest first, with the time each takes without a fault."""

    def __init__(self, copy: Copy, times: Path) -> None:
        self._copy = copy
        if not times.exists():
            times.write_text(json.dumps(self._measured(), indent=1), encoding="utf-8")
        self._times: dict[str, float] = json.loads(times.read_text(encoding="utf-8"))

    def _measured(self) -> dict[str, float]:
        report = self._copy.root / "times.xml"
        outcome = self._copy.test([*TESTS], 1200, f"--junitxml={report}")
        if outcome.status != "survived":
            raise SystemExit(f"Without any fault the tests already fail: {outcome.by}. Mend that first.")
        times: dict[str, float] = defaultdict(float)
        for case in ElementTree.parse(report).iter("testcase"):
            name = case.get("classname", "").replace(".", "/") + ".py"
            times[name] += float(case.get("time", 0))
        return dict(times)

    def stages(self, module: str) -> tuple[list[str], list[str]]:
        """The quick and the slow files of tests that can see a module."""
        seen = tests_that_see(self._copy.root, module, TESTS)
        own = f"test_{Path(module).stem}"
        order = sorted(seen, key=lambda path: (not Path(path).stem.startswith(own), self._time(path)))
        return [p for p in order if self._time(p) < SLOW], [p for p in order if self._time(p) >= SLOW]

    def limit(self, tests: list[str]) -> float:
        """Seconds of the processor after which a run counts as endless."""
        return 30 + 4 * sum(self._time(path) for path in tests)

    def _time(self, path: str) -> float:
        return self._times.get(path, 0.0)


def judge(copy: Copy, suite: Suite, fault: Fault, source: bytes, known: str | None, quick: bool) -> Outcome:
    """Seeds one fault and asks the tests. `known`: what an earlier run left open; `quick`: the slow tests wait."""
    stages = suite.stages(fault.module)
    copy.write(fault.module, fault.seed(source))
    outcome = Outcome("survived", "", 0.0)
    for tests in stages[1 if known == "quick" else 0 : 1 if quick else 2]:
        if outcome.status == "survived" and tests:
            outcome = copy.test(tests, suite.limit(tests))
    copy.write(fault.module, source)
    if outcome.status == "survived" and quick and stages[1]:
        return Outcome("quick", "", outcome.seconds)
    return outcome
