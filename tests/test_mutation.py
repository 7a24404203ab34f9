"""The faults that `make mutate` seeds: small, each its own, chosen by a seed, and away from what alters no answer."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.mutation.faults import faults_in, seeded_choice
from tools.mutation.reach import files_that_see

SOURCE = '''"""A module, with `<=` in its docstring."""
from x import y
LIMITS = {"a": 1, "b": 2}
def f(a: int | None, b: str) -> bool | None:
    """Whether a <= b."""
    assert a != 7
    if a is None or not b:
        return None
    code = f"{a} is not None and {b}"
    for n in range(a):
        y(n, b)
    return max(a, 3) <= len(code[1:])
'''


def after(kind: str) -> set[str]:
    """What stands in the source after each fault of a kind."""
    source = SOURCE.encode()
    lines = SOURCE.splitlines()
    faults = [fault for fault in faults_in("m.py", SOURCE) if fault.kind == kind]
    return {fault.seed(source).decode().splitlines()[fault.line - 1].strip() for fault in faults} - set(lines)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("comparison", {"return (max(a, 3) < len(code[1:]))", "return (max(a, 3) > len(code[1:]))",
                        "if (a is not None) or not b:"}),
        ("and/or", {"if (a is None and (not b)):"}),
        ("operand left out", {"if (not b):", "if (a is None):"}),
        ("negation removed", {"if a is None or b:"}),
        ("opposite", {"return min(a, 3) <= len(code[1:])"}),
        ("entry left out", {"LIMITS = ({'b': 2})", "LIMITS = ({'a': 1})"}),
        ("generated code", {"code = f'{a} is None and {b}'", "code = f'{a} is not None or {b}'"}),
        ("loop skipped", {"for n in ():"}),
        ("statement dropped", {"pass"}),
    ],
)  # fmt: skip
def test_faults_of_each_kind(kind: str, expected: set[str]) -> None:
    assert after(kind) >= expected


def test_what_alters_no_answer_is_left_alone() -> None:
    lines = {fault.line for fault in faults_in("m.py", SOURCE)}
    assert lines.isdisjoint({1, 2, 5, 6})
    assert not [fault for fault in faults_in("m.py", SOURCE) if fault.line == 4]


def test_each_fault_compiles_is_its_own_and_keeps_its_name_when_lines_move() -> None:
    source = SOURCE.encode()
    faults = faults_in("m.py", SOURCE)
    seeded = [fault.seed(source).decode() for fault in faults]
    assert all(ast.parse(text) for text in seeded)
    assert SOURCE not in seeded
    assert len({fault.id for fault in faults}) == len(faults) > 30
    moved = faults_in("m.py", SOURCE.replace("LIMITS", "\n\nLIMITS"))
    assert {fault.id for fault in moved} == {fault.id for fault in faults}


def test_the_choice_is_seeded_and_takes_from_every_kind() -> None:
    faults = faults_in("m.py", SOURCE)
    kinds = {fault.kind for fault in faults}
    chosen = seeded_choice(faults, len(kinds), 1)
    assert chosen == seeded_choice(faults, len(kinds), 1)
    assert {fault.kind for fault in chosen} == kinds
    assert set(seeded_choice(faults, 10_000, 1)) == set(faults)


def test_files_of_tests_reach_what_they_import_in_the_end(tmp_path: Path) -> None:
    files = {
        "__init__.py": "",
        "engine/near.py": "from .far import f",
        "engine/far.py": "f = 1",
        "engine/apart.py": "",
        "tests/helper.py": "def g():\n    from sendlaw.engine import near",
        "tests/test_near.py": "from .helper import g",
        "tests/test_apart.py": "import sendlaw.engine.apart",
        "tests/test_process.py": "import subprocess",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    seen = {module: files_that_see(tmp_path, f"engine/{module}.py", ("tests",)) for module in ("near", "far", "apart")}
    assert seen["near"] == seen["far"] == ["tests/test_near.py", "tests/test_process.py"]
    assert seen["apart"] == ["tests/test_apart.py", "tests/test_process.py"]
