"""`sendlaw lint --format sarif` against the schema of SARIF 2.1.0, and what the standard demands beyond it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from sendlaw.cli.lint import lint
from sendlaw.engine.rule_store import read_source
from sendlaw.policy.checker import check
from sendlaw.policy.codes import CODES
from sendlaw.policy.linter import LintConfig, known_codes, lint_whole
from sendlaw.policy.pages import PAGES
from sendlaw.policy.parser import parse
from sendlaw.policy.sarif import LintRun, render_sarif
from sendlaw.policy.silences import Silenced

from ..policy.lint.linting import whole
from ..policy.lint.test_linter import SAMPLES

Json = dict[str, Any]
TESTS = Path(__file__).resolve().parents[1]
SCHEMA = json.loads((TESTS / "data" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
WRONG = sorted((TESTS / "golden" / "errors").glob("*.policy"))
SILENCES = '# lint: allow L101\nrule a "A" { deny basis house }\n# lint: allow L101 because of nothing\n'
EXAMPLES = {
    **{code: whole(entries) for code, entries, expected in SAMPLES if expected},
    "L190": whole(SILENCES),
    "L191": whole(SILENCES),
}
ODD = """policy odd "Odd" {
  recipients anywhere
  languages  en
  words w { en: "🛒 [x](1)", "🛒 [X](1)", "{0} é\u2028", "{0} É\u2028" }
  rule a "A" { when body mentions w and body mentions "<b>🛒</b>" and body mentions "<b>🛒</b>" deny basis law }
}
"""


def written(*paths: Path) -> Json:
    """The run in the log that the command writes about some files together with the bundled ones."""
    result = CliRunner().invoke(lint, ["--today", "2026-11-22", "--format", "sarif", *map(str, paths)])
    run = valid(result.stdout)
    assert run["invocations"][0]["exitCode"] == result.exit_code
    return run


def run_of(path: Path) -> Json:
    """The run in the log about one file alone."""
    source, _ = read_source(path)
    assert source is not None
    parsed = parse(source)
    checked = check([parsed])
    found, silenced = checked.findings, tuple[Silenced, ...]()
    if checked.rule_set is not None:
        lints, silenced = lint_whole(checked.rule_set, [parsed.file], LintConfig(date(2026, 11, 22)))
        found += lints
    return valid(render_sarif(found, "1.2.3", LintRun((source.name,)), silenced))


def valid(text: str) -> Json:
    """The one run of a log, which is valid and of which every part points at something that is there."""
    log = json.loads(text)
    assert [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    check_run(run, text)
    return run


def file(folder: Path, text: str, name: str = "house.policy") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


# ---- what the standard demands and a schema cannot say


def check_run(run: Json, written_as: str) -> None:
    """Everything that points somewhere in a run points at something."""
    assert written_as.isascii()
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    ids = [rule["id"] for rule in rules]
    assert len(set(ids)) == len(ids)
    names = [(one["location"]["uri"], one["location"].get("uriBaseId")) for one in artifacts]
    assert len(set(names)) == len(names)
    assert [one["location"]["index"] for one in artifacts] == list(range(len(artifacts)))
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert set(result["partialFingerprints"]) == {"findingHash/v1"}
        assert result["message"]["text"].strip()
        assert result["suppressions"] is not None  # 3.27.23: all results of a run tell them, or none does
    for place in inside(run["results"], "artifactLocation"):
        assert artifacts[place["index"]]["location"] == place
    for location in inside(run["results"], "physicalLocation"):
        assert_within(run, location["artifactLocation"], location["region"])
    for change in inside(run["results"], "artifactChanges"):
        for part in change:
            assert_changes_fit(run, part)
    for text in messages(run):
        assert not re.search(r"(?<!\\)\]\(", text)
        assert re.sub(r"\{\{|\}\}", "", text).count("{") == re.sub(r"\{\{|\}\}", "", text).count("}") == 0


def inside(value: object, key: str) -> Iterator[Any]:
    """All values under a key, at any depth."""
    if isinstance(value, dict):
        yield from (found for name, found in value.items() if name == key)
        yield from (one for found in value.values() for one in inside(found, key))
    elif isinstance(value, list):
        yield from (one for item in value for one in inside(item, key))


def messages(run: Json) -> Iterable[str]:
    every = (run["results"], run["invocations"])
    found = [one for part in every for key in ("message", "description") for one in inside(part, key)]
    descriptions = [rule[key] for rule in run["tool"]["driver"]["rules"] for key in rule if key.endswith("Description")]
    return [one["text"] for one in (*found, *descriptions)]


def path_of(run: Json, place: Json) -> Path:
    """The file that an artifactLocation names, through the folder it starts from."""
    base = run["originalUriBaseIds"][place["uriBaseId"]]["uri"] if "uriBaseId" in place else ""
    assert not base or base.endswith("/")
    whole_address = urlsplit(urljoin(base, place["uri"]))
    assert whole_address.scheme == "file"
    return Path(unquote(whole_address.path))


def units(run: Json, place: Json) -> list[bytes]:
    """The lines of a file in UTF-16, as `columnKind` says columns are counted."""
    assert run["columnKind"] == "utf16CodeUnits"
    text = path_of(run, place).read_bytes().decode("utf-8-sig")
    return [line.encode("utf-16-le") for line in re.split(r"(?<=\n)", text)]


def assert_within(run: Json, place: Json, region: Json) -> None:
    lines = units(run, place)
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    assert (1, 1) <= start <= end
    for line, column in (start, end):
        assert line <= len(lines) and 2 * (column - 1) <= len(lines[line - 1])
    if "snippet" in region:
        assert text_at(lines, region) == region["snippet"]["text"]


def text_at(lines: list[bytes], region: Json) -> str:
    """The text of a region, cut out of the lines."""
    first, last = region["startLine"] - 1, region["endLine"] - 1
    kept = lines[first : last + 1]
    kept[-1] = kept[-1][: 2 * (region["endColumn"] - 1)]
    kept[0] = kept[0][2 * (region["startColumn"] - 1) :]
    return b"".join(kept).decode("utf-16-le")


def assert_changes_fit(run: Json, change: Json) -> None:
    regions = [one["deletedRegion"] for one in change["replacements"]]
    for region in regions:
        assert_within(run, change["artifactLocation"], region)
    edges = sorted((one["startLine"], one["startColumn"], one["endLine"], one["endColumn"]) for one in regions)
    assert all(before[2:] <= after[:2] for before, after in pairwise(edges))


# ---- every finding


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_every_finding_of_the_linter_is_written_as_the_standard_says(code: str, tmp_path: Path) -> None:
    run = run_of(file(tmp_path, EXAMPLES[code]))
    assert code in {result["ruleId"] for result in run["results"]}


def test_there_is_an_example_of_every_finding_of_the_linter() -> None:
    assert set(EXAMPLES) == set(known_codes())


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_every_error_of_the_checker_is_written_as_the_standard_says(path: Path) -> None:
    run = run_of(path)
    codes = {result["ruleId"] for result in run["results"]}
    assert codes and codes <= {*CODES, *known_codes()}
    assert run["invocations"][0]["executionSuccessful"] is True


def test_every_rule_has_its_page_as_help() -> None:
    found: dict[str, Json] = {}
    for path in WRONG:
        found |= {rule["id"]: rule for rule in run_of(path)["tool"]["driver"]["rules"]}
    assert set(found) == set(PAGES) - {"E001", "E199"}
    for code, rule in found.items():
        page = PAGES[code]
        assert rule["help"]["text"] == rule["help"]["markdown"] == f"{page.title}\n\n{page.text}"
        assert "Before:" in rule["help"]["text"] and "After:" in rule["help"]["text"]
        assert len(rule["fullDescription"]["text"]) > len(rule["shortDescription"]["text"])


def test_the_bundled_rules_have_no_finding_that_counts() -> None:
    run = written()
    assert all(result["suppressions"] for result in run["results"])
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%", "%SENDLAW%"}
    assert all(path_of(run, one["location"]).is_file() for one in run["artifacts"])


# ---- odd texts, odd names, odd files


def test_odd_characters_stand_for_themselves(tmp_path: Path) -> None:
    run = run_of(file(tmp_path, ODD, "ö b%c#d?.policy"))
    told = [result["message"]["text"] for result in run["results"] if result["ruleId"] == "L115"]
    assert [text.partition(" stands")[0] for text in told] == ["`🛒 \\[X\\](1)`", "`{{0}} É\u2028`"]
    assert path_of(run, run["artifacts"][0]["location"]) == tmp_path / "ö b%c#d?.policy"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(tmp_path: Path, end: str) -> None:
    assert run_of(file(tmp_path, "\ufeff" + ODD.replace("\n", end)))["results"]


def test_columns_count_utf_16(tmp_path: Path) -> None:
    (place,) = (
        result["locations"][0]["physicalLocation"]["region"]
        for result in run_of(file(tmp_path, ODD))["results"]
        if result["ruleId"] == "L115" and "🛒" in result["message"]["text"]
    )
    line = ODD.splitlines()[3]
    assert place["startColumn"] == line.index('"🛒 [X]') + 1 + 1
    assert place["endColumn"] - place["startColumn"] == len('"🛒 [X](1)"') + 1


def test_files_are_named_from_the_folder_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    file(tmp_path / "rules", ODD, "a b.policy")
    monkeypatch.chdir(tmp_path)
    run = written(Path("rules"))
    (artifact,) = run["artifacts"]
    assert artifact["location"] == {"uri": "rules/a%20b.policy", "uriBaseId": "%SRCROOT%", "index": 0}
    assert artifact["roles"] == ["analysisTarget"]
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == f"{tmp_path.as_uri()}/"


def test_a_bundled_file_that_a_finding_names_is_named_from_the_package(tmp_path: Path) -> None:
    run = written(file(tmp_path, 'policy world "World" { recipients anywhere languages en }'))
    places = [one["artifactLocation"] for one in inside(run["results"], "physicalLocation")]
    assert {"uri": "rulesets/world.policy", "uriBaseId": "%SENDLAW%"}.items() <= places[-1].items()


def test_what_cannot_be_read_is_a_notification(tmp_path: Path) -> None:
    good, bad, absent = file(tmp_path, ODD), tmp_path / "latin-1.policy", tmp_path / "absent.policy"
    bad.write_bytes(b'policy x "\xe9" {}')
    run = written(good, bad, absent)
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    notified = invocation["toolExecutionNotifications"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in notified]
    assert sorted(path_of(run, place).name for place in places) == ["absent.policy", "latin-1.policy"]
    for one in notified:
        described = run["tool"]["driver"]["notifications"][one["descriptor"]["index"]]
        assert described["id"] == one["descriptor"]["id"] == "E001"
    assert "E001" not in {result["ruleId"] for result in run["results"]}
    assert run["results"]


# ---- suppressions, fixes, fingerprints


def test_a_silenced_finding_is_a_result_with_the_reason(tmp_path: Path) -> None:
    rule = '# lint: allow L101 because {counsel} said [so](1)\nrule a "A" { deny basis law }\n'
    run = run_of(file(tmp_path, whole(rule)))
    (quiet,) = [result for result in run["results"] if result["ruleId"] == "L101"]
    (suppression,) = quiet["suppressions"]
    assert suppression["justification"] == "{counsel} said [so](1)"
    assert (suppression["kind"], suppression["status"]) == ("inSource", "accepted")
    place = suppression["location"]["physicalLocation"]
    assert text_at(units(run, place["artifactLocation"]), place["region"]).startswith("# lint: allow L101")
    assert all(result["suppressions"] == [] for result in run["results"] if result is not quiet)


def test_a_silenced_finding_does_not_fail_a_run(tmp_path: Path) -> None:
    text = """policy a "A" { recipients anywhere languages en
  # lint: allow L114 because it is a draft
  rule b "B" { when subject is cannabis deny basis house } }
