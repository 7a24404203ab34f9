"""Results of rule tests as JUnit XML, the form that continuous-integration services read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from ..engine.testing import CaseResult
from .verdict_view import verdict_lines

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""


def write_junit(path: Path, results: Sequence[CaseResult]) -> None:
    """Writes one test suite for each rule file. Raises `OSError` where the file cannot be written."""
    root = ElementTree.Element("testsuites", _counts(results))
    for name, found in groupby(results, key=lambda result: result.case.span.source.name):
        cases = list(found)
        suite = ElementTree.SubElement(root, "testsuite", {"name": _clean(name), **_counts(cases)})
        for result in cases:
            _add_case(suite, result)
    tree = ElementTree.ElementTree(root)
    ElementTree.indent(tree)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _counts(results: Iterable[CaseResult]) -> dict[str, str]:
    passed = [result.passed for result in results]
    return {"tests": str(len(passed)), "failures": str(passed.count(False)), "errors": "0"}


def _add_case(suite: ElementTree.Element, result: CaseResult) -> None:
    span = result.case.span
    title = f"{result.test.title} [{result.row}]" if result.row else result.test.title
    attributes = {"classname": result.test.policy, "name": title, "file": span.source.name, "line": str(span.line)}
    case = ElementTree.SubElement(suite, "testcase", {key: _clean(value) for key, value in attributes.items()})
    for difference in result.differences:
        wanted = difference.span
        told = f"expected {difference.expected}, got {difference.got}"
        failure = ElementTree.SubElement(case, "failure", {"message": _clean(told)})
        verdict = () if result.verdict is None else verdict_lines(result.verdict, colour=False)
        failure.text = _clean("\n".join((f"{wanted.source.name}:{wanted.line}: {told}", *verdict)))


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
