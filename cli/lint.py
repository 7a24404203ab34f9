"""`sendlaw lint`: what is wrong or doubtful in rule files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click

from ..engine.rule_store import bundled_sources, read_sources
from ..policy.checker import Checked, check
from ..policy.diagnostics import Finding, PolicyError
from ..policy.linter import LintConfig, apply_edits, lint_whole
from ..policy.parser import parse
from ..policy.render import counts, render_json, render_text
from ..policy.sarif import LintRun, render_github, render_sarif
from ..policy.silences import Silenced
from ..policy.source import Source
from ..policy.tree import File
from .common import colour_on, number_of, say, says_more
from .days import Day
from .lint_config import lint_settings
from .lint_tables import TABLES
from .pages import show_page
from .rule_files import bundled_beside, package_folder, replace_file


@dataclass(frozen=True, slots=True)
class _Job:
    """The files asked about, those that belong beside them, and the day on which the question is asked."""

    given: tuple[Source, ...]
    beside: tuple[Source, ...]
    config: LintConfig
    bundled: bool
    """Whether the files asked about are those that ship."""

    def checked(self) -> tuple[Checked, list[File]]:
        """All files checked together, and their trees."""
        parsed = [parse(source) for source in (*self.beside, *self.given)]
        return check(parsed, bundled=frozenset(source.name for source in self.beside)), [one.file for one in parsed]

    def findings(self) -> tuple[tuple[Finding, ...], tuple[Silenced, ...]]:
        """Errors of the checker wherever they stand; everything else, and what comments silence, in the files asked
        about alone.
        """
        checked, trees = self.checked()
        given = {source.name for source in self.given}
        shown = [one for one in checked.findings if one.severity == "error" or one.span.source.name in given]
        silenced: list[Silenced] = []
        if checked.rule_set is not None:
            found, quiet = lint_whole(checked.rule_set, trees, self.config)
            shown += [finding for finding in found if finding.span.source.name in given]
            silenced += [one for one in quiet if one.comment.source.name in given]
        return tuple(sorted(shown, key=lambda finding: finding.sort_key)), tuple(silenced)

    def run(self, exit_code: int) -> LintRun:
        """What a SARIF log says of this run."""
        targets = tuple(source.name for source in self.given)
        bundled = frozenset(source.name for source in (self.given if self.bundled else self.beside))
        here, package = (f"{folder.as_uri()}/" for folder in (Path.cwd(), package_folder()))
        return LintRun(targets, bundled, here, package, exit_code)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How findings are written; text is the default.",
)
@click.option("--fix", is_flag=True, help="Carry out the edits that cannot change a verdict.")
@click.option(
    "--today",
    type=Day(),
    metavar="DATE",
    help="The day on which rules expire and sources grow old; for runs that give the same findings every day.",
)
@click.option("--cost", "table", flag_value="cost", help="Show what judging a message costs at most, per country.")
@click.option("--facts", "table", flag_value="facts", help="Show which facts the rules need, per country.")
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A sendlaw.toml or pyproject.toml; the nearest one, from here upwards, if not given.",
)
@click.option(
    "--explain",
    metavar="CODE",
    callback=show_page,
    is_eager=True,
    expose_value=False,
    help="Show what is said of an error or finding at length, such as E203 or L101, and nothing else.",
)
def lint(
    paths: tuple[Path, ...], layout: str, fix: bool, today: date | None, table: str | None, config: Path | None
) -> None:
    """Find what is wrong or doubtful in the rule files at each PATH, read together with the bundled rules.

    A PATH is a rule file, or a folder of them; without one, the bundled rules are meant. Exits 1 if there are
    findings other than notes, 2 if a file cannot be read. A comment `# lint: allow L101 because …` silences a
    finding on its own line or the next; sendlaw.toml, or [tool.sendlaw.lint] in pyproject.toml, says which
    findings count. --cost and --facts print a table, or JSON, in place of findings.

    \b
    Examples: sendlaw lint house-rules/
              sendlaw lint --format sarif --today 2026-12-01 > findings.sarif
              sendlaw lint --cost
              sendlaw lint --explain E203
    """
    if fix and not paths:
        raise click.UsageError("--fix needs a PATH: the bundled rules are not changed in place")
    given, unreadable = read_sources(paths) if paths else (bundled_sources(), [])
    beside = bundled_beside(given) if paths else []
    settings = LintConfig(today or date.today(), lint_settings(config))
    job = _Job(tuple(given), tuple(beside), settings, bundled=not paths)
    if table is not None:
        _show_table(job, unreadable, table, layout)
        return
    findings, silenced = job.findings()
    if fix:
        job = _fixed(job, findings)
        findings, silenced = job.findings()
    exit_code = 2 if unreadable else int(any(finding.severity != "note" for finding in findings))
    if layout == "sarif":
        print(render_sarif((*unreadable, *findings), version("sendlaw"), job.run(exit_code), silenced))
    else:
        _show((*unreadable, *findings), layout)
    sys.exit(exit_code)


def _show_table(job: _Job, unreadable: Sequence[Finding], table: str, layout: str) -> None:
    """The cost or the facts of rules that can be read and compile; without findings in between."""
    if layout not in TABLES[table]:
        raise click.UsageError(f"--{table} is written as text or json, not as {layout}")
    checked, _ = job.checked()
    if unreadable or checked.rule_set is None:
        raise PolicyError((*unreadable, *checked.findings))
    print(TABLES[table][layout](checked.rule_set))


def _show(findings: Sequence[Finding], layout: str) -> None:
    if layout == "json":
        print(render_json(findings))
    elif layout == "github":
        print(render_github(findings), end="\n" if findings else "")
    else:
        if findings:
            print(render_text(findings, color=colour_on(sys.stdout)), end="\n\n")
            print(says_more(findings))
        print(counts(findings))


def _fixed(job: _Job, findings: Sequence[Finding]) -> _Job:
    """The job with the edits of its findings carried out, and the files written."""
    given = tuple(Source(source.name, apply_edits(source, findings)) for source in job.given)
    changed = [new for new, old in zip(given, job.given, strict=True) if new.text != old.text]
    for source in changed:
        replace_file(Path(source.name), source.text.encode())
    if changed:
        say(f"{number_of(len(changed), 'file')} mended")
    return replace(job, given=given)
