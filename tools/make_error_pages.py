"""Write docs/errors from policy/error_pages. Run after changing a text: `python tools/make_error_pages.py`."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent

from sendlaw.policy.checker import check
from sendlaw.policy.diagnostics import Finding
from sendlaw.policy.error_pages import GROUPS
from sendlaw.policy.pages import PAGES
from sendlaw.policy.parser import parse
from sendlaw.policy.render import counts, render_text
from sendlaw.policy.source import Source

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "errors"
FORM_FEED, DRAWN = "\f", "\N{SYMBOL FOR FORM FEED}"
HEAD = """policy FR "France" {
  recipients FR
  languages  fr
  holidays   FR

  source act     "The Marketing Act, article 5"  "https://example.org/act"  checked 2026-11-22
  source charter "The carriers' charter"         "https://example.org/charter"  checked 2026-11-22

"""
BESIDE = """policy world "Everywhere" {
  recipients anywhere
  languages  en

  source guide "The trade guide"  "https://example.org/guide"  checked 2026-11-22

  rule hours "Marketing from 09:00 to 20:00" {
    when  category is promotional
    only  09:00-20:00
    basis guideline  cite guide
  }

  rule consent "Marketing needs prior consent" {
    when    category is promotional
    require consent is opted_in
    basis   law  cite guide
  }
}
"""
INDEX = """# Errors

An error keeps a rule set from being used: a rule that nobody can read, or that names something which does not exist,
is never left out in silence. Every error has a code that does not change, and a page: what is wrong, why it matters,
an example that is wrong, and the same put right. `sendlaw lint --explain E203` prints the page of that code.

What is doubtful and can still be used is told in the same way, with codes that begin with L:
[what `sendlaw lint` finds](../lint/README.md). The language itself: [the reference](../language.md).

## How an error is read

{shown}

The code and what is wrong; the file, the line and the column; the line itself, with the place underlined; and, behind
`help`, what to do. Where a second place belongs to it, such as the first of two rules with one name, it is shown below.
All errors of all files are told in one run. Mend the first ones first: some of those behind may go with them.

{groups}
## The examples

They are checked by the tests of the project: each example before has exactly the error of its page, and each one after
has none. Examples that begin with `policy` or `group` are whole files. The others show a part of the policy for France
and leave out what is always the same, as in

{head}
      …
    }}

Beside it stands a policy `world` with the rules `world.hours`, a guideline, and `world.consent`, a law. The Acts,
brands and carriers are invented; nothing here is legal advice.
"""


def completed(example: str) -> Source:
    """An example of a page as a file that can be checked."""
    if not re.match(r"(policy|group)\b", example):
        example = f"{HEAD}{indent(example, '  ')}}}\n"
    return Source("example.policy", example.replace(DRAWN, FORM_FEED))


def findings(example: str) -> tuple[Finding, ...]:
    """What parser and checker say of an example, the policy `world` beside it."""
    return check([parse(completed(example)), parse(Source("world.policy", BESIDE))]).findings


def examples(text: str) -> tuple[str, ...]:
    """The examples of a page, before and after; none where a page has none."""
    found = re.search(r"\n\nBefore:\n\n(.+)\n\nAfter:\n\n(.+)", text, re.DOTALL)
    return tuple(dedent(example.rstrip("\n")) + "\n" for example in found.groups()) if found else ()


def _group(about: str, codes: list[str]) -> str:
    title, _, more = about.partition(": ")
    rows = "".join(f"| [{code}]({code}.md) | {PAGES[code].title} |\n" for code in codes)
    return f"## {title}\n\n{more[:1].upper()}{more[1:]}\n\n| code | what is wrong |\n|---|---|\n{rows}"


def _shown(code: str) -> str:
    """How the error of a page is told, with its example."""
    found = findings(examples(PAGES[code].text)[0])
    return f"{render_text(found)}\n\n{counts(found)}"


def pages() -> dict[str, str]:
    """The text of every page, by the name of its file."""
    found = {f"{code}.md": f"# {PAGES[code].heading}\n\n{PAGES[code].body}\n" for _, codes in GROUPS for code in codes}
    groups = "\n".join(_group(about, list(codes)) for about, codes in GROUPS)
    shown, head = indent(_shown("E203"), "    "), indent(HEAD.rstrip(), "    ")
    found["README.md"] = INDEX.format(shown=shown, groups=groups, head=head)
    return found


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
