"""`sendlaw lint --explain CODE`: the page of an error or finding, laid out for the terminal it is read in."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click

from ..policy.diagnostics import did_you_mean
from .common import colour_on, painter

_WIDEST = 100
"""Columns of running text at most: longer lines tire the eye."""
_EXAMPLE = "    "


def show_page(context: click.Context, option: click.Parameter, code: str | None) -> None:
    """Prints the page of a code and ends the command; does nothing where no code was asked about.

    Raises `BadParameter` for a code that no finding has.
    """
    from ..policy.pages import PAGES

    if code is None or context.resilient_parsing:
        return
    page = PAGES.get(code.upper())
    if page is None:
        near = did_you_mean(code, PAGES) or "errors have codes such as E203, findings such as L101"
        raise click.BadParameter(f"no error and no finding has the code `{code}`: {near}", context, option)
    print(painter(colour_on(sys.stdout))(page.heading, bold=True), end="\n\n")
    print("\n\n".join(_fitted(part) for part in page.body.split("\n\n")))
    context.exit()


def _fitted(paragraph: str) -> str:
    """Running text with its lines broken anew; an example as it is."""
    if paragraph.startswith(_EXAMPLE):
        return paragraph
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=False)
