"""Faults that can be seeded into a module: each is one small change of its source, found in the syntax tree.

A fault replaces the text of one expression or statement, so everything else stays as it was written. Annotations,
docstrings, decorators, assertions and raised errors are left alone: a change there alters no answer.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .changes import changes_of

_SHOWN = 72
"""How many characters of what differs are shown."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One change of a module: `text` in place of its bytes from `start` to `end`. `before` and `after` show what
    differs; `id` stays when lines move.
    """

    id: str
    module: str
    line: int
    place: str
    kind: str
    before: str
    after: str
    start: int
    end: int
    text: str

    def seed(self, source: bytes) -> bytes:
        """The source with the fault in it."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def seeded_choice(faults: Iterable[Fault], count: int, seed: int) -> list[Fault]:
    """At most `count` faults, in turn from every kind, so that rare kinds are among them. A change of the module
    leaves the choice among its other faults as it was.
    """
    kinds: dict[str, list[Fault]] = defaultdict(list)
    for fault in sorted(faults, key=lambda fault: hashlib.sha256(f"{seed} {fault.id}".encode()).digest()):
        kinds[fault.kind].append(fault)
    chosen: list[Fault] = []
    while len(chosen) < count and any(kinds.values()):
        chosen += [found.pop() for _, found in sorted(kinds.items()) if found]
    return sorted(chosen[:count], key=lambda fault: fault.start)


def faults_in(module: str, source: str) -> list[Fault]:
    """Every fault that can be seeded into a module, in the order of the source; only what compiles, each once."""
    return list({fault.id: fault for fault in _Finder(module, source).faults()}.values())


class _Finder:
    def __init__(self, module: str, source: str) -> None:
        self._module = module
        self._source = source.encode()
        self._starts = [0]
        for line in self._source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._tree = ast.parse(source)
        self._seen: Counter[tuple[str, ...]] = Counter()

    def faults(self) -> Iterator[Fault]:
        for node, anchor, place in _walk(self._tree, None, ""):
            for kind, new in changes_of(node, bool(place)):
                whole = anchor or node
                text = _written(copy.deepcopy(whole, {id(node): new}), getattr(whole, "col_offset", 0))
                fault = self._fault(place, kind, whole, text, _difference(node, new))
                if fault is not None and _compiles(fault.seed(self._source)):
                    yield fault

    def _fault(self, place: str, kind: str, old: ast.AST, text: str, shown: tuple[str, str]) -> Fault | None:
        if not isinstance(old, ast.expr | ast.stmt) or old.end_lineno is None or old.end_col_offset is None:
            return None
        start = self._starts[old.lineno - 1] + old.col_offset
        end = self._starts[old.end_lineno - 1] + old.end_col_offset
        named = (self._module, place, kind, self._source[start:end].decode(), text)
        self._seen[named] += 1
        digest = hashlib.sha256("\0".join((*named, str(self._seen[named]))).encode()).hexdigest()
        return Fault(digest[:8], self._module, old.lineno, place, kind, *shown, start, end, text)


def _written(node: ast.AST, indent: int) -> str:
    text = ast.unparse(ast.fix_missing_locations(node))
    if isinstance(node, ast.stmt):
        return text.replace("\n", "\n" + " " * indent)
    return text if isinstance(node, ast.Constant | ast.Name | ast.JoinedStr | ast.Call) else f"({text})"


def _difference(old: ast.AST, new: ast.AST) -> tuple[str, str]:
    """The first line that differs, and what it becomes; both short enough for a table."""
    before, after = (ast.unparse(ast.fix_missing_locations(node)).splitlines() or [""] for node in (old, new))
    first = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    one, other = before[first].strip(), after[first].strip()
    alike = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    cut = max(0, alike - _SHOWN // 3)
    return one[cut : cut + _SHOWN], other[cut : cut + _SHOWN]


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "fault", "exec")
    except SyntaxError:
        return False
    return True


def _walk(node: ast.AST, anchor: ast.AST | None, place: str) -> Iterator[tuple[ast.AST, ast.AST | None, str]]:
    """Each node with what must be written anew to change it (else itself) and the function or class it is in. Inside
    an f-string positions cannot be relied on (before Python 3.12), so all of it is written anew.
    """
    if isinstance(node, ast.JoinedStr) and anchor is None:
        anchor = node
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        place = f"{place}.{node.name}".lstrip(".")
    yield node, anchor, place
    for child in _children(node):
        yield from _walk(child, anchor, place)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    left_out: list[object] = [node] if isinstance(node, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom) else []
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_comment") or left_out:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_docstring(child):
                yield child


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
