"""When an open file is looked at: errors at once, doubts when nobody has typed for a moment.

Both are worked out on threads of their own, and only for the newest text: what is newer ends what is under way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from ..analysis import diagnostics, errors
from ..diagnostics import Finding
from ..linter import Outdated
from ..workspace import Workspace

QUIET = 0.25
"""Seconds without a change after which the linter begins."""


class Findings:
    """Looks at the open files and has their findings shown."""

    def __init__(
        self, files: Workspace, show: Callable[[str, Sequence[Finding]], None], log: Callable[[str], None]
    ) -> None:
        self._files, self._show, self._log = files, show, log
        self._stopped, self._lock = Event(), Lock()
        self._shown: dict[str, Sequence[Finding]] = {}
        self._checking = ThreadPoolExecutor(1, "sendlaw-check")
        self._linting = ThreadPoolExecutor(1, "sendlaw-lint")

    def look(self) -> None:
        """Have all open files looked at, unless a newer text comes first."""
        if not self._stopped.is_set():
            self._checking.submit(self._check_all, self._files.generation)

    def forget(self, name: str) -> None:
        """A file is no longer open."""
        with self._lock:
            self._shown.pop(name, None)

    def stop(self) -> None:
        """Look at nothing more."""
        self._stopped.set()
        for thread in (self._checking, self._linting):
            thread.shutdown(wait=False, cancel_futures=True)

    # ---- on their threads

    def _check_all(self, generation: int) -> None:
        if self._each(self._check, generation) and not self._stopped.is_set():
            self._linting.submit(self._lint_all, generation)

    def _lint_all(self, generation: int) -> None:
        if self._files.generation == generation and not self._stopped.wait(QUIET):
            self._each(self._lint, generation)

    def _each(self, step: Callable[[str, int], None], generation: int) -> bool:
        """Do something for every open file; whether no newer text and no end came in between."""
        try:
            for name in list(self._files.buffers):
                if self._files.generation != generation or self._stopped.is_set():
                    return False
                step(name, generation)
        except Outdated:
            return False
        except Exception as error:
            if not self._stopped.is_set():  # else nobody listens any more
                self._log(f"checking failed with {type(error).__name__}: {error}")
            return False
        return True

    def _check(self, name: str, generation: int) -> None:
        """Show errors at once; what the linter doubts stays in sight until the linter is through."""
        analysis = self._files.analysis(name)
        had_errors = any(one.severity == "error" for one in self._shown.get(name, ()))
        if had_errors or analysis.checked.rule_set is None:
            self._publish(name, errors(analysis, name), generation)

    def _lint(self, name: str, generation: int) -> None:
        self._publish(name, diagnostics(self._files.analysis(name), name), generation)

    def _publish(self, name: str, found: Sequence[Finding], generation: int) -> None:
        with self._lock:
            if self._files.generation == generation and name in self._files.buffers:
                self._shown[name] = found
                self._show(name, found)
