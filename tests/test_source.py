"""The house rules, held by a test of the source itself: sizes, imports, purity, docstrings."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOT_PACKAGE = {"tests", "benchmarks", "tools", "docs", "examples", "build", "dist", "out"}
FUNCTION_LINES, FUNCTION_MEDIAN, FILE_LINES = 60, 8, 400

# Lowest first: a module may import what stands on its own line or above it. "" is the root's own __init__.
LAYERS = ("grammar", "rulesets", "policy", "engine", "engine.pipeline", "", "cli", "__main__")
ONE_PLACE = {"lark": "policy/parser.py", "pygls": "policy/server/", "lsprotocol": "policy/server/"}

IMPURE_PLACES = ("engine/pipeline/", "cli/", "__main__.py")
IMPURE_MODULES = {
    *("os", "random", "secrets", "shutil", "sqlite3", "subprocess", "tempfile", "time", "uuid"),
    *("aiohttp", "asyncio", "ftplib", "http", "httpx", "requests", "select", "smtplib", "socket", "ssl"),
    *("urllib", "urllib3"),
}
PURE_SUBMODULES = {"urllib.parse"}
IMPURE_CALLS = {
    *("now", "utcnow", "today", "input", "print"),
    *("open", "exists", "is_file", "is_dir", "iterdir", "glob", "rglob"),
    *("read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "rename", "touch", "unlink"),
}
# Data that ships with a package (grammar, zones, top-level domains) may be read, by this way only.
SHIPPED_DATA, READING = "importlib.resources", {"read_text", "read_bytes"}
# file: what else it may do, and why.
ALLOWED: dict[str, tuple[set[str], str]] = {
    "engine/message.py": ({"now"}, "the contract: a message that states no time is sent now"),
    "engine/cache.py": (
        {"glob", "unlink", "tempfile", "read_bytes", "os", "mkdir"},
        "keeps checked rule sets between processes, before any message is judged",
    ),
    "engine/rule_store.py": (
        {"open", "read_text", "read_bytes", "iterdir", "rglob", "glob", "exists", "is_file", "is_dir"},
        "loads rule files, once, before any message is judged",
    ),
}

UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
EVADING = {"skip", "skipif", "xfail", "importorskip"}


def walk(top: str, *suffixes: str) -> list[str]:
    """Files below `top` with one of the suffixes, as sorted paths from the root; no hidden folders."""
    found = []
    for folder, folders, files in os.walk(ROOT / top):
        folders[:] = [d for d in folders if not d.startswith(".") and not d.endswith(".egg-info")]
        if Path(folder) == ROOT:
            folders[:] = [d for d in folders if d not in NOT_PACKAGE]
        found += [(Path(folder) / f).relative_to(ROOT).as_posix() for f in files if f.endswith(suffixes)]
    return sorted(found)


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


PACKAGE = walk(".", ".py")
TESTS = walk("tests", ".py") + walk("benchmarks", ".py") + walk("tools", ".py")
TREES = {path: ast.parse(read(path), path) for path in PACKAGE}


def module_name(path: str) -> str:
    """`policy/tree.py` → `policy.tree`; `policy/__init__.py` → `policy`; the root's own is empty."""
    return path.removesuffix(".py").replace("/", ".").removesuffix("__init__").removesuffix(".")


MODULES = {module_name(path): path for path in PACKAGE}


def layer(module: str) -> int:
    """The place in LAYERS of the longest listed prefix of the module's name."""
    parts = module.split(".")
    prefixes = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next(LAYERS.index(prefix) for prefix in prefixes if prefix in LAYERS)


def imported(node: ast.ImportFrom, path: str, modules: set[str]) -> Iterator[str]:
    """The modules of the package that a relative import in the file `path` names."""
    package = list(Path(path).parent.parts)
    base = package[: len(package) - (node.level - 1)] + (node.module or "").split(".")
    stem = ".".join(part for part in base if part)
    for alias in node.names:
        name = f"{stem}.{alias.name}".lstrip(".")
        yield name if name in modules else stem


