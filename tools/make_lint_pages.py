"""Write docs/lint from the docstrings of the lint rules. Run after changing one: `python tools/make_lint_pages.py`."""

from __future__ import annotations

from pathlib import Path

from sendlaw.policy.linter import known_codes
from sendlaw.policy.pages import PAGES
from sendlaw.policy.silences import SILENCES

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "lint"
INDEX = """# What `sendlaw lint` finds

Beside the [errors](../errors/README.md) of the checker (codes with `E`), the linter finds what compiles and is
doubtful. Each finding has a stable code and a page, which `sendlaw lint --explain L101` prints.

| code | | finds |
|---|---|---|
{rows}

## Silencing a finding

A comment on the line of the finding, or on the line above, silences one code. It says why:

    # lint: allow L114 because the carrier tests this one
    rule short_code "Short codes are leased" {{

A silence without a reason is a finding itself ({no_reason}), and so is one that silences nothing ({unused}); a second
comment above can silence these two in turn. Errors of the checker cannot be silenced.

## Which findings count

The nearest `sendlaw.toml`, or `pyproject.toml` with a table `[tool.sendlaw.lint]`, from the current folder upwards says
which findings are shown, and how much they count. `--config FILE` names another.

    [lint]                       # in pyproject.toml: [tool.sendlaw.lint]
    select = ["L101", "L103"]    # only these; all if left out
    ignore = ["L146"]            # but not these

    [lint.severity]
    L113 = "note"                # "note", "warning" or "error"; notes alone do not fail a run

    [lint.per-file-ignores]
    "drafts/*.policy" = ["L114"]

Errors of the checker cannot be set aside. A wrong configuration is told in words and ends the run with exit code 2.

## Formats

`--format` writes findings as `text`, `json`, `sarif` (SARIF 2.1.0, the OASIS standard that code hosts and editors
read) or `github` (annotations of its workflows). A SARIF log is valid against the standard's schema, which the tests
hold it to. It names every file that was asked about; gives each finding its page, its place (columns in UTF-16), its
fixes, and a fingerprint that stays where lines move; keeps silenced findings with the reason; and says of files that
cannot be read why, in which case the run counts as not successful.

## Messages that show a finding

Where a message shows a finding, its facts stand behind `shown by`, in JSON and SARIF under `witness`: facts by the
names that rules use, `null` for one that is not known, `"another"` for any value that no rule names.

## Cost and facts

`sendlaw lint --cost` counts what judging one message can cost at most, by country and category, from the rules alone:
rules that can speak, comparisons, word look-ups, patterns, table look-ups, windows and limits. Nothing in the language
loops, word lists are searched together in steps linear in the text (Aho-Corasick), patterns too (RE2), and limits in
steps linear in the history. So one instant costs at most the operations shown, the passes shown over the text, and
one pass over the history for each limit.

`sendlaw lint --facts` lists, by country and category, the message fields that rules need, and which rules refuse a
message without them. Both print JSON with `--format json`.
"""


def pages() -> dict[str, str]:
    """The text of every page, by the name of its file."""
    documented = {f"{code}-{PAGES[code].name}.md": PAGES[code] for code in known_codes()}
    found = {name: f"# {page.heading}\n\n{page.body}\n" for name, page in documented.items()}
    rows = [f"| [{page.code}]({name}) | {page.name} | {page.title} |" for name, page in documented.items()]
    no_reason, unused = SILENCES
    found["README.md"] = INDEX.format(rows="\n".join(rows), no_reason=no_reason, unused=unused)
    return found


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
