"""The rule files an editor works on: those on disk, those that are open, and the bundled ones beside them.

Pure: whoever makes a workspace says how files are read, which bundled ones belong beside them, and what day it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from threading import Lock

from .analysis import Analysis, analyse
from .hover import Judge
from .lint_config import LintSettings
from .source import Source


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a workspace cannot know by itself. Files are named by their path with `/`, absolute.

    `read`: the rule files in folders. `beside`: the bundled rule files that belong beside given ones. `day`: the
    day on which sources grow old. `judge`: runs a test; None leaves tests alone. `settings`: which findings of the
    linter count for the files below a folder.
    """

    read: Callable[[Sequence[str]], Sequence[Source]]
    beside: Callable[[Sequence[Source]], Sequence[Source]]
    day: Callable[[], date]
    judge: Judge | None = None
    settings: Callable[[str], LintSettings] = lambda folder: LintSettings()


@dataclass(slots=True)
class _Together:
    """Files that are read together: those on disk, the bundled ones beside them, and the last analysis."""

    disk: Mapping[str, Source]
    beside: Sequence[Source]
    settings: LintSettings
    analysis: Analysis | None = None
    generation: int = -1


@dataclass(slots=True)
class Workspace:
    """Open files and those of the folders; a file outside of the folders stands alone with the bundled ones.

    May be used by several threads. `generation` grows with every change.
    """

    surroundings: Surroundings
    folders: tuple[str, ...] = ()
    buffers: dict[str, Source] = field(default_factory=dict)
    generation: int = 0
    _groups: dict[str, _Together] = field(default_factory=dict)
    _earlier: dict[str, Analysis] = field(default_factory=dict)
    """What was known before the folders were read anew: most files stayed as they were."""
    _lock: Lock = field(default_factory=Lock)

    def reload(self, folders: Iterable[str] | None = None) -> None:
        """Read the folders anew, or other folders."""
        with self._lock:
            self.folders = self.folders if folders is None else tuple(folders)
            self._earlier = {key: group.analysis for key, group in self._groups.items() if group.analysis}
            self._groups.clear()
            self.generation += 1

    def put(self, name: str, text: str) -> None:
        """An open file has this text now, whatever stands on disk."""
        with self._lock:
            self.buffers[name] = Source(name, text)
            self.generation += 1

    def drop(self, name: str) -> None:
        """A file is no longer open: what stands on disk counts again."""
        with self._lock:
            self.buffers.pop(name, None)
            self._groups.pop(name, None)
            self.generation += 1

    def analysis(self, name: str) -> Analysis:
        """The analysis of a file together with all it belongs to, as of now."""
        with self._lock:
            group = self._group(name)
            if group.analysis is None or group.generation != self.generation:
                self._analyse(group, name)
            assert group.analysis is not None
            return group.analysis

    def _group(self, name: str) -> _Together:
        key = "" if self._is_inside(name) else name
        if key not in self._groups:
            found = self.surroundings.read(self.folders) if key == "" else [self.buffers[name]]
            disk, beside = {source.name: source for source in found}, self.surroundings.beside(found)
            folders = self.folders if key == "" else (str(PurePath(name).parent),)
            settings = self.surroundings.settings(folders[0]) if folders else LintSettings()
            self._groups[key] = _Together(disk, beside, settings, self._earlier.get(key))
        return self._groups[key]

    def _analyse(self, group: _Together, name: str) -> None:
        inside = self._is_inside(name)
        belonging = [
            one for one in self.buffers.values() if (self._is_inside(one.name) if inside else one.name == name)
        ]
        sources = {source.name: source for source in group.beside}
        bundled = frozenset(sources) - group.disk.keys() - {source.name for source in belonging}
        sources |= group.disk
        sources |= {source.name: source for source in belonging}
        before, day = group.analysis, self.surroundings.day()
        group.analysis = analyse(sources.values(), bundled, day, before, group.settings)
        if before is not None and before is not group.analysis:
            before.outdated.set()
        group.generation = self.generation

    def _is_inside(self, name: str) -> bool:
        return any(PurePath(name).is_relative_to(folder) for folder in self.folders)