def at_load(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module loads: no bodies of functions, nothing for type checkers alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from chain.from_iterable((other, *at_load(other)) for other in child.orelse)
            continue
        yield child
        yield from at_load(child)


def absolute(tree: ast.AST) -> Iterator[str]:
    """The dotted names of all absolute imports, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def impurities(tree: ast.AST) -> set[str]:
    """The modules and calls in a file that reach for clock, chance, disk, network or terminal."""
    imports = set(absolute(tree))
    found = {name.split(".")[0] for name in imports if not is_pure(name)}
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, ast.Name | ast.Attribute)}
    shipped = any(name.startswith(SHIPPED_DATA) for name in imports) and "pathlib.Path" not in imports
    return found | (names & IMPURE_CALLS) - (READING if shipped else set())


def is_pure(name: str) -> bool:
    return name.split(".")[0] not in IMPURE_MODULES or ".".join(name.split(".")[:2]) in PURE_SUBMODULES


def lengths(tree: ast.AST) -> dict[str, int]:
    """Lines from `def` to the end, docstring included, by name and line."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {f"{f.name}:{f.lineno}": (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}


def without_docstring(tree: ast.Module) -> list[str]:
    """The module itself and its public functions and classes, where they carry no docstring."""
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, named) and not node.name.startswith("_")]
    missing = [node.name for node in public if not ast.get_docstring(node)]
    return missing if ast.get_docstring(tree) else ["the module", *missing]


def evasions(tree: ast.AST) -> set[str]:
    """`pytest.skip`, `pytest.mark.xfail` and their kin, however they are reached."""
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = {name.split(".")[-1] for name in absolute(tree) if name.startswith("pytest.")}
    return (attributes | names) & EVADING


def test_every_function_fits_on_a_screen() -> None:
    sizes = {f"{path}:{name}": size for path, tree in TREES.items() for name, size in lengths(tree).items()}
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


def test_half_of_all_functions_are_small() -> None:
    assert median(size for tree in TREES.values() for size in lengths(tree).values()) <= FUNCTION_MEDIAN


def test_every_file_can_be_read_in_one_sitting() -> None:
    files = [path for path in PACKAGE + TESTS if not path.startswith("tests/golden/")]
    sizes = {path: len(read(path).splitlines()) for path in files}
    assert {path: size for path, size in sizes.items() if size > FILE_LINES} == {}


def test_imports_inside_the_package_are_relative() -> None:
    own = {"sendlaw"} | {path.split("/")[0] for path in PACKAGE if "/" in path}
    wrong = [(path, name) for path, tree in TREES.items() for name in absolute(tree) if name.split(".")[0] in own]
    assert wrong == []


def test_imports_point_one_way() -> None:
    wrong = [
        f"{path}:{node.lineno} imports {target or 'the root'}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for target in imported(node, path, set(MODULES))
        if layer(target) > layer(module_name(path))
    ]
    assert wrong == []


