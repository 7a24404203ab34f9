"""Which files of tests can see a module: those whose imports, of imports of imports, come to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def files_that_see(root: Path, module: str, folders: tuple[str, ...]) -> list[str]:
    """The files of tests in some folders that import a module in the end, or start processes of their own.

    Paths are relative to the root, with `/`.
    """
    found = sorted(path.relative_to(root).as_posix() for folder in folders for path in root.glob(f"{folder}/test_*.py"))
    return [path for path in found if module in _reached(root, path) or "subprocess" in _text(root, path)]


def _text(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


@cache
def _reached(root: Path, start: str) -> frozenset[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for path in _imported(root, waiting.pop()):
            if path not in seen:
                seen.add(path)
                waiting.append(path)
    return frozenset(seen)


@cache
def _imported(root: Path, path: str) -> tuple[str, ...]:
    """The files of the repository that a file imports, at its head or anywhere else in it."""
    found = []
    for node in ast.walk(ast.parse(_text(root, path))):
        if isinstance(node, ast.ImportFrom):
            base = _base(path, node)
            found += [*_files(root, base), *(f for a in node.names for f in _files(root, [*base, a.name]))]
        elif isinstance(node, ast.Import):
            found += [f for alias in node.names for f in _files(root, _inside(alias.name.split(".")))]
    return tuple(dict.fromkeys(found))


def _base(path: str, node: ast.ImportFrom) -> list[str]:
    named = node.module.split(".") if node.module else []
    return _inside(named) if node.level == 0 else [*path.split("/")[: -node.level], *named]


def _inside(parts: list[str]) -> list[str]:
    """Below the root, which is the package `sendlaw`; other packages come to nothing that exists here."""
    return parts[1:] if parts[0] == "sendlaw" else ["", *parts]


def _files(root: Path, parts: list[str]) -> Iterator[str]:
    stem = "/".join(parts)
    for path in (f"{stem}.py", f"{stem}/__init__.py".lstrip("/")):
        if not path.startswith("/") and (root / path).is_file():
            yield path
