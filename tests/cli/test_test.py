"""`sendlaw test`: which tests run, how failures are told, JUnit XML and JSON, coverage."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sendlaw import rulesets

from .support import SHOP, assert_golden, run

BUNDLED = Path(rulesets.__path__[0])

FAILING = """policy shop "A shop" {
  recipients FR
  languages fr

  rule hours "Hours" {
    when category is promotional
    only 08:00-21:30
    basis house
  }

  test "Too late" {
    to "+33639981234" from "ACME" category promotional body "été"
    cases (at) {
      2026-11-24 22:14 | allow
      2026-11-24 12:00 | deny by hours
      2026-03-29 02:30 | allow
      2026-11-24 12:01 | allow
    }
  }
}
"""


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("shop.policy").write_text(FAILING, encoding="utf-8")
    return "shop.policy"


def test_tests_that_pass() -> None:
    result = run("test", "--no-bundled", SHOP)
    assert result.stdout == "3 passed\n"
    assert result.exit_code == 0


def test_failures_are_told_with_place_case_difference_and_verdict(failing: str) -> None:
    result = run("test", "--no-bundled", failing)
    assert result.exit_code == 1
    assert_golden("test_failing.txt", result.stdout)


def test_tests_of_given_files_run_with_the_bundled_rules(failing: str) -> None:
    result = run("test", failing)
    assert result.exit_code == 1
    assert "got       deny by FR.consent" in result.stdout
    assert result.stdout.endswith("0 passed, 4 failed\n")


def test_without_a_path_the_bundled_tests_run_and_so_they_do_by_their_folder() -> None:
    bare = run("test")
    by_folder = run("test", str(BUNDLED))
    assert bare.exit_code == by_folder.exit_code == 0, bare.stdout + by_folder.stdout
    assert bare.stdout == by_folder.stdout


def test_one_bundled_file_runs_its_own_tests_alone(tmp_path: Path) -> None:
    itself = BUNDLED / "countries" / "FR.policy"
    copy = tmp_path / "copy.policy"
    copy.write_bytes(itself.read_bytes())
    first, second = run("test", str(itself), "--json"), run("test", str(copy), "--json")
    assert first.exit_code == second.exit_code == 0
    cases = [json.loads(result.stdout)["cases"] for result in (first, second)]
    assert {case["policy"] for case in cases[0]} == {"FR"}
    assert len(cases[0]) == len(cases[1])


def test_only_tests_with_a_text_in_their_title(failing: str) -> None:
    assert run("test", "--no-bundled", SHOP, "-k", "REFUSAL").stdout == "1 passed\n"
    nothing = run("test", "--no-bundled", SHOP, "-k", "casino")
    assert nothing.exit_code == 2
    assert "there is no test to run with `casino` in its title" in nothing.stderr


def test_coverage_names_what_is_not_shown_with_a_line_to_try_and_fails() -> None:
    result = run("test", "--no-bundled", "--coverage", SHOP)
    assert result.exit_code == 1
    assert_golden("test_coverage.txt", result.stdout.replace(SHOP, "shop.policy"))


def test_coverage_as_json() -> None:
    result = run("test", "--no-bundled", "--coverage", "--json", SHOP)
    coverage = json.loads(result.stdout)["coverage"]
    assert coverage["counts"]["rule"] == {"shown": 7, "of": 14}
    assert sum(counts["of"] - counts["shown"] for counts in coverage["counts"].values()) == len(coverage["gaps"])
    gap = next(gap for gap in coverage["gaps"] if gap["kind"] == "boundary" and gap["rule"] == "FR.often")
    assert gap["what"] == "the limit of 2 in 7 days per recipient, brand, reached"
    assert gap["try"] == "history [ 2026-01-15 10:00 promotional, 2026-01-15 11:00 promotional ]  expect defer by often"
    assert (gap["file"], gap["line"]) == (SHOP, 55)
    assert result.exit_code == 1


def test_coverage_of_what_is_covered(tmp_path: Path) -> None:
    path = tmp_path / "small.policy"
    path.write_text(
        FAILING[: FAILING.index("test ")]
        + """
  test "Both sides" {
    to "+33639981234" from "ACME" body "x"
    cases (category, at) {
      promotional   | 2026-11-24 07:59 | defer until 2026-11-24 08:00 by hours
      promotional   | 2026-11-24 21:29 | allow
      promotional   | 2026-11-24 21:30 | defer by hours
      transactional | 2026-11-24 21:30 | no defer
    }
  }
}
"""
    )
    result = run("test", "--no-bundled", "--coverage", str(path))
    told = "the tests show 2 of 2 sides of rules, 2 of 2 outcomes of conditions, 4 of 4 sides of boundaries"
    assert result.stdout == f"{told}\n4 passed\n"
    assert result.exit_code == 0


def test_junit_xml(failing: str) -> None:
    result = run("test", "--no-bundled", failing, "--junit", "out.xml")
    assert result.exit_code == 1
    root = ElementTree.parse("out.xml").getroot()
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "4", "3")
    (suite,) = root
    assert (suite.tag, suite.get("name")) == ("testsuite", failing)
    cases = list(suite)
    assert [case.get("line") for case in cases] == ["14", "15", "16", "17"]
    assert [case.find("failure") is None for case in cases] == [False, False, False, True]
    assert cases[0].get("classname") == "shop"
    assert cases[0].get("name") == "Too late [2026-11-24 22:14 | allow]"
    failure = cases[0].find("failure")
    assert failure is not None
    assert failure.get("message") == "expected allow, got defer until 2026-11-25 08:00:00+01:00 by shop.hours"


def test_a_failure_in_junit_xml_holds_the_verdict(failing: str) -> None:
    run("test", "--no-bundled", failing, "--junit", "out.xml")
    failure = next(ElementTree.parse("out.xml").getroot().iter("failure"))
    assert "22:14 in Europe/Paris; open 08:00–21:30; next opening Wednesday 08:00" in (failure.text or "")


def test_junit_xml_has_a_suite_for_each_file(failing: str) -> None:
    run("test", "--no-bundled", failing, SHOP, "--junit", "out.xml")
    suites = ElementTree.parse("out.xml").getroot()
    assert {suite.get("name"): suite.get("tests") for suite in suites} == {failing: "4", SHOP: "3"}


PROMISE = """policy promises "What we promise" {
  recipients anywhere
  languages  en

  never allow when category is promotional
               and consent is not known
}
"""


def test_a_broken_promise_is_told_with_its_example_and_where_it_stands(failing: str) -> None:
    Path("promises.policy").write_text(PROMISE)
    told = run("test", "--no-bundled", failing, "promises.policy", "--junit", "out.xml").stdout
    promise = "never allow when category is promotional and consent is not known"
    assert (
        "    case      2026-11-24 12:01 | allow\n"
        f"  - expected  {promise}  (promises.policy:5)\n"
        "  + got       this message is allowed\n"
    ) in told
    assert f"  - expected  {promise}  (promises.policy:5)\n  + got       defer until 2026-11-25" in told
    failures = [one.text or "" for one in ElementTree.parse("out.xml").getroot().iter("failure")]
    assert [text for text in failures if text.startswith(f"promises.policy:5: expected {promise}, got this")]


def test_junit_xml_that_cannot_be_written(failing: str) -> None:
    result = run("test", "--no-bundled", SHOP, "--junit", "no/such/folder/out.xml")
    assert result.exit_code == 2
    assert "no such file or directory" in result.stderr


def test_results_as_json(failing: str) -> None:
    data = json.loads(run("test", "--no-bundled", failing, "--json").stdout)
    assert (data["passed"], data["failed"], "coverage" in data) == (1, 3, False)
    first = data["cases"][0]
    assert (first["file"], first["line"], first["test"], first["passed"]) == (failing, 14, "Too late", False)
    got = "defer until 2026-11-25 08:00:00+01:00 by shop.hours"
    assert first["differences"] == [{"file": failing, "line": 14, "expected": "allow", "got": got}]
    assert first["verdict"]["decision"] == "defer"
    assert data["cases"][2]["verdict"] is None


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "there is no test to run"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'policy FR "France" {', "error"),
        (b"(" * 10_000, "error"),
        (b'policy FR "France" { recipients FR languages fr }', "there is no test to run"),
        (
            b'policy FR "France" { recipients FR languages fr test "T" { categry promotional expect allow } }',
            "did you mean `category`?",
        ),
    ],
)
def test_files_that_cannot_be_tested(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bad.policy"
    path.write_bytes(content)
    result = run("test", "--no-bundled", str(path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert reason in result.stderr


def test_paths_that_hold_no_rules(tmp_path: Path) -> None:
    missing, folder, bare = run("test", "none.policy"), run("test", str(tmp_path)), run("test", "--no-bundled")
    assert (missing.exit_code, folder.exit_code, bare.exit_code) == (2, 2, 2)
    assert "does not exist" in missing.stderr
    assert "holds no `.policy` file" in folder.stderr
    assert "name some rule files" in bare.stderr
