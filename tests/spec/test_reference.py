"""The reference, executed: every example in the documents is checked, judged and tested as it stands.

What a block's first line says:

    policy                       a whole rule file: it must check, and its tests must pass
    policy fragment=rule         entries of a policy, completed by HEAD
    policy fragment=condition    a condition a line, completed by HEAD
    policy … error=E203          the findings must carry exactly this code; a `text` block may show them
    policy … fails=2             so many cases of its own fail; a `text` block shows what is told of them
    message, message error=to    a message that must be well formed, or one with a fault in that field
    verdict                      what the message above must be answered with by the policies of its section
    explained                    lines that `sendlaw explain` says of the message above, blanks at their ends aside
    csv                          rows that the message below must come from
    sh                           a command line
    form                         the shape of a construct, in words of the language

Examples of one section are read together with those above them.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from click.testing import CliRunner
from sendlaw.cli.main import COMMANDS, main
from sendlaw.cli.reading import Line, read_messages
from sendlaw.engine.message import MessageError, parse_message
from sendlaw.engine.policy import Policy
from sendlaw.engine.testing import run_tests
from sendlaw.policy.checker import check
from sendlaw.policy.diagnostics import Finding
from sendlaw.policy.formatter import format_source
from sendlaw.policy.parser import parse
from sendlaw.policy.render import render_text
from sendlaw.policy.source import Source
from sendlaw.policy.vocabulary import FACTS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("language.md", "message.md", "verdict.md")
KINDS = {"policy", "text", "message", "verdict", "explained", "csv", "sh", "form"}
HEAD = """policy example "Example" {
  recipients FR
  languages  fr, en
  holidays   FR
  source act   "The Act, article 5"   "https://example.org/act"   checked 2026-11-22
  source terms "The carrier's terms"  "https://example.org/terms" checked 2026-11-22
"""
NAMES = """words gambling { en: "casino" }
  table senders (country, sender_type) -> (support) { * | * | undocumented FR | alphanumeric | yes }
"""


@dataclass(frozen=True, eq=False)
class Block:
    page: str
    section: str
    line: int
    kind: str
    options: dict[str, str]
    text: str

    @property
    def name(self) -> str:
        section = re.sub(r"[^a-z0-9]+", "_", self.section.casefold()).strip("_")
        return f"{self.page.removesuffix('.md')}-{section}-{self.line}"


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    section, opened, body = "", None, list[str]()
    for number, line in enumerate((DOCS / page).read_text(encoding="utf-8").splitlines(), 1):
        if opened is None and line.startswith("#"):
            section = line.lstrip("# ")
        if not line.startswith("```"):
            body.append(line)
        elif opened is None:
            opened, body = (number, line.removeprefix("```").split()), []
        else:
            start, (kind, *rest) = opened[0], opened[1] or [""]
            options = dict(option.split("=", 1) for option in rest)
            yield Block(page, section, start, kind, options, "\n".join(body) + "\n")
            opened = None


BLOCKS = [block for page in PAGES for block in blocks(page)]
POLICIES = [block for block in BLOCKS if block.kind == "policy"]
SOUND = [block for block in POLICIES if not {"error", "fails"} & set(block.options)]


def ids(block: Block) -> str:
    return block.name


def of(*kinds: str) -> list[Block]:
    return [block for block in BLOCKS if block.kind in kinds]


def follower(block: Block) -> Block | None:
    """The block right behind, where it stands in the same section."""
    here = BLOCKS.index(block) + 1
    return BLOCKS[here] if here < len(BLOCKS) and BLOCKS[here].section == block.section else None


def before(block: Block) -> Block:
    return BLOCKS[BLOCKS.index(block) - 1]


# ---- policies


def whole(block: Block) -> str:
    """A block as a rule file of its own."""
    if block.options.get("fragment") == "rule":
        return f"{HEAD}{block.text}}}\n"
    if block.options.get("fragment") == "condition":
        lines = [line for line in block.text.splitlines() if line.strip()]
        rules = (f'rule rule_{number} "One" {{\n when {line}\n deny\n}}\n' for number, line in enumerate(lines))
        return f"{HEAD}{NAMES}{''.join(rules)}}}\n"
    return block.text


def sources(upto: Block) -> list[Source]:
    """What a block is read together with: the sound policies of its section up to it, and itself last.

    Fragments of rules stand in one policy. Conditions, and whole files with a mistake, stand alone.
    """
    fragment = upto.options.get("fragment")
    if fragment == "condition" or (fragment is None and "error" in upto.options):
        return [Source(f"{upto.name}.policy", whole(upto))]
    above = [b for b in POLICIES if (b.page, b.section) == (upto.page, upto.section) and b.line < upto.line]
    kept = [b for b in above if not {"error", "fails"} & set(b.options) and b.options.get("fragment") != "condition"]
    if upto.kind == "policy":
        kept.append(upto)
    files = [Source(f"{b.name}.policy", whole(b)) for b in kept if b.options.get("fragment") != "rule"]
    fragments = [b.text for b in kept if b.options.get("fragment") == "rule"]
    return files + ([Source("example.policy", f"{HEAD}{''.join(fragments)}}}\n")] if fragments else [])


@cache
def policy_of(block: Block) -> Policy:
    return Policy.from_sources(sources(block), bundled=False)


def findings(block: Block) -> tuple[Finding, ...]:
    return check([parse(source) for source in sources(block)]).findings


def answers(shown: str, found: tuple[Finding, ...]) -> bool:
    """Whether a text shows the findings: code, reason, help, without the place; ` …` stands for the rest of a line."""
    told = "".join(f"error[{f.code}]: {f.message}\n  help: {f.help}\n" for f in found).splitlines()
    lines = shown.splitlines()
    return len(lines) == len(told) and all(map(_is_line, lines, told))


def _is_line(shown: str, told: str) -> bool:
    return told.startswith(shown.removesuffix(" …")) if shown.endswith(" …") else shown == told


def written(block: Block, folder: Path) -> list[str]:
    """The files that a block is read together with, put into a folder; their paths."""
    for source in sources(block):
        (folder / source.name).write_text(source.text, encoding="utf-8")
    return [str(folder / source.name) for source in sources(block)]


def command(*arguments: str) -> str:
    return CliRunner().invoke(main, arguments).stdout


@pytest.mark.parametrize("block", SOUND, ids=ids)
def test_a_policy_checks_and_its_tests_pass(block: Block) -> None:
    found = findings(block)
    assert found == (), "\n" + render_text(found)
    policy = policy_of(block)
    failed = [
        f"{result.test.title}: {result.row}: expected {difference.expected}, got {difference.got}"
        for result in run_tests(policy, policy.rule_set.tests)
        for difference in result.differences
    ]
    assert failed == []


@pytest.mark.parametrize("block", [b for b in POLICIES if "fails" in b.options], ids=ids)
def test_a_test_that_is_not_met_is_told_as_shown(block: Block, tmp_path: Path) -> None:
    told, shown = command("test", "--no-bundled", *written(block, tmp_path)), follower(block)
    assert f"{block.options['fails']} failed\n" in told, told
    lines = [re.sub(r"  \(line \d+\)$", "", line.strip()) for line in told.splitlines()]
    assert shown is not None and shown.kind == "text"
    assert [line for line in lines if line.startswith(("- ", "+ "))] == shown.text.splitlines()


@pytest.mark.parametrize("block", [b for b in POLICIES if "error" in b.options], ids=ids)
def test_a_mistake_is_found(block: Block) -> None:
    found = findings(block)
    assert {finding.code for finding in found} == {block.options["error"]}, "\n" + render_text(found)
    shown = follower(block)
    if shown is not None and shown.kind == "text":
        assert answers(shown.text, found) or shown.text == render_text(found) + "\n", "\n" + render_text(found)


@pytest.mark.parametrize("block", [b for b in POLICIES if not b.options], ids=ids)
def test_whole_files_stand_in_the_canonical_layout(block: Block) -> None:
    assert block.text == format_source(Source(block.name, block.text))


RULES = [b for b in POLICIES if b.options.get("fragment") == "rule" and "error" not in b.options]


@pytest.mark.parametrize("block", RULES, ids=ids)
def test_parts_of_policies_stand_in_the_canonical_layout(block: Block) -> None:
    text = f'policy example "Example" {{\n{indent(block.text, "  ")}}}\n'
    assert text == format_source(Source(block.name, text))


# ---- messages and verdicts


def lacking(wanted: Any, got: Any, place: str = "") -> Iterator[str]:
    """Where a value lacks what is wanted of it; objects may hold more, lists may not."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key, value in wanted.items():
            yield from lacking(value, got.get(key, "(absent)"), f"{place}.{key}")
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for number, (one, other) in enumerate(zip(wanted, got, strict=True)):
            yield from lacking(one, other, f"{place}[{number}]")
    elif wanted != got:
        yield f"{place}: wanted {wanted!r}, got {got!r}"


@pytest.mark.parametrize("block", of("verdict"), ids=ids)
def test_a_verdict_is_as_shown(block: Block) -> None:
    question = before(block)
    assert question.kind == "message" and question.section == block.section
    policy, message = policy_of(block), json.loads(question.text)
    verdict = policy.evaluate(message)
    assert list(lacking(json.loads(block.text), verdict.model_dump())) == []
    assert policy.interpret(message) == verdict


@pytest.mark.parametrize("block", of("explained"), ids=ids)
def test_a_message_is_explained_as_shown(block: Block, tmp_path: Path) -> None:
    question = before(block)
    assert question.kind == "message" and question.section == block.section
    (tmp_path / "message.json").write_text(question.text, encoding="utf-8")
    rules = [part for path in written(block, tmp_path) for part in ("--rules", path)]
    told = command("explain", "--no-bundled", *rules, str(tmp_path / "message.json")).splitlines()
    assert [line for line in block.text.splitlines() if line.strip() not in map(str.strip, told)] == []


@pytest.mark.parametrize("block", of("message"), ids=ids)
def test_a_message_is_well_formed_or_answered_as_shown(block: Block) -> None:
    if "error" not in block.options:
        assert parse_message(json.loads(block.text)).category
        return
    with pytest.raises(MessageError) as caught:
        Policy.from_sources([Source("example.policy", f"{HEAD}}}\n")], bundled=False).evaluate(json.loads(block.text))
    assert caught.value.field == block.options["error"]
    shown = follower(block)
    if shown is not None and shown.kind == "text":
        assert shown.text == f"{caught.value}\n"


@pytest.mark.parametrize("block", of("csv"), ids=ids)
def test_rows_are_read_as_the_message_below(block: Block) -> None:
    read = list(read_messages(io.BytesIO(block.text.encode())))
    below = follower(block)
    assert below is not None and below.kind == "message"
    lines = [line.message for line in read if isinstance(line, Line)]
    assert lines == [parse_message(json.loads(below.text))] and len(read) == 1


# ---- the pages themselves


@pytest.mark.parametrize("block", of("sh"), ids=ids)
def test_command_lines_name_commands_that_exist(block: Block) -> None:
    used = re.findall(r"\bsendlaw (\w+)", block.text)
    assert used and set(used) <= set(COMMANDS)


@pytest.mark.parametrize("block", of("form"), ids=ids)
def test_forms_are_written_in_words_of_the_language(block: Block) -> None:
    grammar = (DOCS.parent / "grammar" / "policy.lark").read_text(encoding="utf-8")
    known = {*re.findall(r"[a-z_]+", grammar), *(part for name in FACTS for part in name.split("."))}
    assert set(re.findall(r"\b[a-z]+\b", re.sub(r'"[^"]*"', "", block.text))) <= known


def test_every_block_says_what_it_is() -> None:
    assert [block.name for block in BLOCKS if block.kind not in KINDS] == []
    answers = [(b, before(b)) for b in of("text")]
    stray = [b.name for b, a in answers if not {"error", "fails"} & set(a.options) or a.section != b.section]
    assert stray == []


def test_the_reference_shows_many_examples() -> None:
    assert len([block for block in of("policy", "verdict") if block.page == "language.md"]) >= 60


HEAD_OF_PAGE = (DOCS / "language.md").read_text(encoding="utf-8").partition("\n**Meaning:**")[0]
CONSTRUCTS = re.findall(r"\]\(#([a-z-]+)\)", HEAD_OF_PAGE)
"""The sections on what the language can say, by their anchors in the list at the head of the page."""


def anchored(name: str) -> list[Block]:
    """The blocks of a section of the reference, by its anchor."""
    found = [block for block in BLOCKS if block.page == "language.md"]
    return [b for b in found if re.sub(r"[^a-z0-9 -]", "", b.section.lower()).replace(" ", "-") == name]


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_every_construct_shows_a_verdict_and_a_mistake(name: str) -> None:
    section = anchored(name)
    judged = [b for b in section if b.kind == "verdict" or (b in SOUND and policy_of(b).rule_set.tests)]
    assert judged and [b for b in section if "error" in b.options]
