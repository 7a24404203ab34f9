"""Checked rule sets kept on disk between processes, keyed by content, so that a new process need not parse and check
again.

A cache holds pickled objects, and whoever can write one can run code; so a folder or file that others own or can
write to is refused. A damaged entry, or one of another version, is made anew. `SENDLAW_CACHE` names another folder,
or is `off`.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import overload

from ..policy import model
from ..policy.model import RuleSet, Test
from .versions import data_versions

VARIABLE = "SENDLAW_CACHE"
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def folder() -> Path | None:
    """Where rule sets are kept; None where the cache is off or there is no home for it."""
    named = os.environ.get(VARIABLE, "")
    if named.lower() in ("off", "0", "no"):
        return None
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
    return Path(base) / "sendlaw" if base.startswith("/") else None


class KeptTests(Sequence[Test]):
    """The tests of a kept rule set: most of it, and never asked for by those who only judge; so unpacked at need."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    @cached_property
    def _tests(self) -> tuple[Test, ...]:
        tests: tuple[Test, ...] = pickle.loads(self._packed)
        return tests

    @overload
    def __getitem__(self, index: int) -> Test: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Test]: ...
    def __getitem__(self, index: int | slice) -> Test | Sequence[Test]:
        return self._tests[index]

    def __len__(self) -> int:
        return len(self._tests)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._tests == tuple(other)

    def __hash__(self) -> int:
        return hash(self._tests)


def load(key: str) -> RuleSet | None:
    """The rule set kept under a key; None if there is none, or none that can be trusted."""
    path = _path(key)
    if path is None or not (_trusted(path.parent) and _trusted(path)):
        return None
    try:
        stamp, rules, tests, proof = pickle.loads(path.read_bytes())
        whole = stamp == _stamp(key) and isinstance(rules, RuleSet) and _proof(tests) == proof
    except Exception:  # a damaged pickle may raise anything; the rules are then read anew
        return None
    return replace(rules, tests=KeptTests(tests)) if whole else None


def store(key: str, rule_set: RuleSet) -> None:
    """Keep a rule set. A disk that is full, read-only or someone else's is no error: the next process reads anew."""
    path = _path(key)
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _trusted(path.parent):
            _write(path, _packed(key, rule_set))


def _packed(key: str, rule_set: RuleSet) -> bytes:
    tests = _pickled(tuple(rule_set.tests))
    return _pickled((_stamp(key), replace(rule_set, tests=()), tests, _proof(tests)))


def _pickled(thing: object) -> bytes:
    return pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)


def _proof(tests: bytes) -> str:
    """By which damage to the tests shows although they are not unpacked."""
    return hashlib.sha256(tests).hexdigest()


def _write(path: Path, data: bytes) -> None:
    """All or nothing, also where two processes write at once."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _path(key: str) -> Path | None:
    where = folder()
    return None if where is None else where / f"{key}.rules"


@cache
def _code() -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of the modules that make a rule set: kept ones are of no use to other code."""
    here = sorted(Path(model.__file__).parent.glob("*.py"))
    return tuple((path.name, (found := path.stat()).st_size, found.st_mtime_ns) for path in here)


def _stamp(key: str) -> tuple[object, ...]:
    return (key, sys.version, data_versions(), _code())


def _trusted(path: Path) -> bool:
    """Whether a file or folder is ours and no one else may write to it."""
    try:
        found = path.stat(follow_symlinks=False)
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode) or found.st_mode & _OTHERS_WRITE:
        return False
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()