"""
    run = written(file(tmp_path, text))
    assert run["invocations"][0] == {"executionSuccessful": True, "exitCode": 0}
    assert [len(result["suppressions"]) for result in run["results"]] == [1]


def test_a_fix_carried_out_mends_the_finding(tmp_path: Path) -> None:
    path = file(tmp_path, ODD)
    run = run_of(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    (change,) = next(result for result in run["results"] if result["ruleId"] == "L115")["fixes"][0]["artifactChanges"]
    for one in change["replacements"]:
        region = one["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        old = lines[region["startLine"] - 1].encode("utf-16-le")
        head, tail = old[: 2 * (region["startColumn"] - 1)], old[2 * (region["endColumn"] - 1) :]
        new = head + one["insertedContent"]["text"].encode("utf-16-le") + tail
        lines[region["startLine"] - 1] = new.decode("utf-16-le")
    path.write_text("\n".join(lines), encoding="utf-8")
    before = [result["ruleId"] for result in run["results"]].count("L115")
    assert [result["ruleId"] for result in run_of(path)["results"]].count("L115") == before - 1


def prints(run: Json) -> dict[str, str]:
    """Fingerprint to code, of all results."""
    found = {result["partialFingerprints"]["findingHash/v1"]: result["ruleId"] for result in run["results"]}
    assert len(found) == len(run["results"])
    return found


def test_fingerprints_stay_where_lines_move_and_change_where_words_do(tmp_path: Path) -> None:
    before = prints(run_of(file(tmp_path, ODD)))
    assert prints(run_of(file(tmp_path, "\n# a new head\n\n" + ODD.replace("\n  rule", "\n\n\n      rule")))) == before
    other = prints(run_of(file(tmp_path, ODD.replace('rule a "A"', 'rule b "A"'))))
    assert {code for one, code in before.items() if one not in other} >= {"L101"}


def test_the_same_words_twice_have_fingerprints_of_their_own(tmp_path: Path) -> None:
    rules = 'rule a "A" { when not (not (sender.shared)) or not (not (sender.shared)) deny basis house }'
    found = prints(run_of(file(tmp_path, whole(rules))))
    assert len(found) == len(set(found))


def test_two_runs_write_the_same_log(tmp_path: Path) -> None:
    path = file(tmp_path, ODD)
    assert json.dumps(run_of(path)) == json.dumps(run_of(path))
