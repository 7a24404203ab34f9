"""Rule files as `fmt` and `lint` see them: which bundled ones belong beside them, and how they are written anew."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .. import rulesets
from ..engine.rule_store import bundled_sources
from ..policy.source import Source


def bundled_beside(given: Sequence[Source]) -> list[Source]:
    """The bundled rule files, without those that are among the given ones, as themselves or as copies."""
    texts, paths = {source.text for source in given}, {Path(source.name).resolve() for source in given}
    return [source for source in bundled_sources() if source.text not in texts and bundled_path(source) not in paths]


def bundled_path(source: Source) -> Path:
    """Where a bundled rule file lies on disk."""
    return package_folder().joinpath(*source.name.split("/"))


def package_folder() -> Path:
    """The folder that the names of the bundled rule files start from."""
    return Path(rulesets.__path__[0]).resolve().parent


def replace_file(path: Path, data: bytes) -> None:
    """Write a file anew in one step, with the permissions it had: whoever reads it sees the old or the new text."""
    real = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(data)
        shutil.copymode(real, name)
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
