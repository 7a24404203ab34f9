"""Renaming rules, sources, words lists, tables, columns and groups in all files at once."""

from __future__ import annotations

import re

from .analysis import Analysis
from .diagnostics import Edit
from .navigation import symbol_at
from .places import is_place
from .source import Span
from .symbols import Occurrence, Symbol
from .syntax_errors import RESERVED
from .vocabulary import SUBJECTS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Z][A-Za-z0-9_]*")
_KINDS = {"rule": "rule", "source": "source", "words": "words list", "table": "table", "column": "column"}


class RenameError(ValueError):
    """A name that cannot be given, or a thing that cannot be renamed; says why in a sentence."""


def renameable(analysis: Analysis, name: str, offset: int) -> Span:
    """The stretch that holds the name to be changed at an offset of a file. Raises RenameError."""
    return _found(analysis, name, offset).span


def rename_edits(analysis: Analysis, name: str, offset: int, new: str) -> tuple[Edit, ...]:
    """The edits that give what is named at an offset another name, in all files. Raises RenameError."""
    found = _found(analysis, name, offset)
    old = found.symbol
    if new == old.short:
        return ()
    _check_form(old, new)
    _check_clash(analysis, old, new)
    spans = {one.span for one in analysis.occurrences[old]}
    return tuple(Edit(span, new) for span in sorted(spans, key=lambda span: (span.source.name, span.start)))


def _found(analysis: Analysis, name: str, offset: int) -> Occurrence:
    found = symbol_at(analysis, name, offset)
    if found is None or (found.symbol.kind not in _KINDS and found.symbol.name not in analysis.groups):
        raise RenameError("only rules, sources, words lists, tables, columns and groups can be renamed")
    symbol, uses = found.symbol, analysis.occurrences.get(found.symbol, [])
    if not any(one.declares for one in uses):
        raise RenameError(f"no file declares `{symbol.name}`")
    bundled = next((one for one in uses if one.span.source.name in analysis.bundled), None)
    if bundled is not None:
        raise RenameError(f"`{symbol.name}` stands in a bundled file, which is not changed: {bundled.span.source.name}")
    if symbol.kind == "words" and symbol.name in SUBJECTS:
        raise RenameError(f"`{symbol.name}` is a subject that messages declare: its words list keeps that name")
    for facts in analysis.files.values():
        if symbol.short in facts.parsed.lost_names:
            source = facts.parsed.file.source.name
            raise RenameError(f"`{symbol.short}` stands in a part of {source} that cannot be read: mend that first")
    return found


def _check_form(old: Symbol, new: str) -> None:
    if old.kind == "place":
        if not _CODE.fullmatch(new):
            raise RenameError(f"`{new}` cannot name a group: it starts with a capital, then letters, digits and `_`")
        if is_place(new):
            raise RenameError(f"`{new}` is the code of a country and cannot name a group")
        return
    if not _NAME.fullmatch(new):
        raise RenameError(f"`{new}` cannot be a name: names hold small letters a to z, digits and `_`")
    if new in RESERVED and old.kind != "column":
        raise RenameError(f"`{new}` is a word of the language and cannot be a name")


def _check_clash(analysis: Analysis, old: Symbol, new: str) -> None:
    owner, dot, _ = old.name.rpartition(".") if old.kind in ("rule", "source", "column") else ("", "", "")
    wanted = Symbol(old.kind, f"{owner}{dot}{new}")
    if any(one.declares for one in analysis.occurrences.get(wanted, ())):
        what = _KINDS.get(old.kind, "group")
        where = f" in {owner}" if owner else ""
        raise RenameError(f"there is a {what} called `{new}`{where} already")
    if old.kind == "words" and new in SUBJECTS:
        raise RenameError(f"`{new}` is a subject that messages declare: the list would take its meaning")
    if old.kind == "place" and any(item.name.text == new for item in analysis.policies):
        raise RenameError(f"there is a policy called `{new}` already")
