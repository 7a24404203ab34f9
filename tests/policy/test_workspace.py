"""The files an editor works on: disk, open files, and the bundled ones beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sendlaw.policy.language_features import diagnostics
from sendlaw.policy.lint_config import LintSettings
from sendlaw.policy.linter import Outdated
from sendlaw.policy.source import Source
from sendlaw.policy.workspace import Surroundings, Workspace

from .editing import FRANCE, TODAY, WORLD


class Disk:
    """A disk in memory, which counts how often it is read."""

    def __init__(self, **files: str) -> None:
        self.files = {f"/rules/{name}": text for name, text in files.items()}
        self.reads = 0

    def read(self, folders: Sequence[str]) -> list[Source]:
        self.reads += 1
        found = [(name, text) for name, text in self.files.items() for folder in folders if name.startswith(folder)]
        return [Source(name, text) for name, text in found]


def workspace(disk: Disk, *folders: str, bundled: str = "") -> Workspace:
    beside = [Source("/package/world.policy", bundled)] if bundled else []
    found = Workspace(Surroundings(disk.read, lambda given: beside, lambda: TODAY))
    found.reload(folders)
    return found


def test_an_outdated_analysis_is_not_linted_to_its_end() -> None:
    files = workspace(Disk(world=WORLD), "/rules")
    before = files.analysis("/rules/world")
    files.put("/rules/world", WORLD + "# changed\n")
    after = files.analysis("/rules/world")
    with pytest.raises(Outdated):
        _ = before.linted
    assert not before.is_linted
    assert after.linted and after.is_linted


def test_the_settings_of_the_folder_count_or_of_the_files_own() -> None:
    asked: list[str] = []

    def settings(folder: str) -> LintSettings:
        asked.append(folder)
        return LintSettings(ignore=frozenset({"L114"}) if folder == "/rules" else frozenset())

    files = Workspace(Surroundings(Disk(world=WORLD).read, lambda given: [], lambda: TODAY, None, settings))
    files.reload(["/rules", "/more"])
    files.put("/else/world", WORLD)
    found = {name: {one.code for one in files.analysis(name).linted} for name in ("/rules/world", "/else/world")}
    assert "L114" in found["/else/world"] and "L114" not in found["/rules/world"]
    assert asked == ["/rules", "/else"]


def errors(files: Workspace, name: str) -> list[str]:
    return [one.code for one in diagnostics(files.analysis(name), name) if one.severity == "error"]


def test_an_open_file_stands_before_what_is_on_disk() -> None:
    files = workspace(Disk(world=WORLD), "/rules")
    files.put("/rules/france", FRANCE)
    assert errors(files, "/rules/france") == []
    files.put("/rules/world", WORLD.replace("words perfume", "words scent"))
    assert set(errors(files, "/rules/france")) == {"E209"}
    files.drop("/rules/world")
    assert errors(files, "/rules/france") == []


def test_a_file_outside_of_the_folders_stands_alone_with_the_bundled_ones() -> None:
    files = workspace(Disk(extra=FRANCE), "/rules", bundled=WORLD)
    files.put("/elsewhere/france", FRANCE)
    assert errors(files, "/elsewhere/france") == []
    assert set(files.analysis("/elsewhere/france").files) == {"/package/world.policy", "/elsewhere/france"}
    files.put("/rules/france", FRANCE)
    assert set(errors(files, "/rules/france")) == {"E215"}


def test_a_folder_whose_name_begins_alike_is_another_folder() -> None:
    files = workspace(Disk(), "/rules")
    files.put("/rules-2/france", FRANCE)
    assert set(files.analysis("/rules-2/france").files) == {"/rules-2/france"}


def test_an_open_bundled_file_is_edited_in_its_place() -> None:
    files = workspace(Disk(), bundled=WORLD)
    assert files.surroundings.beside([])
    files.put("/package/world.policy", WORLD.replace("Everywhere", "Anywhere"))
    analysis = files.analysis("/package/world.policy")
    assert list(analysis.files) == ["/package/world.policy"]
    assert analysis.bundled == frozenset()
    assert analysis.policies[0].title.value == "Anywhere"


@pytest.mark.parametrize("change", [True, False])
def test_the_disk_is_read_when_asked_to_and_unchanged_files_are_kept(change: bool) -> None:
    disk = Disk(world=WORLD)
    files = workspace(disk, "/rules")
    files.put("/rules/france", FRANCE)
    before = files.analysis("/rules/france")
    assert files.analysis("/rules/france") is before and disk.reads == 1
    if change:
        disk.files["/rules/world"] = WORLD + "# changed\n"
    files.reload()
    after = files.analysis("/rules/france")
    assert disk.reads == 2 and (after is before) is not change
    assert before.outdated.is_set() is change
    assert (after.files["/rules/world"] is before.files["/rules/world"]) is not change
    assert after.files["/rules/france"] is before.files["/rules/france"]


def test_every_change_has_a_number_of_its_own() -> None:
    files = workspace(Disk())
    numbers = [files.generation]
    for text in ("", "x", None):
        files.put("/a", text) if text is not None else files.drop("/a")
        numbers.append(files.generation)
    for _ in range(2):
        files.reload()
        numbers.append(files.generation)
    assert numbers == sorted(set(numbers))