def test_no_two_modules_need_each_other_to_load() -> None:
    graph: dict[str, set[str]] = {}
    for path, tree in TREES.items():
        nodes = [node for node in at_load(tree) if isinstance(node, ast.ImportFrom) and node.level]
        targets = {target for node in nodes for target in imported(node, path, set(MODULES))}
        graph[module_name(path)] = targets - {module_name(path)}
    assert cycle(graph) == []


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """One circle of names, or an empty list."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_what_belongs_in_one_place_stays_there() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in TREES.items()
        for name in {full.split(".")[0] for full in absolute(tree)}
        if not path.startswith(ONE_PLACE.get(name, path))
    ]
    assert wrong == []


def test_only_the_pipeline_and_the_command_line_touch_the_world() -> None:
    pure = [path for path in PACKAGE if not path.startswith(IMPURE_PLACES)]
    allowed = {path: ALLOWED[path][0] if path in ALLOWED else set() for path in pure}
    found = {path: impurities(TREES[path]) - allowed[path] for path in pure}
    assert {path: names for path, names in found.items() if names} == {}


def test_what_is_public_says_what_it_is() -> None:
    missing = {path: without_docstring(tree) for path, tree in TREES.items()}
    assert {path: names for path, names in missing.items() if names} == {}


def test_nothing_is_left_unfinished() -> None:
    texts = PACKAGE + TESTS + walk("rulesets", ".policy") + walk("grammar", ".lark") + ["Makefile"]
    assert [(path, found.group()) for path in texts if (found := UNFINISHED.search(read(path)))] == []


def test_no_test_is_left_out() -> None:
    found = {path: evasions(ast.parse(read(path))) for path in TESTS}
    assert {path: names for path, names in found.items() if names} == {}


def test_every_folder_with_python_ships() -> None:
    folders = {Path(path).parent.as_posix() for path in PACKAGE}
    names = {"sendlaw" if folder == "." else "sendlaw." + folder.replace("/", ".") for folder in folders}
    listed = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]["packages"]
    assert sorted(names) == sorted(listed)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import time", {"time"}),
        ("def f():\n    from os.path import join", {"os"}),
        ("from urllib.parse import urlsplit", set()),
        ("import urllib.request", {"urllib"}),
        ("t = datetime.now(UTC)", {"now"}),
        ("with open('x') as f: pass", {"open"}),
        ("from importlib.resources import files\nfiles('x').joinpath('y').read_text()", set()),
        ("from importlib import resources\nresources.files('x').joinpath('y').read_bytes()", set()),
        ("from importlib import resources\nfrom pathlib import Path\nPath('x').read_text()", {"read_text"}),
        ("now = at + 1", set()),
    ],
)
def test_impurities_are_seen(source: str, expected: set[str]) -> None:
    assert impurities(ast.parse(source)) == expected


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("policy/parser.py", "from .tree import Rule", ["policy.tree"]),
        ("policy/parser.py", "from . import tree, Rule", ["policy.tree", "policy"]),
        ("engine/compiler.py", "from ..policy.tree import Rule", ["policy.tree"]),
        ("engine/pipeline/ledger.py", "from ... import evaluate", [""]),
        ("__init__.py", "from .policy import tree", ["policy.tree"]),
        ("policy/__init__.py", "from .tree import Rule", ["policy.tree"]),
    ],
)
def test_relative_imports_are_resolved(path: str, source: str, expected: list[str]) -> None:
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.ImportFrom)
    assert list(imported(node, path, {"", "policy", "policy.tree"})) == expected


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("grammar", "policy.parser"),
        ("policy.model", "engine.compiler"),
        ("engine.message", "engine.pipeline.ledger"),
        ("engine.pipeline.ledger", ""),
        ("", "cli.main"),
        ("cli.main", "__main__"),
    ],
)
def test_layers_are_told_apart(lower: str, higher: str) -> None:
    assert layer(lower) < layer(higher)


def test_a_circle_of_imports_is_seen() -> None:
    assert set(cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}})) == {"a", "b", "c"}
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from .a import x", 1),
        ("try:\n    from .a import x\nexcept ImportError:\n    from .b import x", 2),
        ("if TYPE_CHECKING:\n    from .a import x\nelse:\n    from .b import x", 1),
        ("def f():\n    from .a import x", 0),
        ("class C:\n    from .a import x\n    def f(self):\n        from .b import x", 1),
    ],
)
def test_only_imports_at_load_count_for_circles(source: str, expected: int) -> None:
    assert sum(isinstance(node, ast.ImportFrom) for node in at_load(ast.parse(source))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import pytest\n@pytest.mark.skipif(True)\ndef test(): ...", {"skipif"}),
        ("from pytest import xfail", {"xfail"}),
        ("import pytest\npytest.importorskip('x')", {"importorskip"}),
        ("import pytest\n@pytest.mark.soak\ndef test(): ...", set()),
    ],
)
def test_evasions_are_seen(source: str, expected: set[str]) -> None:
    assert evasions(ast.parse(source)) == expected


def test_lengths_and_docstrings_are_measured() -> None:
    tree = ast.parse('"""M."""\ndef f():\n    """D."""\n    return 1\nclass C:\n    def g(self): ...')
    assert lengths(tree) == {"f:2": 3, "g:6": 1}
    assert without_docstring(tree) == ["C"]
    assert without_docstring(ast.parse("def _hidden(): ...")) == ["the module"]
