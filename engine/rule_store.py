"""Where rule files come from: folders and files on disk, and those that ship with the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from .. import rulesets
from ..policy.diagnostics import Finding
from ..policy.source import Source, Span

SUFFIX = ".policy"
MAX_BYTES = 8_000_000
"""A rule file larger than this is refused: the largest sensible one is a hundredth of it."""


def read_sources(paths: Iterable[Path]) -> tuple[list[Source], list[Finding]]:
    """Rule files below folders (`*.policy`, sorted) and files named outright, with a finding for each that cannot be
    read.
    """
    sources, findings = list[Source](), list[Finding]()
    for path in _policy_files(paths, findings):
        source, finding = read_source(path)
        if finding is not None:
            findings.append(finding)
        if source is not None:
            sources.append(source)
    return sources, findings


def _policy_files(paths: Iterable[Path], findings: list[Finding]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob(f"*{SUFFIX}"))
            if not found:
                findings.append(unreadable(str(path), f"the folder holds no `{SUFFIX}` file"))
        else:
            found = [path]
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def read_source(path: Path) -> tuple[Source | None, Finding | None]:
    """One rule file, or what keeps it from being read."""
    name = path.as_posix()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, unreadable(name, f"the file cannot be read: {error.strerror or error}")
    return decode(name, data)


def decode(name: str, data: bytes) -> tuple[Source | None, Finding | None]:
    """The text of a rule file, which is UTF-8; a byte order mark at its head is dropped."""
    if len(data) > MAX_BYTES:
        return None, unreadable(name, f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        return Source(name, data.decode("utf-8-sig")), None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, unreadable(name, f"the file is not UTF-8: line {line}, byte {error.start}")


def unreadable(name: str, reason: str) -> Finding:
    """The finding for a file that cannot be read at all."""
    return Finding("E001", reason, Span(Source(name, ""), 0, 0))


def bundled_sources() -> list[Source]:
    """The rule files that ship with the package, sorted by name."""
    return sorted(_walk(files(rulesets), "rulesets"), key=lambda source: source.name)


def _walk(folder: Traversable, name: str) -> Iterator[Source]:
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.name.endswith(SUFFIX):
            yield Source(path, entry.read_text("utf-8"))
        elif "." not in entry.name and not entry.name.startswith("_") and entry.is_dir():
            yield from _walk(entry, path)
