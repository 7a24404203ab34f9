"""`sendlaw lsp`: the language server for editors, over standard input and output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..engine.rule_store import SUFFIX, read_source
from ..policy import model as m
from ..policy.lint_config import LintSettings
from ..policy.source import Source
from .common import say
from .lint_config import lint_settings
from .rule_files import bundled_beside, bundled_path

if TYPE_CHECKING:
    from ..engine.policy import Policy

_PASSED_OVER = frozenset({"node_modules", "build", "dist", "site-packages"})
"""Folders of a workspace that hold copies and other people's files; so do those whose name starts with a dot."""


@click.command()
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    metavar="FOLDER",
    help="A folder whose rule files belong together; may be repeated. Without it: the folders open in the editor.",
)
@click.option("--no-bundled", is_flag=True, help="Leave out the bundled rules.")
def lsp(rules: tuple[Path, ...], no_bundled: bool) -> None:
    """Serve an editor: findings while you type, hover, completion, renaming, formatting, quick fixes.

    Speaks the Language Server Protocol over standard input and output; editors start it by themselves. Needs the
    extra `lsp`: pip install 'sendlaw[lsp]'.

    \b
    Examples: sendlaw lsp
              sendlaw lsp --rules house-rules/
    """
    if find_spec("pygls") is None:
        say("sendlaw lsp: the language server needs pygls; install it with: pip install 'sendlaw[lsp]'")
        sys.exit(2)
    from ..policy.server import make_server
    from ..policy.workspace import Surroundings

    surroundings = Surroundings(_read, _nothing if no_bundled else _beside, date.today, _Judge(), _settings)
    server = make_server(version("sendlaw"), surroundings, [folder.absolute().as_posix() for folder in rules])
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:  # the server closes it at its end
        server.start_io(sys.stdin.buffer, answers)
    sys.exit(int(not server.was_asked_to_stop))


def _read(folders: Sequence[str]) -> list[Source]:
    """The rule files below folders, each once; those that cannot be read are left to `sendlaw lint` to name."""
    paths = dict.fromkeys(path for folder in folders for path in _rule_files(folder))
    return [source for path in paths if (source := read_source(path)[0]) is not None]


def _rule_files(folder: str) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_OVER)
        yield from (Path(place) / name for name in sorted(files) if name.endswith(SUFFIX))


def _beside(given: Sequence[Source]) -> list[Source]:
    """The bundled rule files that belong beside the given ones, named by where they lie on disk."""
    return [Source(bundled_path(source).as_posix(), source.text) for source in bundled_beside(given)]


def _nothing(given: Sequence[Source]) -> list[Source]:
    return []


def _settings(folder: str) -> LintSettings:
    """The linter's settings for a folder; what is wrong with them is said once and otherwise left aside."""
    try:
        return lint_settings(None, Path(folder))
    except click.UsageError as error:
        say(f"sendlaw lsp: {error.message}")
        return LintSettings()


class _Judge:
    """Runs tests. The rules are compiled when the first test of a rule set is run."""

    def __init__(self) -> None:
        self._policy: Policy | None = None

    def __call__(self, rule_set: m.RuleSet, test: m.Test) -> list[str]:
        """Every difference from what a test expects, in words."""
        from ..engine.testing import run_tests

        results = run_tests(self._compiled(rule_set), (test,))
        found = ((result.where(one), one) for result in results for one in result.differences)
        return [f"{where}: expected {one.expected}, got {one.got}" for where, one in found]

    def _compiled(self, rule_set: m.RuleSet) -> Policy:
        from ..engine.loading import Loaded
        from ..engine.policy import Policy

        if self._policy is None or self._policy.rule_set is not rule_set:
            self._policy = Policy(Loaded(rule_set, digest=""))
        return self._policy
