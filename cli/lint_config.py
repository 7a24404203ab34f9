"""Finds and reads the linter's configuration: `sendlaw.toml`, or `[tool.sendlaw.lint]` in `pyproject.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click

from ..policy.lint_config import LintConfigError, LintSettings, parse_settings
from ..policy.linter import known_codes
from .common import error_words, refuse_device

OWN, SHARED = "sendlaw.toml", "pyproject.toml"


def lint_settings(config: Path | None, folder: Path | None = None) -> LintSettings:
    """The settings in `config`, or in the nearest file that has some; the defaults if none does. Nearest is looked for
    from `folder` upwards, or from here.

    Raises `UsageError` for a file that cannot be read or is wrong, with its name, the setting and the reason.
    """
    path = config or _nearest(folder or Path.cwd())
    if path is None:
        return LintSettings()
    try:
        table = _table(path)
        return LintSettings() if table is None else parse_settings(table, known_codes())
    except LintConfigError as error:
        raise click.UsageError(f"{path}: {_where(path)}: {error}") from error


def _nearest(folder: Path) -> Path | None:
    for here in (folder, *folder.parents):
        for name in (OWN, SHARED):
            path = here / name
            if path.is_file() and _table(path) is not None:
                return path
    return None


def _table(path: Path) -> object:
    """What a file says of the linter; None if nothing."""
    data: Any = _parsed(path)
    for name in ("tool", "sendlaw", "lint") if path.name == SHARED else ("lint",):
        if not isinstance(data, dict):
            raise click.UsageError(f"{path}: `{name}` stands in something that is no table")
        if name not in data:
            return None
        data = data[name]
    return data


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            refuse_device(stream, str(path))
            return tomllib.load(stream)
    except OSError as error:
        raise click.UsageError(error_words(error)) from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path}: is not UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise click.UsageError(f"{path}: is not TOML: {str(error) or 'nested too deeply'}") from error


def _where(path: Path) -> str:
    return "[tool.sendlaw.lint]" if path.name == SHARED else "[lint]"
