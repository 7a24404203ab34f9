"""One fault at a time in a copy of the repository, and the tests that run against it."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import re
import resource
import shutil
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .faults import Fault
from .reach import files_that_see

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "out", "*.egg-info", "benchmarks")
TESTS = ("tests/engine", "tests/spec")
LIBRARIES = (
    "ahocorasick_rs",
    "click",
    "holidays",
    "hypothesis",
    "lark",
    "phonenumbers",
    "pydantic",
    "pytz",
    "re2",
    "rich",
)
"""Loaded once, before any fault: to load them takes longer than most faults live."""
OPTIONS = ("-x", "-q", "-p", "no:benchmark", "-p", "no:cacheprovider", "--tb=line", "--hypothesis-seed=0")
OUTPUT = "output.txt"
SLOW = 4.0
"""Seconds from which a file of tests waits until the others have found nothing."""
MEMORY = 3 << 30
_FORK = multiprocessing.get_context("fork")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a fault: `caught` (by a test), `endless` (out of time or memory) or `survived`."""

    status: str
    by: str
    seconds: float


class Copy:
    """A copy of the repository, in which faults are seeded one after the other."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "sendlaw"
        for name in LIBRARIES:
            importlib.import_module(name)
        shutil.copytree(ROOT, self.root, ignore=LEFT_OUT)

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
        begun = time.monotonic()
        run = _FORK.Process(target=self._run, args=([*OPTIONS, *options, *tests], int(limit)))
        run.start()
        run.join(limit * 5)
        if run.exitcode is None:
            run.kill()
            run.join()
        seconds = round(time.monotonic() - begun, 1)
        return _outcome(run.exitcode, (self.root / OUTPUT).read_text(encoding="utf-8", errors="replace"), seconds)

    def _run(self, arguments: list[str], limit: int) -> None:
        """In a process of its own, which has all libraries loaded already but nothing of the copy."""
        with (self.root / OUTPUT).open("wb") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        os.chdir(self.root)
        os.environ.update(PYTHONPATH=str(self.root.parent), SENDLAW_CACHE=str(self.root.parent / "cache"))
        sys.path[:] = [str(self.root), str(self.root.parent), *(p for p in sys.path if p not in ("", str(ROOT)))]
        for name in [name for name in sys.modules if name.split(".")[0] in ("tools", "tests", "sendlaw")]:
            del sys.modules[name]
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        sys.exit(int(pytest.main(arguments)))


def _outcome(status: int | None, output: str, seconds: float) -> Outcome:
    if status == 0:
        return Outcome("survived", "", seconds)
    found = _FAILED.search(output)
    if found is None and (status is None or status < 0 or "MemoryError" in output):
        return Outcome("endless", "", seconds)
    told = output.strip().splitlines() or [""]
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

    def stages(self, module: str, catches: Counter[str]) -> tuple[list[str], list[str]]:
        """The quick and the slow files of tests that can see a module; first those that caught most faults so far."""
        seen = files_that_see(self._copy.root, module, TESTS)
        own = f"test_{Path(module).stem}"
        order = sorted(seen, key=lambda path: (-catches[path], not Path(path).stem.startswith(own), self._time(path)))
        return [p for p in order if self._time(p) < SLOW], [p for p in order if self._time(p) >= SLOW]

    def limit(self, tests: list[str]) -> float:
        """Seconds of the processor after which a run counts as endless."""
        return 20 + 2 * sum(self._time(path) for path in tests)

    def _time(self, path: str) -> float:
        return self._times.get(path, 0.0)


def judge(copy: Copy, suite: Suite, fault: Fault, stages: tuple[list[str], ...]) -> Outcome:
    """Seeds one fault and asks the tests, stage by stage."""
    source = copy.source(fault.module).encode()
    copy.write(fault.module, fault.seed(source))
    outcome = Outcome("survived", "", 0.0)
    for tests in stages:
        if outcome.status == "survived" and tests:
            outcome = copy.test(tests, suite.limit(tests))
    copy.write(fault.module, source)
    return outcome
