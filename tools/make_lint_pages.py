"""Write docs/lint from the docstrings of the lint rules. Run after changing one: `python tools/make_lint_pages.py`."""

from __future__ import annotations

from pathlib import Path

from sendlaw.policy.lint_rules import LINT_RULES
from sendlaw.policy.linter import SILENCES

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "lint"
INDEX = """# What `sendlaw lint` finds

Beside the errors of the checker (codes with `E`), the linter finds what compiles and is doubtful. Each finding has a
stable code and a page.

| code | | finds |
|---|---|---|
{rows}

## Silencing a finding

A comment on the line of the finding, or on the line above, silences one code. It says why:

    # lint: allow L114 because the carrier tests this one
    rule short_code "Short codes are leased" {{

A silence without a reason is a finding itself ({no_reason}), and so is one that silences nothing ({unused}).
"""


def pages() -> dict[str, str]:
    """The text of every page, by the name of its file."""
    rows, found = [], {}
    for rule in LINT_RULES:
        title, _, rest = (rule.__doc__ or "").strip().partition("\n")
        name = f"{rule.CODE}-{rule.SLUG}.md"
        found[name] = f"# {rule.CODE} {rule.SLUG}\n\n{title}\n{rest}\n"
        rows.append(f"| [{rule.CODE}]({name}) | {rule.SLUG} | {title} |")
    rows += [f"| {code} | {slug} | {text} |" for code, (slug, text) in SILENCES.items()]
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
