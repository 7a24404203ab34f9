"""`sendlaw test`: runs the tests in rule files, together with the bundled rules."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from .. import rulesets
from ..engine.coverage import Coverage, measure
from ..engine.coverage_points import Kind
from ..engine.policy import Policy
from ..engine.rule_store import bundled_sources, read_sources
from ..engine.testing import CaseResult, run_tests, silent_rules
from ..policy import model as m
from ..policy.render import visible
from ..policy.source import Source
from .common import colour_on, painter
from .explain import looked_at_lines
from .junit import write_junit
from .verdict_view import verdict_lines

_POINTS: dict[Kind, str] = {
    "rule": "sides of rules",
    "condition": "outcomes of conditions",
    "boundary": "sides of boundaries",
}


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(exists=True, path_type=Path))
@click.option("--no-bundled", is_flag=True, help="Leave out the bundled rules.")
@click.option("-k", "text", default="", metavar="TEXT", help="Only tests with this text in title or policy name.")
@click.option("--coverage", is_flag=True, help="Name the rules, conditions and boundaries that no test shows.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write JUnit XML too.")
@click.option("--json", "as_json", is_flag=True, help="The results as JSON.")
def test(
    paths: tuple[Path, ...], no_bundled: bool, text: str, coverage: bool, junit: Path | None, as_json: bool
) -> None:
    """Run the tests in the rule files at each PATH, together with the bundled rules.

    A PATH is a rule file, or a folder of them; without one, the bundled rules' own tests run. Exits 1 if a test
    fails, and with --coverage if some rule, condition or boundary is shown by none.

    \b
    Examples: sendlaw test house-rules/
              sendlaw test --junit out/rules.xml --coverage
    """
    policy, names = _load(paths, no_bundled=no_bundled)
    tests = [found for found in policy.rule_set.tests if found.span.source.name in names and _wanted(found, text)]
    if not tests:
        raise click.UsageError("there is no test to run" + (f" with `{text}` in its title" if text else ""))
    results = list(run_tests(policy, tests))
    measured = _measured(policy, results, names) if coverage else None
    if junit is not None:
        write_junit(junit, results)
    print(_as_json(results, measured)) if as_json else _show(policy, results, measured)
    gaps = measured is not None and bool(measured.gaps)
    sys.exit(int(gaps or any(not result.passed for result in results)))


def _wanted(test: m.Test, text: str) -> bool:
    return text.casefold() in f"{test.policy} {test.title}".casefold()


def _load(paths: tuple[Path, ...], *, no_bundled: bool) -> tuple[Policy, frozenset[str]]:
    """The rules, and the names of the files whose tests are to run."""
    if no_bundled and not paths:
        raise click.UsageError("--no-bundled leaves no rules: name some rule files")
    bundled = [] if no_bundled else bundled_sources()
    given, findings = read_sources(paths)
    kept = [source for source in bundled if not _replaced(source, given)]
    policy = Policy.from_sources([*kept, *given], bundled=False, findings=findings)
    return policy, frozenset(source.name for source in (given if paths else bundled))


def _replaced(bundled: Source, given: Sequence[Source]) -> bool:
    """Whether a given file is the bundled one itself or a copy of it, so that its rules are not loaded twice."""
    itself = Path(rulesets.__path__[0], *bundled.name.split("/")[1:]).resolve()
    return any(source.text == bundled.text or Path(source.name).resolve() == itself for source in given)


def _measured(policy: Policy, results: Sequence[CaseResult], names: frozenset[str]) -> Coverage:
    return measure(policy, [rule for rule in policy.rule_set.rules if rule.span.source.name in names], results)


# ---- what is shown


def _show(policy: Policy, results: Sequence[CaseResult], measured: Coverage | None) -> None:
    colour = colour_on(sys.stdout)
    for result in results:
        if not result.passed:
            print("\n".join(_failure(policy, result, colour)), end="\n\n")
    if measured is not None:
        print("\n".join(_coverage_lines(measured, colour)))
    failed = sum(not result.passed for result in results)
    print(painter(colour)(_summary(results), fg="red" if failed else "green", bold=True))


def _coverage_lines(measured: Coverage, colour: bool) -> Iterator[str]:
    """Every gap under its rule, with a line for a test that would close it; then how much is shown."""
    paint = painter(colour)
    for rule, gaps in groupby(measured.gaps, key=lambda gap: gap.rule):
        yield f"{rule.span.source.name}:{rule.span.line}: {paint(rule.id, bold=True)}  {visible(rule.title)}"
        for gap in gaps:
            yield f"  {gap.kind:9}  {visible(gap.what)}"
            yield f"  {'try':>9}  {paint(visible(gap.line), dim=True)}"
        yield ""
    told = (f"{shown:,} of {every:,} {_POINTS[kind]}" for kind, (shown, every) in measured.counts.items())
    yield f"the tests show {', '.join(told)}"


def _summary(results: Sequence[CaseResult]) -> str:
    failed = sum(not result.passed for result in results)
    return f"{len(results) - failed:,} passed" + (f", {failed:,} failed" if failed else "")


def _failure(policy: Policy, result: CaseResult, colour: bool) -> Iterator[str]:
    """The case, each difference, the verdict with its reasons, and why a rule that was expected stayed silent."""
    paint = painter(colour)
    span = result.case.span
    title = f"{result.test.policy}: {visible(result.test.title)}"
    yield f"{paint('failed', fg='red', bold=True)}  {span.source.name}:{span.line}  {title}"
    if result.row:
        yield f"    case      {visible(result.row)}"
    for difference in result.differences:
        expected = f"expected  {visible(difference.expected)}"
        yield f"  {paint(f'- {expected}', fg='red')}  ({result.where(difference)})"
        yield f"  {paint(f'+ got       {visible(difference.got)}', fg='green')}"
    if result.verdict is not None:
        yield from (f"    {line}" for line in verdict_lines(result.verdict, colour=colour))
    for looked in silent_rules(policy, result):
        yield from (f"  {line}" for line in looked_at_lines(looked, colour) if line)


def _as_json(results: Sequence[CaseResult], measured: Coverage | None) -> str:
    failed = sum(not result.passed for result in results)
    data: dict[str, Any] = {
        "passed": len(results) - failed,
        "failed": failed,
        "cases": [_case_json(result) for result in results],
    }
    if measured is not None:
        data["coverage"] = measured.model_dump()
    return json.dumps(data, ensure_ascii=False, indent=2)


def _case_json(result: CaseResult) -> dict[str, Any]:
    span = result.case.span
    differences = [
        {"file": d.span.source.name, "line": d.span.line, "expected": d.expected, "got": d.got}
        for d in result.differences
    ]
    return {
        "file": span.source.name,
        "line": span.line,
        "policy": result.test.policy,
        "test": result.test.title,
        "case": result.row,
        "passed": result.passed,
        "differences": differences,
        "verdict": None if result.verdict is None else result.verdict.model_dump(),
    }
