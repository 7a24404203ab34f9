"""What an editor does with whole files and stretches of them: layout, mending, folding, links, colours."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy.diagnostics import Edit
from sendlaw.policy.language_features import colours, diagnostics, fix_all, folds, formatting, links, range_formatting
from sendlaw.policy.parser import parse
from sendlaw.policy.source import Source

from .editing import FRANCE, WORLD, marked, together
from .generate import policy_text

LOOSE = """# first
# second
policy a "A" {
  recipients FR
  languages fr   # why
  # of the first
  rule first "F" { deny basis house }  # behind


  rule second "S" {
    # inside
    when category is promotional   deny
    basis house }
  replies { opt_out fr: "STOP" }
}
group   EU = FR,
  DE
"""
FIRST = '  rule first "F" {\n    deny\n    basis house\n  }'
SECOND = """  rule second "S" {
    # inside
    when  category is promotional
    deny
    basis house
  }"""


def carried_out(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("start", "end", "mended"),
    [
        ("rule first", "rule first", {'  rule first "F" { deny basis house }': FIRST}),
        ("# inside", "# inside", {LOOSE[LOOSE.index("  rule second") : LOOSE.index("\n  replies")]: SECOND}),
        ("policy a", "policy a", {}),
        ("languages", "languages", {"languages fr": "languages  fr"}),
        ("group", "group", {"group   EU = FR,\n  DE": "group EU = FR, DE"}),
        (
            "rule first",
            "rule second",
            {
                '  rule first "F" { deny basis house }': FIRST,
                LOOSE[LOOSE.index("  rule second") : LOOSE.index("\n  replies")]: SECOND,
            },
        ),
    ],
)
def test_the_entries_that_a_stretch_touches_are_laid_out(start: str, end: str, mended: dict[str, str]) -> None:
    expected = LOOSE
    for old, new in mended.items():
        assert old in expected
        expected = expected.replace(old, new)
    edits = range_formatting(together(a=LOOSE), "a", LOOSE.index(start), LOOSE.index(end))
    assert carried_out(LOOSE, edits) == expected


@given(st.randoms(use_true_random=False), st.floats(0, 1), st.floats(0, 1))
def test_a_stretch_is_laid_out_as_the_whole_file_would_be(r: Random, one: float, other: float) -> None:
    text = policy_text(r)
    start, end = sorted((int(one * len(text)), int(other * len(text))))
    analysis = together(a=text)
    done = carried_out(text, range_formatting(analysis, "a", start, end))
    before, after = parse(Source("a", text)).file, parse(Source("a", done)).file
    assert after == before and [one.text for one in after.comments] == [one.text for one in before.comments]
    whole = carried_out(text, formatting(analysis, "a"))
    assert carried_out(done, formatting(together(a=done), "a")) == whole
    assert range_formatting(together(a=whole), "a", 0, len(whole)) == ()


def test_a_file_that_cannot_be_read_and_one_that_is_not_there_are_left_alone() -> None:
    broken = together(a=LOOSE + "}")
    assert range_formatting(broken, "a", 0, len(LOOSE)) == range_formatting(broken, "b", 0, 9) == ()
    assert (fix_all(broken, "b"), folds(broken, "b"), links(broken, "b")) == ((), (), ())


def test_all_that_is_safe_is_mended_at_once() -> None:
    loose = WORLD.replace('"perfume", "scent"', '"perfume", "scent", "Perfume"').replace(
        "cite trade", "cite trade, trade"
    )
    analysis = together(world=loose)
    assert {one.code for one in diagnostics(analysis, "world")} >= {"L115", "L119"}
    assert carried_out(loose, fix_all(analysis, "world")) == WORLD
    assert fix_all(together(world=WORLD), "world") == ()


def test_blocks_and_runs_of_comments_fold() -> None:
    found = [(one.span.line, one.span.text.count("\n"), one.is_comment) for one in folds(together(a=LOOSE), "a")]
    assert found == [(1, 1, True), (3, 12, False), (10, 3, False)]
    assert [one.span.text.split(" ")[0] for one in folds(together(a=FRANCE), "a")] == ["policy", "rule", "rule", "test"]


def test_sound_blocks_of_a_broken_file_fold_and_lead_on() -> None:
    broken = together(a=FRANCE.replace("  rule hours", '  rule broken "B" {\n    when when\n  }\n\n  rule hours'))
    assert [one.span.text.split(" ")[0] for one in folds(broken, "a")] == ["policy", "rule", "rule", "test"]
    assert [one.address for one in links(broken, "a")] == ["https://example.org/cpce"]


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("ftp://example.org", False),
        ("see a", False),
    ],
)
def test_addresses_of_the_web_lead_somewhere(address: str, leads: bool) -> None:
    text = FRANCE.replace("https://example.org/cpce", address)
    found = links(together(a=text), "a")
    assert [(one.span.text, one.address) for one in found] == ([(address, address)] if leads else [])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("‸policy FR", "keyword"),
        ("policy ‸FR", "namespace"),
        ("rule ‸hours", "function"),
        ("source ‸cpce", "class"),
        ("when ‸category is promotional", "property"),
        ("when category ‸is promotional", "keyword"),
        ("only ‸08:00-20:00", "number"),
        ("limit 2 per 7 ‸days", "type"),
        ("recipients ‸US-FL", "enumMember"),
        ("‸fr: x", "property"),
        ('‸"text"', "string"),
        ('append "STOP ‸{stop}"', "variable"),
        ("‸# why", "comment"),
        ("a ‸<= 3", "operator"),
    ],
)
def test_words_have_the_colour_of_what_they_are(text: str, kind: str) -> None:
    plain, at = marked(text)
    assert [one.kind for one in colours(plain) if one.start == at] == [kind]
